"""Who is signed in: sessions in the database, found by the hash of what a cookie holds."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from connectors.console.rights import Role, Staff
from connectors.conversations import hash_token
from connectors.database import Connection

COOKIE = "piste_console"
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)  # a working day
NOTED_EVERY = timedelta(minutes=1)  # `seen_at` is no more precise than that: each page would write a row
HERE = timedelta(minutes=5)  # seen since then: at work now

FIND = """
SELECT s.seen_at, p.id, p.name, p.login, p.role, p.duty, p.structure_id, t.name AS structure_name
FROM people.staff_sessions s
JOIN people.staff p ON p.id = s.staff_id
LEFT JOIN people.structures t ON t.id = p.structure_id
WHERE s.hash = %(hash)s AND s.seen_at > %(idle)s AND s.created_at > %(longest)s
    AND p.disabled_at IS NULL AND t.closed_at IS NULL
"""


@dataclass(frozen=True)
class Session:
    """A browser in which somebody is signed in; `token` is what its cookie holds."""

    token: str
    staff: Staff


async def open_session(connection: Connection, staff_id: UUID, now: datetime) -> str:
    """Sign somebody in; returns what the cookie is to hold."""
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "INSERT INTO people.staff_sessions (hash, staff_id, created_at, seen_at) VALUES (%s, %s, %s, %s)",
        (hash_token(token), staff_id, now, now),
    )
    return token


async def find_session(connection: Connection, token: str, now: datetime) -> Session | None:
    """Return the session that a cookie's content opens, None if it is over, or its account closed."""
    cursor = await connection.execute(FIND, {"hash": hash_token(token), "idle": now - IDLE, "longest": now - LONGEST})
    row = await cursor.fetchone()
    if row is None:
        return None
    if now - row["seen_at"] > NOTED_EVERY:
        await connection.execute(
            "UPDATE people.staff_sessions SET seen_at = %s WHERE hash = %s", (now, hash_token(token))
        )
    return Session(token, staff_of(row))


def staff_of(row: dict[str, object]) -> Staff:
    """Make a Staff of a row that names its columns so."""
    return Staff(**{name: row[name] for name in Staff.__dataclass_fields__} | {"role": Role(str(row["role"]))})  # type: ignore[arg-type]


async def close_session(connection: Connection, token: str) -> None:
    """Sign out."""
    await connection.execute("DELETE FROM people.staff_sessions WHERE hash = %s", (hash_token(token),))


async def close_sessions_of(connection: Connection, staff_id: UUID) -> None:
    """Sign somebody out everywhere: their password, their second factor or their rights have changed."""
    await connection.execute("DELETE FROM people.staff_sessions WHERE staff_id = %s", (staff_id,))
