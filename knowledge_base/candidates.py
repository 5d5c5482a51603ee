"""Which items are worth an exact comparison: a few hundred, found by indexes among however many there are.

What can be reached has two parts: what is around a place, and what is attended from anywhere. A small part is compared
whole; in a large one the vector index looks for the nearest and filters as it goes. Items that share a rare word with
a wish come beside them.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from psycopg import Connection
from psycopg.rows import DictRow

from knowledge_base.records import Kind

# A part of up to this many items is compared whole; docs/decisions/0010.
COMPARED_WHOLE = 5000
NEAREST = 80  # candidates of each part for each wish
RARE_WORD_TEXTS = 500  # a word held by more texts than this brings no candidate of its own
# Where nearly nothing passes the filters, the vector index stops after this many texts.
MOST_SCANNED = 800

KM_A_DEGREE = 111.0  # of latitude, a little less than it is

# What may be proposed at all, and to this person. Kinds are literals: each has its own indexes.
FILTERS = """
    i.kind = '{kind}' AND NOT i.cancelled AND i.duplicate_of IS NULL
    AND coalesce(i.valid_until, i.verified_at + make_interval(days => %(believed_for)s)) > %(now)s
    AND (%(level)s::int IS NULL OR i.entry_level IS NULL OR i.entry_level <= %(level)s)
    AND (%(age)s::int IS NULL OR ((i.age_min IS NULL OR i.age_min <= %(age)s)
                             AND (i.age_max IS NULL OR i.age_max >= %(age)s)))
    AND (%(modality)s::text IS NULL OR i.modality IS NULL OR i.modality IN (%(modality)s, 'hybrid'))
    AND (%(families)s::text[] IS NULL OR i.families && %(families)s OR i.families = '{{}}')
    AND NOT (i.id = ANY (%(left_out)s))
    AND (%(services)s::text[] IS NULL OR i.details ->> 'service' = ANY (%(services)s))
    AND (%(after)s::timestamptz IS NULL OR coalesce(i.ends_at, i.starts_at) >= %(after)s)
    AND (%(before)s::timestamptz IS NULL OR i.starts_at < %(before)s)
"""
# On a sphere, in plain arithmetic: the functions of earthdistance cost ten times as much a row.
DISTANCE_KM = """
    12742 * asin(least(1, sqrt(sin(radians(i.latitude - %(latitude)s) / 2) ^ 2 + cos(radians(i.latitude))
        * cos(radians(%(latitude)s)) * sin(radians(i.longitude - %(longitude)s) / 2) ^ 2)))
"""
IN_THE_BOX = """
    point(i.longitude, i.latitude) <@ %(box)s::box
    AND i.latitude IS NOT NULL AND i.longitude IS NOT NULL AND i.kind = '{kind}'
"""
AROUND = f"""
    {IN_THE_BOX} AND (i.without_car IS NOT FALSE OR NOT %(needs_transport)s) AND {DISTANCE_KM} <= %(within_km)s
"""
# Attended from home, or nobody knows where: what names a commune without a point is near those of that commune alone.
UNPLACED = "(i.modality = 'remote' OR i.latitude IS NULL) AND i.kind = '{kind}'"
FROM_ANYWHERE = f"""
    {UNPLACED} AND (i.modality = 'remote' OR ((i.commune IS NULL OR i.commune = %(commune)s)
                                              AND (i.without_car IS NOT FALSE OR NOT %(needs_transport)s)))
