"""Accounts: found to sign in, created, given a link by which their owner chooses a password; tries counted."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from connectors.console import sessions
from connectors.console.rights import Role
from connectors.conversations import hash_token
from connectors.database import Connection
from connectors.seal import Seal

LINK_LASTS = timedelta(hours=24)
LOCKED_FOR = timedelta(minutes=15)
TRIES_OF_ACCOUNT, TRIES_OF_ADDRESS = 5, 20


class AccountError(Exception):
    """What an account cannot be; the message says it to whoever runs the command."""


@dataclass(frozen=True)
class Account:
    """What signing in looks at."""

    id: UUID
    login: str
    name: str
    password_hash: str | None


async def find(connection: Connection, login: str) -> Account | None:
    """Return an open account of an open structure by its login."""
    cursor = await connection.execute(
        "SELECT p.id, p.login, p.name, p.password_hash FROM people.staff p"
        " LEFT JOIN people.structures s ON s.id = p.structure_id"
        " WHERE p.login = %s AND p.disabled_at IS NULL AND s.closed_at IS NULL",
        (login.strip().lower(),),
    )
    row = await cursor.fetchone()
    return Account(**row) if row else None


async def is_locked(connection: Connection, seal: Seal, login: str, address: str, now: datetime) -> bool:
    """Say whether an account, or an address, was tried too often lately."""
    cursor = await connection.execute(
        "SELECT count(*) FILTER (WHERE key = %(account)s) AS account,"
        " count(*) FILTER (WHERE key = %(address)s) AS address"
        " FROM people.sign_in_failures WHERE key IN (%(account)s, %(address)s) AND at > %(since)s",
        {"since": now - LOCKED_FOR, **_keys(seal, login, address)},
    )
    row = await cursor.fetchone() or {}
    return bool(row["account"] >= TRIES_OF_ACCOUNT or row["address"] >= TRIES_OF_ADDRESS)


async def count_failure(connection: Connection, seal: Seal, login: str, address: str, now: datetime) -> None:
    """Count a try that failed; who tried what stands there as keyed hashes."""
    for key in _keys(seal, login, address).values():
        await connection.execute("INSERT INTO people.sign_in_failures (key, at) VALUES (%s, %s)", (key, now))


def _keys(seal: Seal, login: str, address: str) -> dict[str, bytes]:
    login = login.strip().lower()
    return {"account": seal.hash("sign-in", "account", login), "address": seal.hash("sign-in", "address", address)}


async def create(
    connection: Connection, login: str, name: str, role: Role, structure: str | None, *, duty: bool, now: datetime
) -> UUID:
    """Create an account, in a structure by its name or in none. Raises AccountError."""
    login, structure_id = login.strip().lower(), None
    if structure is not None:
        cursor = await connection.execute("SELECT id FROM people.structures WHERE name = %s", (structure,))
        row = await cursor.fetchone()
        if row is None:
            raise AccountError(
                f"no structure is called {structure!r}. Remedy: `python -m connectors console create-structure`"
            )
        structure_id = row["id"]
    if structure_id is None and not duty and role is not Role.ADMINISTRATOR:
        raise AccountError("without --structure, an account is an administrator's or has the --duty")
    if structure_id is not None and duty:
        raise AccountError("who has the --duty is of no structure")
    identifier = uuid4()
    cursor = await connection.execute(
        "INSERT INTO people.staff (id, structure_id, login, name, role, duty, created_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (identifier, structure_id, login, name, role, duty, now),
    )
    if not cursor.rowcount:
        raise AccountError(
            f"{login} has an account already. Remedy: `python -m connectors console reset-password {login}`"
        )
    return identifier


async def create_structure(connection: Connection, name: str, kind: str, departments: list[str], now: datetime) -> None:
    """Create a structure. Raises AccountError where one has this name."""
    cursor = await connection.execute(
        "INSERT INTO people.structures (id, name, kind, departments, created_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (uuid4(), name, kind, departments, now),
    )
    if not cursor.rowcount:
        raise AccountError(f"a structure is called {name!r} already")


async def make_link(connection: Connection, login: str, now: datetime) -> str:
    """Return the token of a link by which somebody chooses a password, once. Raises AccountError."""
    account = await find(connection, login)
    if account is None:
        raise AccountError(f"no open account is {login}")
    token = secrets.token_urlsafe(24)
    await connection.execute("DELETE FROM people.password_links WHERE staff_id = %s", (account.id,))
    await connection.execute(
        "INSERT INTO people.password_links (hash, staff_id, expires_at) VALUES (%s, %s, %s)",
        (hash_token(token), account.id, now + LINK_LASTS),
    )
    return token


async def account_of_link(connection: Connection, token: str, now: datetime) -> Account | None:
    """Return whose password a link lets choose, None where it lets none any more."""
    cursor = await connection.execute(
        "SELECT p.id, p.login, p.name, p.password_hash FROM people.password_links l"
        " JOIN people.staff p ON p.id = l.staff_id"
        " WHERE l.hash = %s AND l.expires_at > %s AND p.disabled_at IS NULL FOR UPDATE OF l",
        (hash_token(token), now),
    )
    row = await cursor.fetchone()
    return Account(**row) if row else None


async def set_password(connection: Connection, account: Account, password_hash: str) -> None:
    """Change a password: its links and sessions end."""
    await connection.execute("UPDATE people.staff SET password_hash = %s WHERE id = %s", (password_hash, account.id))
    await connection.execute("DELETE FROM people.password_links WHERE staff_id = %s", (account.id,))
    await sessions.close_sessions_of(connection, account.id)


async def disable(connection: Connection, login: str, now: datetime) -> None:
    """Close an account at once. Raises AccountError."""
    cursor = await connection.execute(
        "UPDATE people.staff SET disabled_at = %s WHERE login = %s AND disabled_at IS NULL RETURNING id",
        (now, login.strip().lower()),
    )
    row = await cursor.fetchone()
    if row is None:
        raise AccountError(f"no open account is {login}")
    await sessions.close_sessions_of(connection, row["id"])


async def forget_expired(connection: Connection, now: datetime) -> None:
    """Remove sessions, links and tries that count no more."""
    await connection.execute(
        "DELETE FROM people.staff_sessions WHERE seen_at < %s OR created_at < %s",
        (now - sessions.IDLE, now - sessions.LONGEST),
    )
    await connection.execute("DELETE FROM people.password_links WHERE expires_at < %s", (now,))
    await connection.execute("DELETE FROM people.sign_in_failures WHERE at < %s", (now - LOCKED_FOR,))
