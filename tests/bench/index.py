"""One search at 10,000 items and at a million, filters on; the vector index beside exact search.

Items are jittered copies of the catalogue's own vectors, spread over communes, levels, dates and ways of attending.
"""

import csv
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from psycopg import Connection
from psycopg.rows import DictRow

from knowledge_base import Kind, KnowledgeBase, vector_index
from knowledge_base.candidates import tuned
from knowledge_base.search import Query, encode_wishes, run
from knowledge_base.staging import WEIGHTS, WORDS_READY
from tests.stack import running

SIZES = (10_000, 1_000_000)
GOLDEN = Path(__file__).parents[1] / "golden" / "youth_dev.tsv"
ASKED = 120
NEIGHBOURS = 10
JITTER = 0.35  # length of the noise beside a unit vector
TOWNS = ("Besançon", "Valenciennes", "Paris", "Lille", "Aurillac", "Marseille", "Brest", "Strasbourg")

# Three of five are trainings, one of four events, the rest places; three of ten are attended from home.
ITEMS = """
WITH town AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS n FROM knowledge.gazetteer WHERE population > 2000)
INSERT INTO knowledge.items (id, kind, collection, title, summary, commune, place_label, latitude, longitude, modality,
                             starts_at, valid_until, entry_level, source, verified_at)
SELECT 'bench-' || made.n,
       CASE WHEN made.n %% 20 < 12 THEN 'training' WHEN made.n %% 20 < 17 THEN 'event' ELSE 'place' END, 'bench',
       'Essai ' || made.n, '', town.name, town.name, town.latitude, town.longitude,
       CASE WHEN made.n %% 10 < 3 AND made.n %% 20 < 17 THEN 'remote' ELSE 'onsite' END,
       CASE WHEN made.n %% 20 BETWEEN 12 AND 16 THEN now() + make_interval(days => 1 + made.n %% 200) END,
       now() + make_interval(days => 1 + made.n %% 200), (ARRAY[0, 3, 4, 5])[1 + made.n %% 4], 'bench', now()
FROM generate_series(%(first)s::int, %(last)s::int - 1) AS made(n)
JOIN town ON town.n = (made.n * 7919::bigint) %% (SELECT count(*) FROM town)
"""
TEXTS = """
WITH source AS (
    SELECT text, hash, embedding, row_number() OVER (ORDER BY item_id, hash) - 1 AS n
    FROM knowledge.texts WHERE collection = 'catalogue' AND role IN ('phrase', 'title')
)
INSERT INTO knowledge.texts (item_id, kind, role, text, hash, collection, encoder, embedding)
SELECT i.id, i.kind, 'title', s.text, s.hash, 'bench', %(encoder)s,
       l2_normalize(s.embedding + noise.embedding::halfvec)
FROM knowledge.items i
JOIN source s ON s.n = substr(i.id, 7)::bigint %% (SELECT count(*) FROM source)
JOIN bench_noise noise ON noise.n = (substr(i.id, 7)::bigint * 104729) %% (SELECT count(*) FROM bench_noise)
WHERE i.collection = 'bench' AND substr(i.id, 7)::bigint >= %(first)s
"""


def indexes() -> None:
    """Fill the index to each size, and measure."""
    with running("bench", DEMO="0") as stack:
        knowledge = KnowledgeBase.open(stack.instance.database_url)
        try:
            filled = 0
            for size in SIZES:
                fill(knowledge, filled, size)
                filled = size
                measure(knowledge, size)
        finally:
            knowledge.close()


