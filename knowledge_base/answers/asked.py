"""Which answers of ours a message asks for: none, one, or two in one breath; and where in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge_base.answers.matcher import SURE
from knowledge_base.answers.parts import asks, stretches

# Chosen on tests/golden/questions_dev.tsv and on the sentences of nlu_data that ask nothing of ours.
MARGIN = 0.08  # between the first answer and the second
VERY_SURE = SURE + 0.1  # of a part of a message: it lacks what the rest says
SCORED = 16  # stretches
MOST = 2  # answers to one message: more is a wall of text

Scored = list[tuple[str, float]]


@dataclass(frozen=True)
class Asked:
    """A stretch of a message and the answer that it calls for."""

    start: int
    end: int
    answer: str
    score: float


def asked_in(
    text: str, best: Callable[[Sequence[str]], list[Scored]], *, of_rights: bool = False, told: bool = False
) -> list[Asked]:
    """Return what a message surely asks, in its order; `of_rights` where it was not taken for a question.

    `told`: what is told may ask without a word that asks, « j'ai pas le permis et pas d'argent pour le passer ».
    `best` gives the likeliest answers of each text, best first.
    """
    # Each stretch costs an encoding, about 15 ms: only those that may ask are scored.
    parts = [part for part in stretches(text) if told or asks(part.words, of_rights=of_rights)][:SCORED]
    if not parts:
        return []
    scored = best([part.words for part in parts])
    found = [
        Asked(part.start, part.end, first[0], first[1])
        for part, (first, second, *_) in zip(parts, scored, strict=True)
        if first[1] >= VERY_SURE and first[1] - second[1] >= MARGIN
    ]
    kept: list[Asked] = []
    for one in sorted(found, key=lambda one: (-one.score, one.end - one.start)):
        apart = all(one.end <= other.start or one.start >= other.end for other in kept)
        if apart and one.answer not in {other.answer for other in kept} and len(kept) < MOST:
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
