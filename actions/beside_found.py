"""What is said beside things found: the trades of a wish that no training is announced for, and about access."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import texts
from actions.base import Reply, Slots
from actions.cards import button, directive
from actions.known import profile_of
from actions.services import Services
from actions.situations import situations_in
from actions.texts.services import NAMES
from actions.turn import Turn
from knowledge_base import Item, Kind, Suggestion

ADAPTED = "adapted_training_and_exams"  # the answer on trainings and disability
# « un truc où ya pas besoin de s'inscrire »
FREE_ENTRY = re.compile(
    r"\bsans (?:inscription|s inscrire|m inscrire|reservation|reserver)\b"
    r"|\bpas (?:besoin |envie |oblige )?(?:de |d )?(?:m |s |l )?(?:inscri\w+|reserv\w+)|\bentree libre\b"
)


def trades_beside(
    turn: Turn, reply: Reply, services: Services, slots: Slots, ways: list[dict[str, str]]
) -> Sequence[Suggestion]:
    """Show the trades of a wish for which no training is announced: there is still something to read and to aim at."""
    found = services.knowledge.recommend(replace(profile_of(slots), seen=frozenset()), turn.now, ())
    if not found.sure or not found.job_families:
        return []
    cards = directive(found.job_families, turn.now, vous=turn.vous)
    likes = texts.listed([texts.quoted(like) for like in slots.get("likes") or ()])
    reply.say("utter_trades_beside", buttons=ways, directives=[cards], likes=likes)
    return found.job_families


def tell_accessible(turn: Turn, reply: Reply, kind: Kind, ways: list[dict[str, str]]) -> None:
    """Say whom to ask what can be adapted, to who tells of a disability in what they search."""
    if kind in ("training", "event") and "disability" in situations_in(turn.text):
        reply.say(
            "utter_ask_accessible", buttons=[button("Quels aménagements ?", "ask_question", answer=ADAPTED), *ways]
        )


def wants_free_entry(turn: Turn, kind: Kind) -> bool:
    """Say whether events are wanted for which nobody signs up."""
    return kind == "event" and bool(FREE_ENTRY.search(turn.plain))


def must_register(item: Item) -> bool:
    """Say whether one has to sign up, as far as it is announced."""
    return (item.details.get("registration") or {}).get("required") is not False


def subject_of(slots: Slots, kind: Kind) -> str:
    """« qui aille avec « plombier » », « de la Mission Locale »: what there is none of, if anything was said."""
    if kind == "place":
        names = [NAMES[one] for one in (slots.get("services") or ())[:1] if one in NAMES]
        return f" pour {names[0]}" if names else ""
    quoted = texts.listed([texts.quoted(like) for like in slots.get("likes") or ()], "ou")
    return f" qui aille avec {quoted}" if quoted else " qui aille"
