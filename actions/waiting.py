"""What a message means where it stands, whatever it was taken for.

It answers what was last asked (the quiz, a booking), stays with a danger told, goes on about the last answer, asks
something of what is on the screen, or takes up again what was shown. A press does what its button says.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from actions import answering, safety
from actions.about_shown import about_named, about_shown, about_trade
from actions.base import Reply, Slots
from actions.cards import button
from actions.coming_back import is_back, of_code, remembered
from actions.follow_up import going, reminder_again, reminder_wanted
from actions.intake import hear, is_waiting
from actions.interests_quiz import serve, take
from actions.quiz_answers import asked_of_quiz, heard
from actions.quiz_words import refuses_test, wants_test_again
from actions.resuming import taken_up
from actions.services import Services
from actions.suggest import suggest_only
from actions.turn import Turn
from actions.understanding import stated
from knowledge_base.french import fold

# « montre-moi la plus proche », right after what a service is for.
WHERE = re.compile(
    r"\b(?:l[ae] )?plus (?:proche|pres)\b|\b(?:ou|laquelle) (?:est|c est|sont|y aller)\b|\bc est ou\b|\badresses?\b"
)
Meaning = Callable[[Turn, Reply, Services], Slots | None]

AFTER = re.compile(
    r"^(?:et )?apres\b.*\b(?:suite|quoi|rentr\w*|passe)\b|\b(?:aura|avoir|une|la) (?:vraiment )?(?:une )?suite\b"
)


def answered(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Answer the message so; None when it speaks of something else, and for a press."""
    found = (meaning(turn, reply, services) for meaning in (MEANINGS if turn.text else ()))
    return next((one for one in found if one is not None), None)


def _of_quiz(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if wants_test_again(turn.text) or (turn.intent == "take_quiz" and refuses_test(turn.text)):
        return None
    if choice := heard(turn):
        return stated(turn.entities) | take(turn, reply, services, choice)
    wanted = asked_of_quiz(turn)
    return serve(turn, reply, services, wanted) if wanted else None


def _of_intake(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    return hear(turn, reply, services) if is_waiting(turn) else None


def _in_danger(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    return safety.stay(turn, reply) if safety.is_waiting(turn) else None


def _of_last_answer(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    last = services.knowledge.answers.get(str(turn.slot("subject", "")))
    if last and last.place and turn.answers == "action_ask_question" and WHERE.search(turn.plain):
        pressed = replace(turn, text="", entities={**turn.entities, "service": last.place})
        return suggest_only(pressed, reply, services, turn.slots, "place")
    goes_on = turn.intent != "ask_question" and answering.is_about_last_answer(turn)  # a question looks further first
    found = answering.goes_on(turn, services) if goes_on else None
    return answering.tell(found, turn, reply) if found else None


def _how_long_kept(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« et si j'ai 14 ans ? », right after how long everything is kept."""
    if turn.said_last != "utter_privacy" or "age" not in turn.entities:
        return None
    told = stated(turn.entities)
    young = told["age_group"] == "under_15"
    ways = [button("Continuer", "explore_jobs"), button("Tout effacer", "erase_data")]
    reply.say("utter_under_15" if young else "utter_kept_three_months", buttons=ways)
    return told


def _what_after(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if not AFTER.search(fold(turn.text)):
        return None
    reply.say("utter_what_after")
    return {}


MEANINGS: tuple[Meaning, ...] = (
    is_back,
    _of_quiz,
    _of_intake,
    _in_danger,
    _how_long_kept,
    of_code,
    remembered,
    reminder_again,
    reminder_wanted,
    going,
    about_named,
    _of_last_answer,
    taken_up,
    about_trade,
    about_shown,
    _what_after,
)
