"""Events put straight into the index for the length of a test, as no importer would let them in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.stack import Stack

COLLECTION = "planted"


def soon(**later: float) -> datetime:
    """Return a moment from now on, on the hour."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) + timedelta(**later)


@contextmanager
def planted(stack: Stack, *events: dict[str, Any]) -> Iterator[list[str]]:
    """Put events into the stack's index; lends their ids."""
    rows = [row_of(number, known) for number, known in enumerate(events)]
    with stack.database() as connection:
        connection.execute("DELETE FROM knowledge.items WHERE collection = %s", (COLLECTION,))
        for row in rows:
            names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
            connection.execute(f"INSERT INTO knowledge.items ({names}) VALUES ({marks})", row)
            connection.execute(
                "INSERT INTO knowledge.texts (item_id, kind, role, text, hash, collection)"
                " VALUES (%s, 'event', 'title', %s, '', %s)",
                (row["id"], row["title"], COLLECTION),
            )
        try:
            yield [row["id"] for row in rows]
        finally:
            connection.execute("DELETE FROM knowledge.items WHERE collection = %s", (COLLECTION,))


def row_of(number: int, known: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a test does not say."""
    starts_at = known.get("starts_at", soon(days=10))
    row = {
        "id": f"planted-{number}", "kind": "event", "collection": COLLECTION, "title": f"Événement planté {number}",
        "starts_at": starts_at, "valid_until": known.get("valid_until", starts_at), "modality": "onsite",
        "source": "Essai", "verified_at": datetime.now(UTC), "details": {},
    } | known  # fmt: skip
    return row | {"details": json.dumps(row["details"])}
