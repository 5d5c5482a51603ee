"""What people type in forms: kept as records, and found by the very next search."""

from collections.abc import Iterator
from datetime import datetime

from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.entries import Entry, item_entry
from knowledge_base.records import Item
from knowledge_base.records.typed import Record, record_of
from knowledge_base.staging import DUPLICATES, Staging

COLLECTION = "console"
ONE_AT_A_TIME = 7_474_833  # not the imports' lock: one of them may take half an hour, which nobody who types waits for
UPSERT = """
INSERT INTO knowledge.kept_records (id, kind, record, changed_at) VALUES (%(id)s, %(kind)s, %(record)s, %(now)s)
ON CONFLICT (id) DO UPDATE SET record = excluded.record, changed_at = excluded.changed_at
"""
ALIKE = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT likeness_key FROM knowledge.items WHERE id = %s AND collection = %s
"""


def keep(pool: Pool, encoder: Encoder, record: Record, now: datetime) -> Item:
    """Write a record and its place in the index, in one transaction; one of the same id is replaced."""
    with pool.connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        publish(connection, pool, encoder, record)
        row = {"id": record.id, "kind": record.kind, "record": Jsonb(record.model_dump(mode="json")), "now": now}
        connection.execute(UPSERT, row)
    return record.item()


def publish(connection: Connection[DictRow], pool: Pool, encoder: Encoder, record: Record) -> None:
    """Put a record into the index in the transaction of `connection`."""
    staging = Staging(connection, COLLECTION, whole=False)
    staging.add(item_entry(record.item()))
    staging.finish()
    staging.embed(pool, encoder, lambda _: None)
    staging.publish(encoder)


def forget(pool: Pool, item_id: str) -> bool:
    """Remove a record from the index and from what is kept; false where there was none."""
    with pool.connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        connection.execute(ALIKE, (item_id, COLLECTION))
        connection.execute("DELETE FROM knowledge.items WHERE id = %s AND collection = %s", (item_id, COLLECTION))
        connection.execute(DUPLICATES)
        gone = connection.execute("DELETE FROM knowledge.kept_records WHERE id = %s", (item_id,))
        return gone.rowcount > 0


def entries(pool: Pool) -> Iterator[Entry]:
    """Yield all that is kept, as it goes into the index."""
    with pool.connection() as connection:
        rows = connection.execute("SELECT kind, record FROM knowledge.kept_records ORDER BY id").fetchall()
    for row in rows:
        yield item_entry(record_of(row["kind"], row["record"]).item())


def fingerprint(pool: Pool) -> str:
    """Change whenever something kept does."""
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT md5(string_agg(id || changed_at, ',' ORDER BY id)) AS all FROM knowledge.kept_records"
        ).fetchone()
    return str(row["all"]) if row else ""
