"""`rank`: the same signals on anybody's corpus: the metric learned from our families, their trades, and letters.

Titles are compared in each gender: every form of a text gets its own vector, and the best pair of forms counts.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from knowledge_base.encoder import Encoder
from knowledge_base.matching import FamilyMatcher, Letters
from knowledge_base.matching.metric import pooled
from knowledge_base.titles import spoken_forms

# What letters and the trade weigh beside the metric's cosine (docs/decisions/0009).
LETTERS_WEIGHT, TRADE_WEIGHT = 0.3, 0.25
AT_ONCE = 256  # queries compared in one go: bounds memory

Pair = tuple[str, str]


def rank(
    matcher: FamilyMatcher, encoder: Encoder, queries: Sequence[Pair], corpus: Sequence[Pair], top: int
) -> Iterator[list[tuple[str, float]]]:
    """Yield, for each (id, text) query, the best (id, score) of the corpus; the same id may stand on several lines."""
    forms = [(form, number) for number, (_, text) in enumerate(corpus) for form in spoken_forms(text)]
    if not forms:
        yield from ([] for _ in queries)
        return
    texts, owners = [form for form, _ in forms], np.array([number for _, number in forms])
    vectors = encoder.encode(texts, "document")
    known, trades, letters = matcher.metric(vectors), matcher.trades(vectors), Letters.fit(texts)
    for start in range(0, len(queries), AT_ONCE):
        part = queries[start : start + AT_ONCE]
        asked = [(form, number) for number, (_, text) in enumerate(part) for form in spoken_forms(text)]
        words = [form for form, _ in asked]
        vectors = encoder.encode(words, "query")
        likeness = matcher.metric(vectors) @ known.T + TRADE_WEIGHT * (matcher.trades(vectors) @ trades.T)
        likeness += LETTERS_WEIGHT * letters.scores(words)
        scores = pooled(likeness, owners, len(corpus))
        yield from (_best(row, corpus, top) for row in _averaged(scores, [number for _, number in asked], len(part)))


def _averaged(scores: np.ndarray, owners: Sequence[int], count: int) -> np.ndarray:
    """Average the rows of the forms of one query."""
    totals = np.zeros((count, scores.shape[1]), np.float32)
    np.add.at(totals, np.array(owners), scores)
    return np.asarray(totals / np.bincount(owners, minlength=count)[:, None], np.float32)


def _best(scores: np.ndarray, corpus: Sequence[Pair], top: int) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for number in np.argsort(-scores, kind="stable"):
        found.setdefault(corpus[number][0], float(scores[number]))
        if len(found) == top:
            break
    return list(found.items())
