"""Danger, heard apart from intents: hyperplanes between its kinds and everything ordinary."""

from typing import Container, Sequence, Tuple

import numpy as np
from scipy import sparse

from bot.components.hyperplanes import Hyperplanes
from bot.components.readings import Row

ORDINARY = "ordinary"
PENALTY = 1.0  # of LinearSVC


class DangerModel:
    """Tells how much nearer a message is to a kind of danger than to the ordinary."""

    def __init__(self, planes: Hyperplanes) -> None:
        self._kinds = [name for name in planes.classes if name != ORDINARY]
        order = [planes.classes.index(name) for name in (*self._kinds, ORDINARY)]
        self._weights = planes.weights[:, order].astype(np.float16)
        self._bias = planes.bias[order]

    @classmethod
    def fit(cls, rows: sparse.csr_matrix, labels: Sequence[str], kinds: Container[str]) -> "DangerModel":
        """Learn from labelled rows; what is no kind of danger is ordinary."""
        return cls(Hyperplanes.fit(rows, [one if one in kinds else ORDINARY for one in labels], PENALTY))

    def nearest(self, row: Row) -> Tuple[str, float]:
        """Return the nearest kind of danger, and how much nearer it is than the ordinary: above 0, it is nearer."""
        distances = row.values @ self._weights[row.columns].astype(np.float32) + self._bias
        best = int(distances[:-1].argmax())
        return self._kinds[best], float(distances[best] - distances[-1])
