"""The only way into Rasa: one turn, once, under Rasa's own conversation lock; a failure saves nothing.

`POST /webhooks/turn/turn`, bearer secret, `{sender, turn_id, kind, text, context}`. Answers 200 with the utterances,
the same ones when the same turn is asked again, or 503 when an action or the database failed: the caller may then
send the same turn again. `words` are never read as a command, even when they start with `/`.
"""

import asyncio
import hmac
import logging
import time
from contextvars import ContextVar
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import BotUttered, SlotSet
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.accents import sounded_out
from bot.components.glosses import gloss
from bot.components.languages import LANGUAGE, MAYBE_DANGER, TOLD_FRENCH, heard_twice, spoken_before, wants_french
from bot.components.markup import without_marks
from bot.components.savings import save_time
from bot.components.tracker_store import DuplicateTurn, PostgresTrackerStore, StoredTracker, Turn, state_of

logger = logging.getLogger(__name__)

KINDS = ("words", "payload", "event")
ASK_GENTLY = "utter_ask_gently"  # the response that asks whether all is well
IN_FRENCH = "utter_in_french"  # the response that says, once, in what language Piste answers
REGISTER, VOUS = "register", "vous"  # the slot that conditions of responses look at, and its one value
NOTHING_SAID = "nlu_fallback"  # the intent of a message without a word
ASKED, SAFETY = "asked", "safety"  # the slot of what was last asked, and what it holds after a danger was told
LATELY = 8  # utterances among which it is not asked twice in the same words
KEPT = 3  # seconds for which a connection to the actions is kept: fewer than they keep it
REJECTED = 400  # an action's way of declining to run, which is not a failure

_actions: ContextVar["ActionLog"] = ContextVar("actions")


class ActionLog:
    """What the action server did during one turn: failures, and milliseconds by stage."""

    def __init__(self) -> None:
        self.failures: List[Text] = []
        self.milliseconds: Dict[Text, float] = {}

    def add(self, stage: Text, milliseconds: float) -> None:
        """Add to the time of a stage."""
        self.milliseconds[stage] = round(self.milliseconds.get(stage, 0.0) + milliseconds, 2)


class WatchedEndpoint(EndpointConfig):
    """The action server's endpoint. Rasa swallows an action's failure and carries on; we must know of it."""

    connections: Optional[aiohttp.TCPConnector] = None

    def session(self) -> aiohttp.ClientSession:
        """Return a session over connections that are kept: Rasa opens one a call."""
        if self.connections is None:
            self.connections = aiohttp.TCPConnector(keepalive_timeout=KEPT)
        return aiohttp.ClientSession(
            headers=self.headers,
            timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            connector=self.connections,
            connector_owner=False,
        )

    async def request(self, *args: Any, **kwargs: Any) -> Optional[Any]:
        """Call the action server; remember how long it took and whether it failed."""
        log, started = _actions.get(), time.perf_counter()
        # The actions read slots and the latest message. The domain (30 kB) is of no use to them.
        kwargs.get("json", {}).update(domain={"actions": []})
        try:
            result = await super().request(*args, **kwargs)
        except ClientResponseError as error:
            if error.status != REJECTED:
                log.failures.append(f"status {error.status}")
            raise
        except Exception as error:
            log.failures.append(type(error).__name__)
            raise
        finally:
            log.add("actions", (time.perf_counter() - started) * 1000)
        for stage, milliseconds in (result or {}).pop("timings", {}).items():
            log.add(stage, milliseconds)
        return result


