"""Saved views: an inbox's own address under a name, each person's own."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

from connectors.database import Connection

LONGEST_NAME, LONGEST_QUERY, MOST = 40, 500, 30


@dataclass(frozen=True)
class View:
    """A name and what stands after the question mark of the inbox's address."""

    id: UUID
    name: str
    query: str


async def views_of(connection: Connection, staff_id: UUID) -> list[View]:
    """Return somebody's views, by name."""
    cursor = await connection.execute(
        "SELECT id, name, query FROM people.saved_views WHERE staff_id = %s ORDER BY name", (staff_id,)
    )
    return [View(**row) for row in await cursor.fetchall()]


async def save(connection: Connection, staff_id: UUID, name: str, query: str, now: datetime) -> bool:
    """Keep a view, or change the one of this name; False for a name that is none, or one too many."""
    name = " ".join(name.split())
    kept = urlencode([(key, value) for key, value in parse_qsl(query[:LONGEST_QUERY]) if key != "avant"])
    if not 0 < len(name) <= LONGEST_NAME:
        return False
    cursor = await connection.execute(
        "INSERT INTO people.saved_views (id, staff_id, name, query, created_at)"
        " SELECT %(id)s, %(staff)s, %(name)s, %(query)s, %(now)s"
        " WHERE (SELECT count(*) FROM people.saved_views WHERE staff_id = %(staff)s) < %(most)s"
        " ON CONFLICT (staff_id, name) DO UPDATE SET query = excluded.query",
        {"id": uuid4(), "staff": staff_id, "name": name, "query": kept, "now": now, "most": MOST},
    )
    return bool(cursor.rowcount)


async def forget(connection: Connection, staff_id: UUID, view_id: UUID) -> None:
    """Remove one of somebody's views."""
    await connection.execute("DELETE FROM people.saved_views WHERE id = %s AND staff_id = %s", (view_id, staff_id))
