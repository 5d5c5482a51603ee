"""Search of trainings, events and places in SQL: meaning (pgvector), shared words, place, date, level.

Candidates come from indexes: the nearest vectors (HNSW), the texts that share a rare word, and, where a place is given,
all that is around it. Then the exact scores of a few hundred candidates decide; several texts stand for an item, the
best of them counts. Scores are cosines raised by the share of the wish's words, weighted by rarity, that a text holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from psycopg import Connection
from psycopg.rows import DictRow

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.french import plain_words
from knowledge_base.records import Found, Item, Kind, Modality, Place

WORDS_WEIGHT = 0.08  # `python -m knowledge_base evaluate`, docs/decisions/0003
RAREST = 8.0  # weight of a word that no text holds, about ln(number of texts)
NEAR_KM = 60.0
NEAR_WITHOUT_CAR_KM = 20.0
# Around a place, everything is compared exactly up to this many items; beyond, the vector index filters as it goes.
COMPARED_EXACTLY = 4000
NEAREST = 80  # candidates of the vector index for each wish
RARE_WORD_TEXTS = 500  # a word held by more texts than this brings no candidate of its own
# How long something without an end date is believed after it was last verified, in days.
BELIEVED_FOR = {"job_family": 36_500, "training": 730, "event": 365, "place": 730, "campaign": 365, "need": 180}

# What may be proposed at all, and to this person. Distances are left to `WITHIN`.
FILTERS = """
    i.kind = %(kind)s AND NOT i.cancelled AND i.duplicate_of IS NULL
    AND coalesce(i.valid_until, i.verified_at + make_interval(days => %(believed_for)s)) > %(now)s
    AND (%(level)s::int IS NULL OR i.entry_level IS NULL OR i.entry_level <= %(level)s)
    AND (%(age)s::int IS NULL OR ((i.age_min IS NULL OR i.age_min <= %(age)s)
                             AND (i.age_max IS NULL OR i.age_max >= %(age)s)))
    AND (%(modality)s::text IS NULL OR i.modality IS NULL OR i.modality IN (%(modality)s, 'hybrid'))
    AND (%(families)s::text[] IS NULL OR i.families && %(families)s OR i.families = '{}')
    AND NOT (i.id = ANY (%(left_out)s))
"""
# Attended from home, or near enough; what has a commune but no point is near those of that commune alone.
WITHIN = """
    (i.modality = 'remote' OR i.without_car IS NOT FALSE OR NOT %(needs_transport)s)
    AND (i.modality = 'remote' OR (i.latitude IS NULL AND (i.commune IS NULL OR i.commune = %(commune)s))
         OR earth_distance(ll_to_earth(%(latitude)s, %(longitude)s),
                           ll_to_earth(i.latitude, i.longitude)) <= %(within_m)s)
"""
AROUND = """
    earth_box(ll_to_earth(%(latitude)s, %(longitude)s), %(within_m)s) @> ll_to_earth(i.latitude, i.longitude)
    AND i.latitude IS NOT NULL AND i.longitude IS NOT NULL