class SilentOutput(OutputChannel):
    """Utterances are read from the tracker, where text, buttons and directives are still together."""

    @classmethod
    def name(cls) -> Text:
        """Name of the channel, for conditional responses."""
        return "turn"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Send nothing."""


class TurnInput(InputChannel):
    """Rasa's input channel of ours, named in `credentials.yml` with its secret."""

    def __init__(self, secret: Text) -> None:
        """Hold the secret that the gateway must show."""
        save_time()
        self._secret = secret

    @classmethod
    def name(cls) -> Text:
        """Part of the address: `/webhooks/turn/…`."""
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        """Create the channel; a missing secret stops Rasa from starting."""
        return cls((credentials or {})["secret"])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Describe the two routes."""
        routes = Blueprint("turn_channel", "turn_channel")

        @routes.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self._secret}"):
                return response.json({"error": "wrong secret"}, status=401)
            asked = request.json or {}
            if not is_turn(asked):
                return response.json({"error": "wants sender, turn_id, kind, text, context"}, status=422)
            return await answer(request.app.ctx.agent, asked)

        return routes


def is_turn(asked: Dict[Text, Any]) -> bool:
    """Say whether a request has the shape of a turn."""
    texts = all(isinstance(asked.get(key), str) for key in ("sender", "turn_id", "text"))
    return texts and asked.get("kind") in KINDS and isinstance(asked.get("context", {}), dict)


async def answer(agent: Agent, asked: Dict[Text, Any]) -> HTTPResponse:
    """Run the turn unless it was run before; anything that goes wrong is a 503 and leaves no trace."""
    try:
        processor = prepared(agent)
        async with agent.lock_store.lock(asked["sender"]):
            return await run_once(processor, asked)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        # Never the exception's text: it may quote what the person said.
        logger.error("turn failed: %s", type(error).__name__)
        return response.json({"error": type(error).__name__}, status=503)


def prepared(agent: Agent) -> MessageProcessor:
    """Return the agent's processor, with the database and the action server seen as they are."""
    processor = agent.processor
    if processor is None:
        raise RuntimeError("no model is loaded. Remedy: `make train`")
    if isinstance(processor.tracker_store, FailSafeTrackerStore):
        processor.tracker_store = processor.tracker_store._tracker_store
    if processor.action_endpoint is not None and not isinstance(processor.action_endpoint, WatchedEndpoint):
        stock = processor.action_endpoint
        processor.action_endpoint = WatchedEndpoint(stock.url, stock.params, stock.headers)
    return processor


async def run_once(processor: MessageProcessor, asked: Dict[Text, Any]) -> HTTPResponse:
    """Answer a turn, from the database if it is there."""
    store = processor.tracker_store
    if not isinstance(store, PostgresTrackerStore):
        raise TypeError("endpoints.yml names another tracker store than ours")
    stored, tracker = store.begin(asked["sender"], asked["turn_id"])
    if stored is not None:
        return response.json({**stored, "replayed": True})
    log = ActionLog()
    _actions.set(log)
    if tracker is None:
        tracker = StoredTracker(asked["sender"], processor.domain.slots)
    began_with, already = state_of(tracker), len(tracker.events)
    await run_turn(processor, tracker, asked, log)
    if log.failures:
        logger.error("turn failed: actions: %s", ", ".join(log.failures))
        # An action that breaks on these very words would break again: the caller must know it from an outage.
        broke = all(failure == "status 500" for failure in log.failures)
        return response.json({"error": "action_error" if broke else "actions"}, status=503)
    said = {
        "utterances": utterances(list(tracker.events)[already:]),
        "intent": tracker.latest_message.intent.get(INTENT_NAME_KEY) if tracker.latest_message else None,
        "confidence": tracker.latest_message.intent.get(PREDICTED_CONFIDENCE_KEY) if tracker.latest_message else None,
        "timings": log.milliseconds,
    }
    tracker.turn = Turn(asked["turn_id"], began_with, said)
    try:
        started = time.perf_counter()
        await processor.save_tracker(tracker)
        log.add("save", (time.perf_counter() - started) * 1000)
    except DuplicateTurn:
        said = store.answer_of(asked["sender"], asked["turn_id"]) or said
    return response.json({**said, "replayed": False})


