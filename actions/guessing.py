"""What somebody may be drawn to, where nothing was understood for sure: shown as a guess, before asking again."""

from actions import texts
from actions.base import Reply, Slots
from actions.services import Services
from actions.suggest import ask_for_interest, suggest
from actions.turn import Turn
from actions.understanding import MOST_LIKES
from knowledge_base.everyday import everyday_in

GUESSED_FROM = 0.4  # how surely a family must answer words of who asks for ideas
FEWEST = 2  # words: one alone, that no list knows, is as often a name


def guess_or_ask(turn: Turn, reply: Reply, services: Services, changes: Slots) -> Slots:
    """Propose from a guess, else ask what pleases."""
    made = guess(turn, reply, services, changes)
    return changes | ask_for_interest(turn, reply) if made is None else made


def guess(turn: Turn, reply: Reply, services: Services, changes: Slots) -> Slots | None:
    """Propose from the broad words that the message holds, said to be a guess; None where there is none."""
    liked = guessed(turn, services)
    if not liked:
        return None
    reply.say("utter_guess", likes=texts.listed([texts.quoted(one) for one in liked]))
    changes = changes | {"likes": liked, "seen": None, "topic": None}
    return changes | suggest(turn, reply, services, {**turn.slots, **changes})


def guessed(turn: Turn, services: Services) -> list[str]:
    """Return the broad words that a message holds; else, of who asks for ideas, the words that a trade answers best."""
    if not turn.text:
        return []
    wishes = services.knowledge.wishes(turn.text, turn.spans)
    if found := everyday_in(wishes.wanted):
        return list(dict.fromkeys(found))[:MOST_LIKES]
    if turn.intent != "explore_jobs":
        return []
    said = [one for one in wishes.likes if len(one.split()) >= FEWEST]
    return [one for one in said if services.knowledge.means_something(one, GUESSED_FROM)][:1]
