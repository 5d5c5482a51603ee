"""What is learned from texts, kept in the database: fitted anew when they changed, read by every process."""

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from knowledge_base import answers, matching
from knowledge_base.answers import AnswerMatcher, load_answers, load_unanswered
from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.errors import KnowledgeError
from knowledge_base.matching.families import FamilyMatcher, FamilyText
from knowledge_base.matching.refusals import Traits
from knowledge_base.staging import Say

FAMILIES, ANSWERS = "families", "answers"
LOOKED_AT_EVERY = 5.0  # seconds: how long a process may go on with a matcher that an import has replaced


class _Stored(Protocol):
    def to_bytes(self) -> bytes:
        """Return everything learned."""


Matcher = TypeVar("Matcher")


def fit_matcher(pool: Pool, encoder: Encoder, say: Say, kept: Path | None = None) -> None:
    """Fit the matcher of families anew if their texts changed; `kept` is a folder of fitted ones."""

    def fitted() -> FamilyMatcher:
        return FamilyMatcher.fit(_texts(pool), _traits(pool))

    _fit(pool, FAMILIES, _fingerprint(pool, encoder), fitted, say, kept)


def fit_answers(pool: Pool, encoder: Encoder, say: Say, kept: Path | None = None) -> None:
    """Fit the matcher of answers anew if their texts changed."""
    digest = hashlib.sha256(encoder.identity.encode())
    for file in sorted(Path(answers.__file__).parent.rglob("*.*")):
        digest.update(file.read_bytes() if file.suffix in (".py", ".yml") else b"")

    def fitted() -> AnswerMatcher:
        return AnswerMatcher.fit(load_answers(), load_unanswered(), encoder)

    _fit(pool, ANSWERS, digest.hexdigest()[:20], fitted, say, kept)


def _fit(pool: Pool, name: str, wanted: str, fitted: Callable[[], _Stored], say: Say, kept: Path | None) -> None:
    if _stored(pool, name) == wanted:
        say(f"matcher of {name}: up to date")
        return
    file = kept / f"{name}-{wanted}.npz" if kept else None
    if file is not None and file.is_file():
        data = file.read_bytes()
    else:
        started = time.monotonic()
        data = fitted().to_bytes()
        say(f"matcher of {name}: fitted in {time.monotonic() - started:.0f} s")
        if file is not None:
            _keep(file, name, data)
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO knowledge.models (name, fingerprint, data) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE"
            " SET fingerprint = excluded.fingerprint, data = excluded.data, made_at = now()",
            (name, wanted, data),
        )


class Learned(Generic[Matcher]):
    """Lends a matcher of the database, read again when it was replaced. Safe to share between threads."""

    def __init__(self, pool: Pool, name: str, read: Callable[[bytes], Matcher]) -> None:
        self._pool = pool
        self._name = name
        self._read = read
        self._lock = threading.Lock()
        self._matcher: Matcher | None = None
        self._fingerprint: str | None = None
        self._looked_at = 0.0

    def get(self) -> Matcher:
        """Return the matcher; raises KnowledgeError if the index was never built."""
        with self._lock:
            if self._matcher is None or time.monotonic() - self._looked_at > LOOKED_AT_EVERY:
                self._look()
            if self._matcher is None:
                raise KnowledgeError(
                    f"the index holds no {self._name}. Remedy: `make run`, or `python -m knowledge_base build`"
                )
            return self._matcher

    def _look(self) -> None:
        fingerprint = _stored(self._pool, self._name)
        if fingerprint != self._fingerprint:
            with self._pool.connection() as connection:
                row = connection.execute("SELECT data FROM knowledge.models WHERE name = %s", (self._name,)).fetchone()
            try:
                self._matcher = self._read(row["data"]) if row else None
            except KeyError as error:
                raise KnowledgeError("the index was made by another version of Piste. Remedy: `make index`") from error
            self._fingerprint = fingerprint
        self._looked_at = time.monotonic()


def _stored(pool: Pool, name: str) -> str | None:
    with pool.connection() as connection:
        row = connection.execute("SELECT fingerprint FROM knowledge.models WHERE name = %s", (name,)).fetchone()
    return row["fingerprint"] if row else None


def _fingerprint(pool: Pool, encoder: Encoder) -> str:
    """Change whenever a matcher fitted now would come out otherwise."""
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT md5(string_agg(item_id || role || encode(hash, 'hex'), '' ORDER BY item_id, role, hash)) AS texts,"
            " (SELECT md5(string_agg(details::text, '' ORDER BY id)) FROM knowledge.items"
            "  WHERE kind = 'job_family') AS traits"
            " FROM knowledge.texts WHERE kind = 'job_family' AND encoder = %s",
            (encoder.identity,),
        ).fetchone()
    digest = hashlib.sha256(f"{encoder.identity}+{row}".encode())
    for file in sorted(Path(matching.__file__).parent.glob("*.py")):  # the code that learns, too
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def _texts(pool: Pool) -> list[FamilyText]:
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT i.code, t.role, t.text, t.collection, t.embedding FROM knowledge.texts t JOIN knowledge.items i"
            " ON i.id = t.item_id WHERE t.kind = 'job_family' AND t.role <> 'hard' AND t.embedding IS NOT NULL"
            " ORDER BY i.code, t.role, t.text"
        ).fetchall()
    return [
        FamilyText(row["code"], row["role"], row["text"], row["collection"], row["embedding"].to_numpy())
        for row in rows
    ]


def _traits(pool: Pool) -> dict[str, Traits]:
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT code, title, details FROM knowledge.items WHERE kind = 'job_family'"
        ).fetchall()
    return {
        row["code"]: Traits(
            row["code"],
            row["title"],
            row["details"]["conditions"],
            tuple(row["details"]["hard_sides"]),
            row["details"]["riasec"],
        )
        for row in rows
    }


def _keep(file: Path, name: str, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for older in file.parent.glob(f"{name}-*.npz"):
        older.unlink(missing_ok=True)
    unfinished = file.with_suffix(f".{time.monotonic_ns()}")
    unfinished.write_bytes(data)
    unfinished.replace(file)
