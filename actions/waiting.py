"""A message as the answer to what was last asked: a choice of the quiz, or what a booking still needs."""

import re

from actions import answering, safety
from actions.base import Reply, Slots
from actions.intake import hear, is_waiting
from actions.interests_quiz import serve, take
from actions.quiz_answers import asked_of_quiz, heard
from actions.services import Services
from actions.turn import Turn
from actions.understanding import stated
from knowledge_base.french import fold

AFTER = re.compile(
    r"^(?:et )?apres\b.*\b(?:suite|quoi|rentr\w*|passe)\b|\b(?:aura|avoir|une|la) (?:vraiment )?(?:une )?suite\b"
)


def answered(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Take the message so; None when it speaks of something else, and for a press, which does what its button says."""
    if not turn.text:
        return None
    if choice := heard(turn):
        told = stated(turn.entities)
        return told | take(turn, reply, services, choice)
    if wanted := asked_of_quiz(turn):
        return serve(turn, reply, services, wanted)
    if is_waiting(turn):
        return hear(turn, reply, services)
    if safety.is_waiting(turn):
        return safety.stay(turn, reply)
    if answering.is_about_last_answer(turn) and (answer := answering.goes_on(turn, services)):
        return answering.tell(answer, turn, reply)
    if AFTER.search(fold(turn.text)):  # whatever it was taken for
        reply.say("utter_what_after")
        return {}
    return None
