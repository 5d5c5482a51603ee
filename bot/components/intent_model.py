"""What a message wants: `hyperplanes` and a `hidden_layer`, each half of the answer (docs/decisions/0013)."""

from concurrent.futures import ThreadPoolExecutor
from typing import List, Sequence, Tuple

import numpy as np
from scipy import sparse

from bot.components import hidden_layer
from bot.components.hidden_layer import Floats, HiddenLayer, softmax
from bot.components.hyperplanes import Hyperplanes
from bot.components.readings import Row

PENALTY = 0.5  # of LinearSVC
SHARPNESS = 8.0  # how fast a hyperplane's confidence falls with distance


class IntentModel:
    """The two models side by side; every n-gram's weights in both lie together, for they are read together."""

    def __init__(self, planes: Hyperplanes, layer: HiddenLayer) -> None:
        self.classes = planes.classes
        # Half precision moves no answer and halves what the bot holds in memory.
        self._weights = np.hstack([planes.weights, layer.inner]).astype(np.float16)
        self._bias = planes.bias
        layer.inner = layer.inner[:0]
        self._layer = layer

    @classmethod
    def fit(cls, rows: sparse.csr_matrix, labels: Sequence[str]) -> "IntentModel":
        """Learn both from labelled rows, one on each core."""
        classes, numbers = np.unique(labels, return_inverse=True)
        with ThreadPoolExecutor(2) as both:
            planes = both.submit(Hyperplanes.fit, rows, labels, PENALTY)
            layer = both.submit(hidden_layer.fit, rows, numbers, len(classes))
            return cls(planes.result(), layer.result())

    def ranking(self, row: Row, longest: int) -> List[Tuple[str, float]]:
        """Return the likeliest intents and their probabilities, best first."""
        chances = self.chances(row)
        return [(self.classes[at], float(chances[at])) for at in (-chances).argsort()[:longest]]

    def chances(self, row: Row) -> Floats:
        """Return the probability of each class."""
        weighed = row.values @ self._weights[row.columns].astype(np.float32)
        distances, pressed = weighed[: len(self.classes)] + self._bias, weighed[len(self.classes) :]
        return np.asarray((softmax(SHARPNESS * distances) + self._layer.chances(pressed)) / 2)
