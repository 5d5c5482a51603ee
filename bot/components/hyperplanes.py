"""One hyperplane a class, over sparse rows."""

import warnings
from typing import List, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float32]

PASSES = 5  # as good as seventy, when nothing moves any more, in half the time: docs/decisions/0021


class Hyperplanes:
    """Signed distances are `row @ weights + bias`, of shapes (columns, classes) and (classes,)."""

    def __init__(self, classes: List[str], weights: Floats, bias: Floats) -> None:
        self.classes = classes
        self.weights = weights
        self.bias = bias

    @classmethod
    def fit(cls, rows: sparse.csr_matrix, labels: Sequence[str], penalty: float) -> "Hyperplanes":
        """Learn from labelled rows, three classes or more; rare classes weigh as much as common ones."""
        model = LinearSVC(C=penalty, max_iter=PASSES, class_weight="balanced", random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(rows, labels)
        return cls(list(model.classes_), model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))
