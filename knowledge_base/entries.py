"""From an item to its rows in the index: the item's own, and one for each text it is found by."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb

from knowledge_base.catalogue import Family, families
from knowledge_base.french import fold, plain_words
from knowledge_base.records import Item
from knowledge_base.records.typed import PARIS

LONGEST_TEXT = 2000  # characters: the encoder reads no further, and PostgreSQL's lexemes have their own limit


@dataclass(frozen=True)
class Entry:
    """An item and the (role, text) pairs that it is found by."""

    item: Item
    texts: list[tuple[str, str]]


def family_entry(family: Family) -> Entry:
    """Turn a job family into an item and its texts."""
    item = Item(
        id=f"job-{family.code}",
        kind="job_family",
        code=family.code,
        title=family.title,
        text=family.day,
        families=(family.code,),
        source=families.SOURCE,
        source_url=families.SOURCE_URL,
        verified_at=datetime(2025, 9, 18, tzinfo=UTC),
        details={
            "domain": family.domain,
            "domain_name": family.domain_name,
            "riasec": family.riasec,
            "titles": list(family.titles),
            "neighbours": list(family.neighbours),
            "ways_in": {str(level): text for level, text in family.ways_in.items()},
            "digital": family.digital,
            "misconception": family.misconception.model_dump(),
            "conditions": family.conditions.model_dump(),
            "hard_sides": list(family.hard_sides),
        },
    )
    return Entry(item, family.texts())


def item_entry(item: Item) -> Entry:
    """Turn a training, an event or a place into its texts: its title, its title with its summary, its exhibitors."""
    summary = item.text.split(" (Exemple", 1)[0]
    texts = [("title", item.title)]
    if summary.strip():
        texts.append(("summary", f"{item.title}. {summary}"))
    if exhibitors := item.details.get("exhibitors"):
        texts.append(("exhibitors", ", ".join(exhibitors)))
    return Entry(item, texts)


def item_row(item: Item, collection: str) -> dict[str, Any]:
    """Return the row of `knowledge.items`."""
    row = {key: value for key, value in asdict(item).items() if key not in ("place", "text", "details", "families")}
    place = item.place
    site = item.details.get("place") or {}
    return row | {
        "collection": collection,
        "summary": item.text,
        "families": list(item.families),
        "place_label": place.label if place else site.get("label"),
        "commune": place.commune if place else site.get("commune"),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "likeness_key": likeness_key(item),
        "details": Jsonb(item.details, dumps=lambda value: json.dumps(value, ensure_ascii=False)),
    }


def text_rows(entry: Entry, collection: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of `knowledge.texts`, without their vectors."""
    for role, text in entry.texts:
        yield text_row(entry.item.id, entry.item.kind, role, text, collection)


def text_row(item_id: str, kind: str, role: str, text: str, collection: str) -> dict[str, Any]:
    """Return one row of `knowledge.texts`. Slang is said plainly in our own phrases, never in an official title."""
    words = (plain_words(text) if role == "phrase" else text)[:LONGEST_TEXT]
    return {
        "item_id": item_id,
        "kind": kind,
        "role": role,
        "text": words,
        "hash": hashlib.sha256(words.encode()).digest(),
        "collection": collection,
    }


def likeness_key(item: Item) -> str | None:
    """Return what is equal for the same thing published by two sources; None for what is never published twice.

    The same title on the same day in the same commune is the same event; a service is known by its name and commune, a
    course by its name, its school and its commune.
    """
    commune = fold(
        (item.place.commune if item.place else None) or (item.details.get("place") or {}).get("commune") or ""
    )
    parts: list[str]
    if item.kind == "event" and item.starts_at:
        parts = [fold(item.title), item.starts_at.astimezone(PARIS).date().isoformat(), commune]
    elif item.kind == "place":
        parts = [fold(item.title), commune]
    elif item.kind == "training":
        parts = [fold(item.title), fold(item.details.get("organiser") or ""), commune, item.code or ""]
    else:
        return None
    return f"{item.kind}|{'|'.join(parts)}"
