"""What every action of ours shares."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import texts
from actions.known import COPIED, Slots, profile_directive
from actions.quiz_words import wants_test
from actions.services import Services, get_services
from actions.turn import Turn

__all__ = ["PisteAction", "Reply", "Slots"]


WORDED_BY = ("about", "register")  # slots on which the wording of responses depends


class Reply:
    """What an action says: utterances by response name, with buttons and directives kept together."""

    def __init__(self, dispatcher: CollectingDispatcher, turn: Turn) -> None:
        self._dispatcher = dispatcher
        # Rasa words a response with the slots of before this action: what was just noticed goes along.
        self._noticed = {name: turn.noticed[name] for name in WORDED_BY if name in turn.noticed}
        self._whom = texts.who(turn.slots)

    def say(
        self,
        response: str,
        *,
        buttons: list[dict[str, str]] | None = None,
        directives: list[dict[str, Any]] | None = None,
        **words: str,
    ) -> None:
        """Say a response of the domain; `words` fill its braces."""
        message: dict[str, Any] = {
            "response": response,
            "buttons": buttons,
            "whom": self._whom,
            **self._noticed,
            **words,
        }
        if directives:
            message["json_message"] = {"directives": directives}
        self._dispatcher.utter_message(**message)

    def speak_of(self, slots: Slots) -> None:
        """Word what follows for the person that these slots tell of: a message may be the first to name them."""
        self._noticed |= {name: slots.get(name) for name in WORDED_BY}
        self._whom = texts.who(slots)

    def offer(self, title: str, payload: str) -> None:
        """Add a button to what was said last, unless it is there."""
        if self._dispatcher.messages:
            buttons = self._dispatcher.messages[-1].setdefault("buttons", []) or []
            if payload not in {one["payload"].partition("{")[0] for one in buttons}:
                self._dispatcher.messages[-1]["buttons"] = [*buttons, {"title": title, "payload": payload}]

    def attach(self, directive: dict[str, Any]) -> None:
        """Add a directive to what was said last."""
        if self._dispatcher.messages:
            custom = self._dispatcher.messages[-1].get("custom") or {}
            self._dispatcher.messages[-1]["custom"] = {"directives": [*custom.get("directives", []), directive]}


def waits_for_quiz(slots: Slots) -> bool:
    """Say whether a question of the quiz waits; what asks it holds its buttons already."""
    return bool((slots.get("quiz") or {}).get("asked")) and slots.get("asked") != "safety"


class PisteAction(Action, ABC):
    """An action is a function from a turn to utterances and slot changes; it keeps no state.

    `first` is tried before an action that `hears`, whatever the message was taken for: it may answer what was asked,
    or ask something of what is on the screen (actions/waiting.py).
    """

    hears: ClassVar[bool] = False

    def __init__(self, services: Services | None = None, first: "First | None" = None) -> None:
        self._given = services
        self._first = first

    @property
    def services(self) -> Services:
        """The services given, or the process's own."""
        return get_services() if self._given is None else self._given

    @abstractmethod
    def name(self) -> str:
        """Name of the action in the domain."""

    @abstractmethod
    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Answer; return the slots that change."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Run `act` in a thread, since the knowledge base waits for the database."""
        turn = Turn.of(tracker)
        reply = Reply(dispatcher, turn)
        changes = turn.noticed | await asyncio.to_thread(self._answer, turn, reply)
        if waits_for_quiz({**turn.slots, **changes}):
            reply.offer("Reprendre le test", "/take_quiz")
        elif wants_test(turn.text) and changes.get("asked") != "safety":  # « le test, et voir des événements »
            reply.offer("Faire le test", "/take_quiz")
        if any(name in COPIED for name in changes):
            reply.attach(profile_directive({**turn.slots, **changes}))
        return [SlotSet(name, value) for name, value in changes.items()]

    def _answer(self, turn: Turn, reply: Reply) -> Slots:
        taken = self._first(turn, reply, self.services) if self._first and self.hears else None
        return self.act(turn, reply) if taken is None else taken


First = Callable[[Turn, Reply, Services], Slots | None]
