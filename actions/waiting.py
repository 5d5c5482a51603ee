"""A message as the answer to what was last asked: a choice of the quiz, or what a booking still needs."""

from actions.base import Reply, Slots
from actions.intake import hear, is_waiting
from actions.interests_quiz import take
from actions.quiz_answers import heard
from actions.services import Services
from actions.turn import Turn


def answered(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Take the message so; None when it speaks of something else."""
    if choice := heard(turn):
        return take(turn, reply, services, choice)
    if is_waiting(turn):
        return hear(turn, reply, services)
    return None
