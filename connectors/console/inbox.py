"""The inbox: conversations that somebody sees, filtered, searched, a page at a time.

Pages follow each other by the last row shown (its time and id), never by counting from the start: the thousandth is
as fast as the first.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from connectors.console.rights import Staff, visible
from connectors.database import Connection

PAGE = 50
COUNTED_TO = 99  # « 99+ » says enough, and counting further is slow
PARIS = ZoneInfo("Europe/Paris")
State = Literal["waiting", "flagged", "unclear", "unread", "taken", "to_review", "reviewed"]

# A state as SQL: the partial indexes of migration 0010 hold the same words.
STATES: dict[State, str] = {
    "waiting": "c.waiting_since IS NOT NULL",
    "flagged": "c.flagged_at IS NOT NULL",
    "unclear": "c.unclear > 0",
    "unread": "c.heard_seq > c.read_seq",
    "taken": "c.taken_by IS NOT NULL",
    "to_review": "c.reviewed_at IS NULL",
    "reviewed": "c.reviewed_at IS NOT NULL",
}
ROWS = """
SELECT c.id, c.channel, c.created_at, c.active_at, c.state, c.waiting_since, c.flagged_at, c.unclear, c.heard_seq,
    c.read_seq, c.themes, c.department, c.reviewed_at, c.event_id, taker.name AS taken_by_name,
    assigned.name AS assigned_name, m.text, m.masks,
    ARRAY(SELECT tag FROM people.tags t WHERE t.conversation_id = c.id
        AND t.structure_id IS NOT DISTINCT FROM %(structure)s ORDER BY tag) AS tags
FROM (SELECT * FROM people.conversations c WHERE {where}
    ORDER BY c.active_at DESC, c.id DESC LIMIT %(limit)s) c
LEFT JOIN people.messages m ON m.conversation_id = c.id AND m.seq = c.heard_seq
LEFT JOIN people.staff taker ON taker.id = c.taken_by
LEFT JOIN people.staff assigned ON assigned.id = c.assigned_to
ORDER BY c.active_at DESC, c.id DESC
"""
COUNTED: dict[str, str] = {
    "waiting": STATES["waiting"],
    "flagged": STATES["flagged"] + " AND c.reviewed_at IS NULL",
    "unread": STATES["unread"],
    "mine": "c.assigned_to = %(me)s AND c.reviewed_at IS NULL",
}


@dataclass(frozen=True)
class Filters:
    """What an inbox shows; everything is optional."""

    state: State | None = None
    words: str = ""
    theme: str = ""
    department: str = ""
    event: str = ""
    channel: str = ""
    tag: str = ""
    assigned: Literal["", "me", "nobody"] = ""
    begins: date | None = None
    ends: date | None = None
    before: tuple[datetime, UUID] | None = None  # the last row of the page before
    ignored: tuple[str, ...] = field(default=())  # what was asked and is none of these


@dataclass(frozen=True)
class Row:
    """One conversation of the list; `text` with its `masks`, None where they were not looked for yet."""

    id: UUID
    channel: str
    created_at: datetime
    active_at: datetime
    state: str
    waiting_since: datetime | None
    flagged_at: datetime | None
    unclear: int
    heard_seq: int
    read_seq: int
    themes: list[str]
    department: str | None
    reviewed_at: datetime | None
    event_id: str | None
    taken_by_name: str | None
    assigned_name: str | None
    text: str | None
    masks: list[list[Any]] | None
    tags: list[str]

    @property
    def is_unread(self) -> bool:
        """Say whether the person wrote since somebody read."""
        return self.heard_seq > self.read_seq


def read_filters(asked: dict[str, str]) -> Filters:
    """Read the inbox's own address; what cannot be read is left out and named in `ignored`."""
    wrong: list[str] = []
    state = asked.get("etat", "")
    if state and state not in get_args(State):
        wrong.append("etat")
    assigned = asked.get("a", "")
    if assigned not in ("", "me", "nobody"):
        wrong.append("a")
    return Filters(
        state=state if state in get_args(State) else None,  # type: ignore[arg-type]
        words=asked.get("q", "").replace("\0", "")[:200].strip(),
        theme=asked.get("theme", "")[:40],
        department=asked.get("departement", "").strip().upper()[:3],
        event=asked.get("evenement", "")[:200],
        channel=asked.get("canal", "")[:20],
        tag=asked.get("etiquette", "")[:40],
        assigned=assigned if assigned in ("me", "nobody") else "",  # type: ignore[arg-type]
        begins=_day(asked, "du", wrong),
        ends=_day(asked, "au", wrong),
        before=_cursor(asked.get("avant", "")),
        ignored=tuple(wrong),
    )


