"""Delivery to channels that must be pushed to: in order, kept until delivered, whatever is away meanwhile.

A web page reads its messages itself. A messaging platform is sent them: each message of such a conversation enters
the outbox in the transaction that stores it, and leaves it when the platform has taken it. A crash between the two
sends it again with the same id, by which the receiver knows it.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors.clock import Clock
from connectors.database import Connection, Pool
from connectors.schemas import Message

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
FIRST_RETRY, LONGEST_RETRY = 1.0, 300.0  # seconds


class Undeliverable(Exception):
    """The platform did not take the message now; it stays in the outbox."""


class Channel(Protocol):
    """A messaging platform, as the outbox sees it."""

    async def deliver(self, conversation_id: UUID, message: Message) -> None:
        """Hand a message over, or raise Undeliverable."""
        ...


class Outbox:
    """Empties the outbox through the channels of this installation, by the name that conversations carry."""

    def __init__(self, pool: Pool, clock: Clock, channels: Mapping[str, Channel]) -> None:
        self._pool = pool
        self._clock = clock
        self._channels = channels

    async def deliver_forever(self) -> None:
        """Deliver what is due, now and then, for ever."""
        while self._channels:
            try:
                await self.deliver_due()
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("outbox waits for the database: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def deliver_due(self) -> None:
        """Deliver the messages of every conversation whose oldest one is due."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute("SELECT DISTINCT conversation_id FROM people.outbox")
            waiting = [row["conversation_id"] for row in await cursor.fetchall()]
        for conversation_id in waiting:
            while await self._deliver_oldest(conversation_id):
                pass

    async def _deliver_oldest(self, conversation_id: UUID) -> bool:
        """Deliver one message; false when none is left, or none may leave yet."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT o.message_id, o.attempts, o.next_attempt, c.channel FROM people.outbox o"
                " JOIN people.conversations c ON c.id = o.conversation_id WHERE o.conversation_id = %s"
                " AND pg_try_advisory_xact_lock(hashtextextended('outbox ' || %s, 0)) ORDER BY o.seq LIMIT 1",
                (conversation_id, str(conversation_id)),
            )
            row = await cursor.fetchone()
            if row is None or row["next_attempt"] > self._clock.now() or row["channel"] not in self._channels:
                return False
            message = await _message(connection, row["message_id"])
            try:
                await self._channels[row["channel"]].deliver(conversation_id, message)
            except Undeliverable as error:
                logger.warning("channel %s: %s", row["channel"], error)
                delay = min(FIRST_RETRY * 2 ** row["attempts"], LONGEST_RETRY)
                await connection.execute(
                    "UPDATE people.outbox SET attempts = attempts + 1, next_attempt = %s WHERE message_id = %s",
                    (self._clock.now() + timedelta(seconds=delay), row["message_id"]),
                )
                return False
            await connection.execute("DELETE FROM people.outbox WHERE message_id = %s", (row["message_id"],))
            return True


async def _message(connection: Connection, message_id: UUID) -> Message:
    cursor = await connection.execute("SELECT * FROM people.messages WHERE id = %s", (message_id,))
    return Message.model_validate(await cursor.fetchone())
