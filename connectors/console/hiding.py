"""Looking for personal data in what people write, beside their conversation: pages show nothing before it is done.

A conversation is looked at as a whole, since a name said once with a cue is hidden wherever it stands. What the bot
repeats of it is hidden too; telephone numbers that the bot itself gives are services' own, and stay.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg.types.json import Jsonb
from psycopg_pool import PoolTimeout

from connectors.console import masks
from connectors.database import Connection, Pool

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
AT_ONCE = 20
OF_PEOPLE = ("user", "counsellor")

WAITING = """
SELECT id FROM people.conversations WHERE last_seq > masked_seq ORDER BY active_at DESC LIMIT %s
"""


class Found(Protocol):
    """Where something personal stands."""

    @property
    def start(self) -> int:
        """Where it begins, in letters."""

    @property
    def end(self) -> int:
        """Where it ends: the letter after."""

    @property
    def kind(self) -> str:
        """What it is: name, phone, mail, address, and others."""


class Finder(Protocol):
    """Finds what is personal in the messages of one conversation, in order."""

    def transcript(self, texts: Sequence[str]) -> Sequence[Sequence[Found]]:
        """Return what is personal in each message, in order, none over another."""


class Hiding:
    """Keeps the masks of every conversation up to its last message."""

    def __init__(self, pool: Pool, finder: Finder) -> None:
        self._pool = pool
        self._finder = finder

    async def look_forever(self) -> None:
        """Look at what was written meanwhile, the latest first, for ever."""
        while True:
            try:
                async with self._pool.connection() as connection:
                    rows = await (await connection.execute(WAITING, (AT_ONCE,))).fetchall()
                for row in rows:
                    await self.look(row["id"])
                if len(rows) == AT_ONCE:
                    continue
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("masks left for later: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def look(self, conversation_id: UUID) -> None:
        """Look at one conversation now, if something was written in it since; a page waits for this."""
        async with self._pool.connection() as connection:
            rows = await (
                await connection.execute(
                    "SELECT m.id, m.seq, m.author, m.text, m.masks FROM people.messages m"
                    " JOIN people.conversations c ON c.id = m.conversation_id"
                    " WHERE c.id = %s AND c.last_seq > c.masked_seq ORDER BY m.seq",
                    (conversation_id,),
                )
            ).fetchall()
        if not rows:
            return
        found = await asyncio.to_thread(self._find, rows)
        async with self._pool.connection() as connection:
            await _keep(connection, conversation_id, rows, found)

    def _find(self, rows: Sequence[dict[str, object]]) -> list[list[list[object]]]:
        texts = [str(row["text"]) for row in rows]
        said = [at for at, row in enumerate(rows) if row["author"] in OF_PEOPLE]
        spans = self._finder.transcript([texts[at] for at in said])
        found: list[list[list[object]]] = [[] for _ in rows]
        hidden: dict[str, str] = {}
        for at, of_message in zip(said, spans, strict=True):
            found[at] = [[span.start, span.end, str(span.kind)] for span in of_message]
            hidden |= {texts[at][span.start : span.end].strip().lower(): str(span.kind) for span in of_message}
        for at, row in enumerate(rows):
            if row["author"] not in OF_PEOPLE:
                found[at] = repeated(texts[at], hidden)
        return found


def repeated(text: str, hidden: dict[str, str]) -> list[list[object]]:
    """Return where a text repeats something hidden: `{what, in lower case: kind}`."""
    words = sorted((re.escape(word) for word in hidden if word), key=len, reverse=True)
    if not words:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    return [[one.start(), one.end(), hidden.get(one[0].lower(), "name")] for one in pattern.finditer(text)]


async def _keep(
    connection: Connection,
    conversation_id: UUID,
    rows: Sequence[dict[str, object]],
    found: Sequence[list[list[object]]],
) -> None:
    """Store what changed, and the words that the conversation is found by: masked, so that no name finds anybody."""
    words = []
    for row, spans in zip(rows, found, strict=True):
        if row["masks"] != spans:
            await connection.execute("UPDATE people.messages SET masks = %s WHERE id = %s", (Jsonb(spans), row["id"]))
        if row["author"] in OF_PEOPLE:
            words.append(re.sub(r"\[[^\]]*\]", " ", masks.plain(str(row["text"]), spans)))
    await connection.execute(
        "INSERT INTO people.conversation_words (conversation_id, words)"
        " SELECT id, to_tsvector('knowledge.french', %(words)s) FROM people.conversations WHERE id = %(id)s"
        " ON CONFLICT (conversation_id) DO UPDATE SET words = excluded.words",
        {"id": conversation_id, "words": "\n".join(words)},
    )
    await connection.execute(
        "UPDATE people.conversations SET masked_seq = %s WHERE id = %s", (rows[-1]["seq"], conversation_id)
    )
