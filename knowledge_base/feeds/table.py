"""The rows of `knowledge.feeds`: what to fetch, when, and what came of it last."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches

from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

from knowledge_base.database import Pool
from knowledge_base.feeds.addresses import checked_address
from knowledge_base.feeds.errors import FeedBusy, FeedError
from knowledge_base.importers import FORMATS
from knowledge_base.importers.columns import slug
from knowledge_base.loading import FORMAT as ROWS

SHORTEST, LONGEST = 5, 43_200  # minutes
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=5), timedelta(days=1)
# Importers look a year ahead at most, and a hundred days of what comes back daily: what never changes is read again.
READ_AGAIN_AFTER = timedelta(days=7)
IMPORTS_REMEMBERED = timedelta(days=90)
OURS = ("catalogue", "demo", "gazetteer")  # sets that ship with Piste
NAME = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
LONGEST_ERROR = 500  # characters
UNFINISHED = "is being fetched, or was interrupted. Remedy: if it lasts, see feeds.log"
LOCKS = 7_474_833  # key of the advisory locks, one a feed


@dataclass(frozen=True)
class Feed:
    """One source that is fetched at intervals. `changed_at` is its last import."""

    name: str  # of the imported set
    format: str
    url: str
    every_minutes: int
    encoding: str
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    checked_at: datetime | None
    changed_at: datetime | None
    due_at: datetime
    failures: int
    error: str | None

    @property
    def stem(self) -> str:
        """Return how its file is called; ids of the plain CSV carry it."""
        return slug(self.name.rpartition("/")[2])

    def is_current(self, now: datetime) -> bool:
        """Say whether what it last brought may stay if it is the same: made as rows are made now, and not long ago."""
        made_so = (self.content_hash or "").startswith(f"{ROWS}:")
        return made_so and self.changed_at is not None and now - self.changed_at < READ_AGAIN_AFTER


COLUMNS = ", ".join(Feed.__dataclass_fields__)


def add_feed(pool: Pool, name: str, format_: str, url: str, every_minutes: int, encoding: str, now: datetime) -> None:
    """Add a feed, due at once; raises FeedError for what cannot be one."""
    if format_ not in FORMATS:
        near = get_close_matches(format_, FORMATS, 3) or sorted(FORMATS)
        raise FeedError(f"no format is named {format_!r}. Remedy: {', '.join(near)}")
    if not NAME.fullmatch(name) or len(name) > 64:
        raise FeedError(f"{name[:80]!r} is no name for a set. Remedy: small letters, digits and hyphens: {slug(name)}")
    if not SHORTEST <= every_minutes <= LONGEST:
        raise FeedError(f"--every {every_minutes} is not between {SHORTEST} and {LONGEST} minutes. Remedy: --every 60")
    _refuse_taken(pool, name, format_)
    row = (name, format_, checked_address(url), every_minutes, encoding, now)
    try:
        with pool.connection() as connection:
            connection.execute(
                "INSERT INTO knowledge.feeds (name, format, url, every_minutes, encoding, due_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                row,
            )
    except UniqueViolation as error:
        raise FeedError(f"a feed is named {name} already. Remedy: another name, or `feeds remove {name}`") from error


def _refuse_taken(pool: Pool, name: str, format_: str) -> None:
    """Refuse a name by which a feed would replace, or rename, what is not its own."""
    if name in OURS or (name in FORMATS and name != format_):
        raise FeedError(f"the name {name} is taken. Remedy: another name, e.g. {format_}/{name}")
    with pool.connection() as connection:
        found = connection.execute(
            "SELECT FROM knowledge.collections WHERE name = %s AND NOT starts_with(fingerprint, %s)",
            (name, f"import+{format_}+"),
        ).fetchone()
    if found is not None:
        raise FeedError(f"a set of another format is named {name}. Remedy: another name, e.g. {format_}/{name}")
    stem = slug(name.rpartition("/")[2])
    twin = [one.name for one in every_feed(pool) if (one.format, one.stem) == (format_, stem) and one.name != name]
    if twin:
        raise FeedError(f"{name} ends as {twin[0]} does, and their rows would be mixed up. Remedy: another name")


def every_feed(pool: Pool) -> list[Feed]:
    """Return every feed, by name."""
    with pool.connection() as connection, connection.cursor(row_factory=class_row(Feed)) as cursor:
        return cursor.execute(f"SELECT {COLUMNS} FROM knowledge.feeds ORDER BY name").fetchall()


def feed_named(pool: Pool, name: str) -> Feed:
    """Return one feed; raises FeedError with the nearest name."""
    feeds = {one.name: one for one in every_feed(pool)}
    if name in feeds:
        return feeds[name]
    near = get_close_matches(name, feeds, 1)
    raise FeedError(f"no feed is named {name!r}. Remedy: {near[0] if near else '`feeds list` names them'}")


def remove_feed(pool: Pool, name: str) -> None:
    """Forget a feed; what it brought stays."""
    with held(pool, feed_named(pool, name).name), pool.connection() as connection:
        connection.execute("DELETE FROM knowledge.feeds WHERE name = %s", (name,))


def names_due(pool: Pool, now: datetime) -> list[str]:
    """Return the feeds to fetch now, the most overdue first; none before the index was first built."""
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT name FROM knowledge.feeds WHERE due_at <= %s AND EXISTS (SELECT FROM knowledge.models)"
            " ORDER BY due_at, name",
            (now,),
        ).fetchall()
    return [row["name"] for row in rows]


@contextmanager
def held(pool: Pool, name: str) -> Iterator[Feed]:
    """Keep a feed from other processes, on this machine or another; raises FeedBusy if one has it already.

    The lock ends with the connection that holds it: nothing is left locked by what was killed.
    """
    with pool.connection() as connection:
        row = connection.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s)) AS free", (LOCKS, name)).fetchone()
        if row is None or not row["free"]:
            raise FeedBusy(f"feed {name} is being fetched by another process. Remedy: wait for it to end")
        yield feed_named(pool, name)


def note_begun(pool: Pool, feed: Feed, now: datetime) -> None:
    """Count a failure beforehand: what kills the process must not be tried again at once, for ever."""
    _note(pool, feed, now, error=UNFINISHED, failures=feed.failures + 1, due_at=now + delay_after(feed.failures + 1))


def is_same(feed: Feed, content: str) -> bool:
    """Say whether a feed brings again what was imported from it last."""
    return feed.content_hash == f"{ROWS}:{content}"


def note_unchanged(pool: Pool, feed: Feed, now: datetime) -> None:
    """Note that its publisher has nothing new."""
    _note(pool, feed, now, error=None, failures=0, due_at=now + timedelta(minutes=feed.every_minutes))


def note_imported(
    pool: Pool, feed: Feed, now: datetime, etag: str | None, last_modified: str | None, content: str
) -> None:
    """Note what was imported, to tell whether the next answer is the same; old imports are forgotten."""
    note_unchanged(pool, feed, now)
    with pool.connection() as connection:
        connection.execute(
            "UPDATE knowledge.feeds SET changed_at = %s, etag = %s, last_modified = %s, content_hash = %s"
            " WHERE name = %s",
            (now, etag, last_modified, f"{ROWS}:{content}", feed.name),
        )
        connection.execute(
            "DELETE FROM knowledge.imports WHERE collection = %s AND finished_at < %s",
            (feed.name, now - IMPORTS_REMEMBERED),
        )


def note_failed(pool: Pool, feed: Feed, now: datetime, error: str, wait: timedelta | None) -> None:
    """Note why nothing came; it is tried again after a delay that doubles, or the one that its server asks for."""
    delay = max(delay_after(feed.failures + 1), wait or FIRST_DELAY)
    _note(pool, feed, now, error=error[:LONGEST_ERROR], failures=feed.failures + 1, due_at=now + delay)


def delay_after(failures: int) -> timedelta:
    """Return how long a feed is left alone after so many failures in a row."""
    return min(FIRST_DELAY * (1 << min(failures - 1, 10)), LONGEST_DELAY)


def _note(pool: Pool, feed: Feed, now: datetime, *, error: str | None, failures: int, due_at: datetime) -> None:
    with pool.connection() as connection:
        connection.execute(
            "UPDATE knowledge.feeds SET checked_at = %s, error = %s, failures = %s, due_at = %s WHERE name = %s",
            (now, error, failures, due_at, feed.name),
        )
