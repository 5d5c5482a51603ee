"""Replacing a collection all or nothing: rows are staged aside, then replace the old ones in one transaction."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from psycopg import Connection, sql
from psycopg.rows import DictRow

from knowledge_base import vector_index
from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.entries import Entry, item_row, text_rows

Say = Callable[[str], None]
BATCH = 2000
EMBEDDED_AT_ONCE = 2048
# Word weights are computed anew when this share of the texts changed: one new event does not change what is rare.
WEIGHED_AGAIN_FROM = 0.01

# Replaced whole by the one set that fills them.
WHOLE_TABLES = ("rome_fiches", "rome_neighbours", "rome_interests", "gazetteer")

CREATE = """
CREATE TEMP TABLE staged_items (LIKE knowledge.items INCLUDING DEFAULTS) ON COMMIT DROP;
CREATE TEMP TABLE staged_texts (
    item_id text, kind text, role text, text text, hash bytea, collection text
) ON COMMIT DROP;
CREATE TEMP TABLE staged_rome_fiches (LIKE knowledge.rome_fiches) ON COMMIT DROP;
CREATE TEMP TABLE staged_rome_neighbours (LIKE knowledge.rome_neighbours) ON COMMIT DROP;
CREATE TEMP TABLE staged_rome_interests (LIKE knowledge.rome_interests) ON COMMIT DROP;
CREATE TEMP TABLE staged_gazetteer (LIKE knowledge.gazetteer INCLUDING DEFAULTS) ON COMMIT DROP;
"""

# A commune named without coordinates gets those of the gazetteer: by its INSEE code, else by its postcode and name,
# else by its name alone where one commune of that name is far larger than its namesakes.
LOCATE = """
UPDATE staged_items s SET
    latitude = g.latitude, longitude = g.longitude, place_label = coalesce(s.place_label, g.name),
    details = jsonb_set(s.details, '{place,approximate}', 'true')