"""

COUNT_AROUND = (
    f"SELECT count(*) AS n FROM (SELECT FROM knowledge.items i WHERE i.kind = %(kind)s AND {AROUND} LIMIT %(most)s) a"
)
ALL_AROUND = f"SELECT i.id FROM knowledge.items i WHERE {AROUND} AND {FILTERS} AND {WITHIN}"
NEAREST_TEXTS = """
SELECT t.item_id AS id FROM knowledge.texts t JOIN knowledge.items i ON i.id = t.item_id
WHERE t.kind = '{kind}' AND t.encoder = %(encoder)s AND {filters} AND {within}
ORDER BY t.embedding::halfvec({dimensions}) <=> %(vector)s::vector::halfvec({dimensions}) LIMIT %(nearest)s
"""
SHARING_A_WORD = """
SELECT i.id FROM (
    SELECT DISTINCT lexeme FROM unnest(to_tsvector('knowledge.french', %(words)s)) JOIN knowledge.lexemes USING (lexeme)
    WHERE texts <= %(rare)s
) w CROSS JOIN LATERAL (
    SELECT t.item_id FROM knowledge.texts t
    WHERE t.lexemes @@ quote_literal(w.lexeme)::tsquery AND t.kind = %(kind)s LIMIT %(rare)s
) t JOIN knowledge.items i ON i.id = t.item_id
WHERE {filters} AND {within}
"""
SCORE = """
WITH wish AS (
    SELECT number, vector, to_tsvector('knowledge.french', words) AS lexemes
    FROM unnest(%(vectors)s::vector[], %(all_words)s::text[]) WITH ORDINALITY AS w (vector, words, number)
),
weighed AS (
    SELECT number, lexeme, weight / sum(weight) OVER (PARTITION BY number) AS weight
    FROM (SELECT number, lexeme, coalesce(l.weight, %(rarest)s) AS weight
          FROM wish CROSS JOIN unnest(wish.lexemes) LEFT JOIN knowledge.lexemes l USING (lexeme)) known
),
text AS (
    SELECT t.item_id, t.embedding, t.lexemes FROM knowledge.texts t
    WHERE t.item_id = ANY (%(ids)s) AND t.encoder = %(encoder)s
),
scored AS (
    SELECT wish.number, text.item_id,
           max(1 - (text.embedding <=> wish.vector::halfvec)) + %(words_weight)s * max(coalesce((
               SELECT sum(weight) FROM weighed
               WHERE weighed.number = wish.number
                 AND text.lexemes @@ quote_literal(weighed.lexeme)::tsquery), 0)) AS score
    FROM text CROSS JOIN wish GROUP BY wish.number, text.item_id
),
item AS (SELECT item_id, array_agg(score ORDER BY number) AS scores FROM scored GROUP BY item_id)
SELECT i.*, s.scores,
       CASE WHEN %(latitude)s::float8 IS NOT NULL AND i.latitude IS NOT NULL THEN
           earth_distance(ll_to_earth(%(latitude)s, %(longitude)s), ll_to_earth(i.latitude, i.longitude)) / 1000
       END AS distance_km
FROM item s JOIN knowledge.items i ON i.id = s.item_id
ORDER BY (SELECT max(s) FROM unnest(s.scores) s) DESC, i.id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Query:
    """What to look for. Filters that are None let everything through."""

    kind: Kind
    wishes: Sequence[str]
    now: datetime
    place: Place | None = None
    without_car: bool = False
    level: int | None = None
    age: int | None = None
    modality: Modality | None = None
    families: Sequence[str] | None = None
    left_out: Sequence[str] = ()
    limit: int = 40


@dataclass(frozen=True)
class Hit:
    """An item with its score for each wish, in the order of the query's wishes."""

    item: Item
    scores: tuple[float, ...]
    distance_km: float | None


def run(pool: Pool, encoder: Encoder, query: Query, vectors: np.ndarray | None = None) -> list[Hit]:
    """Return the best items. `vectors` of the wishes, shape (wishes, dimensions), spare encoding them again."""
    if vectors is None:
        vectors = encode_wishes(encoder, query.wishes)
    words = [plain_words(wish) for wish in query.wishes]
    parameters = _parameters(query, encoder) | {"vectors": list(vectors), "all_words": words}
    with pool.connection() as connection:
        tuned(connection)
        around = _few_around(connection, parameters) if query.place else None
        ids = set(around or ())
        for vector, text in zip(vectors, words, strict=True):
            asked = parameters | {"vector": vector, "words": text, "remote_only": around is not None}
            ids |= _candidates(connection, query, encoder, asked)
        rows = connection.execute(SCORE, parameters | {"ids": list(ids)}).fetchall() if ids else []
    return [Hit(item_of(row, query.now), tuple(row["scores"]), row["distance_km"]) for row in rows]


def find(pool: Pool, encoder: Encoder, text: str, kind: Kind, top: int, now: datetime) -> list[Found]:
    """Plain search: the items of a kind nearest to a text, best first."""
    hits = run(pool, encoder, Query(kind, [text], now, limit=top))
    return [Found(hit.item.id, hit.item.code, hit.item.title, hit.scores[0]) for hit in hits]


