"""Filling the index: collections of items, replaced all or nothing, and skipped when nothing changed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from psycopg.types.json import Jsonb

from knowledge_base import geography
from knowledge_base.catalogue import Family, families, load_families
from knowledge_base.database import Pool
from knowledge_base.demonstration import FOLDER as DEMO_FOLDER
from knowledge_base.demonstration import read_demonstration
from knowledge_base.encoder import Encoder
from knowledge_base.french import SLANG, fold, plain_words
from knowledge_base.records import Item

FORMAT = "6"  # raise it when the way items are turned into rows changes
Say = Callable[[str], None]


@dataclass(frozen=True)
class Entry:
    """An item and the (role, text) pairs that it is found by."""

    item: Item
    texts: list[tuple[str, str]]


def build(pool: Pool, encoder: Encoder, today: date, *, demo: bool, say: Say = lambda _: None) -> None:
    """Bring every collection up to date: gazetteer, catalogue, and the demonstration set where it is wanted."""
    _gazetteer(pool, say)
    load(
        pool,
        "catalogue",
        f"{_hash_folder(families.FOLDER)}+{geography.hash_of(SLANG)}",
        lambda: map(family_entry, load_families()),
        say,
    )
    # The demonstration set is dated from today, so that it is made again each day.
    demo_hash = f"{_hash_folder(DEMO_FOLDER)}+{today}" if demo else "off"
    load(pool, "demo", demo_hash, lambda: map(item_entry, read_demonstration(today) if demo else ()), say)
    embed_missing(pool, encoder, say)


def load(pool: Pool, collection: str, fingerprint: str, entries: Callable[[], Iterable[Entry]], say: Say) -> None:
    """Replace one collection, unless its fingerprint says that it is the one already there."""
    fingerprint = f"{FORMAT}+{fingerprint}"
    if _is_loaded(pool, collection, fingerprint):
        say(f"{collection}: up to date")
        return
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM knowledge.items WHERE collection = %s", (collection,))
        count = 0
        for entry in entries():
            cursor.execute(_insert(_row(entry.item, collection)), _row(entry.item, collection))
            cursor.executemany(
                "INSERT INTO knowledge.texts (item_id, kind, role, text, folded, hash) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (entry.item.id, entry.item.kind, role, text, fold(text), _hash(text))
                    for role, text in map(_plain, entry.texts)
                ],
            )
            count += 1
        _mark_loaded(cursor, collection, fingerprint, count)
    say(f"{collection}: {count} items")


def embed_missing(pool: Pool, encoder: Encoder, say: Say, batch: int = 2048) -> int:
    """Encode the texts that this encoder has not encoded yet; returns how many."""
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT DISTINCT ON (t.hash) t.hash, t.text FROM knowledge.texts t WHERE NOT EXISTS"
            " (SELECT FROM knowledge.embeddings e WHERE e.hash = t.hash AND e.encoder = %s)",
            (encoder.identity,),
        ).fetchall()
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        vectors = encoder.encode([row["text"] for row in part], "document")
        save_embeddings(pool, encoder.identity, [row["hash"] for row in part], vectors)
        say(f"embeddings: {min(start + batch, len(rows))} of {len(rows)}")
    if not rows:
        say("embeddings: up to date")
    with pool.connection() as connection:
        connection.execute(
            "UPDATE knowledge.texts t SET encoder = e.encoder, embedding = e.embedding FROM knowledge.embeddings e"
            " WHERE e.hash = t.hash AND e.encoder = %(encoder)s AND t.encoder IS DISTINCT FROM %(encoder)s",
            {"encoder": encoder.identity},
        )
        connection.execute("DELETE FROM knowledge.lexemes")
        connection.execute(
            "INSERT INTO knowledge.lexemes SELECT word, ln((SELECT count(*) FROM knowledge.texts)::float8 / ndoc)"
            " FROM ts_stat('SELECT lexemes FROM knowledge.texts')"
        )
    return len(rows)


def save_embeddings(pool: Pool, encoder: str, hashes: Sequence[bytes], vectors: np.ndarray) -> None:
    """Keep vectors under the hash of their text; another process may have kept the same meanwhile."""
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO knowledge.embeddings (hash, encoder, embedding) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(key, encoder, vector) for key, vector in zip(hashes, vectors, strict=True)],
        )


def family_entry(family: Family) -> Entry:
    """Turn a job family into an item and its texts."""
    item = Item(
        id=f"job-{family.code}",
        kind="job_family",
        code=family.code,
        title=family.title,
        text=family.day or "",
        families=(family.code,),
        source=families.SOURCE,
        source_url=families.SOURCE_URL,
        verified_at=datetime(2025, 9, 18, tzinfo=UTC),
        details={
            "domain": family.domain,
            "domain_name": family.domain_name,
            "riasec": family.riasec,
            "titles": list(family.titles),
        },
    )
    return Entry(item, family.texts())


def item_entry(item: Item) -> Entry:
    """Turn a training, an event or a place into its texts: its title, and its title with its summary."""
    summary = item.text.split(" (Exemple", 1)[0]
    return Entry(item, [("title", item.title), ("summary", f"{item.title}. {summary}")])


def _gazetteer(pool: Pool, say: Say) -> None:
    fingerprint = geography.fingerprint()
    if _is_loaded(pool, "gazetteer", fingerprint):
        say("gazetteer: up to date")
        return
    rows = geography.read_gazetteer()
    geography.save_gazetteer(pool, rows)
    with pool.connection() as connection, connection.cursor() as cursor:
        _mark_loaded(cursor, "gazetteer", fingerprint, len(rows))
    say(f"gazetteer: {len(rows)} places")


def _is_loaded(pool: Pool, collection: str, fingerprint: str) -> bool:
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT fingerprint FROM knowledge.collections WHERE name = %s", (collection,)
        ).fetchone()
    return row is not None and row["fingerprint"] == fingerprint


def _mark_loaded(cursor: Any, collection: str, fingerprint: str, count: int) -> None:
    cursor.execute(
        "INSERT INTO knowledge.collections (name, fingerprint, items) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE"
        " SET fingerprint = excluded.fingerprint, items = excluded.items, loaded_at = now()",
        (collection, fingerprint, count),
    )


def _plain(text: tuple[str, str]) -> tuple[str, str]:
    """Say slang plainly in our own phrases, as in what people write; in an official title, « caisses » are tills."""
    role, words = text
    return role, plain_words(words) if role == "phrase" else words


def _row(item: Item, collection: str) -> dict[str, Any]:
    row = {k: v for k, v in asdict(item).items() if k not in ("place", "text", "details", "families")}
    place = item.place
    return row | {
        "collection": collection,
        "summary": item.text,
        "families": list(item.families),
        "place_label": place.label if place else None,
        "commune": place.commune if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "details": Jsonb(item.details, dumps=lambda value: json.dumps(value, ensure_ascii=False)),
    }


def _insert(row: dict[str, Any]) -> str:
    values = ", ".join(f"%({name})s" for name in row)
    return f"INSERT INTO knowledge.items ({', '.join(row)}) VALUES ({values})"


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _hash_folder(folder: Path) -> str:
    """Content hash of every YAML file of a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