FROM knowledge.gazetteer g
WHERE s.latitude IS NULL AND s.details ? 'place' AND g.id = (
    SELECT id FROM knowledge.gazetteer n
    WHERE n.code_insee = s.details #>> '{place,code_insee}'
       OR (s.details #>> '{place,postcode}' = ANY (n.postcodes))
    ORDER BY n.code_insee IS NOT DISTINCT FROM s.details #>> '{place,code_insee}' DESC,
             similarity(n.folded, lower(unaccent(s.commune))) DESC, n.population DESC
    LIMIT 1)
"""
LOCATE_BY_NAME = """
UPDATE staged_items s SET
    latitude = g.latitude, longitude = g.longitude, place_label = coalesce(s.place_label, g.name),
    details = jsonb_set(s.details, '{place,approximate}', 'true')
FROM (
    SELECT DISTINCT ON (folded) *, lead(population) OVER (PARTITION BY folded ORDER BY population DESC) AS next_largest
    FROM knowledge.gazetteer ORDER BY folded, population DESC
) g
WHERE s.latitude IS NULL AND s.details ? 'place' AND s.details #>> '{place,postcode}' IS NULL
  AND g.folded = regexp_replace(lower(unaccent(s.commune)), '[^a-z0-9]+', ' ', 'g')
  AND g.population >= 5 * coalesce(g.next_largest, 0) AND g.population > 0
"""
# A source that knows the postcode alone: the card names the commune.
NAME_COMMUNE = r"""
UPDATE staged_items s SET
    commune = g.commune, details = jsonb_set(s.details, '{place,commune}', to_jsonb(g.commune))
FROM knowledge.gazetteer g
WHERE s.commune ~ '^\d{5}$' AND g.id = (
    SELECT id FROM knowledge.gazetteer n WHERE s.commune = ANY (n.postcodes) ORDER BY n.population DESC LIMIT 1)
"""

# Courses that name their certification inherit its families and level.
INHERIT = """
UPDATE staged_items s SET
    families = CASE WHEN s.families = '{}' THEN c.families ELSE s.families END,
    exit_level = coalesce(s.exit_level, c.exit_level)
FROM knowledge.items c
WHERE s.kind = 'training' AND c.kind = 'training' AND c.code = s.code AND c.id <> s.id
  AND c.details @> '{"certification": true}' AND c.families <> '{}' AND (s.families = '{}' OR s.exit_level IS NULL)
"""

# The same thing from two sources: cancelled counts everywhere, then real before example, then the latest verified.
# Only what is alike to something that came, changed or left is looked at again.
TOUCHED = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT likeness_key FROM staged_items WHERE likeness_key IS NOT NULL
UNION
SELECT i.likeness_key FROM knowledge.items i WHERE i.likeness_key IS NOT NULL
    AND ((i.collection = %(collection)s AND %(whole)s) OR i.id IN (SELECT id FROM staged_items))
"""
DUPLICATES = """
WITH ranked AS (
    SELECT id, first_value(id) OVER (
        PARTITION BY likeness_key ORDER BY cancelled DESC, demo, verified_at DESC, id) AS best
    FROM knowledge.items WHERE likeness_key IN (SELECT likeness_key FROM touched)
)
UPDATE knowledge.items i SET duplicate_of = nullif(best, i.id) FROM ranked
WHERE i.id = ranked.id AND i.duplicate_of IS DISTINCT FROM nullif(best, i.id)
"""

WEIGHTS = """
DELETE FROM knowledge.lexemes;
INSERT INTO knowledge.lexemes SELECT word, ln((SELECT count(*) FROM knowledge.texts)::float8 / ndoc), ndoc
FROM ts_stat('SELECT lexemes FROM knowledge.texts');
ANALYZE knowledge.lexemes;
"""
# New words wait in a list that every search reads (35 ms for those of 10,000 texts) until they are put away.
WORDS_READY = "SELECT gin_clean_pending_list('knowledge.texts_by_lexeme')"


class Staging:
    """Rows on their way into one collection, in one open transaction. Nothing is seen by others before `publish`.

    They take the place of the whole collection, or (`whole=False`) of those of its items that are staged.
    """

    def __init__(self, connection: Connection[DictRow], collection: str, *, whole: bool = True) -> None:
        self.collection = collection
        self._whole = whole
        self.items = 0
        self.texts = 0
        self._connection = connection
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        connection.execute(CREATE)

    def add(self, entry: Entry) -> None:
        """Stage an item with its texts."""
        self.items += 1
        self.add_row("items", item_row(entry.item, self.collection))
        for row in text_rows(entry, self.collection):
            self.add_row("texts", row)

    def add_row(self, table: str, row: dict[str, Any]) -> None:
        """Stage one row of a table."""
        self.texts += table == "texts"
        waiting = self._waiting.setdefault(table, [])
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush(table)

    def finish(self) -> None:
        """Write what still waits; what is incomplete is completed from the rest of the index."""
        for table in list(self._waiting):
            self._flush(table)
        self._connection.execute(
            "DELETE FROM staged_items a USING staged_items b WHERE a.id = b.id AND a.ctid > b.ctid"
        )
        for statement in (NAME_COMMUNE, LOCATE, LOCATE_BY_NAME):
            self._connection.execute(statement)
        self._connection.execute(INHERIT)

    def leave_to_others(self) -> list[tuple[str, str]]:
        """Drop what another set holds under the same id; returns each one's title and that set."""
        rows = self._connection.execute(
            "DELETE FROM staged_items s USING knowledge.items i WHERE i.id = s.id AND i.collection <> %s"
            " RETURNING s.id, s.title, i.collection",
            (self.collection,),
        ).fetchall()
        self._connection.execute("DELETE FROM staged_texts WHERE item_id = ANY (%s)", ([row["id"] for row in rows],))
        return [(row["title"], row["collection"]) for row in rows]

    def titles(self, most: int) -> list[str]:
        """Return the titles of the first items staged."""
        rows = self._connection.execute("SELECT title FROM staged_items ORDER BY ctid LIMIT %s", (most,)).fetchall()
        return [row["title"] for row in rows]

    def embed(self, pool: Pool, encoder: Encoder, say: Say) -> None:
        """Encode the texts that this encoder has not encoded yet; kept even if the import fails later."""
        missing = self._connection.execute(
            "SELECT DISTINCT ON (s.hash) s.hash, s.text FROM staged_texts s WHERE NOT EXISTS"
            " (SELECT FROM knowledge.embeddings e WHERE e.hash = s.hash AND e.encoder = %s)",
            (encoder.identity,),
        )
        done = 0
        while rows := missing.fetchmany(EMBEDDED_AT_ONCE):
            vectors = encoder.encode([row["text"] for row in rows], "document")
            save_embeddings(pool, encoder.identity, [row["hash"] for row in rows], vectors)
            done += len(rows)
            say(f"embeddings: {done} of {missing.rowcount}")

    def publish(self, encoder: Encoder) -> None:
        """Take the place of the collection's former rows."""
        self._connection.execute(TOUCHED, {"collection": self.collection, "whole": self._whole})
        self._publish_items()
        self._publish_texts(encoder)
        for table in WHOLE_TABLES:
            if self._connection.execute(f"SELECT FROM staged_{table} LIMIT 1").fetchone() is not None:
                self._connection.execute(f"DELETE FROM knowledge.{table}")
                self._connection.execute(f"INSERT INTO knowledge.{table} SELECT DISTINCT * FROM staged_{table}")
        self._connection.execute(DUPLICATES)
        self._weigh()

    def _publish_items(self) -> None:
        run, name = self._connection.execute, {"collection": self.collection}
        run(
            "DELETE FROM knowledge.items i USING staged_items s WHERE i.id = s.id AND i.collection <> %(collection)s",
            name,
        )
        if self._whole:
            run(
                "DELETE FROM knowledge.items i WHERE collection = %(collection)s"
                " AND NOT EXISTS (SELECT FROM staged_items s WHERE s.id = i.id)",
                name,
            )
        columns = [column.name for column in run("SELECT * FROM staged_items LIMIT 0").description or ()]
        statement = "INSERT INTO knowledge.items ({0}) SELECT {0} FROM staged_items ON CONFLICT (id) DO UPDATE SET {1}"
        run(
            sql.SQL(statement).format(
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in columns),
            )
        )

    def _publish_texts(self, encoder: Encoder) -> None:
        run, name = self._connection.execute, {"collection": self.collection, "encoder": encoder.identity}
        staged = "" if self._whole else " AND item_id IN (SELECT id FROM staged_items)"
        run(f"DELETE FROM knowledge.texts WHERE collection = %(collection)s{staged}", name)
        if self.texts >= vector_index.BUILT_AT_ONCE_FROM:
            vector_index.drop(self._connection, encoder.dimensions)
        run(
            "INSERT INTO knowledge.texts (item_id, kind, role, text, hash, collection, encoder, embedding)"
            " SELECT s.item_id, s.kind, s.role, s.text, s.hash, s.collection, e.encoder, e.embedding"
            " FROM (SELECT DISTINCT ON (item_id, role, hash) * FROM staged_texts) s"
            " JOIN knowledge.items i ON i.id = s.item_id"
            " LEFT JOIN knowledge.embeddings e ON e.hash = s.hash AND e.encoder = %(encoder)s",
            name,
        )
        vector_index.ensure(self._connection, encoder.dimensions)
        run(WORDS_READY)

    def _weigh(self) -> None:
        row = self._connection.execute("SELECT count(*) AS n FROM knowledge.texts").fetchone()
        if row and self.texts >= WEIGHED_AGAIN_FROM * row["n"]:
            self._connection.execute(WEIGHTS)

    def _flush(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        if not rows:
            return
        columns = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(f"staged_{table}"), columns)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(list(row.values()))


def save_embeddings(pool: Pool, encoder: str, hashes: Sequence[bytes], vectors: np.ndarray) -> None:
    """Keep vectors under the hash of their text; another process may have kept the same meanwhile."""
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO knowledge.embeddings (hash, encoder, embedding) VALUES (%s, %s, %s::vector)"
            " ON CONFLICT DO NOTHING",
            [(key, encoder, vector) for key, vector in zip(hashes, vectors, strict=True)],
        )
