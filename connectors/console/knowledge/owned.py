"""Whose each kept item is, and its form as it was typed: the SQL of `people.kept_items`."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from connectors.console.rights import Staff
from connectors.database import Connection
from connectors.knowledge.records import Record, record_of

OF_STAFF = "(%(all)s OR k.structure_id = %(structure)s)"
LIST = f"""
SELECT k.item_id, k.kind, k.changed_at, k.changed_by, t.name AS structure, i.title, i.starts_at, i.ends_at,
    i.commune, i.modality, i.cancelled, i.details
FROM people.kept_items k
LEFT JOIN knowledge.items i ON i.id = k.item_id
LEFT JOIN people.structures t ON t.id = k.structure_id
WHERE {OF_STAFF} AND (%(kind)s::text IS NULL OR k.kind = %(kind)s)
    AND (%(words)s = '' OR strpos(lower(unaccent(coalesce(i.title, ''))), lower(unaccent(%(words)s))) > 0)
ORDER BY k.changed_at DESC, k.item_id LIMIT %(most)s OFFSET %(skipped)s
"""
FIND = f"""
SELECT k.*, t.name AS structure FROM people.kept_items k LEFT JOIN people.structures t ON t.id = k.structure_id
WHERE k.item_id = %(id)s AND {OF_STAFF}
"""
SAVE = """
INSERT INTO people.kept_items (item_id, kind, structure_id, typed, created_at, changed_at, changed_by)
VALUES (%(id)s, %(kind)s, %(structure)s, %(typed)s, %(now)s, %(now)s, %(by)s)
ON CONFLICT (item_id) DO UPDATE SET typed = excluded.typed, version = kept_items.version + 1,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by
"""


@dataclass(frozen=True)
class Kept:
    """An item of somebody's, as its form was last saved."""

    item_id: str
    kind: str
    structure_id: UUID | None
    structure: str | None
    typed: dict[str, list[str]]
    version: int
    changed_at: datetime
    changed_by: str


def new_id(kind: str) -> str:
    """Return an id for something new: the dialogue reads its kind at the beginning."""
    return f"{kind}-{secrets.token_hex(6)}"


def seen_by(staff: Staff) -> dict[str, Any]:
    """Return the parameters of OF_STAFF: a structure's people see what is theirs, the installation's everything."""
    return {"all": staff.structure_id is None, "structure": staff.structure_id}


async def listed(
    connection: Connection, staff: Staff, *, kind: str | None, words: str, most: int, skipped: int
) -> Sequence[dict[str, Any]]:
    """Return the items that somebody may edit, the latest changed first."""
    asked = {"kind": kind, "words": words, "most": most, "skipped": skipped}
    cursor = await connection.execute(LIST, asked | seen_by(staff))
    return await cursor.fetchall()


async def find(connection: Connection, staff: Staff, item_id: str) -> Kept | None:
    """Return an item if it is somebody's to edit."""
    cursor = await connection.execute(FIND, {"id": item_id} | seen_by(staff))
    row = await cursor.fetchone()
    return Kept(**{name: row[name] for name in Kept.__dataclass_fields__}) if row else None


async def is_free(connection: Connection, kind: str, item_id: str) -> bool:
    """Say whether an id is one of ours, and nobody's yet."""
    if not re.fullmatch(rf"{kind}-[0-9a-f]{{12}}", item_id):
        return False
    cursor = await connection.execute(
        "SELECT FROM people.kept_items WHERE item_id = %(id)s UNION ALL SELECT FROM knowledge.items WHERE id = %(id)s",
        {"id": item_id},
    )
    return await cursor.fetchone() is None


async def save(
    connection: Connection, staff: Staff, item_id: str, kind: str, typed: dict[str, list[str]], now: datetime
) -> None:
    """Keep a form. Somebody of the installation who edits a structure's item leaves it to that structure."""
    row = {"id": item_id, "kind": kind, "structure": staff.structure_id, "typed": Jsonb(typed), "now": now}
    await connection.execute(SAVE, row | {"by": staff.name})
    if kind == "event" and staff.structure_id is not None:
        await connection.execute(
            "INSERT INTO people.structure_events (event_id, structure_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (item_id, staff.structure_id),
        )


async def record(connection: Connection, item_id: str) -> Record | None:
    """Return what is kept of an item, as it is in the index."""
    cursor = await connection.execute("SELECT kind, record FROM knowledge.kept_records WHERE id = %s", (item_id,))
    row = await cursor.fetchone()
    return record_of(row["kind"], row["record"]) if row else None


async def touch(connection: Connection, staff: Staff, item_id: str, now: datetime) -> None:
    """Note that an item changed though its form did not."""
    await connection.execute(
        "UPDATE people.kept_items SET version = version + 1, changed_at = %s, changed_by = %s WHERE item_id = %s",
        (now, staff.name, item_id),
    )


async def forget(connection: Connection, item_id: str) -> None:
    """Remove an item's form and whose it is; the conversations that concern the structure go on doing so."""
    await connection.execute("DELETE FROM people.kept_items WHERE item_id = %s", (item_id,))
    await connection.execute("DELETE FROM people.structure_events WHERE event_id = %s", (item_id,))
