"""Danger: the lines at once, and no return to small talk right after. The channel asks gently what is not certain."""

from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.turn import Turn
from actions.understanding import stated

SAFETY = "safety"  # what was last « asked »: whether the person wants to go on after the lines were given
# The lines that come first depend on the danger; all answers hold those of life and of childhood.
LINES = {
    "violence": "utter_violence",
    "sexual_violence": "utter_sexual_violence",
    "harassment": "utter_harassment",
    "danger_at_home": "utter_danger_at_home",
}


class ActionDistress(PisteAction):
    """Somebody is in danger: a calm answer with the lines to call."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_distress"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Give the lines; an age said in the same breath is kept, since rules depend on it."""
        ways = [button("Un endroit où aller", "find_place"), button("Parler d'autre chose", "explore_jobs")]
        danger = {"type": "safety", "danger": turn.intent}
        reply.say(LINES.get(turn.intent, "utter_distress"), buttons=ways, directives=[danger])
        return stated(turn.entities) | {"asked": SAFETY}


def stay(reply: Reply) -> Slots:
    """Answer what follows distress without insisting, the lines still in sight."""
    reply.say(
        "utter_stay",
        buttons=[button("Un endroit où aller", "find_place"), button("Parler d'autre chose", "explore_jobs")],
    )
    return {"asked": None}
