"""Filling the index: what ships with Piste is loaded when it changed, and what has no vector yet gets one."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base import geography, kept
from knowledge_base.catalogue import families, load_families
from knowledge_base.database import Pool
from knowledge_base.demonstration import FOLDER as DEMO_FOLDER
from knowledge_base.demonstration import read_demonstration
from knowledge_base.encoder import Encoder
from knowledge_base.entries import Entry, family_entry, item_entry
from knowledge_base.french import SMS
from knowledge_base.staging import EMBEDDED_AT_ONCE, Say, Staging, save_embeddings

FORMAT = "7"  # raise it when the way items are turned into rows changes


def build(pool: Pool, encoder: Encoder, today: date, *, demo: bool, say: Say = lambda _: None) -> None:
    """Bring every collection of ours up to date: gazetteer, catalogue, and the demonstration set where it is wanted."""
    _gazetteer(pool, encoder, say)
    catalogue = f"{_hash_folder(families.FOLDER)}+{geography.hash_of(SMS)}"
    load(pool, encoder, "catalogue", catalogue, lambda: map(family_entry, load_families()), say)
    # The demonstration set is dated from today, so that it is made again each day.
    demo_hash = f"{_hash_folder(DEMO_FOLDER)}+{today}" if demo else "off"
    load(pool, encoder, "demo", demo_hash, lambda: map(item_entry, read_demonstration(today) if demo else ()), say)
    load(pool, encoder, kept.COLLECTION, kept.fingerprint(pool), lambda: kept.entries(pool), say)
    embed_missing(pool, encoder, say)


def load(
    pool: Pool, encoder: Encoder, collection: str, fingerprint: str, entries: Callable[[], Iterable[Entry]], say: Say
) -> None:
    """Replace one collection, unless its fingerprint says that it is the one already there."""
    fingerprint = f"{FORMAT}+{fingerprint}"
    if is_loaded(pool, collection, fingerprint):
        say(f"{collection}: up to date")
        return
    with pool.connection() as connection:
        staging = Staging(connection, collection)
        for entry in entries():
            staging.add(entry)
        staging.finish()
        staging.embed(pool, encoder, say)
        staging.publish(encoder)
        mark_loaded(connection, collection, fingerprint, staging.items)
    say(f"{collection}: {staging.items} items")


def embed_missing(pool: Pool, encoder: Encoder, say: Say) -> int:
    """Encode the texts that this encoder has not encoded yet, after a change of model; returns how many."""
    with pool.connection() as connection:
        stale = connection.execute(
            "SELECT DISTINCT ON (t.hash) t.hash, t.text FROM knowledge.texts t"
            " WHERE t.encoder IS DISTINCT FROM %(encoder)s AND NOT EXISTS"
            " (SELECT FROM knowledge.embeddings e WHERE e.hash = t.hash AND e.encoder = %(encoder)s)",
            {"encoder": encoder.identity},
        ).fetchall()
    for start in range(0, len(stale), EMBEDDED_AT_ONCE):
        part = stale[start : start + EMBEDDED_AT_ONCE]
        vectors = encoder.encode([row["text"] for row in part], "document")
        save_embeddings(pool, encoder.identity, [row["hash"] for row in part], vectors)
        say(f"embeddings: {start + len(part)} of {len(stale)}")
    if not stale:
        say("embeddings: up to date")
    with pool.connection() as connection:
        connection.execute(
            "UPDATE knowledge.texts t SET encoder = e.encoder, embedding = e.embedding FROM knowledge.embeddings e"
            " WHERE e.hash = t.hash AND e.encoder = %(encoder)s AND t.encoder IS DISTINCT FROM %(encoder)s",
            {"encoder": encoder.identity},
        )
    return len(stale)


def is_loaded(pool: Pool, collection: str, fingerprint: str) -> bool:
    """Say whether a collection is there as its fingerprint tells."""
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT fingerprint FROM knowledge.collections WHERE name = %s", (collection,)
        ).fetchone()
    return row is not None and row["fingerprint"] == fingerprint


def mark_loaded(connection: Any, collection: str, fingerprint: str, count: int) -> None:
    """Note what a collection was loaded from."""
    connection.execute(
        "INSERT INTO knowledge.collections (name, fingerprint, items) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE"
        " SET fingerprint = excluded.fingerprint, items = excluded.items, loaded_at = now()",
        (collection, fingerprint, count),
    )


def _gazetteer(pool: Pool, encoder: Encoder, say: Say) -> None:
    """Load the packages' gazetteer, unless La Poste's communes were imported: they know more."""
    fingerprint = geography.fingerprint()
    with pool.connection() as connection:
        row = connection.execute("SELECT FROM knowledge.collections WHERE name = 'laposte'").fetchone()
    if row is not None or is_loaded(pool, "gazetteer", fingerprint):
        say("gazetteer: up to date")
        return
    rows = geography.read_gazetteer()
    with pool.connection() as connection:
        staging = Staging(connection, "gazetteer")
        for one in rows:
            staging.add_row("gazetteer", one)
        staging.finish()
        staging.publish(encoder)
        mark_loaded(connection, "gazetteer", fingerprint, len(rows))
    say(f"gazetteer: {len(rows)} places")


def _hash_folder(folder: Path) -> str:
    """Content hash of every YAML file of a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
