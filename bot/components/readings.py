"""What classifiers read of a text: n-grams of letters, words and sounds, and of the sentence with its facts masked.

Ours rather than scikit-learn's vectorizers, whose numbers it gives. An n-gram is a number of 64 bits, so that NumPy
counts those of all sentences at once: docs/decisions/0021.
"""

import hashlib
import re
from functools import lru_cache
from typing import Dict, Iterable, List, NamedTuple, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.components.sound import sound
from knowledge_base.french import fold, plain_words

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]
Span = Tuple[int, int, str]  # start, end, entity

WORD = re.compile(r"\b\w+\b|[^\w\s]")  # a word or one sign: « ? » and emojis say something
VOWELS = re.compile(r"[aeiou]")
MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits as good as random: other n-grams fall on other numbers


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


def views(text: str, spans: Sequence[Span] = ()) -> Dict[str, str]:
    """Return a text said plainly, as it sounds without spaces, of that the consonants, and with its facts masked."""
    said = plain_words(text)
    plain = fold(said)
    words = sound(said).split(" ")
    bones = "".join(word[:1] + VOWELS.sub("", word[1:]) for word in words)  # « rdi moi », « redis-moi »
    return {"plain": plain, "run": "".join(words), "bones": bones, "masked": masked(text, spans) if spans else plain}


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text said plainly, each fact replaced by its kind: « coiffeuse ou ATSEM » becomes « JOB ou JOB »."""
    for start, end, entity in sorted(spans, reverse=True):
        text = f"{text[:start]} XX{entity}XX {text[end:]}"
    return re.sub(r"xx(\w+?)xx", lambda mask: mask[1].upper(), fold(plain_words(text)))


def grams(reading: Reading, texts: Sequence[str]) -> Tuple[Numbers, Ints]:
    """Return the numbers of the n-grams of a view of texts, repeats included, and the rank of the text of each."""
    symbols, lengths, owners = _symbols(reading, texts)
    left = np.repeat(lengths.cumsum(), lengths) - np.arange(len(symbols))  # symbols from here to the stretch's end
    owner = np.repeat(owners, lengths)
    numbers, ranks = [], []
    mixed = np.ones(len(symbols), np.uint64)
    for length in range(1, reading.longest + 1):
        mixed = mixed[: len(symbols) - length + 1] * MIXER + symbols[length - 1 :]
        if length >= reading.shortest:
            whole = left[: len(mixed)] >= length
            numbers.append(mixed[whole])
            ranks.append(owner[: len(mixed)][whole])
    return np.concatenate(numbers), np.concatenate(ranks)


def _symbols(reading: Reading, texts: Sequence[str]) -> Tuple[Numbers, Ints, Ints]:
    """Return the symbols of texts as numbers, the lengths of the stretches that n-grams keep to, and whose each is."""
    if reading.unit == "words":
        words = [WORD.findall(text) for text in texts]
        symbols = np.array([_number(word) for one in words for word in one], np.uint64)
        return symbols, np.array([len(one) for one in words]), np.arange(len(texts))
    stretches = [(text, rank) for rank, text in enumerate(texts)]
    if reading.unit == "letters within words":
        stretches = [(f" {word} ", rank) for text, rank in stretches for word in text.split()]
    letters = "".join(stretch for stretch, _ in stretches).encode("utf-32-le", "surrogatepass")
    lengths = np.array([len(stretch) for stretch, _ in stretches], np.int64)
    return (
        np.frombuffer(letters, np.uint32).astype(np.uint64),
        lengths,
        np.array([rank for _, rank in stretches], np.int64),
    )


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Readings:
    """The n-grams kept, their columns and weights. Rows are TF-IDF (sublinear), each reading of length 1."""

    def __init__(self, known: List[Numbers], weights: List[Floats]) -> None:
        self._known = known  # a reading's n-grams, in order: their columns follow those of the reading before
        self._weights = weights  # of the same shapes

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(map(len, self._known))

    @classmethod
    def fit(cls, seen: Sequence[Dict[str, str]]) -> Tuple["Readings", sparse.csr_matrix]:
        """Keep the n-grams of texts seen as `views` tells, and give their rows; those of few texts teach nothing."""
        found = [_kept(reading, [view[reading.view] for view in seen]) for reading in READINGS]
        rows = sparse.hstack([counts for _, _, counts in found], "csr", np.float32)
        return cls([known for known, _, _ in found], [weights for _, weights, _ in found]), rows

    def row(self, view: Dict[str, str]) -> Row:
        """Return the columns of a text's n-grams and their values."""
        columns, values = [], []
        before = 0
        for reading, known, weights in zip(READINGS, self._known, self._weights, strict=True):
            numbers, times = np.unique(grams(reading, [view[reading.view]])[0], return_counts=True)
            places = known.searchsorted(numbers)
            found = places < len(known)
            found[found] = known[places[found]] == numbers[found]
            places, times = places[found], times[found]
            weighed = weights[places] * (1 + np.log(times.astype(np.float32)))
            columns.append(before + places)
            values.append(weighed / (np.sqrt(weighed @ weighed) or 1))
            before += len(known)
        return Row(np.concatenate(columns).astype(np.int32), np.concatenate(values).astype(np.float32))


def _kept(reading: Reading, texts: Sequence[str]) -> Tuple[Numbers, Floats, sparse.csr_matrix]:
    """Return the n-grams of a view that texts enough hold, their weights, and their values in each text."""
    numbers, ranks = grams(reading, texts)
    known, places = np.unique(numbers, return_inverse=True)
    counts = sparse.csr_matrix((np.ones(len(places), np.float32), (ranks, places)), (len(texts), len(known)))
    held = np.bincount(counts.indices, minlength=len(known))
    kept = held >= reading.rarely
    counts = counts[:, kept]
    weights = (np.log((1 + len(texts)) / (1 + held[kept])) + 1).astype(np.float32)
    counts.data = weights[counts.indices] * (1 + np.log(counts.data))
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(1)).ravel())
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    return known[kept], weights, counts
