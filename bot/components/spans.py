"""Where facts stand in a sentence, learned: what a sequence model reads of each word, and spans from its labels.

Rules (`facts`) and word lists are among what it reads, so that it learns when to believe them. Pure Python; the model
itself is a conditional random field of python-crfsuite, in `fact_extractor`.
"""

import re
from functools import lru_cache
from typing import AbstractSet, Container, Dict, Iterator, List, NamedTuple, Sequence, Tuple

from bot.components.fact import Fact, flat
from bot.components.readings import Span
from bot.components.sound import sound

Features = List[str]

TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
OUTSIDE = "O"
JOINING = ("-", "'")  # signs within names, which word lists write as spaces
LONGEST_JOB = 6  # words
LONGEST_PLACE = 5
BIG, MIDDLING = 20_000, 2_000  # inhabitants: a large town's name is seldom another word

heard = lru_cache(maxsize=50_000)(sound)


class Lexicons(NamedTuple):
    """Names known from the knowledge base."""

    places: Dict[str, int]  # folded name of a town or neighbourhood → inhabitants
    areas: AbstractSet[str]  # departments, regions and lands: places, but none to live at
    jobs: AbstractSet[str]  # occupations as they sound, words apart


class Token(NamedTuple):
    """A word, number or sign, lower case without accents, and where it stands."""

    start: int
    end: int
    word: str


def tokens_of(text: str) -> List[Token]:
    """Cut a text into words, numbers and signs."""
    return [Token(match.start(), match.end(), match[0]) for match in TOKEN.finditer(flat(text))]


def features(text: str, tokens: Sequence[Token], facts: Sequence[Fact], lexicons: Lexicons) -> List[Features]:
    """Return what is read of each token. `facts` are those that rules find in the same text."""
    words = [token.word for token in tokens]
    sounds = [heard(word) or word for word in words]
    ruled = [next((fact.entity for fact in facts if fact.start <= a and b <= fact.end), "") for a, b, _ in tokens]
    jobs = _listed(sounds, lexicons.jobs, LONGEST_JOB)
    places = [
        mark and mark + _size(lexicons.places[name]) for mark, name in _named(words, lexicons.places, LONGEST_PLACE)
    ]
    areas = [mark and f"{mark}A" for mark, _ in _named(words, lexicons.areas, LONGEST_PLACE)]
    places = [area or place for area, place in zip(areas, places, strict=True)]
    marks = list(zip(words, sounds, ruled, jobs, places, strict=True))
    return [
        [
            *_own(text, tokens[at], marks[at], first=at == 0),
            *(one for step in (-3, -2, -1, 1, 2) for one in _beside(marks, at, step)),
            *_pairs(words, at),
        ]
        for at in range(len(tokens))
    ]


Marks = Tuple[str, str, str, str, str]


def _own(text: str, token: Token, marks: Marks, *, first: bool) -> Iterator[str]:
    word, heard_as, ruled, job, place = marks
    yield from ("bias", f"w={word}", f"s={heard_as}", f"x2={word[-2:]}", f"x3={word[-3:]}", f"x4={word[-4:]}")
    yield f"p3={word[:3]}"
    if text[token.start].isupper():
        yield "capital first" if first else "capital"
    if word.isdigit():
        yield f"digits={len(word)}"
    yield from (f"{name}={mark}" for name, mark in (("rule", ruled), ("job", job), ("place", place)) if mark)


def _beside(marks: Sequence[Marks], at: int, step: int) -> Iterator[str]:
    if not 0 <= at + step < len(marks):
        yield f"{step}:none"
        return
    word, heard_as, ruled, job, place = marks[at + step]
    yield f"{step}:w={word}"
    if abs(step) == 1:
        yield from (f"{step}:s={heard_as}", f"{step}:x3={word[-3:]}")
        named = (("rule", ruled), ("job", job), ("place", place))
        yield from (f"{step}:{name}={mark}" for name, mark in named if mark)


def _pairs(words: Sequence[str], at: int) -> Iterator[str]:
    if at:
        yield f"-1,0:{words[at - 1]} {words[at]}"
    if at + 1 < len(words):
        yield f"0,1:{words[at]} {words[at + 1]}"
    if at > 1:
        yield f"-2,-1:{words[at - 2]} {words[at - 1]}"


def _named(words: Sequence[str], names: Container[str], longest: int) -> List[Tuple[str, str]]:
    """Return for each word its part in the longest name that holds it (B or I, or nothing), and that name."""
    found = [("", "")] * len(words)
    kept = [at for at, word in enumerate(words) if word not in JOINING]
    rank = 0
    while rank < len(kept):
        lengths = range(min(longest, len(kept) - rank), 0, -1)
        length = next((one for one in lengths if _name(words, kept[rank : rank + one]) in names), 0)
        if length:
            first, last = kept[rank], kept[rank + length - 1]
            name = _name(words, kept[rank : rank + length])
            found[first : last + 1] = [("I" if at > first else "B", name) for at in range(first, last + 1)]
        rank += length or 1
    return found


def _name(words: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(words[at] for at in places)


def _listed(sounds: Sequence[str], jobs: Container[str], longest: int) -> List[str]:
    return [mark and f"{mark}{min(name.count(' '), 2)}" for mark, name in _named(sounds, jobs, longest)]


def _size(inhabitants: int) -> str:
    return "L" if inhabitants >= BIG else "M" if inhabitants >= MIDDLING else "S"


def labels_of(tokens: Sequence[Token], spans: Sequence[Span]) -> List[str]:
    """Return a label a token: B- where a span begins, I- within it, O outside."""
    labels = []
    for start, end, _ in tokens:
        holding = [span for span in spans if span[0] <= start and end <= span[1]]
        labels.append(f"{'B' if holding[0][0] == start else 'I'}-{holding[0][2]}" if holding else OUTSIDE)
    return labels


def spans_of(tokens: Sequence[Token], labels: Sequence[str]) -> List[Span]:
    """Return the spans that labels say."""
    spans: List[Span] = []
    before = OUTSIDE
    for token, label in zip(tokens, labels, strict=True):
        if label.startswith("I-") and before[2:] == label[2:]:
            spans[-1] = (spans[-1][0], token.end, label[2:])
        elif label != OUTSIDE:
            spans.append((token.start, token.end, label[2:]))
        before = label
    return spans
