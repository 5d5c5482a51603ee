"""A person to talk to: nobody can be called in here, so a service that answers, and its phone."""

from typing import ClassVar

from actions.base import Reply, Slots
from actions.cards import button
from actions.listening import ListeningAction
from actions.suggest import suggest_only
from actions.turn import Turn


class ActionAskHuman(ListeningAction):
    """« je veux parler à quelqu'un »."""

    topic = "place"
    said: ClassVar[str] = "utter_ask_human"
    asked_where: ClassVar[str] = "utter_ask_human_where"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_human"

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Say plainly that nobody is called in, and show who answers near the person."""
        slots = {**turn.slots, **changes}
        if slots.get("place"):
            reply.say(self.said)
            shown = suggest_only(turn, reply, self.services, slots, "place")
            reply.offer("Un endroit où aller", "/find_place")
            return changes | shown
        ways = [button("Un endroit où aller", "find_place"), button("Continuer ici", "explore_jobs")]
        reply.say(self.asked_where, buttons=ways)
        return changes | {"asked": "place", "topic": "place"}
