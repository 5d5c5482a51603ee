"""What a person's choices tell of their interests, and which question would tell most.

Interests are six numbers, one an axis. Beforehand nothing is known of them; each choice makes some likelier (Bayes),
over a fixed cloud of possible persons. The next question is the one whose answer is expected to tell most (mutual
information between answer and strongest axis). Choice is a multinomial logit: the first side is the likelier the more
its axis draws than the other's, « both » when both draw, « neither » when none does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from knowledge_base.quiz.questions import Axis, Question

AXES: tuple[Axis, ...] = ("R", "I", "A", "S", "E", "C")
Said = Literal["first", "second", "both", "neither"]
SAID: tuple[Said, ...] = ("first", "second", "both", "neither")
LEAST, MOST = 12, 18  # questions
SURE = 0.9  # probability of the strongest axis from which more questions tell little
PERSONS = 6000
SPREAD = 1.5  # deviation of an interest among persons; a choice of opposite sides weighs 1
UNDECIDED = 0.7  # how much less likely « both » and « neither » are


@dataclass(frozen=True)
class Interests:
    """What is believed after some answers: the mean of each axis, and how likely each is to be the strongest."""

    means: tuple[float, ...]
    strongest: tuple[float, ...]

    @classmethod
    def after(cls, answers: Sequence[tuple[Question, Said]]) -> "Interests":
        """Weigh every possible person by how likely their answers are."""
        weights = _weights(answers)
        leads = _cloud().argmax(1)
        strongest = np.bincount(leads, weights, len(AXES))
        return cls(tuple((weights @ _cloud()).tolist()), tuple(strongest.tolist()))

    @property
    def types(self) -> str:
        """Return the axes, the strongest first: « RIASEC » in the person's order."""
        return "".join(AXES[at] for at in np.argsort([-mean for mean in self.means], kind="stable"))

    @property
    def is_clear(self) -> bool:
        """Say whether something draws this person at all: who says « neither » each time has no type."""
        return max(self.means) > 0

    @property
    def is_sure(self) -> bool:
        """Say whether more questions would tell little."""
        return max(self.strongest) >= SURE


def next_question(answers: Sequence[tuple[Question, Said]], questions: Sequence[Question]) -> Question | None:
    """Return the unasked question that would tell most; None when enough is known or enough was asked."""
    if len(answers) >= MOST or (len(answers) >= LEAST and Interests.after(answers).is_sure):
        return None
    asked = {question.id for question, _ in answers}
    left = [one for one in questions if one.id not in asked]
    if not left:
        return None
    weights = _weights(answers)
    heard = [frozenset(question.axes) for question, _ in answers]
    # Of equally telling ones, that on the pair of axes least asked about, then the one written first.
    worth = {pair: _told(weights, pair) for pair in {one.axes for one in left}}
    return max(left, key=lambda one: (round(worth[one.axes], 6) - 0.01 * heard.count(frozenset(one.axes)),))


def _told(weights: np.ndarray, axes: tuple[Axis, Axis]) -> float:
    """Return the mutual information of an answer and the strongest axis, in nats."""
    likely = _likelihoods(axes)  # shape (persons, 4)
    leads = _cloud().argmax(1)
    joint = np.stack([np.bincount(leads, weights * column, len(AXES)) for column in likely.T], axis=1)
    outer = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
    told = joint[joint > 0] * np.log(joint[joint > 0] / outer[joint > 0])
    return float(told.sum())


def _weights(answers: Sequence[tuple[Question, Said]]) -> np.ndarray:
    logs = np.zeros(PERSONS)
    for question, said in answers:
        logs += np.log(_likelihoods(question.axes)[:, SAID.index(said)])
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


@cache
def _cloud() -> np.ndarray:
    """Return possible persons, shape (persons, axes), every time the same."""
    return np.random.default_rng(6).normal(0, SPREAD, (PERSONS, len(AXES)))


@cache
def _likelihoods(axes: tuple[Axis, Axis]) -> np.ndarray:
    """Return how likely each answer is for each person, shape (persons, 4), in the order of SAID."""
    first, second = (_cloud()[:, AXES.index(axis)] for axis in axes)
    drawn = np.stack([first - second, second - first, first + second - UNDECIDED, -first - second - UNDECIDED], axis=1)
    powers = np.exp(drawn - drawn.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))
