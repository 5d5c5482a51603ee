"""What is done with an item: kept, cancelled, deleted; in the index, in whose it is, and in the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors import join_codes
from connectors.console import audit
from connectors.console.knowledge import owned
from connectors.console.knowledge.owned import Kept
from connectors.console.rights import Staff
from connectors.database import Connection, Pool
from connectors.knowledge.library import Library
from connectors.knowledge.records import Record

# Those who asked for a reminder hear at once what the bot says of something that will not take place: one message
# each, by the turn that was waiting.
TELL_NOW = """
WITH waiting AS (
    SELECT DISTINCT ON (conversation_id) id FROM people.reminders
    WHERE item_id = %(id)s AND sent_at IS NULL ORDER BY conversation_id, due_at
), others AS (
    DELETE FROM people.reminders WHERE item_id = %(id)s AND sent_at IS NULL AND id NOT IN (SELECT id FROM waiting)
)
UPDATE people.reminders SET due_at = %(now)s WHERE id IN (SELECT id FROM waiting)
"""
MOVE = "UPDATE people.reminders SET due_at = due_at + %(by)s WHERE item_id = %(id)s AND sent_at IS NULL"


@dataclass(frozen=True)
class Desk:
    """Who does something, when, and with what."""

    pool: Pool
    library: Library
    staff: Staff
    now: datetime


async def keep(desk: Desk, record: Record, typed: dict[str, list[str]], before: Kept | None) -> None:
    """Keep a record and its form; nothing of either where one of them fails."""
    async with desk.pool.connection() as connection:
        await owned.save(connection, desk.staff, record.id, record.kind, typed, desk.now)
        if record.kind == "event":
            await join_codes.code_of(connection, record.id, desk.now)
            await follow(connection, record)
        act = "knowledge_changed" if before else "knowledge_created"
        await audit.note(connection, desk.now, desk.staff, act, detail=named(record))
        await desk.library.ask(lambda knowledge: knowledge.keep(record, desk.now))


async def cancel(desk: Desk, item_id: str) -> bool:
    """Announce that an event does not take place: it is proposed no more, and who waits for it is told."""
    async with desk.pool.connection() as connection:
        kept = await owned.record(connection, item_id)
        if kept is None:
            return False
        record = kept.model_copy(update={"cancelled": True})
        await connection.execute(TELL_NOW, {"id": item_id, "now": desk.now})
        await owned.touch(connection, desk.staff, item_id, desk.now)
        await audit.note(connection, desk.now, desk.staff, "knowledge_cancelled", detail=named(record))
        await desk.library.ask(lambda knowledge: knowledge.keep(record, desk.now))
    return True


async def waiting(connection: Connection, item_id: str) -> int:
    """Count the people who asked to be reminded of an event."""
    cursor = await connection.execute(
        "SELECT count(DISTINCT conversation_id) AS n FROM people.reminders WHERE item_id = %s AND sent_at IS NULL",
        (item_id,),
    )
    row = await cursor.fetchone()
    return row["n"] if row else 0


async def delete(desk: Desk, kept: Kept, title: str) -> None:
    """Remove an item everywhere."""
    async with desk.pool.connection() as connection:
        await owned.forget(connection, kept.item_id)
        await connection.execute(TELL_NOW, {"id": kept.item_id, "now": desk.now})
        await audit.note(connection, desk.now, desk.staff, "knowledge_deleted", detail=f"{kept.item_id} {title}")
        await desk.library.ask(lambda knowledge: knowledge.forget(kept.item_id))


async def follow(connection: Connection, record: Record) -> None:
    """Move the reminders of an event with it; one that is past by then leaves at once, with the new day."""
    cursor = await connection.execute("SELECT starts_at FROM knowledge.items WHERE id = %s", (record.id,))
    row = await cursor.fetchone()
    starts_at: datetime | None = getattr(record, "starts_at", None)
    by = starts_at - row["starts_at"] if row and row["starts_at"] and starts_at else timedelta()
    if by:
        await connection.execute(MOVE, {"id": record.id, "by": by})


def named(record: Record) -> str:
    """Name a record in the journal."""
    return f"{record.id} {record.title}"