"""
# The parts, each with what is counted of it: all that its index holds.
PARTS = ((AROUND, IN_THE_BOX), (FROM_ANYWHERE, UNPLACED))

COUNT = "SELECT count(*) AS n FROM (SELECT FROM knowledge.items i WHERE {counted} LIMIT %(most)s) part"
WHOLE = """
SELECT t.item_id AS id FROM knowledge.items i JOIN knowledge.texts t ON t.item_id = i.id AND t.encoder = %(encoder)s
WHERE {part} AND {filters} ORDER BY t.embedding <=> %(vector)b::vector::halfvec LIMIT %(nearest)s
"""
# OFFSET 0 keeps PostgreSQL from filtering first: the vector index leads, and items are looked up one by one.
BY_INDEX = """
SELECT t.item_id AS id FROM knowledge.texts t CROSS JOIN LATERAL (
    SELECT FROM knowledge.items i WHERE i.id = t.item_id AND {part} AND {filters} OFFSET 0
) fitting
WHERE t.kind = '{kind}' AND t.encoder = %(encoder)s
ORDER BY t.embedding::halfvec({dimensions}) <=> %(vector)b::vector::halfvec({dimensions}) LIMIT %(nearest)s
"""
SHARING_A_WORD = """
SELECT i.id FROM (
    SELECT DISTINCT lexeme FROM unnest(%(lexemes)s::text[]) AS said (lexeme) JOIN knowledge.lexemes USING (lexeme)
    WHERE texts <= %(rare)s
) w CROSS JOIN LATERAL (
    SELECT t.item_id FROM knowledge.texts t
    WHERE t.lexemes @@ quote_literal(w.lexeme)::tsquery AND t.kind = '{kind}' LIMIT %(rare)s
) t JOIN knowledge.items i ON i.id = t.item_id
WHERE {filters} AND {within}
"""


def tuned(connection: Connection[DictRow]) -> None:
    """Let the vector index go on until enough texts pass the filters (docs/decisions/0010).

    Without sorting, PostgreSQL reads the vector index wherever it can: it knows little of what filters let through.
    """
    connection.execute(
        "SET LOCAL hnsw.iterative_scan = 'relaxed_order'; SET LOCAL hnsw.ef_search = 100;"
        f" SET LOCAL hnsw.max_scan_tuples = {MOST_SCANNED}; SET LOCAL enable_sort = off"
    )


def candidates(
    connection: Connection[DictRow],
    asked: dict[str, Any],
    wishes: Iterable[tuple[np.ndarray, list[str]]],
    kind: Kind,
    dimensions: int,
) -> set[str]:
    """Return ids of items for wishes, each a (vector, lexemes); `asked` holds the parameters of the filters."""
    asked = asked | {"nearest": NEAREST, "rare": RARE_WORD_TEXTS, "most": COMPARED_WHOLE + 1, "box": _box(asked)}
    tuned(connection)
    statements = _statements(connection, asked, kind, dimensions)
    found: set[str] = set()
    for vector, lexemes in wishes:
        for statement in statements:
            rows = connection.execute(statement, asked | {"vector": vector, "lexemes": lexemes}).fetchall()
            found |= {row["id"] for row in rows}
    return found


def _statements(connection: Connection[DictRow], asked: dict[str, Any], kind: Kind, dimensions: int) -> Sequence[str]:
    """Choose how each part is searched, by how much it holds."""
    filters = FILTERS.format(kind=kind)
    if asked["latitude"] is None:
        everything = BY_INDEX.format(kind=kind, dimensions=dimensions, filters=filters, part="true")
        return everything, SHARING_A_WORD.format(kind=kind, filters=filters, within="true")
    statements = []
    for part, counted in PARTS:
        row = connection.execute(COUNT.format(counted=counted.format(kind=kind)), asked).fetchone()
        how = BY_INDEX if row and row["n"] > COMPARED_WHOLE else WHOLE
        statements.append(how.format(kind=kind, dimensions=dimensions, filters=filters, part=part.format(kind=kind)))
    within = " OR ".join(f"({part.format(kind=kind)})" for part, _ in PARTS)
    return *statements, SHARING_A_WORD.format(kind=kind, filters=filters, within=f"({within})")


def _box(asked: dict[str, Any]) -> str | None:
    """Return the box around a place, as PostgreSQL writes it."""
    latitude, longitude, reach = asked["latitude"], asked["longitude"], asked["within_km"] / KM_A_DEGREE
    if latitude is None:
        return None
    wide = reach / max(math.cos(math.radians(latitude)), 0.01)
    return f"({longitude + wide},{latitude + reach}),({longitude - wide},{latitude - reach})"
