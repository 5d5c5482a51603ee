"""What a fact is, and the form of text that rules are written for."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One stated fact: `entity` as the domain names it, its normalised value, and where it stands with its cue."""

    entity: str
    value: object
    start: int
    end: int


def flat(text: str) -> str:
    """Lower case without accents, character for character, so that positions are those of the text."""
    plain = text.replace("’", "'").replace("`", "'")
    return "".join((unicodedata.normalize("NFD", c.lower())[:1] or c) for c in plain)
