"""What counsellors add to a conversation: notes, tags, whose it is, whether it was reviewed; and answers kept ready.

Notes and tags are their structure's: another structure that sees the same conversation has its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from connectors.console.rights import Staff
from connectors.database import Connection

LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, LONGEST_TITLE, LONGEST_ANSWER = 4000, 40, 20, 80, 2000


@dataclass(frozen=True)
class Note:
    """What a counsellor wrote for their colleagues."""

    id: UUID
    author: str
    text: str
    created_at: datetime
    mine: bool


@dataclass(frozen=True)
class Canned:
    """An answer kept ready."""

    id: UUID
    title: str
    text: str


async def notes_of(connection: Connection, conversation_id: UUID, staff: Staff) -> list[Note]:
    """Return the notes of somebody's structure, in order."""
    cursor = await connection.execute(
        "SELECT n.id, p.name AS author, n.text, n.created_at, n.staff_id = %(me)s AS mine FROM people.notes n"
        " JOIN people.staff p ON p.id = n.staff_id"
        " WHERE n.conversation_id = %(conversation)s AND n.structure_id IS NOT DISTINCT FROM %(structure)s"
        " ORDER BY n.created_at",
        {"me": staff.id, "conversation": conversation_id, "structure": staff.structure_id},
    )
    return [Note(**row) for row in await cursor.fetchall()]


async def add_note(connection: Connection, conversation_id: UUID, staff: Staff, text: str, now: datetime) -> bool:
    """Keep a note; False for one that is blank or too long."""
    if not 0 < len(text.strip()) <= LONGEST_NOTE:
        return False
    await connection.execute(
        "INSERT INTO people.notes (id, conversation_id, structure_id, staff_id, text, created_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (uuid4(), conversation_id, staff.structure_id, staff.id, text.strip(), now),
    )
    return True


async def remove_note(connection: Connection, conversation_id: UUID, staff: Staff, note_id: UUID) -> None:
    """Remove a note of one's own."""
    await connection.execute(
        "DELETE FROM people.notes WHERE id = %s AND conversation_id = %s AND staff_id = %s",
        (note_id, conversation_id, staff.id),
    )


async def tags_of(connection: Connection, conversation_id: UUID, staff: Staff) -> list[str]:
    """Return the tags of somebody's structure."""
    cursor = await connection.execute(
        "SELECT tag FROM people.tags WHERE conversation_id = %s AND structure_id IS NOT DISTINCT FROM %s ORDER BY tag",
        (conversation_id, staff.structure_id),
    )
    return [row["tag"] for row in await cursor.fetchall()]


async def tags_in_use(connection: Connection, staff: Staff) -> list[str]:
    """Return the tags that a structure uses, to choose among."""
    cursor = await connection.execute(
        "SELECT DISTINCT tag FROM people.tags WHERE structure_id IS NOT DISTINCT FROM %s ORDER BY tag LIMIT 200",
        (staff.structure_id,),
    )
    return [row["tag"] for row in await cursor.fetchall()]


async def set_tags(connection: Connection, conversation_id: UUID, staff: Staff, written: str) -> bool:
    """Put the tags written, separated by commas, in place of those there; False for too many, or one too long."""
    tags = sorted({" ".join(tag.split()).lower() for tag in re.split(r"[,;\n]", written)} - {""})
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        return False
    await connection.execute(
        "DELETE FROM people.tags WHERE conversation_id = %s AND structure_id IS NOT DISTINCT FROM %s",
        (conversation_id, staff.structure_id),
    )
    for tag in tags:
        await connection.execute(
            "INSERT INTO people.tags (conversation_id, structure_id, tag) VALUES (%s, %s, %s)",
            (conversation_id, staff.structure_id, tag),
        )
    return True


async def colleagues(connection: Connection, staff: Staff) -> Sequence[dict[str, object]]:
    """Return who a conversation may be given to: `{id, name}` of those who read what somebody reads."""
    cursor = await connection.execute(
        "SELECT id, name FROM people.staff WHERE structure_id IS NOT DISTINCT FROM %s AND disabled_at IS NULL"
        " AND (duty OR structure_id IS NOT NULL) AND (duty OR role <> 'administrator') ORDER BY name",
        (staff.structure_id,),
    )
    return await cursor.fetchall()


async def assign(connection: Connection, conversation_id: UUID, staff: Staff, to: str) -> bool:
    """Give a conversation to a colleague by their id, or to nobody (""); False for somebody else than a colleague."""
    if to and to not in {str(one["id"]) for one in await colleagues(connection, staff)}:
        return False
    await connection.execute(
        "UPDATE people.conversations SET assigned_to = %s WHERE id = %s", (to or None, conversation_id)
    )
    return True


async def review(connection: Connection, conversation_id: UUID, staff: Staff, now: datetime, *, done: bool) -> None:
    """Mark a conversation as reviewed, or to be."""
    await connection.execute(
        "UPDATE people.conversations SET reviewed_at = %s, reviewed_by = %s WHERE id = %s",
        (now if done else None, staff.id if done else None, conversation_id),
    )


async def mark_read(connection: Connection, conversation_id: UUID, seq: int) -> None:
    """Note as far as what was shown has been read."""
    await connection.execute(
        "UPDATE people.conversations SET read_seq = greatest(read_seq, %s) WHERE id = %s AND read_seq < %s",
        (seq, conversation_id, seq),
    )


async def canned_of(connection: Connection, staff: Staff) -> list[Canned]:
    """Return the answers that a structure keeps ready."""
    cursor = await connection.execute(
        "SELECT id, title, text FROM people.canned_answers WHERE structure_id IS NOT DISTINCT FROM %s ORDER BY title",
        (staff.structure_id,),
    )
    return [Canned(**row) for row in await cursor.fetchall()]


async def keep_canned(
    connection: Connection, staff: Staff, identifier: UUID | None, title: str, text: str, now: datetime
) -> bool:
    """Keep an answer ready, or change one; False for what is blank or too long."""
    title, text = " ".join(title.split()), text.strip()
    if not (0 < len(title) <= LONGEST_TITLE and 0 < len(text) <= LONGEST_ANSWER):
        return False
    if identifier is None:
        await connection.execute(
            "INSERT INTO people.canned_answers (id, structure_id, title, text, created_at) VALUES (%s, %s, %s, %s, %s)",
            (uuid4(), staff.structure_id, title, text, now),
        )
    else:
        await connection.execute(
            "UPDATE people.canned_answers SET title = %s, text = %s"
            " WHERE id = %s AND structure_id IS NOT DISTINCT FROM %s",
            (title, text, identifier, staff.structure_id),
        )
    return True


async def remove_canned(connection: Connection, staff: Staff, identifier: UUID) -> None:
    """Remove an answer kept ready."""
    await connection.execute(
        "DELETE FROM people.canned_answers WHERE id = %s AND structure_id IS NOT DISTINCT FROM %s",
        (identifier, staff.structure_id),
    )
