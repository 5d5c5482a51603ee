"""Distress: the lines at once, and no return to small talk right after."""

from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.profile import stated
from actions.turn import Turn

SAFETY = "safety"  # what was last « asked »: whether the person wants to go on after the lines were given


class ActionDistress(PisteAction):
    """Somebody is in distress: a calm answer with the lines to call."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_distress"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Give the lines; an age said in the same breath is kept, since rules depend on it."""
        reply.say("utter_distress")
        return stated(turn.entities) | {"asked": SAFETY}


def stay(reply: Reply) -> Slots:
    """Answer what follows distress without insisting, the lines still in sight."""
    reply.say(
        "utter_stay",
        buttons=[button("Un endroit où aller", "find_place"), button("Parler d'autre chose", "explore_jobs")],
    )
    return {"asked": None}
