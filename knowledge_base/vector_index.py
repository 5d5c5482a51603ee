"""The HNSW indexes by which the nearest texts of a kind are found without comparing them all."""

from typing import Any

from psycopg import Connection

KINDS_INDEXED = ("training", "event", "place")
# Filling an index row by row costs about 2 ms a row; above this many rows it is dropped and built at once.
BUILT_AT_ONCE_FROM = 20_000
# docs/decisions/0010: recall@10 against exact search, time of building, memory.
OPTIONS = "m = 16, ef_construction = 96"


def name_of(kind: str, dimensions: int) -> str:
    """Return an index's name; another encoder's dimensions are another index."""
    return f"texts_nearest_{kind}_{dimensions}"


def ensure(connection: Connection[Any], dimensions: int) -> None:
    """Create the indexes that are missing."""
    connection.execute("SET LOCAL maintenance_work_mem = '1GB'")
    connection.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    for kind in KINDS_INDEXED:
        connection.execute(
            f"CREATE INDEX IF NOT EXISTS {name_of(kind, dimensions)} ON knowledge.texts"
            f" USING hnsw ((embedding::halfvec({dimensions})) halfvec_cosine_ops) WITH ({OPTIONS})"
            f" WHERE kind = '{kind}'"
        )


def drop(connection: Connection[Any], dimensions: int) -> None:
    """Drop the indexes, before many rows come in."""
    for kind in KINDS_INDEXED:
        connection.execute(f"DROP INDEX IF EXISTS knowledge.{name_of(kind, dimensions)}")
