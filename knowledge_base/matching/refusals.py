"""What somebody does not want, turned into families to leave out and families to put off.

What the refused words name themselves, the matcher knows: the families that answer them best. What they imply (sectors,
places, what a trade is known for) is in `themes.yml`; how a day is, in `conditions.yml` and the catalogue's hard sides.
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
# All scores are FamilyMatcher's, mean 0 and 20 or more when it is clear. Measured in docs/decisions/0009.
# A refusal names the families that answer its words at least this well beside the one that does it best…
NAMED_BESIDE_BEST = 0.65
NAMED_FROM = 5.0  # (below, an answer is noise)
# … unless they answer what is wanted better, by more than this.
GIVE_OR_TAKE = 2.0
# What a family loses that a refusal only implies: it is of a sector or place refused, has a hard side or plenty of a
# condition refused, or is named but wanted more…
SECTOR_COST, HARD_SIDE_COST, CONDITION_COST, NAMED_COST = 40.0, 20.0, 10.0, 6.0
# … and for each point with which it answers the refused words, beyond noise.
LIKENESS_COST, NOISE = 0.5, 3.0
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
class Refused:
    """Which families are refused, and what the rest lose for being like them; both of shape (families,)."""

    families: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class _Theme:
    pattern: re.Pattern[str]
    codes: tuple[str, ...]
    but: tuple[str, ...]
    titles: tuple[str, ...]

    def covers(self, one: Traits) -> bool:
        named = one.code.startswith(self.codes) or one.title.startswith(self.titles)
        return named and not (self.but and one.code.startswith(self.but))


@dataclass(frozen=True)
class _Condition:
    pattern: re.Pattern[str]
    name: str
    value: str


def refused(
    dislikes: Sequence[str], likes: Sequence[str], traits: Sequence[Traits], scores: np.ndarray, wanted: np.ndarray
) -> Refused:
    """Say which families the dislikes name, and which they only put off. What is liked in the same words stays.

    `scores` are the matcher's for each dislike, shape (dislikes, families); `wanted` its best for what is wanted.
    """
    families, cost = np.zeros(len(traits), bool), np.zeros(len(traits))
    liked = _said(" , ".join(likes))
    for dislike, row in zip(dislikes, scores, strict=True):
        words = _said(dislike)
        beside_best = row / max(float(row.max()), NAMED_FROM)
        named = (beside_best >= NAMED_BESIDE_BEST) & (row >= NAMED_FROM)
        families |= named & (row >= wanted - GIVE_OR_TAKE)
        implied = (
            SECTOR_COST * _by_theme(words, liked, traits),
            HARD_SIDE_COST * _by_hard_side(words, traits),
            CONDITION_COST * _by_condition(words, liked, traits),
            NAMED_COST * named,
        )
        cost = np.maximum(cost, np.max(implied, axis=0) + LIKENESS_COST * np.maximum(row - NOISE, 0))
    return Refused(families, cost)


def preferred(likes: Sequence[str], traits: Sequence[Traits]) -> np.ndarray:
    """Say how many of the conditions wished for each family has, less those it lacks: shape (families,)."""
    score = np.zeros(len(traits))
    for words in map(fold, likes):
        for condition in _conditions():
            if condition.pattern.search(words):
                score += np.array([float(_has(one, condition)) - float(_lacks(one, condition)) for one in traits])
    return score


def _said(text: str) -> str:
    """Fold, and say what an elision is glued to a second time: « larmee » is « armee » too."""
    words = fold(text)
    glued = re.findall(r"\b[ld]([aeiouy]\w{3,}|h[aeiouy]\w{3,})", words)
    return " ; ".join([words, *glued])


def _by_theme(words: str, liked: str, traits: Sequence[Traits]) -> np.ndarray:
    themes = []
    for theme in _themes():
        words, times = theme.pattern.subn(" ", words)
        if times and not theme.pattern.search(liked):
            themes.append(theme)
    return np.array([any(theme.covers(one) for theme in themes) for one in traits])


def _by_condition(words: str, liked: str, traits: Sequence[Traits]) -> np.ndarray:
    found = [(condition, condition.pattern.search(words)) for condition in _conditions()]
    named = [condition for condition, match in found if match and match[0] not in liked]
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
        _Theme(
            _whole_words(entry["words"]),
            tuple(entry["codes"]),
            tuple(entry.get("but", ())),
            tuple(entry.get("titles", ())),
        )
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
    more = (
        "rester longues longue tres beaucoup journees heures jours loin entre avant apres meme deux chez quand passer"
    )
    return frozenset(("travail", "travailler", *words.split(), *more.split()))


def _whole_words(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)")


def _yaml(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text())
    return entries
