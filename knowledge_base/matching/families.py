"""Which job families a wish is about: five signals learned from the families' texts, added up.

- meaning: the nearest of a family's texts, by the learned metric;
- habit: a classifier trained on what young people say of each family;
- calling: a classifier trained on what its jobs are called;
- vocabulary: our texts of the family taken together, by their character n-grams;
- wording: the one text most alike in letters, for exact names and acronyms.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge_base.matching.letters import Letters
from knowledge_base.matching.metric import Metric, owners_in_order, pooled, standardised
from knowledge_base.matching.refusals import Traits

# Unit vectors are stretched before the classifier, whose regularisation is meant for larger features.
STRETCH = 4.0
# What each signal weighs, in its own deviations: docs/decisions/0009.
MEANING, HABIT, CALLING, VOCABULARY, WORDING = 1.5, 1.5, 1.5, 0.75, 0.4
# Sets by others hold official words; the classifier learns from our own, which are how people talk.
OWN = "catalogue"
NAMES = ("title", "name")  # roles of the texts that name a job


@dataclass(frozen=True)
class FamilyText:
    """One text of a family with its vector; `collection` is the set it came with."""

    family: str
    role: str
    text: str
    collection: str
    vector: np.ndarray


class FamilyMatcher:
    """Scores of every job family for wishes. Fitted once when the index is made, then only read."""

    def __init__(
        self, traits: list[Traits], owners: np.ndarray, vectors: np.ndarray, metric: Metric, beside: "Beside"
    ) -> None:
        self.traits = traits
        self.codes = [one.code for one in traits]
        self.metric = metric
        self._owners = owners
        self._vectors = vectors
        self._beside = beside

    @classmethod
    def fit(cls, texts: Sequence[FamilyText], traits: Mapping[str, Traits]) -> "FamilyMatcher":
        """Learn from the texts of all families; `traits` holds the rest of what is known, by code."""
        texts = sorted(texts, key=lambda one: one.family)
        families, owners = owners_in_order([one.family for one in texts])
        raw = np.stack([one.vector for one in texts]).astype(np.float32)
        metric = Metric.fit(raw, owners)
        vectors = metric(raw)
        own = np.array([one.collection == OWN for one in texts])
        names = np.array([one.role in NAMES for one in texts])
        beside = Beside(
            habit=Classifier.fit(vectors[own], owners[own], len(families)),
            calling=Classifier.fit(vectors[names], owners[names], len(families)),
            vocabulary=Letters.fit([_document(texts, number, owners, own) for number in range(len(families))]),
            wording=Letters.fit([one.text for one in texts]),
        )
        return cls([traits[code] for code in families], owners, vectors, metric, beside)

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return how well each family answers each text, shape (texts, families): mean 0, 20 and more when it is clear.

        `vectors` are the encoder's, shape (texts, dimensions).
        """
        return self.answers(texts, vectors).scores

    def answers(self, texts: Sequence[str], vectors: np.ndarray) -> "Answers":
        """Return the scores with what tells whether there was a wish at all."""
        asked, count = self.metric(vectors), len(self.codes)
        meaning = pooled(asked @ self._vectors.T, self._owners, count)
        habit = self._beside.habit.scores(asked)
        vocabulary = self._beside.vocabulary.scores(texts)
        wording = pooled(self._beside.wording.scores(texts), self._owners, count)
        scores = (
            MEANING * standardised(meaning)
            + HABIT * standardised(habit)
            + CALLING * standardised(self._beside.calling.scores(asked))
            + VOCABULARY * standardised(vocabulary)
            + WORDING * standardised(wording)
        )
        best = np.sort(scores, axis=1)[:, ::-1]
        signals = [one.max(1) for one in (meaning, vocabulary, wording, habit)]
        return Answers(scores, np.stack([best[:, 0], best[:, 0] - best[:, 1], *signals], axis=1))

    def trades(self, vectors: np.ndarray) -> np.ndarray:
        """Return how far a name is each family's, shape (vectors, families): square roots of probabilities.

        The product of two rows tells whether two names are of one trade (Bhattacharyya coefficient, 0 to 1).
        """
        logits = self._beside.calling.scores(self.metric(vectors))
        likely = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray(np.sqrt(likely / likely.sum(1, keepdims=True)), np.float32)

    def to_bytes(self) -> bytes:
        """Return everything learned as one NumPy archive."""
        arrays: dict[str, Any] = {
            "traits": np.array(json.dumps([asdict(one) for one in self.traits])),
            "owners": self._owners.astype(np.int16),
            "vectors": self._vectors.astype(np.float16),
        }
        archive = io.BytesIO()
        np.savez(archive, **(arrays | self.metric.arrays() | self._beside.arrays()))
        return archive.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "FamilyMatcher":
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(data)) as arrays:
            return cls(
                [_traits(one) for one in json.loads(str(arrays["traits"]))],
                arrays["owners"].astype(np.int64),
                arrays["vectors"].astype(np.float32),
                Metric.restored(arrays),
                Beside.restored(arrays),
            )


@dataclass(frozen=True)
class Answers:
    """Scores, shape (texts, families), and features of `Confidence`, shape (texts, 6)."""

    scores: np.ndarray
    features: np.ndarray


@dataclass(frozen=True)
class Beside:
    """The signals beside the metric."""

    habit: "Classifier"
    calling: "Classifier"
    vocabulary: Letters
    wording: Letters

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` needs."""
        classifiers = self.habit.arrays("habit") | self.calling.arrays("calling")
        return classifiers | self.vocabulary.arrays("vocabulary") | self.wording.arrays("wording")

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray]) -> "Beside":
        """Build it again from its arrays."""
        return cls(
            Classifier.restored(arrays, "habit"),
            Classifier.restored(arrays, "calling"),
            Letters.restored(arrays, "vocabulary"),
            Letters.restored(arrays, "wording"),
        )


class Classifier:
    """A multinomial logistic regression from vectors to families."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self.weights = weights
        self.bias = bias

    @classmethod
    def fit(cls, vectors: np.ndarray, owners: np.ndarray, count: int) -> "Classifier":
        """Learn from mapped vectors; families without any score lowest."""
        model = LogisticRegression(C=10, max_iter=200).fit(vectors * STRETCH, owners)
        weights = np.zeros((count, vectors.shape[1]), np.float32)
        bias = np.full(count, float(model.intercept_.min()), np.float32)
        weights[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
        return cls(weights, bias)

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """Return the logits, shape (vectors, families)."""
        return np.asarray((vectors * STRETCH) @ self.weights.T + self.bias, np.float32)

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return what `restored` needs, as arrays whose names begin with `name`."""
        return {f"{name}_weights": self.weights, f"{name}_bias": self.bias}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray], name: str) -> "Classifier":
        """Build it again from its arrays."""
        return cls(arrays[f"{name}_weights"], arrays[f"{name}_bias"])


def _traits(values: dict[str, Any]) -> Traits:
    return Traits(values["code"], values["title"], values["conditions"], tuple(values["hard_sides"]), values["riasec"])


def _document(texts: Sequence[FamilyText], number: int, owners: np.ndarray, own: np.ndarray) -> str:
    chosen = np.flatnonzero((owners == number) & own)
    if not len(chosen):
        chosen = np.flatnonzero(owners == number)
    return " . ".join(texts[int(i)].text for i in chosen)
