"""The form of a training, read."""

import re
from typing import Any

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.shared import Known, shared
from connectors.console.knowledge.towns import site
from connectors.console.knowledge.typed import Typed, day_of

CODE = re.compile(r"(RNCP|RS) ?([0-9]{2,6})", re.IGNORECASE)


def read(typed: Typed, known: Known) -> dict[str, Any]:
    """Return a training's record as far as the form tells it."""
    told = shared(typed, known)
    modality = typed.one_of("modality", texts.MODALITIES, texts.NO_MODALITY)
    entry, leaving = level(typed, "entry_level"), level(typed, "exit_level")
    if entry is not None and leaving is not None and leaving < entry:
        typed.refuse("exit_level", texts.LEVELS_CROSSED)
    price = typed.text("price", 100)
    return told | {
        "organiser": typed.text("organiser", 120) or known.source,
        "labels": typed.lines("labels", 60),
        "rncp_code": code(typed),
        "entry_level": entry,
        "entry_text": typed.text("entry_text", 200),
        "exit_level": leaving,
        "modality": modality,
        "place": None if modality == "remote" else site(typed, known.towns, needed=modality is not None),
        "sessions": sessions(typed, known),
        "duration": typed.text("duration", 100),
        "alternance": typed.yes("alternance"),
        "price": {"text": price} if price else None,
        "funding": typed.text("funding", 200),
    }


def level(typed: Typed, name: str) -> int | None:
    """Return a level of the RNCP's scale."""
    found = typed.one_of(name, texts.LEVELS)
    return int(found) if found else None


def code(typed: Typed) -> str | None:
    """Return the public code of a diploma."""
    words = typed.text("rncp_code", 20)
    match = CODE.fullmatch(words or "")
    if words and match is None:
        typed.refuse("rncp_code", texts.BAD_RNCP)
    return f"{match[1].upper()}{match[2]}" if match else None


def sessions(typed: Typed, known: Known) -> list[dict[str, Any]]:
    """Return the days on which it begins, one a line; when all are past, nobody can join any more."""
    lines = typed.lines("sessions", 40)
    days = [day_of(line) for line in lines]
    for line, day in zip(lines, days, strict=True):
        if day is None:
            typed.refuse("sessions", texts.BAD_SESSION.format(line=line))
    found = sorted(day for day in days if day is not None)
    if found and found[-1] < known.today and not known.is_as_before(typed, "sessions"):
        typed.refuse("sessions", texts.IS_PAST)
    return [{"starts_on": day} for day in found]