def _day(asked: dict[str, str], name: str, wrong: list[str]) -> date | None:
    given = asked.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        wrong.append(name)
        return None


def _cursor(given: str) -> tuple[datetime, UUID] | None:
    moment, _, identifier = given.rpartition("_")
    try:
        return (datetime.fromisoformat(moment), UUID(identifier)) if given else None
    except ValueError:
        return None


def cursor_of(row: Row) -> str:
    """Return what the address of the next page says of this one's last row."""
    return f"{row.active_at.isoformat()}_{row.id}"


def condition(filters: Filters, staff: Staff) -> tuple[str, dict[str, Any]]:
    """Return the SQL that holds for what is asked, among what somebody sees."""
    seen, values = visible(staff)
    parts = [seen]
    if filters.state:
        parts.append(STATES[filters.state])
    given: dict[str, tuple[str, Any]] = {
        "theme": ("c.themes @> ARRAY[%(theme)s]", filters.theme),
        "department": ("c.department = %(department)s", filters.department),
        "event": ("c.event_id = %(event)s", filters.event),
        "channel": ("c.channel = %(channel)s", filters.channel),
        "begins": ("c.active_at >= %(begins)s", filters.begins and _midnight(filters.begins)),
        "ends": ("c.active_at < %(ends)s", filters.ends and _midnight(filters.ends + timedelta(days=1))),
        "tag": (
            "EXISTS (SELECT FROM people.tags t WHERE t.conversation_id = c.id AND t.tag = %(tag)s"
            " AND t.structure_id IS NOT DISTINCT FROM %(structure)s)",
            filters.tag,
        ),
        "words": (
            "EXISTS (SELECT FROM people.conversation_words w WHERE w.conversation_id = c.id"
            " AND w.words @@ to_tsquery('knowledge.french', %(words)s))",
            wanted(filters.words),
        ),
    }
    for name, (part, value) in given.items():
        if value:
            parts.append(part)
            values[name] = value
    if filters.assigned:
        parts.append("c.assigned_to = %(me)s" if filters.assigned == "me" else "c.assigned_to IS NULL")
    if filters.before:
        parts.append("(c.active_at, c.id) < (%(before_at)s, %(before_id)s)")
        values |= {"before_at": filters.before[0], "before_id": filters.before[1]}
    return " AND ".join(parts), values | {"me": staff.id, "structure": staff.structure_id}


def wanted(words: str) -> str:
    """Return the words of a search as PostgreSQL takes them: all of them, each by its beginning.

    The French stemmer of PostgreSQL leaves « vélos » as it is, since an « o » stands before its « s ».
    """
    return " & ".join(f"{re.sub('(?<=...)[sx]$', '', word)}:*" for word in re.findall(r"\w+", words))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


async def find(connection: Connection, staff: Staff, filters: Filters, page: int = PAGE) -> tuple[list[Row], bool]:
    """Return a page of conversations, the latest first, and whether there are more."""
    where, values = condition(filters, staff)
    cursor = await connection.execute(ROWS.format(where=where), values | {"limit": page + 1})
    rows = [Row(**row) for row in await cursor.fetchall()]
    return rows[:page], len(rows) > page


async def counts(connection: Connection, staff: Staff) -> dict[str, int]:
    """Return how many wait, are flagged, unread, or mine to do; one more than COUNTED_TO says that there are more."""
    seen, values = visible(staff)
    columns = [
        f"(SELECT count(*) FROM (SELECT FROM people.conversations c WHERE {part} AND {seen}"
        f" LIMIT {COUNTED_TO + 1}) one) AS {name}"
        for name, part in COUNTED.items()
    ]
    cursor = await connection.execute("SELECT " + ", ".join(columns), values | {"me": staff.id})
    row = await cursor.fetchone()
    return dict(row or {})


def short(identifier: UUID) -> str:
    """Name a conversation as counsellors say it aloud: the beginning of its id."""
    return re.sub(r"-.*", "", str(identifier))