def encode_wishes(encoder: Encoder, wishes: Sequence[str]) -> np.ndarray:
    """Encode what people say, slang said plainly; shape (wishes, dimensions)."""
    return encoder.encode([plain_words(wish) for wish in wishes], "query")


def tuned(connection: Connection[DictRow]) -> None:
    """Let the vector index go on until enough rows pass the filters (docs/decisions/0010)."""
    connection.execute("SET LOCAL hnsw.iterative_scan = 'relaxed_order'")
    connection.execute("SET LOCAL hnsw.ef_search = 100")


def _parameters(query: Query, encoder: Encoder) -> dict[str, Any]:
    place = query.place
    return {
        "kind": query.kind,
        "now": query.now,
        "believed_for": BELIEVED_FOR[query.kind],
        "level": query.level,
        "age": query.age,
        "modality": query.modality,
        "families": list(query.families) if query.families is not None else None,
        "left_out": list(query.left_out),
        "needs_transport": query.without_car,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "commune": place.commune if place else None,
        "within_m": 1000 * (NEAR_WITHOUT_CAR_KM if query.without_car else NEAR_KM),
        "encoder": encoder.identity,
        "words_weight": WORDS_WEIGHT,
        "rarest": RAREST,
        "nearest": NEAREST,
        "rare": RARE_WORD_TEXTS,
        "most": COMPARED_EXACTLY + 1,
        "limit": query.limit,
    }


def _few_around(connection: Connection[DictRow], parameters: dict[str, Any]) -> set[str] | None:
    """Return the ids of all that is around and passes the filters, or None where that is too much to compare."""
    counted = connection.execute(COUNT_AROUND, parameters).fetchone()
    if counted is None or counted["n"] > COMPARED_EXACTLY:
        return None
    return {row["id"] for row in connection.execute(ALL_AROUND, parameters).fetchall()}


def _candidates(
    connection: Connection[DictRow], query: Query, encoder: Encoder, parameters: dict[str, Any]
) -> set[str]:
    """Return ids from the vector index and from shared rare words; what is around a place may be known already."""
    if parameters["remote_only"]:
        within = "(i.modality = 'remote' OR (i.latitude IS NULL AND (i.commune IS NULL OR i.commune = %(commune)s)))"
    else:
        within = WITHIN if query.place else "true"
    nearest = NEAREST_TEXTS.format(kind=query.kind, dimensions=encoder.dimensions, filters=FILTERS, within=within)
    rows = connection.execute(nearest, parameters).fetchall()
    if not parameters["remote_only"]:
        rows += connection.execute(SHARING_A_WORD.format(filters=FILTERS, within=within), parameters).fetchall()
    return {row["id"] for row in rows}


def item_of(row: dict[str, Any], now: datetime | None = None) -> Item:
    """Turn a row of `knowledge.items` into an Item; of something that comes back, the next time after `now`."""
    place = None
    if row["latitude"] is not None:
        place = Place(row["place_label"] or row["commune"], row["latitude"], row["longitude"], commune=row["commune"])
    starts_at, ends_at = next_time(row, now) if now else (row["starts_at"], row["ends_at"])
    return Item(
        id=row["id"],
        kind=row["kind"],
        code=row["code"],
        title=row["title"],
        text=row["summary"],
        families=tuple(row["families"]),
        place=place,
        modality=row["modality"],
        starts_at=starts_at,
        ends_at=ends_at,
        entry_level=row["entry_level"],
        exit_level=row["exit_level"],
        age_min=row["age_min"],
        age_max=row["age_max"],
        without_car=row["without_car"],
        source=row["source"],
        source_url=row["source_url"],
        verified_at=row["verified_at"],
        valid_until=row["valid_until"],
        cancelled=row["cancelled"],
        demo=row["demo"],
        details=row["details"],
    )


def next_time(row: dict[str, Any], now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the first time still to come of something that happens on several days."""
    if row["starts_at"] is None or row["starts_at"] > now:
        return row["starts_at"], row["ends_at"]
    times = [tuple(map(datetime.fromisoformat, pair)) for pair in row["details"].get("days") or ()]
    coming = min((time for time in times if time[0] > now), default=(row["starts_at"], row["ends_at"]))
    return coming[0], coming[1]
