"""What somebody may be drawn to, where nothing was understood for sure: shown as a guess, before asking again."""

import re

from actions import texts
from actions.answering import tell_likely
from actions.base import Reply, Slots
from actions.services import Services
from actions.suggest import ask_for_interest, named_items, suggest, suggest_only
from actions.trades_meant import wanted_jobs
from actions.turn import Turn
from actions.understanding import CODE, MOST_LIKES, OF_WISHES
from knowledge_base import Kind
from knowledge_base.everyday import everyday_in
from knowledge_base.french import fold

GUESSED_FROM = 0.4  # how surely a family must answer words of who asks for ideas
REFUSED_FROM = 0.8  # how surely a family must answer what is refused to be said back
NO_TASTE = re.compile(r"\b(?:parler|metiers?|francais|comprend\w*)\b")  # « je veux pas parler de métier »
FEWEST = 2  # words: one alone, that no list knows, is as often a name


def guess_or_ask(turn: Turn, reply: Reply, services: Services, changes: Slots) -> Slots:
    """Propose from a guess or answer what may be asked; else ask what pleases."""
    if (named := show_named(turn, reply, services, changes)) is not None:
        return named
    if (made := guess(turn, reply, services, changes)) is not None:
        return made
    refused = [one for one in changes.get("dislikes") or () if not NO_TASTE.search(fold(one))]
    if refused := [one for one in refused if services.knowledge.means_something(one, REFUSED_FROM)]:
        reply.say("utter_noted_refusal", dislikes=texts.listed([texts.quoted(one) for one in refused]))
        return changes | ask_for_interest(turn, reply)
    told = tell_likely(turn, reply, services)
    if told is None and changes.get("place"):  # heard, though it is not enough
        reply.say("utter_place_heard", place=changes["place"]["label"])
    return changes | (ask_for_interest(turn, reply) if told is None else told)


def found_otherwise(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Return what a message that was taken for nothing gets: what it names, or an answer that is not far."""
    named = show_named(turn, reply, services, {})
    return tell_likely(turn, reply, services) if named is None else named


def show_named(turn: Turn, reply: Reply, services: Services, changes: Slots) -> Slots | None:
    """Show what the message calls by its own name: « access code school, vous connaissez ? »; None if there is none."""
    slots = {**turn.slots, **changes}
    kinds: tuple[Kind, ...] = ("training", "event", "place")
    for kind in kinds if re.search(r"\w\W+\w", turn.text) else ():  # a name has two words
        if named_items(turn, services, slots, kind):
            known = {name: value for name, value in changes.items() if name not in OF_WISHES}
            return known | suggest_only(turn, reply, services, slots, kind)
    return None


def names_ours(turn: Turn, services: Services) -> bool:
    """Say whether a message calls a training, an event or a place by its own name."""
    kinds: tuple[Kind, ...] = ("training", "event", "place")
    return any(named_items(turn, services, turn.slots, kind) for kind in kinds)


def guess(turn: Turn, reply: Reply, services: Services, changes: Slots) -> Slots | None:
    """Propose from the broad words that the message holds, said to be a guess; None where there is none."""
    liked = guessed(turn, services)
    if not liked:
        return None
    if not turn.named_jobs:
        reply.say("utter_guess", likes=texts.listed([texts.quoted(one) for one in liked]))
    changes = changes | {"likes": liked, "seen": None, "topic": None}
    return changes | suggest(turn, reply, services, {**turn.slots, **changes})


def guessed(turn: Turn, services: Services) -> list[str]:
    """Return the broad words that a message holds; else, of who asks for ideas, the words that a trade answers best."""
    if not turn.text or CODE.search(turn.text):
        return []
    wishes = services.knowledge.wishes(turn.text, turn.spans)
    wanted = [name for name in wanted_jobs(turn) if not any(name in one for one in wishes.dislikes)]
    if wanted:  # « j'aimerais en savoir plus sur aide-soignante »
        return wanted[:MOST_LIKES]
    if found := everyday_in(wishes.wanted):
        return list(dict.fromkeys(found))[:MOST_LIKES]
    if turn.intent != "explore_jobs":
        return []
    said = [one for one in wishes.likes if len(one.split()) >= FEWEST]
    return [one for one in said if services.knowledge.means_something(one, GUESSED_FROM)][:1]
