"""Search of trainings, events and places in SQL: meaning (pgvector), shared words, place, date, level.

Candidates come from indexes (`candidates.py`), then their exact scores decide; several texts stand for an item, the
best of them counts. Scores are cosines raised by the share of a wish's words, weighted by rarity, that a text holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from knowledge_base.candidates import DISTANCE_KM, candidates
from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.french import plain_words
from knowledge_base.lexemes import lexemes_of
from knowledge_base.records import Found, Item, Kind, Modality, Place

WORDS_WEIGHT = 0.08  # `python -m knowledge_base evaluate`, docs/decisions/0003
RAREST = 8.0  # weight of a word that no text holds, about ln(number of texts)
NEAR_KM = 60.0
NEAR_WITHOUT_CAR_KM = 20.0
# How long something without an end date is believed after it was last verified, in days.
BELIEVED_FOR = {"job_family": 36_500, "training": 730, "event": 365, "place": 730, "campaign": 365, "need": 180}

SCORE = f"""
WITH wish AS (
    SELECT number, vector FROM unnest(%(vectors)b::vector[]) WITH ORDINALITY AS w (vector, number)
),
weighed AS MATERIALIZED (
    SELECT number, quote_literal(lexeme)::tsquery AS word, weight / sum(weight) OVER (PARTITION BY number) AS weight
    FROM (SELECT number, lexeme, coalesce(l.weight, %(rarest)s) AS weight
          FROM unnest(%(numbers)s::int[], %(lexemes)s::text[]) AS said (number, lexeme)
          LEFT JOIN knowledge.lexemes l USING (lexeme)) known
),
text AS (
    SELECT t.item_id, t.embedding, t.lexemes FROM knowledge.texts t
    WHERE t.item_id = ANY (%(ids)s) AND t.encoder = %(encoder)s
),
scored AS (
    SELECT wish.number, text.item_id,
           max(1 - (text.embedding <=> wish.vector::halfvec)) + %(words_weight)s * max(coalesce((
               SELECT sum(weight) FROM weighed
               WHERE weighed.number = wish.number AND text.lexemes @@ weighed.word), 0)) AS score
    FROM text CROSS JOIN wish GROUP BY wish.number, text.item_id
),
best AS (
    SELECT item_id, array_agg(score ORDER BY number) AS scores, max(score) AS best
    FROM scored GROUP BY item_id ORDER BY best DESC, item_id LIMIT %(limit)s
)
SELECT i.*, b.scores,
       CASE WHEN %(latitude)s::float8 IS NOT NULL AND i.latitude IS NOT NULL THEN {DISTANCE_KM} END AS distance_km
FROM best b JOIN knowledge.items i ON i.id = b.item_id ORDER BY b.best DESC, i.id
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
    between: tuple[datetime, datetime] | None = None
    services: Sequence[str] | None = None
    within_km: float | None = None  # the usual reach when None
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
    parameters = _parameters(query, encoder) | {"vectors": list(vectors)}
    with pool.connection() as connection:
        lexemes = lexemes_of(connection, [plain_words(wish) for wish in query.wishes])
        wishes = list(zip(vectors, lexemes, strict=True))
        ids = candidates(connection, parameters, wishes, query.kind, encoder.dimensions)
        said = [(number, lexeme) for number, words in enumerate(lexemes, 1) for lexeme in words]
        parameters |= {"numbers": [number for number, _ in said], "lexemes": [lexeme for _, lexeme in said]}
        rows = connection.execute(SCORE, parameters | {"ids": list(ids)}).fetchall() if ids else []
    seen_from = max(query.now, query.between[0]) if query.between else query.now
    hits = [Hit(item_of(row, seen_from), tuple(row["scores"]), row["distance_km"]) for row in rows]
    return [hit for hit in hits if query.between is None or _is_between(hit.item, query.between)]


def _is_between(item: Item, between: tuple[datetime, datetime]) -> bool:
    """Say whether one of the times of something, the next after the beginning, is in a period."""
    if item.starts_at is None:
        return False
    return item.starts_at < between[1] and (item.ends_at or item.starts_at) >= between[0]


def find(pool: Pool, encoder: Encoder, text: str, kind: Kind, top: int, now: datetime) -> list[Found]:
    """Plain search: the items of a kind nearest to a text, best first."""
    hits = run(pool, encoder, Query(kind, [text], now, limit=top))
    return [Found(hit.item.id, hit.item.code, hit.item.title, hit.scores[0]) for hit in hits]


def encode_wishes(encoder: Encoder, wishes: Sequence[str]) -> np.ndarray:
    """Encode what people say, slang said plainly; shape (wishes, dimensions)."""
    return encoder.encode([plain_words(wish) for wish in wishes], "query")


def _parameters(query: Query, encoder: Encoder) -> dict[str, Any]:
    place = query.place
    return {
        "now": query.now,
        "believed_for": BELIEVED_FOR[query.kind],
        "level": query.level,
        "age": query.age,
        "modality": query.modality,
        "families": list(query.families) if query.families is not None else None,
        "left_out": list(query.left_out),
        "after": query.between[0] if query.between else None,
        "services": list(query.services) if query.services else None,
        "before": query.between[1] if query.between else None,
        "needs_transport": query.without_car,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "commune": place.commune if place else None,
        "within_km": query.within_km or (NEAR_WITHOUT_CAR_KM if query.without_car else NEAR_KM),
        "encoder": encoder.identity,
        "words_weight": WORDS_WEIGHT,
        "rarest": RAREST,
        "limit": query.limit,
    }


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
