"""Which trades a message is about: pressed, pointed at, named, looked at last, or shown."""

import re
from typing import Any

from actions.pointing import pointed_at
from actions.services import Services
from actions.turn import Turn
from knowledge_base import Item, KnowledgeBase
from knowledge_base.french import fold

COMPARED = 2  # trades set side by side
MOST = 3  # trades told of or offered when none is named
NAME = 5  # letters by which a title's word is named


def shown_jobs(turn: Turn) -> list[dict[str, Any]]:
    """Return the trades among what was last shown."""
    return [row for row in turn.slot("shown", []) if row["kind"] == "job_family"]


def shown_items(turn: Turn, services: Services) -> list[Item]:
    """Return the trades shown: the first is told of when a message names none, the others are offered."""
    found = [services.knowledge.item(row["id"]) for row in shown_jobs(turn)[:MOST]]
    return [one for one in found if one is not None]


def jobs_meant(turn: Turn, services: Services, *, many: bool = False) -> list[Item]:
    """Return the trades that a message is about: pressed, pointed at, named, looked at last, or the only one shown."""
    known, rows = services.knowledge, shown_jobs(turn)
    ids = [str(turn.entities["item"])] if "item" in turn.entities else pointed_at(turn, rows)
    if not ids:
        ids = _named_in(turn, rows) if many else _named_in(turn, rows)[:1]  # « cuisinier »: the best of those shown
    if not ids or (many and len(ids) < COMPARED):
        ids += [one for one in _known_by_name(turn, known) if one not in ids]
    if not ids and not many:
        ids = [turn.slot("chosen")] if str(turn.slot("chosen", "")).startswith("job-") else []
        ids = ids or [row["id"] for row in rows if len(rows) == 1]
    found = [known.item(one) for one in ids]
    return [one for one in found if one is not None and one.kind == "job_family"]


def _named_in(turn: Turn, rows: list[dict[str, Any]]) -> list[str]:
    said = _stems(turn.text)
    return [row["id"] for row in rows if said & _stems(row["title"])]


def _stems(text: str) -> set[str]:
    """Return how the longer words begin: « mécano » and « mécanicienne » begin alike."""
    return {word[:NAME] for word in re.findall(rf"\w{{{NAME},}}", fold(text))}


def _known_by_name(turn: Turn, knowledge: KnowledgeBase) -> list[str]:
    found = [knowledge.job_called(name) for name in turn.named_jobs]
    return list(dict.fromkeys(one for one in found if one))
