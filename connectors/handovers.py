"""A human in the conversation: called, come, silent too long, gone again. The bot is silent meanwhile.

A call is a row of `people.calls` from the moment somebody asked until a counsellor came, or the bot said that none was
free. Who holds the conversation stands in `people.conversations`: `state` and `taken_by`.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg import Error as DatabaseError
from psycopg.types.json import Jsonb
from psycopg_pool import PoolTimeout

from connectors import conversations, texts
from connectors.clock import Clock
from connectors.concerns import concern
from connectors.database import Connection, Pool

logger = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds
HERE = timedelta(minutes=5)  # seen in the console since then: at work now
DUTY_ANSWERS_WITHIN = timedelta(minutes=5)
TYPING = "typing"  # a name that LISTEN and NOTIFY use
NOBODY, HANDED_BACK = "/EXTERNAL_nobody_came", "/EXTERNAL_handed_back"

# Who could answer now: a structure that the conversation concerns, else one of its department, the least called.
ABLE = """
SELECT s.id AS structure_id, s.name FROM people.conversations c
JOIN people.structures s ON s.closed_at IS NULL
LEFT JOIN people.concerns k ON k.conversation_id = c.id AND k.structure_id = s.id
WHERE c.id = %(conversation)s AND (k.structure_id IS NOT NULL OR c.department = ANY (s.departments))
    AND EXISTS (
        SELECT FROM people.staff p JOIN people.staff_sessions x ON x.staff_id = p.id
        WHERE p.structure_id = s.id AND p.role <> 'administrator' AND p.disabled_at IS NULL AND x.seen_at > %(here)s)
ORDER BY k.since NULLS LAST, (
    SELECT count(*) FROM people.calls o WHERE o.structure_id = s.id AND o.answered_at IS NULL AND o.given_up_at IS NULL
), s.name LIMIT 1
"""
ON_DUTY = """
SELECT c.flagged_at IS NOT NULL AS flagged FROM people.conversations c
WHERE c.id = %(conversation)s AND EXISTS (
    SELECT FROM people.staff p JOIN people.staff_sessions x ON x.staff_id = p.id
    WHERE p.duty AND p.disabled_at IS NULL AND x.seen_at > %(here)s)
"""
TOO_LONG = """
SELECT c.id FROM people.conversations c JOIN people.calls k
    ON k.conversation_id = c.id AND k.answered_at IS NULL AND k.given_up_at IS NULL
LEFT JOIN people.structures s ON s.id = k.structure_id
WHERE c.waiting_since IS NOT NULL
    AND k.asked_at < %(now)s - coalesce(make_interval(mins => s.answers_within), %(duty)s)
