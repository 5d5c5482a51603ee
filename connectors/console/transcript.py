"""One conversation as counsellors read it: masked, with what the bot understood and why it proposed what it did."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from connectors.console import masks
from connectors.console.masks import Piece
from connectors.console.rights import Staff
from connectors.console.understanding import Understood, understood_of
from connectors.database import Connection

Hide = Callable[[str], str]
REVEALED_FOR = timedelta(minutes=15)
MOST = 500  # messages on a page, the latest
HIDDEN = "[…]"

HEAD = """
SELECT c.id, c.channel, c.origin, c.state, c.created_at, c.active_at, c.waiting_since, c.taken_by, c.taken_at,
    c.assigned_to, c.reviewed_at, c.flagged_at, c.unclear, c.last_seq, c.read_seq, c.themes, c.department, c.event_id,
    c.profile, taker.name AS taken_by_name, reviewer.name AS reviewed_by_name, i.title AS event_title,
    (SELECT min(k.why) FROM people.concerns k WHERE k.conversation_id = c.id AND k.structure_id = %(structure)s) AS why,
    ARRAY(SELECT DISTINCT danger FROM people.alarms a WHERE a.conversation_id = c.id) AS dangers
FROM people.conversations c
LEFT JOIN people.staff taker ON taker.id = c.taken_by
LEFT JOIN people.staff reviewer ON reviewer.id = c.reviewed_by
LEFT JOIN knowledge.items i ON i.id = c.event_id
WHERE c.id = %(conversation)s
"""
MESSAGES = """
SELECT * FROM (
    SELECT m.id, m.seq, m.turn_id, m.author, m.author_name, m.text, m.masks, m.buttons, m.cards, m.created_at, t.kind
    FROM people.messages m LEFT JOIN people.turns t ON t.id = m.turn_id
    WHERE m.conversation_id = %s AND m.seq > %s ORDER BY m.seq DESC LIMIT %s
) latest ORDER BY seq
"""


@dataclass(frozen=True)
class Proposed:
    """A card as counsellors see it."""

    kind: str
    title: str
    why: str
    source: str


@dataclass(frozen=True)
class Line:
    """One message; `understood` stands under the person's alone, and only for what they wrote."""

    seq: int
    turn_id: UUID | None
    author: str
    author_name: str
    created_at: datetime
    pieces: list[Piece]
    cards: list[Proposed]
    buttons: list[str]
    understood: Understood | None


@dataclass(frozen=True)
class Transcript:
    """A conversation; `head` holds the columns of HEAD, `told` what was understood of the person as sentences."""

    head: dict[str, Any]
    lines: list[Line]
    told: list[str]
    revealed: bool


async def read(
    connection: Connection, conversation_id: UUID, staff: Staff, now: datetime, *, after: int = 0
) -> Transcript | None:
    """Return the transcript, or what follows a seq; revealed where this person revealed it lately."""
    revealed = await is_revealed(connection, conversation_id, staff, now)
    return await _read(connection, conversation_id, staff.structure_id, after=after, revealed=revealed)


async def read_masked(connection: Connection, conversation_id: UUID) -> Transcript | None:
    """Return the transcript as it may leave the console."""
    return await _read(connection, conversation_id, None, after=0, revealed=False)


async def _read(
    connection: Connection, conversation_id: UUID, structure_id: UUID | None, *, after: int, revealed: bool
) -> Transcript | None:
    cursor = await connection.execute(HEAD, {"conversation": conversation_id, "structure": structure_id})
    head = await cursor.fetchone()
    if head is None:
        return None
    rows = await (await connection.execute(MESSAGES, (conversation_id, after, MOST))).fetchall()
    understood = await understood_of(connection, conversation_id)
    hide = _hider(() if revealed else rows)
    lines = [_line(row, understood, hide, revealed=revealed) for row in rows]
    told = [hide(one) for one in (head["profile"] or {}).get("told") or ()]
    return Transcript(dict(head), lines, told, revealed)


async def is_revealed(connection: Connection, conversation_id: UUID, staff: Staff, now: datetime) -> bool:
    """Say whether this person asked, and said why, to see what is hidden: the audit's own line opens it for a time."""
    cursor = await connection.execute(
        "SELECT 1 FROM people.audit"
        " WHERE act = 'reveal' AND staff_id = %s AND conversation_id = %s AND at > %s LIMIT 1",
        (staff.id, conversation_id, now - REVEALED_FOR),
    )
    return await cursor.fetchone() is not None


def _line(row: dict[str, Any], understood: dict[UUID, Understood], hide: Hide, *, revealed: bool) -> Line:
    written = row["author"] == "user" and row["kind"] == "words"
    return Line(
        seq=row["seq"],
        turn_id=row["turn_id"],
        author=row["author"],
        author_name=row["author_name"],
        created_at=row["created_at"],
        pieces=masks.pieces(row["text"], row["masks"], revealed=revealed),
        cards=[Proposed(one["kind"], one["title"], hide(one["why"]), one["source"]) for one in row["cards"]],
        buttons=[hide(one["title"]) for one in row["buttons"]],
        understood=_hidden(understood.get(row["turn_id"]), hide) if written else None,
    )


def _hidden(one: Understood | None, hide: Hide) -> Understood | None:
    """Hide in what was understood what is hidden in the words."""
    if one is None:
        return None
    return Understood(
        one.intent,
        one.confidence,
        one.others,
        [(name, hide(value)) for name, value in one.entities],
        {name: hide(value) for name, value in one.slots.items()},
    )


def _hider(rows: Sequence[dict[str, Any]]) -> Hide:
    """Return a function that hides, in any text, what the masks of these messages hide."""
    words = {row["text"][start:end].strip() for row in rows for start, end, _ in row["masks"] or ()}
    found = sorted((re.escape(word) for word in words if word), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE) if found else None
    return lambda text: pattern.sub(HIDDEN, text) if pattern else text
