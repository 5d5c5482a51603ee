"""The action server: rasa-sdk's executor behind two routes of ours, on loopback, with a secret.

Stock rasa-sdk serves on every interface without authentication, and answers an error with the exception's text and
the whole request, a person's words included: hence this entry.
"""

import hmac
import logging
import os
from typing import Any

import uvicorn
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions import timing
from actions.counsellor import ActionAskHuman, ActionHandedBack, ActionNobodyCame
from actions.explore_jobs import ActionAskMore, ActionAskWhy, ActionExploreJobs, ActionNotForMe
from actions.fallback import ActionOutOfScope, ActionRepeat, ActionRephrase, ActionStartOver, ActionStop
from actions.find_event import ActionFindEvent
from actions.find_place import ActionFindPlace
from actions.find_training import ActionFindTraining
from actions.follow_up import (
    ActionAskReferral,
    ActionReminderDue,
    ActionRemindMe,
    ActionStopMessages,
    ActionTellOutcome,
)
from actions.intake import ActionBookClass, ActionOfferVisit
from actions.interests_quiz import ActionTakeQuiz
from actions.item_details import ActionRefine, ActionShowItem
from actions.job_details import (
    ActionAskConditions,
    ActionAskDailyLife,
    ActionAskNeighbours,
    ActionAskWayIn,
    ActionCompareJobs,
)
from actions.my_data import ActionEraseData
from actions.previews import preview
from actions.profile import ActionAskProfile, ActionInform
from actions.questions import ActionAskQuestion
from actions.safety import ActionDistress
from actions.services import get_services
from actions.smalltalk import ActionComplain, ActionContinue, ActionReply
from actions.someone_else import ActionForSomeoneElse
from actions.waiting import answered
from actions.welcome import ActionAskVous, ActionGreet, ActionWelcome
from knowledge_base.database import UNAVAILABLE
from knowledge_base.errors import DatabaseUnavailable

logger = logging.getLogger(__name__)

ACTIONS = (
    ActionWelcome,
    ActionGreet,
    ActionAskVous,
    ActionStartOver,
    ActionStop,
    ActionOutOfScope,
    ActionRepeat,
    ActionReply,
    ActionComplain,
    ActionAskHuman,
    ActionHandedBack,
    ActionNobodyCame,
    ActionAskReferral,
    ActionRemindMe,
    ActionReminderDue,
    ActionStopMessages,
    ActionTellOutcome,
    ActionBookClass,
    ActionOfferVisit,
    ActionInform,
    ActionAskProfile,
    ActionExploreJobs,
    ActionAskMore,
    ActionNotForMe,
    ActionAskWhy,
    ActionAskDailyLife,
    ActionAskWayIn,
    ActionAskConditions,
    ActionAskNeighbours,
    ActionCompareJobs,
    ActionFindTraining,
    ActionFindEvent,
    ActionFindPlace,
    ActionShowItem,
    ActionRefine,
    ActionAskQuestion,
    ActionTakeQuiz,
    ActionRephrase,
    ActionContinue,
    ActionDistress,
    ActionEraseData,
    ActionForSomeoneElse,
)


def create_app(secret: str) -> Starlette:
    """Serve every action to whoever shows the secret."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action(first=answered))

    def is_ours(request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {secret}")

    async def webhook(request: Request) -> JSONResponse:
        if not is_ours(request):
            return JSONResponse({"error": "wrong secret"}, 401)
        return await run_action(executor, await request.json())

    async def card(request: Request) -> JSONResponse:
        if not is_ours(request):
            return JSONResponse({"error": "wrong secret"}, 401)
        made = preview(await request.json())
        return JSONResponse(made, 200) if made else JSONResponse({"error": "no such record"}, 422)

    def health(_: Request) -> JSONResponse:
        try:
            indexed = get_services().knowledge.is_indexed()
        except UNAVAILABLE:
            indexed = False
        return JSONResponse({"indexed": indexed}, 200 if indexed else 503)

    routes = [Route("/webhook", webhook, methods=["POST"]), Route("/card", card, methods=["POST"])]
    return Starlette(routes=[*routes, Route("/health", health)])


async def run_action(executor: ActionExecutor, call: dict[str, Any]) -> JSONResponse:
    """Run one action. What goes wrong is told by its type: an exception's text may quote what the person said."""
    name = call.get("next_action")
    spent = timing.start()
    try:
        with timing.stage("action"):
            result = await executor.run(call)
    except ActionExecutionRejection:
        return JSONResponse({"error": "rejected", "action_name": name}, 400)
    except ActionNotFoundException:
        logger.error("no such action: %s", name)
        return JSONResponse({"error": "no such action", "action_name": name}, 404)
    except (*UNAVAILABLE, DatabaseUnavailable) as error:
        logger.error("action %s: database unavailable: %s", name, type(error).__name__)
        return JSONResponse({"error": "database unavailable", "action_name": name}, 503)
    except Exception as error:
        logger.error("action %s failed: %s", name, type(error).__name__)
        return JSONResponse({"error": type(error).__name__, "action_name": name}, 500)
    body = result.model_dump() if result else {"events": [], "responses": []}
    return JSONResponse({**body, "timings": spent})


def main() -> None:
    """Serve on loopback, at ACTIONS_PORT, with ACTIONS_SECRET."""
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "WARNING"), format="%(levelname)s %(name)s %(message)s")
    get_services()
    uvicorn.run(
        create_app(os.environ["ACTIONS_SECRET"]),
        host="127.0.0.1",
        port=int(os.environ["ACTIONS_PORT"]),
        log_level="warning",
        access_log=False,
    )


if __name__ == "__main__":
    main()
