"""What is not kept: old conversations, those of under-15s after 30 silent minutes, trackers left without one.

And of messaging platforms: what they delivered, and codes that have expired.
"""

import asyncio
import logging
from datetime import timedelta

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors import continuations, conversations
from connectors.channels import addresses
from connectors.clock import Clock
from connectors.console import accounts
from connectors.database import Pool

logger = logging.getLogger(__name__)

LOOK_EVERY = 60.0  # seconds
ERASE_EVERY = 2.0
UNDER_15_KEPT = timedelta(minutes=30)
GOODBYE_WITHIN = timedelta(minutes=15)  # a platform that is away longer keeps nobody from being erased

# The last words leave before the address to send them to is erased.
TO_ERASE = """
SELECT id FROM people.conversations c WHERE erase_at <= %(now)s AND (
    erase_at <= %(at_last)s OR NOT EXISTS (SELECT FROM people.outbox o WHERE o.conversation_id = c.id)
)
"""


async def purge_forever(pool: Pool, clock: Clock, keep: timedelta) -> None:
    """Purge now and then, for ever."""
    while True:
        try:
            await purge(pool, clock, keep)
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("purge left for later: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)


async def erase_asked_forever(pool: Pool, clock: Clock) -> None:
    """Erase what people asked to have erased, a few seconds after they were told so."""
    while True:
        try:
            await erase_asked(pool, clock)
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("erasure left for later: %s", type(error).__name__)
        await asyncio.sleep(ERASE_EVERY)


async def erase_asked(pool: Pool, clock: Clock) -> None:
    """Erase the conversations whose time has come."""
    async with pool.connection() as connection:
        now = clock.now()
        cursor = await connection.execute(TO_ERASE, {"now": now, "at_last": now - GOODBYE_WITHIN})
        asked = [row["id"] for row in await cursor.fetchall()]
    for identifier in asked:
        async with pool.connection() as connection:
            await conversations.erase(connection, identifier)


async def purge(pool: Pool, clock: Clock, keep: timedelta) -> None:
    """Erase what may not be kept any longer."""
    async with pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT id FROM people.conversations WHERE active_at < %s"
            " OR (profile ->> 'age_group' = 'under_15' AND active_at < %s)",
            (clock.now() - keep, clock.now() - UNDER_15_KEPT),
        )
        over = [row["id"] for row in await cursor.fetchall()]
    for identifier in over:
        async with pool.connection() as connection:
            await conversations.erase(connection, identifier)
    async with pool.connection() as connection:
        await addresses.forget_deliveries(connection, clock.now())
        await continuations.forget_expired(connection, clock.now())
        await accounts.forget_expired(connection, clock.now())
        # A turn that outlived its conversation's erasure may have saved its tracker after it.
        for table in ("events", "turns"):
            await connection.execute(
                f"DELETE FROM rasa.{table} r WHERE NOT EXISTS"
                " (SELECT FROM people.conversations c WHERE c.id::text = r.sender_id)"
            )
