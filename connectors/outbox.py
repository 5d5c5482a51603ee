"""Delivery to messaging platforms: in order, kept until delivered, whatever is away meanwhile.

A web page reads its messages itself. A platform is sent them: each message of such a conversation enters the outbox in
the transaction that stores it, and leaves it, part by part, as the platform takes them. Each part has a transaction of
its own: a crash between the platform's yes and ours sends that part again, and no other.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors.channels import addresses
from connectors.channels.links import seen_from_outside
from connectors.channels.platform import Part, Platform, Refused, Undeliverable, Unreachable
from connectors.clock import Clock
from connectors.database import Connection, Pool
from connectors.one_each import OneEach
from connectors.schemas import Message
from connectors.seal import Seal

logger = logging.getLogger(__name__)

AT_ONCE = 4  # conversations delivered at the same time, each holding a connection; 40 messages a second
LOOK_EVERY = 1.0  # seconds between looks for what nobody was woken for: retries, and what a crash left
FIRST_RETRY, LONGEST_RETRY = 1.0, 30.0  # seconds
PATIENCE = 20.0  # seconds for a platform to take a part

DUE = """
SELECT conversation_id FROM (
    SELECT DISTINCT ON (conversation_id) conversation_id, next_attempt FROM people.outbox
    WHERE channel = %s ORDER BY conversation_id, seq
) oldest WHERE next_attempt <= %s
"""
OLDEST = """
SELECT * FROM people.outbox WHERE conversation_id = %s AND channel = %s ORDER BY seq LIMIT 1
"""


class Outbox:
    """Empties what waits for one platform: one that is slow or away holds back no other."""

    def __init__(self, pool: Pool, clock: Clock, seal: Seal, platform: Platform, public_url: str = "") -> None:
        self._pool = pool
        self._clock = clock
        self._seal = seal
        self._platform = platform
        self._channel = platform.name
        self._public_url = public_url
        self._deliveries = OneEach(self._deliver, AT_ONCE)

    def kick(self, conversation_id: UUID) -> None:
        """Deliver what waits in a conversation, now."""
        self._deliveries.kick(conversation_id)

    async def deliver_forever(self) -> None:
        """Deliver what is due, now and then, for ever; opens the pool, and closes it in the end."""
        async with self._pool:
            while True:
                try:
                    for conversation_id in await self._due():
                        self._deliveries.kick(conversation_id)
                except (DatabaseError, PoolTimeout) as error:
                    logger.warning("outbox waits for the database: %s", type(error).__name__)
                await asyncio.sleep(LOOK_EVERY)

    async def deliver_due(self) -> None:
        """Deliver what is due, once; returns when it is done."""
        await asyncio.gather(*[self._deliveries.kick(one) for one in await self._due()])

    async def _due(self) -> list[UUID]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(DUE, (self._channel, self._clock.now()))
            return [row["conversation_id"] for row in await cursor.fetchall()]

    async def _deliver(self, conversation_id: UUID) -> None:
        try:
            while await self._send_next_part(conversation_id):
                pass
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("delivery left for later: %s", type(error).__name__)
        except Exception as error:
            logger.error("delivery left for later: unexpected %s", type(error).__name__)

    async def _send_next_part(self, conversation_id: UUID) -> bool:
        """Send one part; false when nothing is left, or nothing may leave yet."""
        async with self._pool.connection() as connection:
            waiting = await self._oldest(connection, conversation_id)
            if waiting is None:
                return False
            address = await addresses.latest(connection, conversation_id, self._channel)
            if address is None:  # it went to another conversation meanwhile
                await self._remove(connection, waiting)
                return True
            parts = await self._parts(connection, waiting, address)
            sent = waiting["parts_sent"]
            try:
                if sent < len(parts):
                    await self._send(address, parts[sent])
            except Unreachable:
                await addresses.stop(connection, address, self._clock.now())
            except Undeliverable as error:
                await self._put_off(connection, waiting, error)
            else:
                await self._advance(connection, waiting, is_last=sent + 1 >= len(parts))
            return True

    async def _oldest(self, connection: Connection, conversation_id: UUID) -> dict[str, Any] | None:
        """Take the conversation's deliveries for this transaction, and its oldest message when that is due."""
        cursor = await connection.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)) AS mine",
            (f"outbox {self._channel} {conversation_id}",),
        )
        row = await cursor.fetchone()
        if row is None or not row["mine"]:
            return None
        cursor = await connection.execute(OLDEST, (conversation_id, self._channel))
        waiting = await cursor.fetchone()
        return waiting if waiting is not None and waiting["next_attempt"] <= self._clock.now() else None

    async def _parts(
        self, connection: Connection, waiting: dict[str, Any], address: addresses.Address
    ) -> tuple[Part, ...]:
        cursor = await connection.execute("SELECT * FROM people.messages WHERE id = %s", (waiting["message_id"],))
        message = seen_from_outside(Message.model_validate(await cursor.fetchone()), self._public_url)
        window = self._platform.window
        in_window = window is None or self._clock.now() - address.heard_at < window
        return tuple(self._platform.parts(message, in_window=in_window))

    async def _send(self, address: addresses.Address, part: Part) -> None:
        """Send a part; raises Unreachable, or Undeliverable for whatever else went wrong."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._platform.send(self._seal.open(address.sealed), part)
        except (Undeliverable, Unreachable):
            raise
        except Refused as error:
            logger.error("channel %s: a part is left out: %s", self._channel, error)
        except Exception as error:
            raise Undeliverable(f"unexpected {type(error).__name__}") from error

    async def _put_off(self, connection: Connection, waiting: dict[str, Any], error: Undeliverable) -> None:
        logger.warning("channel %s: %s", self._channel, error)
        delay = min(FIRST_RETRY * 2 ** min(waiting["attempts"], 10), LONGEST_RETRY)
        seconds = delay if error.retry_after is None else error.retry_after
        await connection.execute(
            "UPDATE people.outbox SET attempts = attempts + 1, next_attempt = %s WHERE message_id = %s",
            (self._clock.now() + timedelta(seconds=seconds), waiting["message_id"]),
        )

    async def _advance(self, connection: Connection, waiting: dict[str, Any], *, is_last: bool) -> None:
        if is_last:
            await self._remove(connection, waiting)
        else:
            await connection.execute(
                "UPDATE people.outbox SET parts_sent = parts_sent + 1, attempts = 0 WHERE message_id = %s",
                (waiting["message_id"],),
            )

    async def _remove(self, connection: Connection, waiting: dict[str, Any]) -> None:
        await connection.execute("DELETE FROM people.outbox WHERE message_id = %s", (waiting["message_id"],))
