"""The gateway's connections. Each is checked before it is lent, so that a restarted server goes unnoticed."""

from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]

PATIENCE = 1.0  # seconds to wait for a connection before saying that the service restarts


def make_pool(url: str, size: int, name: str) -> Pool:
    """Make a pool, not opened yet; the database need not be up when it is."""
    options: dict[str, Any] = {
        "row_factory": dict_row,
        "connect_timeout": 2,
        "application_name": f"piste-{name}",
        "options": "-c statement_timeout=10000 -c jit=off",
    }

    async def check(connection: Connection) -> None:
        try:
            await AsyncConnectionPool.check_connection(connection)
        except OperationalError:
            await pool.drain()  # the others died with the same server: trying each of them takes seconds
            raise

    pool = AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        timeout=PATIENCE,
        reconnect_timeout=5,
        kwargs=options,
        check=check,
        open=False,
    )
    return pool
