"""Texts compared by their character n-grams, weighted by how rare each is: typing errors and endings cost little."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge_base.french import fold

# Two to five characters within words: `python -m knowledge_base evaluate`, docs/decisions/0009.
NGRAMS = (2, 5)


class Letters:
    """A fixed list of texts, and how like a query is to each of them (cosine, 0 to 1)."""

    def __init__(self, vectorizer: TfidfVectorizer, matrix: sparse.csr_matrix) -> None:
        self._vectorizer = vectorizer
        self._by_ngram = matrix.T.tocsr()  # shape (n-grams, texts)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "Letters":
        """Learn the n-grams of these texts and how rare they are."""
        vectorizer = _vectorizer()
        return cls(vectorizer, sparse.csr_matrix(vectorizer.fit_transform([fold(text) for text in texts])))

    def scores(self, queries: Sequence[str]) -> np.ndarray:
        """Return cosines, shape (queries, texts)."""
        asked = self._vectorizer.transform([fold(query) for query in queries])
        return np.asarray((asked @ self._by_ngram).toarray(), np.float32)

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return what `restored` needs, as arrays whose names begin with `name`."""
        ngrams = sorted(self._vectorizer.vocabulary_, key=self._vectorizer.vocabulary_.__getitem__)
        matrix = self._by_ngram
        return {
            f"{name}_ngrams": np.array(ngrams),
            f"{name}_idf": self._vectorizer.idf_,
            f"{name}_data": matrix.data.astype(np.float32),
            f"{name}_indices": matrix.indices,
            f"{name}_indptr": matrix.indptr,
            f"{name}_shape": np.array(matrix.shape),
        }

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray], name: str) -> "Letters":
        """Build it again from its arrays."""
        vectorizer = _vectorizer(vocabulary={ngram: i for i, ngram in enumerate(arrays[f"{name}_ngrams"].tolist())})
        vectorizer.idf_ = arrays[f"{name}_idf"]
        parts = (arrays[f"{name}_data"], arrays[f"{name}_indices"], arrays[f"{name}_indptr"])
        matrix = sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}_shape"].tolist()))
        return cls(vectorizer, matrix.T.tocsr())


def _vectorizer(**more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, dtype=np.float32, **more)
