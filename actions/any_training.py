"""Trainings for who has not said what draws them: what is open near them all the same, then the question."""

from actions import texts
from actions.base import Reply, Slots
from actions.cards import directive, theme_buttons
from actions.known import profile_of
from actions.searching import found_of
from actions.services import Services
from actions.suggest import ask_for_interest, remember
from actions.turn import Turn

TOPIC: Slots = {"topic": "training"}


def before_interest(turn: Turn, reply: Reply, services: Services, slots: Slots) -> Slots:
    """Show what is near where the place is known, and ask what draws the person; else only ask."""
    found = found_of(profile_of(slots), turn, services, "training", None) if slots.get("place") else ()
    near = [one for one in found if one.item.modality != "remote"]
    if not near:
        return TOPIC | ask_for_interest(turn, reply, "training")
    reply.say(
        "utter_trainings_for_all",
        buttons=theme_buttons(),
        directives=[directive(near, turn.now, vous=turn.vous)],
        count=texts.counted(len(near), "training"),
        around=texts.around(slots.get("place"), None),
    )
    return TOPIC | remember(near, slots) | {"asked": "likes"}
