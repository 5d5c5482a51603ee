"""Job families for what a person says: what they want, less what they refuse."""

import re
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from knowledge_base.encoder import Encoder
from knowledge_base.everyday import everyday_codes
from knowledge_base.french import plain_words
from knowledge_base.matching.confidence import known_confidence
from knowledge_base.matching.families import FamilyMatcher
from knowledge_base.matching.refusals import HARD_SIDE_COST, preferred, refused
from knowledge_base.search import encode_wishes
from knowledge_base.titles import spoken_forms
from knowledge_base.wishes import Wishes, wishes_of

# What a condition wished for (« dehors », « en équipe ») weighs beside a match, in the matcher's deviations.
CONDITION_WEIGHT = 2.0
# What the first letter of a person's RIASEC weighs where it is a family's first, each other shared letter half of it.
RIASEC_WEIGHT = 2.0
# Families this much below the best one do not fit any more (docs/decisions/0009).
KEPT_WITHIN = 9.0
EVERYDAY_LEAD, EVERYDAY_STEP = 3.0, 0.5  # how far before the others what a word means every day comes
KEPT_WITHIN_NEXT = 14.0  # for who has seen the first ones and asks for more; both in docs/decisions/0009
GENDERS = re.compile(r"\w ?[/(·] ?\w")  # the sign of a title written for both


@dataclass(frozen=True)
class Ranking:
    """Every family's score for each reading of the wish: all of it first, then each like. Refused ones are marked."""

    codes: list[str]
    scores: np.ndarray  # shape (readings, families)
    refused: np.ndarray  # shape (families,)
    confidence: float = 1.0  # how likely it is that there was a wish to answer, 0 to 1
    doubtful: frozenset[str] = frozenset()  # families that what is refused speaks against, though it does not name them
    averse: frozenset[str] = frozenset()  # of these, those it names, or whose sector or hard side it refuses

    def best(self, top: int, left_out: Collection[str] = ()) -> list[tuple[str, float]]:
        """Return (code, score) of the best families for the wish as a whole, refused ones last."""
        keys = self.scores[0] - 1000.0 * self.refused
        order = [i for i in np.argsort(-keys, kind="stable") if self.codes[i] not in left_out]
        return [(self.codes[i], float(keys[i])) for i in order[:top]]

    def served(self, top: int, left_out: Collection[str] = ()) -> list[tuple[str, float]]:
        """Return families so that the wish as a whole and each like in turn are served, nothing refused among them."""
        chosen: dict[str, float] = {}
        # What fits one like hardly is not put before what fits another well: « la mécanique » after « les motos ».
        for within in (KEPT_WITHIN, KEPT_WITHIN_NEXT) if left_out else (KEPT_WITHIN,):
            columns = [self._fitting(row, left_out, within)[:top] for row in self.scores]
            for i in (one for rank in zip_longest(*columns) for one in rank if one is not None):
                chosen.setdefault(self.codes[i], float(self.scores[:, i].max()))
        return list(chosen.items())[:top]

    def spread(self, top: int, left_out: Collection[str] = ()) -> list[tuple[str, float]]:
        """Return the best families, each of another field of work: for interests that no words narrow down."""
        chosen: dict[str, tuple[str, float]] = {}
        for code, score in sorted(self.best(len(self.codes), left_out), key=lambda one: (-one[1], _shuffled(one[0]))):
            chosen.setdefault(code[0], (code, score))
        return list(chosen.values())[:top]

    def _fitting(self, row: np.ndarray, left_out: Collection[str], within: float) -> list[int]:
        least = float(row.max()) - within
        return [
            int(i)
            for i in np.argsort(-row, kind="stable")
            if row[i] >= least and not self.refused[i] and self.codes[i] not in left_out
        ]


def rank_families(matcher: FamilyMatcher, encoder: Encoder, wishes: Wishes, riasec: str = "") -> Ranking:
    """Score every family for what is liked, as a whole and like by like, and mark those that a dislike names."""
    likes = [plain_words(like) for like in wishes.likes]
    whole = ", ".join(likes)
    readings = [whole, *likes] if len(likes) > 1 else [whole]
    ranking = _ranked(matcher, encoder, readings, wishes.dislikes, riasec)
    return everyday_first(ranking, wishes.likes)


def everyday_first(ranking: Ranking, likes: Sequence[str]) -> Ranking:
    """Put before the others the families that a like means every day, in the order in which a counsellor names them."""
    meant = {number: codes for number, like in enumerate(likes) if (codes := everyday_codes(like))}
    if not meant:
        return ranking
    rows, places = ranking.scores.copy(), {code: place for place, code in enumerate(ranking.codes)}
    for number, codes in meant.items():
        for row in {0, number + 1 if len(likes) > 1 else 0}:
            best = float(rows[row].max())
            for rank, code in enumerate(one for one in codes if one not in ranking.doubtful):
                rows[row, places[code]] = max(rows[row, places[code]], best + EVERYDAY_LEAD - rank * EVERYDAY_STEP)
    return replace(ranking, scores=rows, confidence=1.0)


def rank_sentence(matcher: FamilyMatcher, encoder: Encoder, said: str) -> Ranking:
    """Score every family for a sentence matched whole, less what it refuses."""
    if GENDERS.search(said):  # « technicien/ne »: one of the two is said
        said = spoken_forms(said)[0]
    wishes = wishes_of(plain_words(said))  # « pa dordi » is read as « pas d'ordi »: nothing is quoted from a search
    wanted = ", ".join(wishes.likes) or wishes.wanted
    return _ranked(matcher, encoder, [wanted if wishes.dislikes else said], wishes.dislikes, "")


def _ranked(
    matcher: FamilyMatcher, encoder: Encoder, readings: list[str], dislikes: Sequence[str], riasec: str
) -> Ranking:
    texts = [*readings, *dislikes]
    answers = matcher.answers(texts, encode_wishes(encoder, texts))
    liked, disliked = answers.scores[: len(readings)], answers.scores[len(readings) :]
    confidence = float(known_confidence().probability(answers.features[: len(readings)]).max())
    if not readings[0].strip():  # nothing but refusals: as far from them as can be; or the quiz alone
        liked = -disliked.mean(0, keepdims=True) if dislikes else np.zeros_like(liked)
    liked = liked + CONDITION_WEIGHT * preferred(readings[:1], matcher.traits)
    liked = liked + RIASEC_WEIGHT * np.array([shared_types(riasec, one.riasec) for one in matcher.traits])
    left_out = refused(dislikes, readings if any(readings) else (), matcher.traits, disliked, liked.max(0))
    against = np.flatnonzero((left_out.cost > 0) | left_out.families)
    doubtful = frozenset(matcher.codes[int(place)] for place in against)
    plainly = np.flatnonzero((left_out.cost >= HARD_SIDE_COST) | left_out.families)
    averse = frozenset(matcher.codes[int(place)] for place in plainly)
    return Ranking(matcher.codes, liked - left_out.cost, left_out.families, confidence, doubtful, averse)


def _shuffled(code: str) -> int:
    """Return a rank that favours no field of work, the same every time."""
    return zlib.crc32(code.encode())


def shared_types(person: str, family: str) -> float:
    """Return how far two RIASEC profiles agree: 1 for the same first letter, ½ for each other letter they share."""
    first = float(bool(person) and person[0] == family[0])
    return first + 0.5 * len(set(person[:3]) & set(family) - ({person[0]} if first else set()))
