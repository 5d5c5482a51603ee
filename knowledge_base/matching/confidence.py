"""How likely it is that a text says a wish at all: below one half, asking is better than guessing.

A logistic regression on what the matcher sees of a text. `python -m knowledge_base calibrate WISHES… --nothing FILE`
fits its weights (`confidence.yml`) on sentences that no family was written from.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

FEATURES = ("score", "lead", "meaning", "vocabulary", "wording", "habit")
WEIGHTS = Path(__file__).with_suffix(".yml")
# This share of wishes is recognised; the rest are asked about, which costs a turn, not a wrong guess.
RECOGNISED = 0.95


@dataclass(frozen=True)
class Confidence:
    """A weight for each feature, and a bias."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: np.ndarray) -> np.ndarray:
        """Return how likely each text says a wish: features have shape (texts, 6), the answer (texts,)."""
        return np.asarray(1 / (1 + np.exp(-(features @ np.array(self.weights) + self.bias))), np.float64)


@cache
def known_confidence() -> Confidence:
    """Return the weights that are committed."""
    kept = yaml.safe_load(WEIGHTS.read_text())
    return Confidence(tuple(kept["weights"][name] for name in FEATURES), kept["bias"])


def calibrated(wishes: np.ndarray, nothing: np.ndarray) -> Confidence:
    """Fit weights so that `RECOGNISED` of the wishes get one half or more. Both arrays have shape (texts, features)."""
    features = np.vstack([wishes, nothing])
    mean, deviation = features.mean(0), features.std(0)
    labels = np.r_[np.ones(len(wishes)), np.zeros(len(nothing))]
    model = LogisticRegression(class_weight="balanced").fit((features - mean) / deviation, labels)
    weights = model.coef_[0] / deviation
    scores = wishes @ weights
    return Confidence(tuple(float(w) for w in weights), -float(np.quantile(scores, 1 - RECOGNISED)))
