"""What classifiers read of a text: n-grams of letters, words and sounds, and of the sentence with its facts masked.

Ours rather than scikit-learn's vectorizers, whose numbers it gives, because one message takes a fifth of their time:
docs/decisions/0013.
"""

import hashlib
import math
import re
from collections import Counter
from itertools import pairwise
from typing import Dict, Iterable, List, NamedTuple, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.components.sound import sound
from knowledge_base.french import fold, plain_words

Floats = npt.NDArray[np.float32]
Span = Tuple[int, int, str]  # start, end, entity

WORD = re.compile(r"\b\w+\b|[^\w\s]")  # a word or one sign: « ? » and emojis say something
VOWELS = re.compile(r"[aeiou]")


class Reading(NamedTuple):
    """N-grams of `shortest` to `longest` `unit`s of a `view`, kept when `rarely` texts or more hold them."""

    view: str
    unit: str
    shortest: int
    longest: int
    rarely: int


READINGS = (
    Reading("plain", "letters within words", 1, 5, 4),
    Reading("plain", "words", 1, 2, 2),
    Reading("run", "letters", 2, 6, 4),
    Reading("bones", "letters", 2, 5, 4),
    Reading("masked", "words", 1, 3, 2),
)


class Row:
    """The columns that a text's n-grams fill, and their values."""

    def __init__(self, columns: npt.NDArray[np.int32], values: Floats) -> None:
        self.columns = columns
        self.values = values

    def fingerprint(self) -> str:
        """Tell this row from others; Rasa would hash number by number what does not say it."""
        return hashlib.sha256(self.columns.tobytes() + self.values.tobytes()).hexdigest()


def views(text: str, spans: Iterable[Span] = ()) -> Dict[str, str]:
    """Return a text said plainly, as it sounds without spaces, of that the consonants, and with its facts masked."""
    plain = plain_words(text)
    words = sound(plain).split(" ")
    bones = "".join(word[:1] + VOWELS.sub("", word[1:]) for word in words)  # « rdi moi », « redis-moi »
    return {"plain": fold(plain), "run": "".join(words), "bones": bones, "masked": masked(text, spans)}


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text said plainly, each fact replaced by its kind: « coiffeuse ou ATSEM » becomes « JOB ou JOB »."""
    for start, end, entity in sorted(spans, reverse=True):
        text = f"{text[:start]} XX{entity}XX {text[end:]}"
    return re.sub(r"xx(\w+?)xx", lambda mask: mask[1].upper(), fold(plain_words(text)))


def grams(reading: Reading, text: str) -> List[str]:
    """Return the n-grams of a view, repeats included."""
    if reading.unit == "words":
        words = WORD.findall(text)
        return [
            " ".join(words[start : start + length])
            for length in range(reading.shortest, reading.longest + 1)
            for start in range(len(words) - length + 1)
        ]
    stretches = [f" {word} " for word in text.split()] if reading.unit == "letters within words" else [text]
    return [
        stretch[start : start + length]
        for stretch in stretches
        for length in range(reading.shortest, min(reading.longest, len(stretch)) + 1)
        for start in range(len(stretch) - length + 1)
    ]


class Readings:
    """The n-grams kept, their columns and weights. Rows are TF-IDF (sublinear), each reading of length 1."""

    def __init__(self, columns: List[Dict[str, int]], weights: Floats) -> None:
        self._columns = columns  # a reading's n-gram → its column
        self._weights = weights  # shape (columns,)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self._weights)

    @classmethod
    def fit(cls, seen: Sequence[Dict[str, str]]) -> "Readings":
        """Keep the n-grams of texts seen as `views` tells; those of few texts teach nothing."""
        columns: List[Dict[str, int]] = []
        weights: List[float] = []
        for reading in READINGS:
            held: Counter[str] = Counter()
            for view in seen:
                held.update(set(grams(reading, view[reading.view])))
            kept = [gram for gram, texts in held.items() if texts >= reading.rarely]
            columns.append({gram: len(weights) + rank for rank, gram in enumerate(kept)})
            weights += [math.log((1 + len(seen)) / (1 + held[gram])) + 1 for gram in kept]
        return cls(columns, np.array(weights, np.float32))

    def row(self, view: Dict[str, str]) -> Row:
        """Return the columns of a text's n-grams and their values."""
        places: List[int] = []
        times: List[int] = []
        ends = [0]
        for reading, columns in zip(READINGS, self._columns, strict=True):
            found = Counter(
                column for column in map(columns.get, grams(reading, view[reading.view])) if column is not None
            )
            places += found
            times += found.values()
            ends.append(len(places))
        values = self._weights[places] * (1 + np.log(np.array(times, np.float32)))
        for start, end in pairwise(ends):
            values[start:end] /= math.sqrt(values[start:end] @ values[start:end]) or 1
        return Row(np.array(places, np.int32), values)


def stacked(rows: Sequence[Row]) -> sparse.csr_matrix:
    """Return rows one above the other, as wide as the last column that any of them fills."""
    ends = np.cumsum([0] + [len(row.columns) for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), columns.max() + 1))
