"""Messages that somebody asked to be sent later: each becomes, when it is due, a turn that the gateway begins."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors import conversations
from connectors.clock import Clock
from connectors.database import Connection, Pool
from connectors.directives import Remind

logger = logging.getLogger(__name__)

LOOK_EVERY = 10.0  # seconds
TURN = "/EXTERNAL_reminder"

DUE = """
SELECT id, conversation_id, item_id, step FROM people.reminders
WHERE sent_at IS NULL AND due_at <= %s ORDER BY due_at LIMIT 100 FOR UPDATE SKIP LOCKED
"""


async def remind(connection: Connection, conversation_id: UUID, asked: Remind, now: datetime) -> None:
    """Keep what was asked for: reminders of an item, or that none be sent any more."""
    if asked.cancelled:
        await connection.execute(
            "DELETE FROM people.reminders"
            " WHERE conversation_id = %s AND sent_at IS NULL AND item_id = coalesce(%s, item_id)",
            (conversation_id, asked.item),
        )
    for one in asked.times:
        await connection.execute(
            "INSERT INTO people.reminders (id, conversation_id, item_id, step, due_at, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (conversation_id, item_id, step) DO UPDATE SET due_at = excluded.due_at",
            (uuid4(), conversation_id, asked.item, one.step, one.due_at, now),
        )


async def waiting(connection: Connection, conversation_id: UUID) -> Sequence[dict[str, Any]]:
    """Return the reminders still to come, as the bot is told of them."""
    cursor = await connection.execute(
        "SELECT item_id AS item, step, due_at FROM people.reminders WHERE conversation_id = %s AND sent_at IS NULL"
        " ORDER BY due_at",
        (conversation_id,),
    )
    return [row | {"due_at": row["due_at"].isoformat()} for row in await cursor.fetchall()]


async def remind_forever(pool: Pool, clock: Clock, kick: Callable[[UUID], None]) -> None:
    """Begin the turns that are due, now and then, for ever."""
    while True:
        try:
            for conversation_id in await remind_due(pool, clock):
                kick(conversation_id)
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("reminders left for later: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)


async def remind_due(pool: Pool, clock: Clock) -> list[UUID]:
    """Put the turns that are due in line, each once, whoever else does the same; returns their conversations."""
    now = clock.now()
    async with pool.connection() as connection:
        cursor = await connection.execute(DUE, (now,))
        due = await cursor.fetchall()
        for one in due:
            told = json.dumps({"item": one["item_id"], "step": one["step"]})
            await conversations.add_turn(connection, one["conversation_id"], now, "event", TURN + told)
            await connection.execute("UPDATE people.reminders SET sent_at = %s WHERE id = %s", (now, one["id"]))
    return [one["conversation_id"] for one in due]
