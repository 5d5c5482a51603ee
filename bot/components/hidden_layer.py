"""A network of one hidden layer over sparse rows: it learns that two n-grams together mean a third thing.

Adagrad that touches only the rows of a batch's n-grams; scikit-learn's MLPClassifier would rewrite all 360,000 at each
step. Why both this and hyperplanes: docs/decisions/0013.
"""

from dataclasses import dataclass
from typing import Any, Tuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WIDTH = 64
PASSES = 3
AT_ONCE = 192  # rows a step
STEP = np.float32(0.06)
KEPT = np.float32(0.9)  # share of hidden units kept at each step of learning, the others silenced
SMOOTHED = np.float32(0.05)  # probability that learning leaves to the classes which the label is not
TINY = np.float32(1e-6)


@dataclass
class HiddenLayer:
    """What was learned: `inner` of shape (columns, WIDTH), `outer` of shape (WIDTH, classes), and their biases."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def chances(self, pressed: Floats) -> Floats:
        """Return probabilities, shape (texts, classes), from rows multiplied by `inner`, shape (texts, WIDTH)."""
        return softmax(np.maximum(pressed + self.inner_bias, 0) @ self.outer + self.outer_bias)


def fit(rows: sparse.csr_matrix, labels: Ints, classes: int, seed: int = 0) -> HiddenLayer:
    """Learn from rows of shape (texts, columns) and their labels, 0 to `classes` - 1; rare classes weigh more."""
    chance = np.random.default_rng(seed)
    layer = HiddenLayer(
        chance.standard_normal((rows.shape[1], WIDTH), np.float32) * np.float32(0.05),
        np.zeros(WIDTH, np.float32),
        chance.normal(0, 1 / WIDTH**0.5, (WIDTH, classes)).astype(np.float32),
        np.zeros(classes, np.float32),
    )
    learner = _Learner(layer, np.sqrt(len(labels) / classes / np.bincount(labels, minlength=classes)), chance)
    steps = PASSES * -(-len(labels) // AT_ONCE)
    done = 0
    for _ in range(PASSES):
        order = chance.permutation(len(labels))
        for start in range(0, len(order), AT_ONCE):
            batch = order[start : start + AT_ONCE]
            learner.learn(rows[batch], labels[batch], STEP * np.float32(1 - done / steps))
            done += 1
    return layer


class _Learner:
    """The gradients' squares so far, and one step of learning."""

    def __init__(self, layer: HiddenLayer, balance: Floats, chance: np.random.Generator) -> None:
        self._layer = layer
        self._balance = balance.astype(np.float32)  # shape (classes,)
        self._chance = chance
        self._squares = [np.full_like(part, TINY) for part in _parts(layer)]
        self._ranks = np.zeros(len(layer.inner), np.int32)

    def learn(self, rows: sparse.csr_matrix, labels: Ints, step: np.float32) -> None:
        """Move the layer against the gradient of cross-entropy on these rows."""
        columns, rows = self._narrowed(rows)
        layer = self._layer
        pressed = rows @ layer.inner[columns] + layer.inner_bias
        mask = (self._chance.random(pressed.shape, np.float32) < KEPT) / KEPT * (pressed > 0)
        hidden = pressed * mask
        wrong = softmax(hidden @ layer.outer + layer.outer_bias) - SMOOTHED / len(self._balance)
        wrong[np.arange(len(labels)), labels] -= 1 - SMOOTHED
        wrong *= self._balance[labels][:, None] / len(labels)
        back = (wrong @ layer.outer.T) * mask
        gradients = rows.T @ back, back.sum(0), hidden.T @ wrong, wrong.sum(0)
        touched: Tuple[Any, ...] = (columns, ..., ..., ...)
        for part, squares, gradient, at in zip(_parts(layer), self._squares, gradients, touched, strict=True):
            seen = squares[at] + gradient * gradient
            squares[at] = seen
            gradient /= np.sqrt(seen, out=seen)
            gradient *= step
            part[at] -= gradient

    def _narrowed(self, rows: sparse.csr_matrix) -> Tuple[Ints, sparse.csr_matrix]:
        """Return the columns that these rows fill, and the rows with only those."""
        filled = np.zeros(len(self._ranks), bool)
        filled[rows.indices] = True
        columns = np.flatnonzero(filled)
        self._ranks[columns] = np.arange(len(columns))
        places = self._ranks[rows.indices]
        return columns, sparse.csr_matrix((rows.data, places, rows.indptr), (rows.shape[0], len(columns)))


def _parts(layer: HiddenLayer) -> Tuple[Floats, Floats, Floats, Floats]:
    return layer.inner, layer.inner_bias, layer.outer, layer.outer_bias


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))
