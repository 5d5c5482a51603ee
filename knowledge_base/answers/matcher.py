"""Which answer a question calls for: kernel ridge regression over ways of asking, by their meaning and their letters.

A question is like another when their vectors are near or when they share rare letters; each answer's score is what the
ways of asking it, weighed together, say of the new question. Questions that no answer fits weigh against all.
Measured in docs/decisions/0015.
"""

import io
from collections.abc import Sequence

import numpy as np

from knowledge_base.answers.texts import Answer
from knowledge_base.encoder import Encoder
from knowledge_base.french import plain_words
from knowledge_base.matching.letters import Letters

# Chosen on tests/golden/questions_dev.tsv.
LETTERS = 1.0  # weight of letters beside meaning
SHARPNESS = 2.0  # how much faster than linearly likeness counts
SMOOTHING = 0.3
# From here on an answer is given at once; between both, the likeliest are proposed; below, none fits.
SURE, LIKELY = 0.25, 0.1


class AnswerMatcher:
    """Scores of every answer for a question: about 1 for one of its own ways of asking, 0 for what it is not about."""

    def __init__(
        self, ids: list[str], mean: np.ndarray, vectors: np.ndarray, letters: Letters, dual: np.ndarray
    ) -> None:
        self.ids = ids
        self._mean = mean
        self._vectors = vectors  # shape (ways of asking, dimensions)
        self._letters = letters
        self._dual = dual  # shape (ways of asking, answers)

    @classmethod
    def fit(cls, answers: Sequence[Answer], unanswered: Sequence[str], encoder: Encoder) -> "AnswerMatcher":
        """Learn from the ways of asking each answer, and from questions that have none."""
        asked = [plain_words(text) for one in answers for text in (one.question, *one.asked)]
        owners = [number for number, one in enumerate(answers) for _ in (one.question, *one.asked)]
        texts = asked + [plain_words(text) for text in unanswered]
        found = encoder.encode(texts, "query")
        mean, letters = found.mean(0), Letters.fit(texts)
        vectors = _centred(found, mean)
        wanted = np.zeros((len(texts), len(answers)))
        wanted[np.arange(len(owners)), owners] = 1
        likeness = _likeness(vectors @ vectors.T, letters.scores(texts))
        dual = np.linalg.solve(likeness + SMOOTHING * np.eye(len(texts)), wanted)
        return cls([one.id for one in answers], mean, vectors, letters, dual.astype(np.float32))

    def scores(self, questions: Sequence[str], encoder: Encoder) -> np.ndarray:
        """Return the scores, shape (questions, answers), in the order of `ids`."""
        plain = [plain_words(text) for text in questions]
        vectors = _centred(encoder.encode(plain, "query"), self._mean)
        found = _likeness(vectors @ self._vectors.T, self._letters.scores(plain)) @ self._dual
        return np.asarray(found, np.float32)

    def best(self, question: str, encoder: Encoder, top: int = 3) -> list[tuple[str, float]]:
        """Return the ids of the likeliest answers and their scores, best first."""
        return self.best_of_each([question], encoder, top)[0]

    def best_of_each(self, questions: Sequence[str], encoder: Encoder, top: int = 3) -> list[list[tuple[str, float]]]:
        """Return the same of several questions at once."""
        return [
            [(self.ids[at], float(scores[at])) for at in (-scores).argsort()[:top]]
            for scores in self.scores(questions, encoder)
        ]

    def to_bytes(self) -> bytes:
        """Return everything learned as one NumPy archive."""
        archive = io.BytesIO()
        np.savez(
            archive, ids=np.array(self.ids), mean=self._mean, vectors=self._vectors.astype(np.float16),
            dual=self._dual.astype(np.float16), **self._letters.arrays("letters"),  # type: ignore[arg-type]
        )  # fmt: skip
        return archive.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "AnswerMatcher":
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(data)) as arrays:
            vectors, dual = arrays["vectors"].astype(np.float32), arrays["dual"].astype(np.float32)
            letters = Letters.restored(arrays, "letters")
            return cls(arrays["ids"].tolist(), arrays["mean"], vectors, letters, dual)


def _centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    inner = vectors - mean
    return np.asarray(inner / np.maximum(np.linalg.norm(inner, axis=1, keepdims=True), 1e-9), np.float32)


def _likeness(meaning: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """Add both cosines, each sharpened so that 1 stays 1."""
    return np.asarray(np.exp(SHARPNESS * (meaning - 1)) + LETTERS * np.exp(SHARPNESS * (letters - 1)))
