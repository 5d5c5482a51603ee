"""Conversations and their messages in PostgreSQL: opening, reading, writing in order, exporting, erasing."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from connectors import concerns
from connectors.database import Connection
from connectors.schemas import Message
from connectors.texts import BOT_NAME, USER_NAME

CHANNEL, OUTBOX = "people", "outbox"  # the names that LISTEN and NOTIFY use
WEB = "web"  # the channel of pages, which read their messages themselves
LED_TO = ("reminders", "intakes", "alarms")  # tables of what a conversation leads to
AUTHOR_NAMES = {"bot": BOT_NAME, "system": BOT_NAME, "user": USER_NAME}

INSERT_MESSAGE = """
WITH next AS (
    UPDATE people.conversations SET last_seq = last_seq + 1,
        heard_seq = CASE WHEN %(author)s = 'user' THEN last_seq + 1 ELSE heard_seq END
    WHERE id = %(conversation)s RETURNING last_seq
)
INSERT INTO people.messages
    (id, conversation_id, seq, turn_id, author, author_name, text, buttons, cards, image, created_at)
SELECT %(id)s, %(conversation)s, last_seq, %(turn)s, %(author)s, %(name)s, %(text)s, %(buttons)s, %(cards)s, %(image)s,
    %(now)s
FROM next
"""
# To the latest address on the channel last used, unless it was stopped. What the gateway begins itself, a reminder say,
# is no reply: it does not wait in a page that is closed, where there is an address to send it to.
PUT_INTO_OUTBOX = """
WITH put AS (
    INSERT INTO people.outbox (message_id, conversation_id, seq, channel, next_attempt)
    SELECT m.id, c.id, m.seq, latest.channel, %(now)s
    FROM people.messages m JOIN people.conversations c ON c.id = m.conversation_id
    LEFT JOIN people.turns t ON t.id = m.turn_id
    JOIN LATERAL (
        SELECT channel, stopped_at FROM people.addresses a
        WHERE a.conversation_id = c.id AND (a.channel = c.channel OR (c.channel = 'web' AND t.kind = 'event'))
        ORDER BY heard_at DESC LIMIT 1
    ) latest ON latest.stopped_at IS NULL
    WHERE m.id = %(id)s RETURNING conversation_id
)
SELECT pg_notify(%(outbox)s, conversation_id::text) FROM put
"""


@dataclass(frozen=True)
class Turn:
    """A message waiting for its answer, or answered. `message_id` is null for a turn that the gateway began."""

    id: UUID
    conversation_id: UUID
    kind: str
    text: str
    state: str
    attempts: int
    apologised: bool
    next_attempt: datetime


def hash_token(token: str) -> bytes:
    """Tokens are random and long: a plain hash is enough, and nothing usable is stored."""
    return hashlib.sha256(token.encode()).digest()


async def open_conversation(
    connection: Connection, now: datetime, *, origin: str | None, locale: str | None, channel: str = WEB
) -> UUID:
    """Create a conversation; returns its id. No token opens it yet."""
    identifier = uuid4()
    await connection.execute(
        "INSERT INTO people.conversations (id, channel, origin, locale, created_at, active_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (identifier, channel, origin, locale, now, now),
    )
    return identifier


async def add_token(connection: Connection, conversation_id: UUID) -> str:
    """Return a new token that opens the conversation, beside those it has."""
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "INSERT INTO people.tokens (hash, conversation_id) VALUES (%s, %s)", (hash_token(token), conversation_id)
    )
    return token


async def join(connection: Connection, conversation_id: UUID, event_id: str | None, now: datetime) -> None:
    """Put a conversation inside an event; None for a code that opens none, which the welcome says."""
    await connection.execute(
        "UPDATE people.conversations SET event_id = coalesce(%s, event_id), join_code_unknown = %s WHERE id = %s",
        (event_id, event_id is None, conversation_id),
    )
    if event_id is not None:
        await concerns.concern_organiser(connection, conversation_id, event_id, now)


async def holds(connection: Connection, conversation_id: UUID, token: str) -> bool | None:
    """Say whether the token opens the conversation; None where there is no such conversation for it to open."""
    cursor = await connection.execute("SELECT conversation_id FROM people.tokens WHERE hash = %s", (hash_token(token),))
    if row := await cursor.fetchone():
        return True if row["conversation_id"] == conversation_id else None
    cursor = await connection.execute("SELECT 1 FROM people.conversations WHERE id = %s", (conversation_id,))
    return False if await cursor.fetchone() else None


async def find_turn(connection: Connection, conversation_id: UUID, client_id: str) -> tuple[UUID, UUID] | None:
    """Return (turn, user message) of a client id already received."""
    cursor = await connection.execute(
        "SELECT t.id, m.id AS message_id FROM people.turns t JOIN people.messages m ON m.turn_id = t.id"
        " WHERE t.conversation_id = %s AND t.client_id = %s AND m.author = 'user'",
        (conversation_id, client_id),
    )
    row = await cursor.fetchone()
    return (row["id"], row["message_id"]) if row else None


async def lock(connection: Connection, conversation_id: UUID) -> bool:
    """Hold the conversation's row until the transaction ends; false if it was erased."""
    cursor = await connection.execute("SELECT 1 FROM people.conversations WHERE id = %s FOR UPDATE", (conversation_id,))
    return await cursor.fetchone() is not None


async def offered_title(connection: Connection, conversation_id: UUID, payload: str) -> str | None:
    """Return the title under which a payload was offered here."""
    cursor = await connection.execute(
        "SELECT title FROM people.offers WHERE conversation_id = %s AND payload = %s", (conversation_id, payload)
    )
    row = await cursor.fetchone()
    return row["title"] if row else None


