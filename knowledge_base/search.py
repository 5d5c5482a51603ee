"""Search in SQL: meaning (pgvector), words (French full text without accents), place, date, level: one query.

Several texts stand for an item; the best of them counts. Scores are cosines raised by shared words, so that
« dev web » finds the title that holds both words, and « bidouiller des ordis » the phrase that means it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.french import fold, plain_words
from knowledge_base.records import Found, Item, Kind, Modality, Place

# Weight of shared words beside the cosine: `python -m knowledge_base evaluate`, docs/decisions/0003.
WORDS_WEIGHT = 0.08
LETTERS_WEIGHT = 0.05
RAREST = 8.0  # weight of a word that no text holds, about ln(number of texts)
NEAR_KM = 60.0
NEAR_WITHOUT_CAR_KM = 20.0

SQL = """
WITH wish AS (
    SELECT number, vector, folded, to_tsvector('knowledge.french', words) AS lexemes
    FROM unnest(%(vectors)s::vector[], %(words)s::text[], %(folded)s::text[])
         WITH ORDINALITY AS w (vector, words, folded, number)
),
wish_lexeme AS (
    SELECT number, lexeme, quote_literal(lexeme)::tsquery AS query,
           weight / sum(weight) OVER (PARTITION BY number) AS weight
    FROM (SELECT number, lexeme, coalesce(l.weight, %(rarest)s) AS weight
          FROM wish CROSS JOIN unnest(wish.lexemes) LEFT JOIN knowledge.lexemes l USING (lexeme)) weighed
),
meaning AS (
    SELECT wish.number, t.item_id, max(1 - (t.embedding <=> wish.vector)) AS likeness
    FROM {texts} t CROSS JOIN wish
    WHERE t.kind = %(kind)s AND t.encoder = %(encoder)s
    GROUP BY wish.number, t.item_id
),
words AS (
    SELECT number, item_id, max(share) AS likeness FROM (
        SELECT w.number, t.item_id, t.text, sum(w.weight) AS share
        FROM wish_lexeme w JOIN {texts} t ON t.lexemes @@ w.query
        WHERE t.kind = %(kind)s
        GROUP BY w.number, t.item_id, t.text
    ) shared
    GROUP BY number, item_id
),
letters AS (
    SELECT wish.number, t.item_id, max(similarity(t.folded, wish.folded)) AS likeness
    FROM {texts} t JOIN wish ON t.folded %% wish.folded
    WHERE t.kind = %(kind)s
    GROUP BY wish.number, t.item_id
),
matched AS (
    SELECT m.number, m.item_id,
           m.likeness + %(words_weight)s * coalesce(w.likeness, 0)
               + %(letters_weight)s * coalesce(l.likeness, 0) AS score
    FROM meaning m
    LEFT JOIN words w USING (number, item_id)
    LEFT JOIN letters l USING (number, item_id)
),
scored AS (
    SELECT item_id, array_agg(score ORDER BY number) AS scores FROM matched GROUP BY item_id
)
"""

SELECT_ITEMS = """
, candidates AS (
    SELECT i.*, s.scores,
           CASE WHEN %(latitude)s::float8 IS NULL OR i.latitude IS NULL THEN NULL ELSE
               earth_distance(ll_to_earth(%(latitude)s, %(longitude)s), ll_to_earth(i.latitude, i.longitude)) / 1000
           END AS distance_km
    FROM scored s JOIN knowledge.items i ON i.id = s.item_id
    WHERE (i.starts_at IS NULL OR i.starts_at > %(now)s)
      AND (%(level)s::int IS NULL OR i.entry_level IS NULL OR i.entry_level <= %(level)s)
      AND (%(age)s::int IS NULL OR ((i.age_min IS NULL OR i.age_min <= %(age)s)
                               AND (i.age_max IS NULL OR i.age_max >= %(age)s)))
      AND (%(modality)s::text IS NULL OR i.modality IS NULL OR i.modality IN (%(modality)s, 'hybrid'))
      AND (%(families)s::text[] IS NULL OR i.families && %(families)s OR i.families = '{{}}')
)
SELECT * FROM candidates
WHERE distance_km IS NULL OR modality = 'remote'
   OR (distance_km <= %(within_km)s AND (without_car IS NOT FALSE OR NOT %(needs_transport)s))
ORDER BY (SELECT max(s) FROM unnest(scores) s) DESC
LIMIT %(limit)s
"""

SELECT_BEST = "SELECT item_id, scores[1] AS score FROM scored ORDER BY score DESC, item_id LIMIT %(limit)s"


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
    place = query.place
    parameters = wish_parameters(encoder, query.kind, query.wishes, vectors) | {
        "now": query.now,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "within_km": NEAR_WITHOUT_CAR_KM if query.without_car else NEAR_KM,
        "needs_transport": query.without_car,
        "level": query.level,
        "age": query.age,
        "modality": query.modality,
        "families": list(query.families) if query.families is not None else None,
        "limit": query.limit,
    }
    statement = (SQL + SELECT_ITEMS).format(texts="knowledge.texts")
    with pool.connection() as connection:
        rows = connection.execute(statement, parameters).fetchall()
    return [Hit(item_of(row), tuple(row["scores"]), row["distance_km"]) for row in rows]


def find(pool: Pool, encoder: Encoder, text: str, kind: Kind, top: int) -> list[Found]:
    """Plain search: the items of a kind nearest to a text, best first."""
    parameters = wish_parameters(encoder, kind, [text], encode_wishes(encoder, [text])) | {"limit": top}
    statement = (SQL + SELECT_BEST).format(texts="knowledge.texts")
    with pool.connection() as connection:
        rows = connection.execute(
            f"SELECT b.item_id, b.score, i.code, i.title FROM ({statement}) b JOIN knowledge.items i"
            " ON i.id = b.item_id ORDER BY b.score DESC, b.item_id",
            parameters,
        ).fetchall()
    return [Found(row["item_id"], row["code"], row["title"], row["score"]) for row in rows]


def encode_wishes(encoder: Encoder, wishes: Sequence[str]) -> np.ndarray:
    """Encode what people say, slang said plainly; shape (wishes, dimensions)."""
    return encoder.encode([plain_words(wish) for wish in wishes], "query")


def wish_parameters(encoder: Encoder, kind: str, wishes: Sequence[str], vectors: np.ndarray) -> dict[str, Any]:
    """Return the parameters of `SQL` that describe wishes."""
    return {
        "vectors": list(vectors),
        "words": [plain_words(wish) for wish in wishes],
        "folded": [fold(plain_words(wish)) for wish in wishes],
        "words_weight": WORDS_WEIGHT,
        "letters_weight": LETTERS_WEIGHT,
        "rarest": RAREST,
        "encoder": encoder.identity,
        "kind": kind,
    }


def item_of(row: dict[str, Any]) -> Item:
    """Turn a row of `knowledge.items` into an Item."""
    place = None
    if row["latitude"] is not None:
        place = Place(row["place_label"] or row["commune"], row["latitude"], row["longitude"], commune=row["commune"])
    return Item(
        id=row["id"],
        kind=row["kind"],
        code=row["code"],
        title=row["title"],
        text=row["summary"],
        families=tuple(row["families"]),
        place=place,
        modality=row["modality"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        entry_level=row["entry_level"],
        age_min=row["age_min"],
        age_max=row["age_max"],
        without_car=row["without_car"],
        source=row["source"],
        source_url=row["source_url"],
        verified_at=row["verified_at"],
        demo=row["demo"],
        details=row["details"],
    )
