"""Where the database is and how the library talks to it."""

import os
from pathlib import Path
from typing import Any

from pgvector.psycopg import register_vector
from psycopg import Connection, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from knowledge_base.errors import DatabaseUnavailable

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 3.0  # seconds that a caller waits for a connection
# Share of three-letter groups that a misspelt word has in common with the word that was meant: docs/decisions/0010.
LIKE_FROM = 0.45

Pool = ConnectionPool[Connection[DictRow]]


def find_url() -> str:
    """Return DATABASE_URL, or the address that the running Piste of this folder wrote."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return given
    written = Path(os.environ.get("PISTE_INSTANCE", ROOT / "var" / "live")) / "database.url"
    try:
        return written.read_text().strip()
    except OSError as error:
        raise DatabaseUnavailable(
            "no database is running here. Remedy: `make run` in another terminal, or set DATABASE_URL"
        ) from error


def open_pool(url: str, size: int = 4) -> Pool:
    """Open a pool that checks each connection before lending it: a restarted server is not noticed by callers."""

    def configure(connection: Connection[Any]) -> None:
        register_vector(connection)
        connection.commit()

    def check(connection: Connection[Any]) -> None:
        try:
            ConnectionPool.check_connection(connection)
        except OperationalError:
            pool.drain()  # the others died with the same server: trying each of them takes seconds
            raise

    pool = ConnectionPool(
        url,
        min_size=1,
        max_size=size,
        timeout=PATIENCE,
        kwargs={
            "row_factory": dict_row,
            "connect_timeout": 3,
            "application_name": "piste-knowledge",
            # Planned each time: what a statement is asked for (a place, no level) decides how it is best run.
            "options": "-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=64MB"
            f" -c plan_cache_mode=force_custom_plan -c pg_trgm.similarity_threshold={LIKE_FROM}",
        },
        configure=configure,
        check=check,
        open=True,
    )
    return pool


UNAVAILABLE = (OperationalError, PoolTimeout)