"""
# A counsellor who took a conversation and leaves its person without a word as long as that.
GONE_SILENT = """
SELECT c.id FROM people.conversations c
JOIN people.staff p ON p.id = c.taken_by LEFT JOIN people.structures s ON s.id = p.structure_id
JOIN LATERAL (
    SELECT min(m.created_at) AS since FROM people.messages m
    WHERE m.conversation_id = c.id AND m.author = 'user' AND m.created_at > c.taken_at AND m.seq > coalesce(
        (SELECT max(seq) FROM people.messages a WHERE a.conversation_id = c.id AND a.author = 'counsellor'), 0)
) unanswered ON unanswered.since < %(now)s - coalesce(make_interval(mins => s.answers_within), %(duty)s)
WHERE c.state = 'counsellor'
"""


@dataclass(frozen=True)
class Counsellor:
    """Who takes a conversation, as its person is told."""

    id: UUID
    name: str
    structure_name: str | None


@dataclass(frozen=True)
class Left:
    """What a counsellor leaves to the bot, and the person reads; `aim` is the kind of card shown next, or nothing."""

    by: str
    summary: str
    aim: str = ""
    likes: tuple[str, ...] = ()
    place: str = ""


class AlreadyTaken(Exception):
    """Somebody else holds the conversation."""


class NotHeld(Exception):
    """Who writes or hands back does not hold the conversation."""


@dataclass(frozen=True)
class Able:
    """Who could answer a person now: a structure, or else (`structure_id` null) who has the duty."""

    structure_id: UUID | None
    structure_name: str | None


@dataclass(frozen=True)
class There:
    """Who is at work in the console, for one conversation; the duty answers those flagged alone."""

    able: Able | None
    duty: bool


async def who_is_there(connection: Connection, conversation_id: UUID, now: datetime) -> There:
    """Say who could answer this person now, and whether somebody has the duty."""
    asked = {"conversation": conversation_id, "here": now - HERE}
    structure = await (await connection.execute(ABLE, asked)).fetchone()
    duty = await (await connection.execute(ON_DUTY, asked)).fetchone()
    if structure:
        return There(Able(structure["structure_id"], structure["name"]), duty is not None)
    return There(Able(None, None) if duty and duty["flagged"] else None, duty is not None)


async def call(connection: Connection, conversation_id: UUID, now: datetime) -> None:
    """Call a human in, who sees the conversation from then on; where nobody can come, the bot says so at once."""
    able = (await who_is_there(connection, conversation_id, now)).able
    if able is None:
        await conversations.add_turn(connection, conversation_id, now, "event", NOBODY)
        return
    if able.structure_id is not None:
        await concern(connection, conversation_id, able.structure_id, "handover", now)
    await connection.execute(
        "INSERT INTO people.calls (id, conversation_id, structure_id, asked_at)"
        " SELECT %s, id, %s, %s FROM people.conversations WHERE id = %s AND waiting_since IS NULL AND taken_by IS NULL",
        (uuid4(), able.structure_id, now, conversation_id),
    )
    await connection.execute(
        "UPDATE people.conversations SET waiting_since = %s"
        " WHERE id = %s AND waiting_since IS NULL AND taken_by IS NULL",
        (now, conversation_id),
    )


async def take(connection: Connection, conversation_id: UUID, counsellor: Counsellor, now: datetime) -> None:
    """Let a counsellor hold the conversation, and its person know who speaks. Raises AlreadyTaken.

    Waits for a turn that is being run: nothing of the bot comes after the counsellor was announced.
    """
    await hold(connection, conversation_id)
    cursor = await connection.execute(
        "UPDATE people.conversations SET state = 'counsellor', taken_by = %(who)s, taken_at = %(now)s,"
        " waiting_since = NULL, assigned_to = coalesce(assigned_to, %(who)s)"
        " WHERE id = %(conversation)s AND taken_by IS NULL",
        {"who": counsellor.id, "now": now, "conversation": conversation_id},
    )
    if not cursor.rowcount:
        raise AlreadyTaken
    await connection.execute("SELECT pg_notify(%s, %s)", (conversations.CHANNEL, str(conversation_id)))
    await connection.execute(
        "UPDATE people.calls SET answered_at = %s, answered_by = %s"
        " WHERE conversation_id = %s AND answered_at IS NULL AND given_up_at IS NULL",
        (now, counsellor.id, conversation_id),
    )
    of = texts.OF_STRUCTURE.format(structure=counsellor.structure_name) if counsellor.structure_name else ""
    told = texts.TAKEN_OVER.format(name=counsellor.name, of=of)
    await conversations.add_message(connection, conversation_id, None, now, "system", told)


async def write(
    connection: Connection, conversation_id: UUID, counsellor: Counsellor, text: str, now: datetime
) -> None:
    """Say something to the person, by the channel they use. Raises NotHeld."""
    await check_holder(connection, conversation_id, counsellor.id)
    await conversations.add_message(
        connection, conversation_id, None, now, "counsellor", text, author_name=counsellor.name
    )


async def hand_back(connection: Connection, conversation_id: UUID, staff_id: UUID, left: Left, now: datetime) -> None:
    """Give the conversation back to the bot, which goes on from what is left to it. Raises NotHeld."""
    await hold(connection, conversation_id)
    await check_holder(connection, conversation_id, staff_id)
    await release(connection, conversation_id)
    await connection.execute(
        "UPDATE people.conversations SET handback = %s WHERE id = %s", (Jsonb(asdict(left)), conversation_id)
    )
    await conversations.add_turn(connection, conversation_id, now, "event", HANDED_BACK)


async def tell_typing(connection: Connection, conversation_id: UUID, staff_id: UUID) -> None:
    """Have whoever reads the conversation see that its counsellor is writing."""
    await connection.execute(
        "SELECT pg_notify(%s, id::text) FROM people.conversations WHERE id = %s AND taken_by = %s",
        (TYPING, conversation_id, staff_id),
    )


async def check_holder(connection: Connection, conversation_id: UUID, staff_id: UUID) -> None:
    """Raise NotHeld unless this counsellor holds the conversation; it stays so until the transaction ends."""
    cursor = await connection.execute(
        "SELECT 1 FROM people.conversations WHERE id = %s AND taken_by = %s FOR UPDATE", (conversation_id, staff_id)
    )
    if await cursor.fetchone() is None:
        raise NotHeld


async def hold(connection: Connection, conversation_id: UUID) -> None:
    """Take the conversation's turn lock for this transaction, after the turn that is being run."""
    await connection.execute("SET LOCAL statement_timeout = '20s'")
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (str(conversation_id),))


async def release(connection: Connection, conversation_id: UUID) -> None:
    """Let the bot hold the conversation again."""
    await connection.execute(
        "UPDATE people.conversations SET state = 'bot', taken_by = NULL, taken_at = NULL, waiting_since = NULL"
        " WHERE id = %s",
        (conversation_id,),
    )


async def give_up_forever(pool: Pool, clock: Clock, kick: Callable[[UUID], None]) -> None:
    """Have the bot speak again where nobody came, or who came went silent; now and then, for ever."""
    while True:
        try:
            for conversation_id in await give_up(pool, clock):
                kick(conversation_id)
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("calls left for later: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)


async def give_up(pool: Pool, clock: Clock) -> list[UUID]:
    """End the calls that nobody answered and the silences that last; returns their conversations."""
    now, ended = clock.now(), []
    times = {"now": now, "duty": DUTY_ANSWERS_WITHIN}
    async with pool.connection() as connection:
        over = await (await connection.execute(TOO_LONG, times)).fetchall()
        silent = await (await connection.execute(GONE_SILENT, times)).fetchall()
    for came, rows in ((False, over), (True, silent)):
        for row in rows:
            async with pool.connection() as connection:
                if await _end(connection, row["id"], came, now):
                    ended.append(row["id"])
    return ended


async def _end(connection: Connection, conversation_id: UUID, came: bool, now: datetime) -> bool:
    """Put the bot's word in line, once, whichever gateway looks first."""
    await hold(connection, conversation_id)
    held = "taken_by IS NOT NULL" if came else "waiting_since IS NOT NULL"
    cursor = await connection.execute(
        f"SELECT 1 FROM people.conversations WHERE id = %s AND {held} FOR UPDATE", (conversation_id,)
    )
    if await cursor.fetchone() is None:
        return False
    await release(connection, conversation_id)
    await connection.execute(
        "UPDATE people.calls SET given_up_at = %s"
        " WHERE conversation_id = %s AND answered_at IS NULL AND given_up_at IS NULL",
        (now, conversation_id),
    )
    told = NOBODY + json.dumps({"came": came})
    await conversations.add_turn(connection, conversation_id, now, "event", told)
    return True
