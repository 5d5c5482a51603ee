"""Finding trainings, events and places: the person asks for one kind."""

from abc import ABC
from typing import ClassVar

from actions.base import PisteAction, Reply, Slots
from actions.known import is_drawn
from actions.profile import kinds_wanted, serve
from actions.suggest import ask_for_interest, suggest_only
from actions.turn import Turn
from actions.understanding import tell_place_choice, understand
from knowledge_base import Kind


class FindOneKind(PisteAction, ABC):
    """What the three searches share: keep what the message states, then propose that kind."""

    kind: ClassVar[Kind]
    needs_interest: ClassVar[bool] = False

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Propose, or ask the one thing without which the search means nothing."""
        changes = understand(turn, self.services)
        choices = changes.pop("place_choice", None)
        if choices is not None:
            return changes | {"topic": self.kind} | tell_place_choice(turn, reply, choices)
        slots = {**turn.slots, **changes}
        if aim := self.services.knowledge.item(str(turn.entities.get("item", ""))):
            return changes | suggest_only(turn, reply, self.services, slots, self.kind, aim=aim)
        wanted = kinds_wanted(turn)
        if turn.text and wanted and self.kind not in wanted:
            for kind in wanted:
                changes |= serve(turn, reply, self.services, {**slots, **changes}, kind)
            return changes
        if self.needs_interest and not is_drawn(slots):
            return changes | {"topic": self.kind} | ask_for_interest(turn, reply)
        return changes | suggest_only(turn, reply, self.services, slots, self.kind)


class ActionFindTraining(FindOneKind):
    """Trainings, for the interests known."""

    kind = "training"
    needs_interest = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_training"