async def run_turn(processor: MessageProcessor, tracker: StoredTracker, asked: Dict[Text, Any], log: ActionLog) -> None:
    """Understand the message and let the dialogue run until it listens again."""
    output = SilentOutput()
    message = UserMessage(
        asked["text"], output, asked["sender"], input_channel="turn",
        message_id=asked["turn_id"], metadata={**asked.get("context", {}), "kind": asked["kind"]},
    )  # fmt: skip
    started = time.perf_counter()
    if asked["kind"] == "words":
        message.parse_data = await parse_words(processor, asked["text"], tracker)
    else:
        message.parse_data = await processor.parse_message(message, tracker)
    log.add("nlu", (time.perf_counter() - started) * 1000)
    if not tracker.applied_events():
        await processor._update_tracker_session(tracker, output, message.metadata)
    lines_given = tracker.get_slot(ASKED) == SAFETY  # right before: not asked again whether all is well
    await processor._handle_message_with_tracker(message, tracker)
    if message.parse_data.get(MAYBE_DANGER) and not lines_given:
        tracker.update(gentle_question(processor, tracker))
    elif wants_french(message.parse_data, tracker):
        tracker.update(worded(processor, tracker, IN_FRENCH))
        tracker.update(SlotSet(TOLD_FRENCH, True))
    await processor.run_action_extract_slots(output, tracker)
    await processor._run_prediction_loop(output, tracker)


def gentle_question(processor: MessageProcessor, tracker: StoredTracker) -> BotUttered:
    """Ask whether all is well before the message gets its answer, in words other than the last time."""
    return worded(processor, tracker, ASK_GENTLY)


def worded(processor: MessageProcessor, tracker: StoredTracker, response: Text) -> BotUttered:
    """Return a response that the channel says by itself, in words other than the last time."""
    said = [event.text for event in tracker.events if isinstance(event, BotUttered)]
    formal = tracker.get_slot(REGISTER) == VOUS
    variants = [one for one in processor.domain.responses[response] if bool(one.get("condition")) == formal]
    words = next((one for one in variants if one["text"] not in said[-LATELY:]), variants[0])
    return BotUttered(words["text"], {"buttons": words.get("buttons")})


async def parse_words(processor: MessageProcessor, text: Text, tracker: StoredTracker) -> Dict[Text, Any]:
    """Parse what somebody wrote, in French: actions read the text that was parsed; the gateway keeps the one written.

    Rasa reads a leading `/` as a command: here it is only a character.
    """
    written = sounded_out(without_marks(text))
    glossed = gloss(written, spoken_before(tracker))
    plain = glossed.text
    readable = plain.lstrip("/ \t\n")
    if not readable:
        # An address alone, « // »: nothing was said. With no intent at all, Rasa would answer ten times over.
        return {TEXT: plain, INTENT: {INTENT_NAME_KEY: NOTHING_SAID, PREDICTED_CONFIDENCE_KEY: 1.0}, ENTITIES: []}
    parsed = await processor.parse_message(UserMessage(readable), tracker)
    shift = len(plain) - len(readable)
    for found in (*parsed[ENTITIES], *parsed.get("facts", [])):
        found["start"] += shift
        found["end"] += shift
    parsed[TEXT] = plain
    if glossed.language:
        as_written = await processor.parse_message(UserMessage(written.lstrip("/ \t\n")), tracker)
        parsed.update(heard_twice(parsed, as_written, whole=glossed.whole))
    parsed[LANGUAGE] = glossed.language
    return parsed


def utterances(events: List[Any]) -> List[Dict[Text, Any]]:
    """Return each utterance of a turn with its text, buttons and directives together."""
    found = []
    for event in events:
        if isinstance(event, BotUttered):
            data = event.data or {}
            found.append(
                {
                    "text": event.text or "",
                    "buttons": [{"title": b["title"], "payload": b["payload"]} for b in data.get("buttons") or []],
                    "directives": (data.get("custom") or {}).get("directives", []),
                }
            )
    return found