def fill(knowledge: KnowledgeBase, first: int, last: int) -> None:
    """Add items, then build the vector index at once; prints how long each took."""
    print(f"\n{last:,} items")
    started = time.monotonic()
    with knowledge.pool.connection() as connection:
        vector_index.drop(connection, knowledge.encoder.dimensions)
        noise(connection, knowledge.encoder.dimensions)
        connection.execute(ITEMS, {"first": first, "last": last})
        connection.execute(TEXTS, {"first": first, "encoder": knowledge.encoder.identity})
        connection.execute(WEIGHTS)
    filled = time.monotonic()
    with knowledge.pool.connection() as connection:
        vector_index.ensure(connection, knowledge.encoder.dimensions)
        connection.execute(WORDS_READY)
        connection.execute("ANALYZE knowledge.items, knowledge.texts")
    print(
        f"  filled in {filled - started:.0f} s, vector indexes built in {time.monotonic() - filled:.0f} s", flush=True
    )


def noise(connection: Connection[DictRow], dimensions: int, count: int = 2003) -> None:
    """Keep random directions to add to vectors; a table of them spares a million times 384 random numbers."""
    random = np.random.default_rng(1)
    vectors = random.normal(size=(count, dimensions))
    vectors *= JITTER / np.linalg.norm(vectors, axis=1, keepdims=True)
    connection.execute("CREATE TEMP TABLE bench_noise (n bigint PRIMARY KEY, embedding vector) ON COMMIT DROP")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_noise VALUES (%s, %s)",
            list(enumerate(vectors.astype(np.float32))),
        )
    connection.execute("ANALYZE bench_noise")


def measure(knowledge: KnowledgeBase, size: int) -> None:
    """Print how long one search takes, its encoding included, and what the vector index misses."""
    with GOLDEN.open() as handle:
        texts = [row["text"] for row in csv.DictReader(handle, delimiter="\t")][:ASKED]
    families = [timed(partial(knowledge.search, text, top=10)) for text in texts]
    show("job families", families[5:])
    places = [knowledge.places_named(town)[0] for town in TOWNS]
    now = datetime.now(UTC)
    kinds: tuple[Kind, ...] = ("training", "event", "place")
    for name, near in (("anywhere", False), ("near a town, without a car, level 3", True)):
        spent = []
        for number, text in enumerate(texts):
            place = places[number % len(places)] if near else None
            query = Query(kinds[number % 3], [text], now, place=place, without_car=near, level=3 if near else None)
            spent.append(timed(partial(run, knowledge.pool, knowledge.encoder, query)))
        show(name, spent[5:])
    print(f"  recall@{NEIGHBOURS} of the vector index: {recall(knowledge, texts):.3f}")


def timed(search: Callable[[], object]) -> float:
    """Return the milliseconds of one call."""
    started = time.perf_counter()
    search()
    return 1000 * (time.perf_counter() - started)


def show(name: str, spent: list[float]) -> None:
    """Print the middle and the slow end."""
    p95 = statistics.quantiles(spent, n=20)[18]
    print(
        f"  {name:38} p50 {statistics.median(spent):6.1f} ms   p95 {p95:6.1f} ms   max {max(spent):6.1f} ms", flush=True
    )


def recall(knowledge: KnowledgeBase, texts: Sequence[str]) -> float:
    """Return the share of the true nearest trainings that the index finds."""
    vectors = encode_wishes(knowledge.encoder, texts[:60])
    dimensions = knowledge.encoder.dimensions
    nearest = (
        "SELECT item_id FROM knowledge.texts WHERE kind = 'training'"
        f" ORDER BY embedding::halfvec({dimensions}) <=> %s::vector::halfvec({dimensions}) LIMIT {NEIGHBOURS}"
    )
    shares = []
    with knowledge.pool.connection() as connection:
        tuned(connection)
        for vector in vectors:
            connection.execute("SET LOCAL enable_seqscan = off")
            found = {row["item_id"] for row in connection.execute(nearest, (vector,)).fetchall()}
            connection.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off")
            exact = {row["item_id"] for row in connection.execute(nearest, (vector,)).fetchall()}
            connection.execute("SET LOCAL enable_indexscan = on")
            shares.append(len(found & exact) / NEIGHBOURS)
    return statistics.mean(shares)
