"""What the sequence model reads of each word, and spans from its labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.components.entities import entities_of, value_of
from bot.components.facts import facts_in
from bot.components.sound import sound
from bot.components.spans import Lexicons, features, labels_of, spans_of, tokens_of

PLACES = {"dole": 24_000, "paris": 2_100_000, "lons le saunier": 17_000}
LEXICONS = Lexicons(
    PLACES, frozenset({"allier"}), frozenset({sound("coiffeuse"), f"{sound('prof')} {sound('de')} {sound('sport')}"})
)


def read(text: str) -> list[list[str]]:
    return features(text, tokens_of(text), facts_in(text, PLACES), LEXICONS)


def test_words_numbers_and_signs_stand_apart() -> None:
    assert [token.word for token in tokens_of("g 16ans, À Dole ?")] == ["g", "16", "ans", ",", "a", "dole", "?"]


@pytest.mark.parametrize(
    ("said", "at", "mark"),
    [
        ("koifeuse", 0, "job=B0"), ("prof de sport", 0, "job=B2"), ("prof de sport", 2, "job=I2"),
        ("vers Lons-le-Saunier", 1, "place=BM"), ("à Paris", 1, "place=BL"), ("j'ai 16 ans", 3, "rule=age"),
        ("dans l'Allier", 3, "place=BA"), ("à Paris", 1, "capital"), ("2026", 0, "digits=4"),
    ],
)  # fmt: skip
def test_word_lists_and_rules_are_among_what_is_read(said: str, at: int, mark: str) -> None:
    assert mark in read(said)[at]


@given(st.text(max_size=120))
def test_every_token_is_read(text: str) -> None:
    assert len(read(text)) == len(tokens_of(text))


def test_labels_and_spans_are_each_other_s() -> None:
    said = "prof de sport ou coiffeuse à Dole"
    spans = [(0, 13, "job"), (17, 26, "job"), (29, 33, "place")]
    tokens = tokens_of(said)
    assert spans_of(tokens, labels_of(tokens, spans)) == spans


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("age", "seize ans", 16), ("age", "2 ans", None), ("level", "3e", 0), ("level", "bac+2", 5),
        ("level", "Ulis", "Ulis"), ("place", "DOLE", "dole"), ("place", "Trifouillis", "trifouillis"),
        ("mobility", "en bus", "no_car"), ("modality", "en visio", "remote"), ("modality", "sur place", "onsite"),
        ("date", "samedi", "samedi"), ("job", "coiffeuse", "coiffeuse"),
    ],
)  # fmt: skip
def test_words_say_a_value_of_our_scales(name: str, words: str, value: object) -> None:
    assert value_of(name, words, PLACES) == value


def test_an_entity_takes_the_value_of_the_fact_it_stands_in() -> None:
    said = "raté mon bac, j'habite à Dole"
    found = entities_of(said, [(9, 12, "level"), (25, 29, "place")], facts_in(said, PLACES), PLACES)
    assert [(one.entity, one.value) for one in found] == [("level", 0), ("place", "dole")]
