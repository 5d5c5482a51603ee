"""A person to talk to: nobody can be called in here, so a service that answers, and its phone."""

from typing import ClassVar

from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.suggest import suggest_only
from actions.turn import Turn
from actions.understanding import tell_place_choice, understand
from actions.waiting import answered


class ActionAskHuman(PisteAction):
    """« je veux parler à quelqu'un »."""

    said: ClassVar[str] = "utter_ask_human"
    asked_where: ClassVar[str] = "utter_ask_human_where"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_human"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Say plainly that nobody is called in, and show who answers near the person."""
        if (taken := answered(turn, reply, self.services)) is not None:
            return taken
        changes = understand(turn, self.services)
        choices = changes.pop("place_choice", None)
        if choices is not None:
            return changes | {"topic": "place"} | tell_place_choice(turn, reply, choices)
        slots = {**turn.slots, **changes}
        if slots.get("place"):
            reply.say(self.said)
            return changes | suggest_only(turn, reply, self.services, slots, "place")
        ways = [button("Un endroit où aller", "find_place"), button("Continuer ici", "explore_jobs")]
        reply.say(self.asked_where, buttons=ways)
        return changes | {"asked": "place", "topic": "place"}
