"""What a typed message says to the question of the quiz that was just asked; None when it speaks of something else."""

import re
from typing import Any, Literal

from actions.turn import Turn
from actions.understanding import LIKING
from knowledge_base.french import fold
from knowledge_base.quiz import Question, load_questions

Heard = Literal["first", "second", "both", "neither", "skip"]

ASKED = "quiz"  # what was last « asked »
FIRST = frozenset(("1", "1er", "1ere", "premier", "premiere"))
BEGINS = re.compile(
    r"(?:plutot |alors |bon |ok )?(?:le |la )?(?P<number>1|2|1ere?|2e|2eme|premiere?|deuxieme)\b(?! (?:c|ca)\b)"
)
Asked = Literal["result", "resume", "back", "left", "unclear"]
ASKING: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("back", re.compile(r"\b(?:celle|question|reponse) d ?avant\b|\bprecedente\b|\bvoulais dire\b")),
    ("left", re.compile(r"\breste\w*\b|\bcombien de questions?\b|\bc ?est long\b|\bencore combien\b")),
    ("result", re.compile(r"\bresultats?\b|\bce que ca donne\b|\bmes reponses\b|\balors je suis quoi\b")),
    ("resume", re.compile(r"\b(?:test|quiz)\b")),
)
# Messages that say nothing else than an answer that was not understood.
NOTHING_ELSE = frozenset(("nlu_fallback", "out_of_scope", "affirm", "deny", "dont_know", "choose", "compare_jobs",
                          "complain", "laugh", "not_for_me", "ask_why", "inform", "repeat"))  # fmt: skip
STOPS = re.compile(r"\b(?:stop|arret\w*|marre|assez|annul\w*|efface\w*|supprim\w*)\b")
SHORT = 8  # words: a longer message tells more than a choice
COMMON = 5  # letters from which a word tells of an activity
PATTERNS: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    ("both", re.compile(r"\bles? (?:deux|2)\b|\bl ?un et l ?autre\b|\btoutes? les deux\b")),
    (
        "neither",
        re.compile(r"\baucune? des\b|^aucune?$|\bni l ?une? ni l ?autre\b|\brien de tout ca\b|^n[oa]n+$|\bbof\b"),
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
    if chosen := BEGINS.match(said):  # « la 1, et au fait j'habite Dole »
        return "first" if chosen["number"] in FIRST else "second"
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


def asked_of_quiz(turn: Turn) -> Asked | None:
    """Return what a message wants of the quiz that is being taken, when it is no answer; None when it is elsewhere."""
    if question_asked(turn.slots) is None or not turn.text:
        return None
    said = fold(turn.text)
    found = next((wanted for wanted, pattern in ASKING if pattern.search(said)), None)
    if found and not (STOPS.search(said) and found != "result"):
        return found
    lost = turn.slot("asked") == ASKED and turn.intent in NOTHING_ELSE and not turn.spans and not STOPS.search(said)
    return "unclear" if lost and not turn.named_jobs and not LIKING.search(said) else None


def _words(folded: str) -> set[str]:
    return {word[:COMMON] for word in re.findall(r"\w+", folded) if len(word) >= COMMON}
