"""Codes that open a conversation already inside an event: printed on a poster, typed or scanned at the door."""

import re
import secrets
from datetime import datetime
from uuid import UUID

from connectors import conversations
from connectors.database import Connection
from connectors.knowledge import Event, find_event

# No I, L, O, 0, 1: they look alike on a poster.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 6


async def code_of(connection: Connection, event_id: str, now: datetime) -> str:
    """Return the code of an event, made the first time it is asked for."""
    while True:
        made = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        await connection.execute(
            "INSERT INTO people.join_codes (code, event_id, created_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (made, event_id, now),
        )
        cursor = await connection.execute("SELECT code FROM people.join_codes WHERE event_id = %s", (event_id,))
        if row := await cursor.fetchone():  # none where another event has this very code
            return str(row["code"])


async def event_of(connection: Connection, code: str, now: datetime) -> Event | None:
    """Return the event that a code opens, as people type it; None for no code of ours and for an event that is over."""
    typed = re.sub(r"[\s.-]", "", code).upper()
    cursor = await connection.execute("SELECT event_id FROM people.join_codes WHERE code = %s", (typed,))
    row = await cursor.fetchone()
    event = await find_event(connection, row["event_id"]) if row else None
    return None if event is None or event.is_over(now) else event


async def join_by(connection: Connection, conversation_id: UUID, text: str, now: datetime) -> bool:
    """Put a conversation inside the event whose code is the whole message, as a poster says to write it."""
    if not 0 < len(text) <= 2 * LENGTH:
        return False
    event = await event_of(connection, text, now)
    if event is not None:
        await conversations.join(connection, conversation_id, event.id, now)
    return event is not None
