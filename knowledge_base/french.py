"""The little French that matching needs: folding, and SMS or slang said in plain words."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import yaml

SMS = Path(__file__).parent / "sms.yml"
TOKEN = re.compile(r"[^\W_]+")
LONGEST_GROUP = 4  # words in a key of sms.yml
# Letters and digits for sounds (« c », « g », « 2 ») are read so only in a text of this many words, never as an answer.
READ_IN_CONTEXT_FROM = 3


def fold(text: str) -> str:
    """Lower case, no accents, apostrophes, hyphens and runs of spaces made one space."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return re.sub(r"[\s\-'’_.]+", " ", bare).strip()


_folded = lru_cache(maxsize=50_000)(fold)  # of words: they repeat


def plain_words(text: str) -> str:
    """Say a wish in plain words: « jkiffe bidouiller des ordis » becomes « j'aime bricoler des ordinateurs ».

    What carries nothing (« frr », « en vrai ») is dropped, unless there is nothing else; shouting is said quietly.
    """
    if text.isupper():
        text = text.lower()
    tokens = [(match.start(), match.end(), _folded(match[0])) for match in TOKEN.finditer(text)]
    elided = {rank for rank, (_, end, _) in enumerate(tokens) if text[end : end + 1] in ("'", "’")}
    said, position, rank, dropped = [], 0, 0, 0
    while rank < len(tokens):
        length, plain = _longest(tokens, rank, elided)
        if plain is not None:
            said += [text[position : tokens[rank][0]], plain]
            position = tokens[rank + length - 1][1]
            dropped += length if not plain else 0
        rank += length
    return text if dropped == len(tokens) else "".join([*said, text[position:]])


def _longest(tokens: list[tuple[int, int, str]], rank: int, elided: set[int]) -> tuple[int, str | None]:
    """Return how many words from here are one entry of the lexicon, and what they mean: (1, None) if none is."""
    lexicon = _lexicon()
    for length in range(min(LONGEST_GROUP, len(tokens) - rank), 0, -1):
        key = " ".join(folded for _, _, folded in tokens[rank : rank + length])
        if key in lexicon:
            return length, lexicon[key]
    if len(tokens) >= READ_IN_CONTEXT_FROM and rank not in elided:
        return 1, _risky().get(tokens[rank][2])
    return 1, None


@cache
def _lexicon() -> dict[str, str]:
    entries = _sections()
    noise: dict[str, str] = dict.fromkeys(entries["noise"], "")
    return noise | entries["slang"] | entries["abbreviations"]


@cache
def _risky() -> dict[str, str]:
    found: dict[str, str] = _sections()["risky"]
    return found


@cache
def _sections() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.load(SMS.read_text(), yaml.CSafeLoader)
    return found
