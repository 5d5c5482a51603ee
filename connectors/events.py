"""Server-sent events of one conversation."""

import json
import logging
import time
from collections.abc import AsyncIterator
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors import conversations
from connectors.database import Pool
from connectors.live import Live
from connectors.schemas import Message

logger = logging.getLogger(__name__)

COMMENT_EVERY = 15.0  # seconds: keeps proxies from closing a silent stream


async def event_stream(pool: Pool, live: Live, conversation: UUID, after: int) -> AsyncIterator[str]:
    """Yield events from a seq on. A database that is away for a moment only makes the next message later."""
    last_sent = time.monotonic()
    told_state = None
    with live.follow(conversation) as following:
        while True:
            if following.typing:
                following.typing = False
                yield event("typing", {"author": "bot"})
                last_sent = time.monotonic()
            try:
                async with pool.connection() as connection:
                    row = await (
                        await connection.execute(
                            "SELECT state FROM people.conversations WHERE id = %s", (conversation,)
                        )
                    ).fetchone()
                    messages = await conversations.read_messages(connection, conversation, after=after)
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("events wait for the database: %s", type(error).__name__)
                await following.next(1.0)
                continue
            if row is None:
                return  # erased
            if row["state"] != told_state:
                told_state = row["state"]
                yield event("state", {"state": told_state})
            for message in messages:
                yield message_event(message)
                after = message.seq
                last_sent = time.monotonic()
            left = COMMENT_EVERY - (time.monotonic() - last_sent)
            if left <= 0:
                yield ": encore là\n\n"
                last_sent, left = time.monotonic(), COMMENT_EVERY
            await following.next(left)


async def changes(pool: Pool, live: Live, conversation: UUID) -> AsyncIterator[str]:
    """Yield `change` with no word of it whenever something was said or the conversation changed hands."""
    told: tuple[int, str] | None = None
    with live.follow(conversation) as following:
        while True:
            try:
                async with pool.connection() as connection:
                    cursor = await connection.execute(
                        "SELECT last_seq, state FROM people.conversations WHERE id = %s", (conversation,)
                    )
                    row = await cursor.fetchone()
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("changes wait for the database: %s", type(error).__name__)
                await following.next(1.0)
                continue
            if row is None:
                yield event("gone", {})
                return
            now_at = (row["last_seq"], row["state"])
            yield event("change", {"seq": str(now_at[0]), "state": now_at[1]}) if now_at != told else ": encore là\n\n"
            told = now_at
            await following.next(COMMENT_EVERY)


def event(name: str, data: dict[str, str]) -> str:
    """Write an event that has no place in the order of messages."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def message_event(message: Message) -> str:
    """Write a message with its seq as id, from which a reader resumes."""
    return f"id: {message.seq}\nevent: message\ndata: {message.model_dump_json()}\n\n"
