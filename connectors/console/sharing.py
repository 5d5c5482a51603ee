"""Links that show one masked transcript to somebody without an account, until a day."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from connectors.console.rights import Staff
from connectors.conversations import hash_token
from connectors.database import Connection

LASTS = {1: "1 jour", 7: "7 jours", 30: "30 jours"}  # days


async def share(connection: Connection, conversation_id: UUID, staff: Staff, days: int, now: datetime) -> str:
    """Return a new link's token, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    await connection.execute(
        "INSERT INTO people.shares (hash, conversation_id, staff_id, created_at, expires_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        (hash_token(token), conversation_id, staff.id, now, now + timedelta(days=days)),
    )
    return token


async def shared(connection: Connection, token: str, now: datetime) -> UUID | None:
    """Return the conversation that a link shows, None if it shows none any more."""
    cursor = await connection.execute(
        "SELECT s.conversation_id FROM people.shares s JOIN people.staff p ON p.id = s.staff_id"
        " WHERE s.hash = %s AND s.expires_at > %s AND p.disabled_at IS NULL",
        (hash_token(token), now),
    )
    row = await cursor.fetchone()
    return row["conversation_id"] if row else None


async def shares_of(connection: Connection, conversation_id: UUID, now: datetime) -> list[datetime]:
    """Return until when each link that still shows a conversation does."""
    cursor = await connection.execute(
        "SELECT expires_at FROM people.shares WHERE conversation_id = %s AND expires_at > %s ORDER BY expires_at",
        (conversation_id, now),
    )
    return [row["expires_at"] for row in await cursor.fetchall()]


async def close_shares(connection: Connection, conversation_id: UUID) -> None:
    """Close every link to a conversation."""
    await connection.execute("DELETE FROM people.shares WHERE conversation_id = %s", (conversation_id,))
