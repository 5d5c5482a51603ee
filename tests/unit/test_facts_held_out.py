"""The held-out sentences of `tests/nlu/facts.yml`: facts by rule, likes and dislikes by quote."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.components.facts import facts_in
from knowledge_base.french import fold
from knowledge_base.geography import fold_place
from knowledge_base.wishes import wishes_of

FILE = Path(__file__).parent.parent / "nlu" / "facts.yml"
WISHES = ("likes", "dislikes")
ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "des", "du", "de", "d"])
FACTS_RIGHT = 0.95
WISHES_RIGHT = 0.60


@pytest.fixture(scope="module")
def sentences() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())
    assert len(found) >= 80
    return found


def plain(entity: str, value: object) -> object:
    return fold_place(str(value)) if entity == "place" else value


def bare(quotes: list[str]) -> list[str]:
    return sorted(" ".join(word for word in fold(quote).split() if word not in ARTICLES) for quote in quotes)


def last_of_each(said: str, populations: dict[str, int]) -> dict[str, object]:
    """Actions keep the last value of an entity."""
    return {fact.entity: plain(fact.entity, fact.value) for fact in facts_in(said, populations)}


def check(right: int, total: int, least: float, failing: list[str]) -> None:
    assert right / total >= least, f"{right} of {total} right, {least:.0%} wanted. Failing:\n" + "\n".join(failing)


def test_facts_of_held_out_sentences_are_right(sentences: list[dict[str, Any]], populations: dict[str, int]) -> None:
    failing = []
    for entry in sentences:
        wanted = {name: plain(name, value) for name, value in entry.items() if name not in ("text", *WISHES)}
        found = last_of_each(entry["text"], populations)
        if found != wanted:
            failing.append(f"{entry['text']!r}: {found} instead of {wanted}")
    check(len(sentences) - len(failing), len(sentences), FACTS_RIGHT, failing)


def test_likes_and_dislikes_of_held_out_sentences_are_mostly_right(
    sentences: list[dict[str, Any]], populations: dict[str, int]
) -> None:
    failing = []
    for entry in sentences:
        spans = tuple((fact.start, fact.end) for fact in facts_in(entry["text"], populations))
        said = wishes_of(entry["text"], spans)
        found = {"likes": bare(list(said.likes)), "dislikes": bare(list(said.dislikes))}
        wanted = {name: bare(entry.get(name, [])) for name in WISHES}
        if found != wanted:
            failing.append(f"{entry['text']!r}: {found} instead of {wanted}")
    check(len(sentences) - len(failing), len(sentences), WISHES_RIGHT, failing)
