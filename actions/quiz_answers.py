"""What a typed message says to the question of the quiz that was just asked; None when it speaks of something else."""

import re
from typing import Any, Literal

from actions.turn import Turn
from knowledge_base.french import fold
from knowledge_base.quiz import Question, load_questions

Heard = Literal["first", "second", "both", "neither", "skip"]

ASKED = "quiz"  # what was last « asked »
SHORT = 6  # words: a longer message tells more than a choice
COMMON = 5  # letters from which a word tells of an activity
PATTERNS: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    ("both", re.compile(r"\bles? (?:deux|2)\b|\bl'?un et l'?autre\b|\btoutes? les deux\b")),
    (
        "neither",
        re.compile(r"\baucune? des\b|^aucune?$|\bni l'?une? ni l'?autre\b|\brien de tout ca\b|^n[oa]n+$|\bbof\b"),
    ),
    ("first", re.compile(r"\b(?:1|1ere?|premiere?)\b|^a$")),
    ("second", re.compile(r"\b(?:2|2e|2eme|deuxieme|seconde?|derniere?)\b|^b$")),
    ("skip", re.compile(r"\b(?:jsp|sais pas|chais? pas|aucune idee|passe|suivante?|peu importe|nsp)\b")),
)


def question_asked(slots: dict[str, Any]) -> Question | None:
    """Return the question that waits for an answer, though something else may have been said since."""
    waiting = (slots.get("quiz") or {}).get("asked")
    return next((one for one in load_questions() if one.id == waiting), None)


def heard(turn: Turn) -> Heard | None:
    """Return the choice that a message makes between both sides, if the question was the last thing asked."""
    question = question_asked(turn.slots)
    if question is None or turn.slot("asked") != ASKED or not turn.text:
        return None
    said = fold(turn.text)
    if turn.spans:  # « en fait j'habite à Dole » tells of something else
        return None
    if len(said.split()) <= SHORT:
        for meaning, pattern in PATTERNS:
            if pattern.search(said):
                return meaning
    shared = [len(_words(said) & _words(fold(text))) for text in question.texts]
    if shared[0] == shared[1]:
        return "both" if shared[0] else None
    return "first" if shared[0] > shared[1] else "second"


def _words(folded: str) -> set[str]:
    return {word[:COMMON] for word in re.findall(r"\w+", folded) if len(word) >= COMMON}
