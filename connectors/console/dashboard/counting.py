"""Keeping the daily counts: each conversation is counted when something happened in it, and what it was before undone.

A count has a day, a department, a measure and a label (docs/dashboard.md defines each); one line counts for the whole
installation, and one for each structure that the conversation concerns. Erased conversations stay counted.
"""

import asyncio
import logging
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors.console.dashboard.measures import CELLS
from connectors.database import Connection, Pool

logger = logging.getLogger(__name__)

LOOK_EVERY = 20.0  # seconds
AT_ONCE = 500

# Those whose turn is being stored are locked, and left for the next look.
UNCOUNTED = """
SELECT id FROM people.conversations WHERE last_seq > counted_seq ORDER BY active_at LIMIT %s FOR UPDATE SKIP LOCKED
"""
KEEP_EVENTS = """
INSERT INTO people.counted_events (id, title, starts_at, ends_at)
SELECT i.id, i.title, i.starts_at, i.ends_at FROM knowledge.items i
WHERE i.kind = 'event' AND i.starts_at IS NOT NULL AND i.id IN (
    SELECT event_id FROM people.conversations WHERE id = ANY (%(ids)s)
    UNION SELECT item_id FROM people.reminders WHERE conversation_id = ANY (%(ids)s))
ON CONFLICT (id) DO UPDATE SET
    title = excluded.title, starts_at = excluded.starts_at, ends_at = excluded.ends_at
WHERE (people.counted_events.title, people.counted_events.starts_at, people.counted_events.ends_at)
    IS DISTINCT FROM (excluded.title, excluded.starts_at, excluded.ends_at)
"""
# In the order of the table's own index: two gateways that count at once wait for each other, and never both.
COUNT = f"""
WITH {CELLS},
of_scopes AS (
    SELECT n.conversation_id, s.structure_id, n.day, n.department, n.measure, n.label, count(*)::int AS number
    FROM cells n
    JOIN (
        SELECT id AS conversation_id, NULL::uuid AS structure_id FROM c
        UNION ALL SELECT conversation_id, structure_id FROM people.concerns WHERE conversation_id = ANY (%(ids)s)
    ) s ON s.conversation_id = n.conversation_id
        AND (n.only_for IS NULL OR s.structure_id IS NULL OR s.structure_id = n.only_for)
        AND NOT (n.is_nobodys AND s.structure_id IS NOT NULL)
    GROUP BY 1, 2, 3, 4, 5, 6
),
moved AS (
    SELECT structure_id, day, department, measure, label, sum(number) AS number FROM (
        SELECT structure_id, day, department, measure, label, number FROM of_scopes
        UNION ALL
        SELECT (cell ->> 0)::uuid, (cell ->> 1)::date, cell ->> 2, cell ->> 3, cell ->> 4, -(cell ->> 5)::int
        FROM people.counted k, jsonb_array_elements(k.cells) cell WHERE k.conversation_id = ANY (%(ids)s)
    ) both_ways GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) <> 0 ORDER BY 1, 2, 3, 4, 5
),
kept AS (
    INSERT INTO people.counted (conversation_id, cells)
    SELECT conversation_id, jsonb_agg(jsonb_build_array(structure_id, day, department, measure, label, number))
    FROM of_scopes GROUP BY 1
    ON CONFLICT (conversation_id) DO UPDATE SET cells = excluded.cells
),
marked AS (
    UPDATE people.conversations SET counted_seq = last_seq WHERE id = ANY (%(ids)s)
)
INSERT INTO people.daily_counts AS d (structure_id, day, department, measure, label, number)
SELECT structure_id, day, department, measure, label, number FROM moved
ON CONFLICT (structure_id, day, department, measure, label) DO UPDATE SET number = d.number + excluded.number
"""


async def count_forever(pool: Pool) -> None:
    """Count what happened, now and then, for ever."""
    while True:
        try:
            await count_all(pool)
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("counts left for later: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)


async def count_all(pool: Pool) -> None:
    """Count every conversation in which something happened since it was counted last."""
    at_once = AT_ONCE
    while at_once == AT_ONCE:
        async with pool.connection() as connection:
            at_once = await count_some(connection)


async def count_some(connection: Connection) -> int:
    """Count some conversations, in the caller's transaction; returns how many."""
    rows = await (await connection.execute(UNCOUNTED, (AT_ONCE,))).fetchall()
    ids: list[UUID] = [row["id"] for row in rows]
    if ids:
        await connection.execute(KEEP_EVENTS, {"ids": ids})
        await connection.execute(COUNT, {"ids": ids})
    return len(ids)