async def add_turn(
    connection: Connection, conversation_id: UUID, now: datetime, kind: str, text: str, client_id: str | None = None
) -> UUID:
    """Put a turn in line."""
    identifier = uuid4()
    await connection.execute(
        "INSERT INTO people.turns (id, conversation_id, client_id, kind, text, next_attempt, created_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (identifier, conversation_id, client_id, kind, text, now, now),
    )
    return identifier


async def add_message(
    connection: Connection,
    conversation_id: UUID,
    turn_id: UUID | None,
    now: datetime,
    author: str,
    text: str,
    buttons: Sequence[dict[str, Any]] = (),
    cards: Sequence[dict[str, Any]] = (),
    image: dict[str, str] | None = None,
    *,
    author_name: str = "",
) -> UUID:
    """Append a message, with the next `seq`, and tell whoever listens when the transaction commits."""
    identifier = uuid4()
    row = {
        "id": identifier,
        "conversation": conversation_id,
        "turn": turn_id,
        "author": author,
        "name": author_name or AUTHOR_NAMES[author],
        "text": text,
        "buttons": Jsonb(list(buttons)),
        "cards": Jsonb(list(cards)),
        "image": Jsonb(image) if image else None,
        "now": now,
    }
    await connection.execute(INSERT_MESSAGE, row)
    if author != "user":
        # A web page reads its messages; other channels are sent them.
        await connection.execute(PUT_INTO_OUTBOX, row | {"outbox": OUTBOX})
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(conversation_id)))
    return identifier


async def read_messages(
    connection: Connection, conversation_id: UUID, *, after: int = 0, turn_id: UUID | None = None
) -> list[Message]:
    """Return messages in order: those after a seq, or the replies to one turn."""
    query = "SELECT * FROM people.messages WHERE conversation_id = %s AND seq > %s"
    parameters: list[Any] = [conversation_id, after]
    if turn_id is not None:
        query += " AND turn_id = %s AND author <> 'user'"
        parameters.append(turn_id)
    cursor = await connection.execute(query + " ORDER BY seq", parameters)
    return [Message.model_validate(row) for row in await cursor.fetchall()]


async def last_seq(connection: Connection, conversation_id: UUID) -> int:
    """Return the seq of the latest message."""
    cursor = await connection.execute("SELECT last_seq FROM people.conversations WHERE id = %s", (conversation_id,))
    row = await cursor.fetchone()
    return row["last_seq"] if row else 0


async def holder_of(connection: Connection, conversation_id: UUID) -> str:
    """Return who holds the conversation: `bot` or `counsellor`."""
    cursor = await connection.execute("SELECT state FROM people.conversations WHERE id = %s", (conversation_id,))
    row = await cursor.fetchone()
    return str(row["state"]) if row else "bot"


async def state_of(connection: Connection, conversation_id: UUID, turn_id: UUID) -> tuple[str, Turn | None]:
    """Return who holds the conversation and the turn as it is now."""
    holder = await holder_of(connection, conversation_id)
    cursor = await connection.execute("SELECT * FROM people.turns WHERE id = %s", (turn_id,))
    row = await cursor.fetchone()
    return holder, (turn_of(row) if row else None)


def turn_of(row: dict[str, Any]) -> Turn:
    """Turn a row into a Turn."""
    return Turn(**{name: row[name] for name in Turn.__dataclass_fields__})


async def export(connection: Connection, conversation_id: UUID) -> dict[str, Any]:
    """Return everything held about a conversation."""
    cursor = await connection.execute(
        "SELECT id, channel, origin, locale, state, profile, created_at, active_at FROM people.conversations"
        " WHERE id = %s",
        (conversation_id,),
    )
    row = await cursor.fetchone() or {}
    messages = await read_messages(connection, conversation_id)
    cursor = await connection.execute(
        "SELECT channel, heard_at, stopped_at FROM people.addresses WHERE conversation_id = %s", (conversation_id,)
    )
    places = await cursor.fetchall()
    led_to = {table: await _rows(connection, table, conversation_id) for table in LED_TO}
    cursor = await connection.execute(
        "SELECT data::jsonb AS event FROM rasa.events WHERE sender_id = %s ORDER BY id", (str(conversation_id),)
    )
    return {
        "conversation": {name: value for name, value in row.items() if name != "profile"},
        "profile": row.get("profile", {}),
        "messages": messages,
        # Without who somebody is there: several people may hold a token of one conversation.
        "platforms": places,
        **led_to,
        # What the dialogue engine keeps: every event, slots with everything understood among them.
        "dialogue": [one["event"] for one in await cursor.fetchall()],
    }


async def _rows(connection: Connection, table: str, conversation_id: UUID) -> list[dict[str, Any]]:
    cursor = await connection.execute(
        f"SELECT * FROM people.{table} WHERE conversation_id = %s ORDER BY created_at", (conversation_id,)
    )
    return list(await cursor.fetchall())


async def erase(connection: Connection, conversation_id: UUID) -> None:
    """Erase a conversation everywhere, Rasa's tracker included. Waits for a turn that is being run."""
    await connection.execute("SET LOCAL statement_timeout = '20s'")
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (str(conversation_id),))
    for table in ("events", "turns"):
        await connection.execute(f"DELETE FROM rasa.{table} WHERE sender_id = %s", (str(conversation_id),))
    await connection.execute("DELETE FROM people.conversations WHERE id = %s", (conversation_id,))
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(conversation_id)))
