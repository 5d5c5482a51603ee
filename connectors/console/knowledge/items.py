"""What the index knows, read for the console: items of others, the state of one, the campaigns there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.console.knowledge.owned import seen_by
from connectors.console.rights import Staff
from connectors.database import Connection

KINDS = ("event", "training", "place", "campaign")
MOST_FOUND = 30
# What another structure typed is that structure's own; what a feed or the catalogue holds is everybody's to see.
NOT_OF_OTHERS = """
NOT EXISTS (SELECT FROM people.kept_items k WHERE k.item_id = i.id
            AND NOT (%(all)s OR k.structure_id = %(structure)s))
"""
SEARCH = f"""
SELECT i.id, i.kind, i.title, i.commune, i.starts_at, i.source, i.collection FROM knowledge.items i
WHERE i.kind = ANY (%(kinds)s) AND strpos(lower(unaccent(i.title)), lower(unaccent(%(words)s))) > 0
    AND i.duplicate_of IS NULL AND NOT EXISTS (SELECT FROM people.kept_items k WHERE k.item_id = i.id)
ORDER BY i.starts_at DESC NULLS LAST, i.title LIMIT {MOST_FOUND}
"""
CAMPAIGNS = """
SELECT DISTINCT name FROM (
    SELECT title AS name FROM knowledge.items WHERE kind = 'campaign' AND coalesce(ends_at, %(now)s) >= %(now)s
    UNION ALL
    SELECT details ->> 'campaign' FROM knowledge.items
    WHERE kind = 'event' AND details ->> 'campaign' IS NOT NULL AND starts_at >= %(now)s AND NOT cancelled
) known ORDER BY name LIMIT 200
"""


async def search(connection: Connection, kind: str | None, words: str) -> Sequence[dict[str, Any]]:
    """Return items by words of their title that nobody typed here."""
    asked = {"kinds": [kind] if kind else list(KINDS), "words": words}
    cursor = await connection.execute(SEARCH, asked)
    return await cursor.fetchall()


async def read_only(connection: Connection, staff: Staff, item_id: str) -> dict[str, Any] | None:
    """Return what a feed, an import or the catalogue says of an item."""
    cursor = await connection.execute(
        f"SELECT i.* FROM knowledge.items i WHERE i.id = %(id)s AND i.kind = ANY (%(kinds)s) AND {NOT_OF_OTHERS}",
        {"id": item_id, "kinds": list(KINDS)} | seen_by(staff),
    )
    return await cursor.fetchone()


async def state_of(connection: Connection, item_id: str) -> dict[str, Any] | None:
    """Return what people need to know of an item of theirs as it stands in the index, and its code."""
    cursor = await connection.execute(
        "SELECT i.title, i.starts_at, i.ends_at, i.cancelled, i.duplicate_of, i.valid_until, j.code"
        " FROM knowledge.items i LEFT JOIN people.join_codes j ON j.event_id = i.id WHERE i.id = %s",
        (item_id,),
    )
    return await cursor.fetchone()


async def campaigns(connection: Connection, now: datetime) -> list[str]:
    """Return the names of campaigns to come, to choose among."""
    cursor = await connection.execute(CAMPAIGNS, {"now": now})
    return [row["name"] for row in await cursor.fetchall()]


async def of_campaign(connection: Connection, name: str) -> Sequence[dict[str, Any]]:
    """Return the events that name a campaign, the soonest first."""
    cursor = await connection.execute(
        "SELECT id, title, starts_at, commune FROM knowledge.items WHERE kind = 'event' AND duplicate_of IS NULL"
        " AND NOT cancelled AND details ->> 'campaign' = %s ORDER BY starts_at LIMIT 100",
        (name,),
    )
    return await cursor.fetchall()
