"""What somebody does not want, turned into families to leave out: sectors, conditions of work, hard sides, trades.

`themes.yml` and `conditions.yml` hold the words; the matcher knows the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from knowledge_base.french import fold

HERE = Path(__file__).parent
# A family is what a refusal names when it answers it this clearly (scores of FamilyMatcher, docs/decisions/0009)…
NAMED_FROM = 15.0
# … or is among the first few for it, or answers it better than it answers what is wanted.
NAMED_FIRST = 6
NAMED_BESIDE = 3  # when a sector, a condition or a hard side is named already
HARD_WORD = 4  # letters from which two words of the same beginning are the same thing


@dataclass(frozen=True)
class Traits:
    """What the catalogue says of a family beside its texts."""

    code: str
    title: str
    conditions: Mapping[str, str]
    hard_sides: tuple[str, ...]
    riasec: str


@dataclass(frozen=True)
class _Theme:
    pattern: re.Pattern[str]
    codes: tuple[str, ...]
    but: tuple[str, ...]


@dataclass(frozen=True)
class _Condition:
    pattern: re.Pattern[str]
    name: str
    value: str


def refused(dislikes: Sequence[str], traits: Sequence[Traits], scores: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Say which families are refused: a boolean array, shape (families,).

    `scores` are the matcher's for each dislike, shape (dislikes, families); `wanted` its best for what is wanted.
    """
    found = np.zeros(len(traits), bool)
    for dislike, row in zip(dislikes, scores, strict=True):
        words = fold(dislike)
        named = _by_theme(words, traits) | _by_condition(words, traits) | _by_hard_side(words, traits)
        first = np.zeros(len(traits), bool)
        first[np.argsort(-row)[: NAMED_BESIDE if named.any() else NAMED_FIRST]] = True
        found |= named | first | ((row >= NAMED_FROM) & ((row > wanted) | (not named.any())))
    return found


def preferred(likes: Sequence[str], traits: Sequence[Traits]) -> np.ndarray:
    """Say how many of the conditions wished for each family has, less those it lacks: shape (families,)."""
    score = np.zeros(len(traits))
    for words in map(fold, likes):
        for condition in _conditions():
            if condition.pattern.search(words):
                score += np.array([float(_has(one, condition)) - float(_lacks(one, condition)) for one in traits])
    return score


def _by_theme(words: str, traits: Sequence[Traits]) -> np.ndarray:
    themes = [theme for theme in _themes() if theme.pattern.search(words)]
    return np.array(
        [
            any(one.code.startswith(t.codes) and not one.code.startswith(t.but or ("-",)) for t in themes)
            for one in traits
        ]
    )


def _by_condition(words: str, traits: Sequence[Traits]) -> np.ndarray:
    named = [condition for condition in _conditions() if condition.pattern.search(words)]
    return np.array([any(_has(one, condition) for condition in named) for one in traits])


def _by_hard_side(words: str, traits: Sequence[Traits]) -> np.ndarray:
    asked = {word[: HARD_WORD + 1] for word in words.split() if len(word) >= HARD_WORD and word not in _empty()}
    return np.array(
        [
            any(word[: HARD_WORD + 1] in asked for side in one.hard_sides for word in fold(side).split())
            for one in traits
        ]
    )


def _has(one: Traits, condition: _Condition) -> bool:
    return one.conditions.get(condition.name) == condition.value


def _lacks(one: Traits, condition: _Condition) -> bool:
    return one.conditions.get(condition.name) in ("never", "alone" if condition.value == "team" else "team")


@cache
def _themes() -> tuple[_Theme, ...]:
    return tuple(
        _Theme(_whole_words(entry["words"]), tuple(entry["codes"]), tuple(entry.get("but", ())))
        for entry in _yaml("themes.yml")
    )


@cache
def _conditions() -> tuple[_Condition, ...]:
    return tuple(
        _Condition(_whole_words(entry["words"]), entry["condition"], entry["value"])
        for entry in _yaml("conditions.yml")
    )


@cache
def _empty() -> frozenset[str]:
    words = "faire avoir etre dans avec pour sans gens chose choses trop toute toutes tous temps jour journee longtemps"
    return frozenset(("travail", "travailler", *words.split()))


def _whole_words(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def _yaml(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text())
    return entries
