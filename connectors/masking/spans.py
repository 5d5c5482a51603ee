"""Where something personal stands in a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is personal."""

    NAME = "name"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    HANDLE = "handle"
    BIRTH = "birth"
    NUMBER = "number"


SHOWN = {
    Kind.NAME: "nom",
    Kind.PHONE: "téléphone",
    Kind.MAIL: "adresse mail",
    Kind.ADDRESS: "adresse",
    Kind.HANDLE: "pseudo",
    Kind.BIRTH: "date de naissance",
    Kind.NUMBER: "numéro",
}


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to before `end`, in letters."""

    start: int
    end: int
    kind: Kind


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, none over another: of two that meet, the first given stays, grown to cover both."""
    kept: list[Span] = []
    for span in spans:
        meeting = [one for one in kept if one.start < span.end and span.start < one.end]
        if not meeting:
            kept.append(span)
            continue
        for one in meeting:
            kept.remove(one)
        whole = [*meeting, span]
        kept.append(Span(min(s.start for s in whole), max(s.end for s in whole), meeting[0].kind))
    return sorted(kept)


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with what is personal named in brackets."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], f"[{SHOWN[span.kind]}]"]
        at = span.end
    return "".join([*parts, text[at:]])
