"""Readings, hyperplanes and the hidden layer: what they learn from a handful of sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components import hidden_layer, readings
from bot.components.danger_model import DangerModel
from bot.components.intent_model import IntentModel
from bot.components.readings import Reading, Readings, grams, masked, views

GREETINGS = ["salut", "coucou", "bonjour toi", "salut salut", "bonjour", "slt"]
TASTES = [
    "j'aime cuisiner",
    "jadore la cuisine",
    "cuisiner c'est ma vie",
    "j'aime la cuisine",
    "la cuisine",
    "cuisiner",
]
DANGERS = [
    "il me frappe",
    "il me frappe tous les soirs",
    "mon copain me frappe",
    "il m'a frappé",
    "on me frappe",
    "frappée",
]
LABELS = ["greet"] * 6 + ["inform"] * 6 + ["violence"] * 6


@pytest.fixture(scope="module")
def fitted() -> tuple[Readings, sparse.csr_matrix]:
    return Readings.fit([views(text) for text in GREETINGS + TASTES + DANGERS])


@pytest.fixture(scope="module")
def learned(fitted: tuple[Readings, sparse.csr_matrix]) -> Readings:
    return fitted[0]


@pytest.fixture(scope="module")
def model(fitted: tuple[Readings, sparse.csr_matrix]) -> IntentModel:
    return IntentModel.fit(fitted[1], LABELS)


def test_facts_are_masked_by_their_kind() -> None:
    said = "coiffeuse ou ATSEM à Dole"
    assert masked(said, [(0, 9, "job"), (13, 18, "job"), (21, 25, "place")]) == "JOB ou JOB a PLACE"
    assert masked("jkiffe cuisiner", []) == "j aime cuisiner"


@pytest.mark.parametrize(
    ("reading", "said", "wanted"),
    [
        (Reading("plain", "words", 1, 2, 1), "ok ?", 3),  # ok, ?, ok ?
        (Reading("plain", "letters within words", 2, 3, 1), "ok", 5),  # _o, ok, k_, _ok, ok_
        (Reading("plain", "letters within words", 4, 5, 1), "ok ok a", 2),  # _ok_ twice
        (Reading("run", "letters", 2, 2, 1), "abc", 2),  # ab, bc
        (Reading("run", "letters", 2, 6, 1), "", 0),
    ],
)
def test_grams_are_those_of_the_unit(reading: Reading, said: str, wanted: int) -> None:
    assert len(grams(reading, [said])[0]) == wanted


def test_the_same_gram_has_the_same_number_in_whatever_text() -> None:
    numbers, texts = grams(Reading("run", "letters", 2, 2, 1), ["abcab", "", "cab"])
    assert texts.tolist() == [0, 0, 0, 0, 2, 2]
    assert numbers[[0, 2]].tolist() == numbers[[3, 4]].tolist()
    assert len(set(numbers.tolist())) == 3


def test_rows_hold_the_numbers_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "READINGS", (Reading("plain", "letters", 2, 4, 2),))
    texts = [views(text) for text in GREETINGS + TASTES]
    ours = Readings.fit(texts)[1].toarray()
    plain = [view["plain"] for view in texts]
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), min_df=2, sublinear_tf=True).fit_transform(plain)
    assert np.allclose(ours @ ours.T, (theirs @ theirs.T).toarray(), atol=1e-5)


def test_a_message_has_the_row_that_it_had_among_all(fitted: tuple[Readings, sparse.csr_matrix]) -> None:
    learned, rows = fitted
    for text, among in zip(GREETINGS + TASTES + DANGERS, rows.toarray(), strict=True):
        row = learned.row(views(text))
        assert np.allclose(among[row.columns], row.values, atol=1e-6)
        assert np.count_nonzero(among) == len(row.columns)


@given(st.text(max_size=200))
def test_any_text_has_a_row(text: str) -> None:
    row = Readings.fit([views("salut"), views("salut toi")])[0].row(views(text))
    assert len(row.columns) == len(row.values) == len(set(row.columns.tolist()))
    assert np.isfinite(row.values).all()


def test_both_models_together_tell_intents_apart(learned: Readings, model: IntentModel) -> None:
    for said, intent in (
        ("salut bonjour", "greet"),
        ("moi c'est la cuisine", "inform"),
        ("mon père me frappe", "violence"),
    ):
        ranking = model.ranking(learned.row(views(said)), longest=3)
        assert ranking[0][0] == intent
        assert sum(chance for _, chance in ranking) == pytest.approx(1, abs=1e-3)


def test_a_message_without_a_known_letter_is_unsure(learned: Readings, model: IntentModel) -> None:
    assert model.ranking(learned.row(views("漢字")), longest=1)[0][1] < 0.8


def test_danger_is_above_zero_and_the_ordinary_below(fitted: tuple[Readings, sparse.csr_matrix]) -> None:
    learned, rows = fitted
    labels = ["violence" if label == "violence" else "inform" for label in LABELS]
    labels[0] = "distress"
    model = DangerModel.fit(rows, labels, ("violence", "distress"))
    kind, margin = model.nearest(learned.row(views("mon frère me frappe")))
    assert (kind, margin > 0) == ("violence", True)
    assert model.nearest(learned.row(views("j'aime la cuisine")))[1] < 0


def test_the_hidden_layer_learns_what_no_hyperplane_can() -> None:
    """Two n-grams together mean what neither means: « exclusive or »."""
    pattern = np.array([[1, 0, 1], [0, 1, 1], [1, 1, 1], [0, 0, 1]] * 300, np.float32)
    labels = np.array([1, 1, 0, 0] * 300)
    rows = sparse.csr_matrix(pattern)
    layer = hidden_layer.fit(rows, labels, 2)
    said = layer.chances(pattern[:4] @ layer.inner).argmax(1)
    assert said.tolist() == [1, 1, 0, 0]
