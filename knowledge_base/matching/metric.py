"""A metric learned from the catalogue: directions in which texts of one family differ count less.

Within-class covariance normalisation (Hatch, Kajarekar, Stolcke, 2006) of the encoder's vectors: e5 puts nearly all
texts within a narrow cone, where what a sentence is about weighs little beside how it is written.
"""

from collections.abc import Mapping, Sequence

import numpy as np

# The share of the mean variance added to every direction, so that rare ones do not count for everything.
# `python -m knowledge_base evaluate`, docs/decisions/0009.
SMOOTHING = 0.5


class Metric:
    """Maps vectors into a space where cosines tell families apart."""

    def __init__(self, mean: np.ndarray, weights: np.ndarray) -> None:
        self._mean = mean
        self._weights = weights

    @classmethod
    def fit(cls, vectors: np.ndarray, owners: np.ndarray) -> "Metric":
        """Learn it from vectors, shape (texts, dimensions), and the number of the family that owns each."""
        mean = vectors.mean(0)
        inner = vectors - mean
        totals = np.zeros((int(owners.max()) + 1, vectors.shape[1]), np.float32)
        np.add.at(totals, owners, inner)
        inner = inner - (totals / np.maximum(np.bincount(owners), 1)[:, None])[owners]
        values, directions = np.linalg.eigh(inner.T @ inner / len(inner))
        scales = 1 / np.sqrt(np.maximum(values, 0) + SMOOTHING * values.mean())
        return cls(mean, (directions * scales).astype(np.float32))

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        """Return unit vectors of the same shape."""
        mapped = (vectors - self._mean) @ self._weights
        return np.asarray(mapped / np.maximum(np.linalg.norm(mapped, axis=1, keepdims=True), 1e-9), np.float32)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` needs."""
        return {"metric_mean": self._mean, "metric_weights": self._weights}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray]) -> "Metric":
        """Build it again from its arrays."""
        return cls(arrays["metric_mean"], arrays["metric_weights"])


def pooled(scores: np.ndarray, owners: np.ndarray, count: int) -> np.ndarray:
    """Return the best score of each owner, shape (queries, count); texts stand in the order of their owners."""
    starts = np.searchsorted(owners, np.arange(count))
    return np.asarray(np.maximum.reduceat(scores, starts, axis=1), np.float32)


def standardised(scores: np.ndarray) -> np.ndarray:
    """Return scores with mean 0 and deviation 1 over the candidates of each query, so that signals may be added."""
    found = (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)
    return np.asarray(found, np.float32)


def owners_in_order(ids: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Return the distinct ids in order, and each id's number among them."""
    distinct = sorted(set(ids))
    number = {one: rank for rank, one in enumerate(distinct)}
    return distinct, np.array([number[one] for one in ids])
