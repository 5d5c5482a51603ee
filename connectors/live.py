"""Who listens to a conversation now, and how they learn that something happened in it.

Every gateway process listens to PostgreSQL's NOTIFY, so that a message stored by one reaches readers of another. A
notice carries no content: readers look in the database, which is the truth.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg

from connectors.conversations import CHANNEL

logger = logging.getLogger(__name__)

RECONNECT_EVERY = 1.0  # seconds


class Following:
    """One reader of one conversation."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.typing = False

    async def next(self, seconds: float) -> None:
        """Wait until something happened, or the time is over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)
        self._changed.clear()

    def wake(self) -> None:
        """Something happened."""
        self._changed.set()


class Live:
    """Every reader of this process."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._readers: dict[UUID, set[Following]] = defaultdict(set)
        self._told: dict[str, list[Callable[[UUID], None]]] = {CHANNEL: [self.tell]}

    def relay(self, channel: str, told: Callable[[UUID], None]) -> None:
        """Have another of the database's channels told too, each notice of which is a conversation's id."""
        self._told.setdefault(channel, []).append(told)

    @contextlib.contextmanager
    def follow(self, conversation_id: UUID) -> Iterator[Following]:
        """Follow a conversation for the length of a block."""
        following = Following()
        self._readers[conversation_id].add(following)
        try:
            yield following
        finally:
            self._readers[conversation_id].discard(following)
            if not self._readers[conversation_id]:
                del self._readers[conversation_id]

    def tell(self, conversation_id: UUID) -> None:
        """Wake the readers of a conversation."""
        for following in self._readers.get(conversation_id, ()):
            following.wake()

    def typing(self, conversation_id: UUID) -> None:
        """Tell the readers of a conversation that the bot is at work on it."""
        for following in self._readers.get(conversation_id, ()):
            following.typing = True
            following.wake()

    async def listen_forever(self) -> None:
        """Relay the database's notices; after a loss of connection, wake everybody to look for themselves."""
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True, connect_timeout=2)
                async with connection:
                    for channel in self._told:
                        await connection.execute(f"LISTEN {channel}")
                    for conversation_id in list(self._readers):
                        self.tell(conversation_id)
                    async for notice in connection.notifies():
                        for told in self._told[notice.channel]:
                            told(UUID(notice.payload))
            except psycopg.Error as error:
                logger.warning("not listening to the database: %s", type(error).__name__)
            await asyncio.sleep(RECONNECT_EVERY)
