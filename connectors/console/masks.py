"""What hides personal data on the console's pages: the spans that were found in a message, and what stands there.

Spans are kept beside each message as `[[start, end, kind], …]`; the message itself is never changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.console import texts_conversations as texts

Masks = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Piece:
    """A part of a message: as it was written, or the name of what is hidden."""

    text: str
    hidden: bool = False


def pieces(text: str, masks: Masks | None, *, revealed: bool = False) -> list[Piece]:
    """Cut a message for a page; None for `masks` says that they were not looked for yet, and hides everything."""
    if revealed:
        return [Piece(text)]
    if masks is None:
        return [Piece(texts.NOT_MASKED_YET, hidden=True)]
    found, at = [], 0
    for start, end, kind in masks:
        found += [Piece(text[at:start]), Piece(texts.MASKED.get(kind, texts.MASKED_OTHER), hidden=True)]
        at = end
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def plain(text: str, masks: Masks | None) -> str:
    """Return a message as one string with what is hidden named in brackets."""
    return "".join(f"[{piece.text}]" if piece.hidden else piece.text for piece in pieces(text, masks))
