"""Which structures a conversation concerns, so that they alone see it: each row says why."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from connectors.database import Connection

Why = Literal["event", "referral", "handover", "shared"]


async def concern(connection: Connection, conversation_id: UUID, structure_id: UUID, why: Why, now: datetime) -> None:
    """Let a structure see a conversation from now on; the first reason stays."""
    await connection.execute(
        "INSERT INTO people.concerns (structure_id, conversation_id, why, since) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (structure_id, conversation_id, why, now),
    )


async def concern_organiser(connection: Connection, conversation_id: UUID, event_id: str, now: datetime) -> None:
    """Let the structure whose event was joined see the conversation, where it is anybody's."""
    cursor = await connection.execute(
        "SELECT e.structure_id FROM people.structure_events e JOIN people.structures s ON s.id = e.structure_id"
        " WHERE e.event_id = %s AND s.closed_at IS NULL",
        (event_id,),
    )
    if row := await cursor.fetchone():
        await concern(connection, conversation_id, row["structure_id"], "event", now)


async def names_of(connection: Connection, conversation_id: UUID) -> list[str]:
    """Return the structures that may read a conversation, which its person is told."""
    cursor = await connection.execute(
        "SELECT s.name FROM people.concerns k JOIN people.structures s ON s.id = k.structure_id"
        " WHERE k.conversation_id = %s ORDER BY k.since, s.name",
        (conversation_id,),
    )
    return [row["name"] for row in await cursor.fetchall()]
