"""A linear classifier of short, badly written French: n-grams of letters, words and sounds, and one hyperplane a class.

Pure scikit-learn, so that it is tested and measured without Rasa: docs/decisions/0013.
"""

from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import joblib
import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.components.sound import sound
from knowledge_base.french import fold, plain_words

Floats = npt.NDArray[np.float32]

# A word or one sign: « ? » and emojis say something.
WORD = r"(?u)\b\w+\b|[^\w\s]"
# What is read of a text: (n-grams of, lengths, view). Views are made once a text.
READINGS: List[Tuple[str, Tuple[int, int], str]] = [
    ("char_wb", (1, 5), "plain"),
    ("word", (1, 2), "plain"),
    ("char_wb", (1, 5), "sound"),
    ("char", (2, 6), "run"),
]
RARELY = 2  # n-grams of fewer training texts are not kept; words are all kept


def views(text: str) -> Dict[str, str]:
    """Return a text with its slang said plainly, as it sounds, and as it sounds without spaces."""
    plain = plain_words(text)
    heard = sound(plain)
    return {"plain": fold(plain), "sound": heard, "run": heard.replace(" ", "")}


class LinearText:
    """Scores of every class for texts. Fitted once, then only read."""

    def __init__(self, vectorizers: List[TfidfVectorizer], classes: List[str], weights: Floats, bias: Floats) -> None:
        self.classes = classes
        self._vectorizers = vectorizers
        self._weights = weights  # shape (features, classes)
        self._bias = bias

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], penalty: float) -> "LinearText":
        """Learn from labelled texts; rare classes weigh as much as common ones."""
        seen = [views(text) for text in texts]
        vectorizers = [_vectorizer(kind, lengths) for kind, lengths, _ in READINGS]
        parts = [one.fit_transform(_read(seen, view)) for one, (_, _, view) in zip(vectorizers, READINGS, strict=True)]
        model = LinearSVC(C=penalty, class_weight="balanced").fit(sparse.hstack(parts).tocsr(), labels)
        weights = np.ascontiguousarray(model.coef_.T, np.float32)
        return cls(vectorizers, list(model.classes_), weights, model.intercept_.astype(np.float32))

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return signed distances to the hyperplanes, shape (texts, classes)."""
        seen = [views(text) for text in texts]
        parts = [
            one.transform(_read(seen, view)) for one, (_, _, view) in zip(self._vectorizers, READINGS, strict=True)
        ]
        return np.asarray(sparse.hstack(parts).tocsr() @ self._weights + self._bias)

    def save(self, path: Path) -> None:
        """Write everything learned; weights in half precision, which moves no answer."""
        joblib.dump((self._vectorizers, self.classes, self._weights.astype(np.float16), self._bias), path)

    @classmethod
    def load(cls, path: Path) -> "LinearText":
        """Read what `save` wrote. Only our own model archives are read so: joblib runs what it reads."""
        vectorizers, classes, weights, bias = joblib.load(path)
        return cls(vectorizers, classes, weights.astype(np.float32), bias)


def _vectorizer(kind: str, lengths: Tuple[int, int]) -> TfidfVectorizer:
    if kind == "word":
        return TfidfVectorizer(ngram_range=lengths, token_pattern=WORD, sublinear_tf=True, dtype=np.float32)
    return TfidfVectorizer(analyzer=kind, ngram_range=lengths, min_df=RARELY, sublinear_tf=True, dtype=np.float32)


def _read(seen: List[Dict[str, str]], view: str) -> List[str]:
    return [one[view] for one in seen]


def likely(scores: Floats, sharpness: float) -> Floats:
    """Turn distances into probabilities, shape kept."""
    powers = np.exp(sharpness * (scores - scores.max(1, keepdims=True)))
    return np.asarray(powers / powers.sum(1, keepdims=True))
