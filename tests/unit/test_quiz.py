"""The interests quiz: what it asks, when it stops, and that it recovers who answers."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.quiz import AXES, LEAST, MOST, Interests, Question, Said, load_questions, next_question
from knowledge_base.quiz.interests import SAID
from knowledge_base.quiz.questions import Axis

QUESTIONS = load_questions()
RUNS = 40


def simulated(leaning: np.ndarray, chance: np.random.Generator) -> list[tuple[Question, Said]]:
    """Somebody who answers by their leanings, and now and then on a whim: one answer in ten, at random."""
    answers: list[tuple[Question, Said]] = []
    while question := next_question(answers, QUESTIONS):
        first, second = (leaning[AXES.index(axis)] for axis in question.axes)
        felt = first + chance.normal(0, 0.5), second + chance.normal(0, 0.5)
        if chance.random() < 0.1:
            said: Said = SAID[chance.integers(4)]
        elif abs(felt[0] - felt[1]) < 0.4:
            said = "both" if sum(felt) > 0 else "neither"
        else:
            said = "first" if felt[0] > felt[1] else "second"
        answers.append((question, said))
    return answers


@pytest.mark.parametrize("axis", AXES)
def test_somebody_of_each_type_is_recovered(axis: Axis) -> None:
    chance, found, lengths = np.random.default_rng(AXES.index(axis)), [], []
    for _ in range(RUNS):
        leaning = chance.normal(-0.3, 0.5, len(AXES))
        leaning[AXES.index(axis)] = 1.5
        answers = simulated(leaning, chance)
        found.append(Interests.after(answers).types[0])
        lengths.append(len(answers))
    assert found.count(axis) / RUNS >= 0.95
    assert min(lengths) >= LEAST
    assert max(lengths) <= MOST


@given(st.lists(st.sampled_from(SAID), min_size=MOST, max_size=MOST))
@settings(max_examples=40, deadline=None)
def test_whatever_is_answered_it_asks_each_question_once_and_ends(said: list[Said]) -> None:
    answers: list[tuple[Question, Said]] = []
    while question := next_question(answers, QUESTIONS):
        answers.append((question, said[len(answers)]))
    assert LEAST <= len(answers) <= MOST
    assert len({question.id for question, _ in answers}) == len(answers)
    assert sorted(Interests.after(answers).types) == sorted(AXES)


def test_every_pair_of_axes_has_questions_enough() -> None:
    pairs = [frozenset(question.axes) for question in QUESTIONS]
    assert all(pairs.count(frozenset(pair)) >= 4 for pair in combinations(AXES, 2))


def test_who_says_neither_each_time_has_no_clear_type() -> None:
    answers: list[tuple[Question, Said]] = []
    while question := next_question(answers, QUESTIONS):
        answers.append((question, "neither"))
    assert not Interests.after(answers).is_clear
