"""The little French grammar that matching needs: folding, and words that carry no wish."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

SLANG = Path(__file__).parent / "slang.yml"


def fold(text: str) -> str:
    """Lower case, no accents, apostrophes, hyphens and runs of spaces made one space."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return re.sub(r"[\s\-'’_.]+", " ", bare).strip()


def plain_words(text: str) -> str:
    """Say a wish in the words of our texts: « bidouiller des ordis » becomes « bricoler réparer des ordinateurs… »."""
    return re.sub(r"[^\W_]+", lambda word: _slang().get(fold(word[0]), word[0]), text)


@cache
def _slang() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(SLANG.read_text())
    return found
