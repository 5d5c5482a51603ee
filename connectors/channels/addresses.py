"""Where somebody is written to on a platform: found by a keyed hash, encrypted, erased with its conversation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from connectors.database import Connection

DELIVERIES_KEPT = timedelta(days=8)  # no platform delivers again after a week


@dataclass(frozen=True)
class Address:
    """A row of `people.addresses`."""

    channel: str
    key: bytes
    sealed: bytes
    conversation_id: UUID
    heard_at: datetime
    stopped_at: datetime | None = None


async def is_new(connection: Connection, channel: str, delivery: bytes, now: datetime) -> bool:
    """Note what a platform delivered; false if it was already, in which case it waits for who is noting it."""
    cursor = await connection.execute(
        "INSERT INTO people.deliveries (hash, channel, received_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (delivery, channel, now),
    )
    return cursor.rowcount == 1


async def find(connection: Connection, channel: str, key: bytes) -> Address | None:
    """Return a known address, and hold it or its absence until the transaction ends."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('address ' || encode(%s, 'hex'), 0))", (key,)
    )
    cursor = await connection.execute("SELECT * FROM people.addresses WHERE channel = %s AND key = %s", (channel, key))
    row = await cursor.fetchone()
    return Address(**row) if row else None


async def latest(connection: Connection, conversation_id: UUID, channel: str) -> Address | None:
    """Return the address of a conversation that was last heard on a channel."""
    cursor = await connection.execute(
        "SELECT * FROM people.addresses WHERE conversation_id = %s AND channel = %s ORDER BY heard_at DESC LIMIT 1",
        (conversation_id, channel),
    )
    row = await cursor.fetchone()
    return Address(**row) if row else None


async def put(connection: Connection, address: Address) -> None:
    """Write an address, new or known, and have the conversation's replies leave by it."""
    await connection.execute(
        "INSERT INTO people.addresses (channel, key, sealed, conversation_id, heard_at)"
        " VALUES (%(channel)s, %(key)s, %(sealed)s, %(conversation_id)s, %(heard_at)s)"
        " ON CONFLICT (channel, key) DO UPDATE SET conversation_id = excluded.conversation_id,"
        " heard_at = excluded.heard_at, stopped_at = NULL",
        vars(address),
    )
    await connection.execute(
        "UPDATE people.conversations SET channel = %s, active_at = %s WHERE id = %s",
        (address.channel, address.heard_at, address.conversation_id),
    )


async def forget_waiting(connection: Connection, address: Address) -> None:
    """Take back what waits to be sent there."""
    await connection.execute(
        "DELETE FROM people.outbox WHERE conversation_id = %s AND channel = %s",
        (address.conversation_id, address.channel),
    )


async def stop(connection: Connection, address: Address, now: datetime) -> None:
    """Send nothing there any more, until they write again; what waits is not sent either."""
    await forget_waiting(connection, address)
    await close(connection, address, now)


async def close(connection: Connection, address: Address, now: datetime) -> None:
    """Let nothing more enter the outbox for an address; what waits there still leaves."""
    await connection.execute(
        "UPDATE people.addresses SET stopped_at = %s WHERE channel = %s AND key = %s",
        (now, address.channel, address.key),
    )


async def forget_deliveries(connection: Connection, now: datetime) -> None:
    """Forget deliveries too old to come again."""
    await connection.execute("DELETE FROM people.deliveries WHERE received_at < %s", (now - DELIVERIES_KEPT,))
