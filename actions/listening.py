"""What actions that hear a message out share: it may answer what was asked, and name a place that must be chosen."""

from abc import ABC, abstractmethod
from typing import ClassVar

from actions.answering import answer_aside, searches
from actions.base import PisteAction, Reply, Slots
from actions.turn import Turn
from actions.understanding import tell_place_choice, understand
from knowledge_base import Kind


class ListeningAction(PisteAction, ABC):
    """Takes the message as the answer to what was asked, else keeps what it tells and goes on from there."""

    hears = True

    topic: ClassVar[Kind | None] = None  # what is searched once a place was chosen

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take it so, ask which place is meant, or go on with what it changes."""
        told, turn = answer_aside(turn, reply, self.services)
        changes = told | understand(turn, self.services)
        choices = changes.pop("place_choice", None)
        if told and not (changes.get("likes") or searches(turn)):
            return changes
        remote = (changes.get("modality") or turn.slot("modality")) == "remote"
        if choices is not None and (choices or not remote):  # from home, an unknown place is no matter
            waiting: Slots = {"topic": self.topic} if self.topic else {}
            return changes | waiting | tell_place_choice(turn, reply, choices)
        return self.go_on(turn, reply, changes)

    @abstractmethod
    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Answer, knowing what the message changes; return all the slots that change."""
