"""The addresses that items name: which are tried when, and which are dead. Nothing is hidden for a dead address."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from knowledge_base.database import Pool
from knowledge_base.feeds.errors import FeedBusy, FeedError
from knowledge_base.feeds.visits import Answer, visit_all
from knowledge_base.search import BELIEVED_FOR

AN_HOUR = 1_000  # addresses tried an hour by all machines together
AN_HOUR_AND_HOST = 100
AGAIN_AFTER, AGAIN_AFTER_FAILURE = timedelta(days=7), timedelta(days=1)
DEAD_FROM = 3  # failures in a row
LONGEST = 2_000  # characters: an index holds no more, and no page has such an address
LOCK = 7_474_834  # key of the advisory lock under which addresses are tried
ROUND = 300.0  # seconds: feeds wait meanwhile
ENOUGH_HOSTS = 3  # that do not all die on the same day
Visit = Callable[[str], Answer]

# `source_url`, and whatever in `details` begins as an address does, of what may still be proposed. Examples are left
# out: nobody mends them.
NAMED = r"""
SELECT a.url, i.id FROM knowledge.items i CROSS JOIN LATERAL (
    SELECT i.source_url AS url
    UNION SELECT value #>> '{}' FROM jsonb_path_query(
        i.details, 'strict $.** ? (@.type() == "string" && @ like_regex "^https?://[^ ]+$" flag "i")') AS value
) a
WHERE NOT i.demo AND NOT i.cancelled AND i.duplicate_of IS NULL
  AND coalesce(i.valid_until,
               i.verified_at + make_interval(days => (%(believed_for)s::jsonb ->> i.kind)::int)) > %(now)s
  AND a.url IS NOT NULL AND length(a.url) <= %(longest)s
"""
GATHER = f"""
WITH named AS MATERIALIZED (SELECT DISTINCT url FROM ({NAMED}) n),
     gone AS (DELETE FROM knowledge.links l WHERE NOT EXISTS (SELECT FROM named WHERE named.url = l.url))
INSERT INTO knowledge.links (url, due_at) SELECT url, %(now)s FROM named ON CONFLICT DO NOTHING
"""
HOST = "lower(substring(url from '//(?:[^/?#@]*@)?([^/?#:]+)'))"
DUE = f"""
WITH recent AS (
    SELECT {HOST} AS host, count(*) AS n FROM knowledge.links WHERE checked_at > %(an_hour_ago)s GROUP BY 1
),
due AS (
    SELECT url, due_at, {HOST} AS host, row_number() OVER (PARTITION BY {HOST} ORDER BY due_at, url) AS number
    FROM knowledge.links WHERE due_at <= %(now)s
)
SELECT url, host FROM due LEFT JOIN recent USING (host) WHERE number + coalesce(n, 0) <= %(per_host)s
ORDER BY due_at, url LIMIT greatest(%(most)s - (SELECT coalesce(sum(n), 0) FROM recent), 0)
"""
NOTE = """
UPDATE knowledge.links SET
    status = %(status)s, error = %(error)s, checked_at = %(now)s, due_at = %(due_at)s,
    failures = CASE WHEN %(works)s THEN 0 ELSE failures + 1 END,
    failing_since = CASE WHEN NOT %(works)s THEN coalesce(failing_since, %(now)s) END,
    dead = NOT %(works)s AND (%(gone)s OR failures + 1 >= %(dead_from)s)
WHERE url = %(url)s
"""
DEAD = f"""
SELECT l.url, l.failing_since, l.status, l.error, count(*) AS items,
       (array_agg(i.title || ' (' || i.collection || ')' ORDER BY i.title))[:%(shown)s] AS named_by
FROM knowledge.links l JOIN ({NAMED}) n USING (url) JOIN knowledge.items i ON i.id = n.id
WHERE l.dead GROUP BY l.url ORDER BY l.failing_since, l.url
"""


@dataclass(frozen=True)
class DeadLink:
    """An address that leads nowhere, since when, why, and what names it (the first few of `items`)."""

    url: str
    failing_since: datetime
    status: int | None
    error: str | None
    items: int
    named_by: list[str]


@contextmanager
def one_at_a_time(pool: Pool) -> Iterator[None]:
    """Keep other processes from trying addresses; raises FeedBusy if one does already."""
    with pool.connection() as connection:
        row = connection.execute("SELECT pg_try_advisory_xact_lock(%s) AS free", (LOCK,)).fetchone()
        if row is None or not row["free"]:
            raise FeedBusy("another process is trying addresses. Remedy: wait for it to end")
        yield


def check(
    pool: Pool, visit: Visit, now: datetime, seconds: float = ROUND, *, listed: bool = False, **share: int
) -> list[Answer]:
    """Try the addresses that are due, for so many seconds, and note what they answered; see `due` for the share.

    `listed` says that nothing was imported since the addresses were last gathered, which reads every item.
    Raises FeedError, and notes nothing, when it is this machine that has no network.
    """
    with one_at_a_time(pool):
        if not listed:
            gather(pool, now)
        hosts = due(pool, now, **share)
        answers = list(visit_all(hosts, visit, seconds))
        if len(hosts) >= ENOUGH_HOSTS and answers and all(answer.status is None for _, answer in answers):
            raise FeedError(f"none of {len(hosts)} hosts answers. Remedy: is this machine on the network?")
        note(pool, answers, now)
    return [answer for _, answer in answers]


def gather(pool: Pool, now: datetime) -> None:
    """List the addresses of what may be proposed, new ones due at once, and forget those of what is over."""
    with pool.connection() as connection:
        connection.execute(GATHER, _named(now))


def last_import(pool: Pool) -> datetime | None:
    """Return when anything was last imported."""
    with pool.connection() as connection:
        row = connection.execute("SELECT max(loaded_at) AS at FROM knowledge.collections").fetchone()
    return row["at"] if row else None


def due(pool: Pool, now: datetime, most: int = AN_HOUR, per_host: int = AN_HOUR_AND_HOST) -> list[list[str]]:
    """Return the addresses to try now, those of one host together: what is left of an hour's share."""
    parameters = {"now": now, "an_hour_ago": now - timedelta(hours=1), "most": most, "per_host": per_host}
    with pool.connection() as connection:
        rows = connection.execute(DUE, parameters).fetchall()
    hosts: dict[str, list[str]] = {}
    for row in rows:
        hosts.setdefault(row["host"], []).append(row["url"])
    return list(hosts.values())


def note(pool: Pool, answers: Sequence[tuple[str, Answer]], now: datetime) -> None:
    """Note what addresses answered."""
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.executemany(NOTE, [_row(url, answer, now) for url, answer in answers])


def dead(pool: Pool, now: datetime, shown: int = 3) -> list[DeadLink]:
    """Return the dead addresses that something which may be proposed names."""
    with pool.connection() as connection, connection.cursor(row_factory=class_row(DeadLink)) as cursor:
        return cursor.execute(DEAD, _named(now) | {"shown": shown}).fetchall()


def counts(pool: Pool) -> dict[str, int]:
    """Count the addresses known, tried and dead."""
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT count(*) AS known, count(checked_at) AS tried, count(*) FILTER (WHERE dead) AS dead"
            " FROM knowledge.links"
        ).fetchone()
    return dict(row or {})


def _named(now: datetime) -> dict[str, Any]:
    return {"now": now, "believed_for": Jsonb(BELIEVED_FOR), "longest": LONGEST}


def _row(url: str, answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "url": url,
        "status": answer.status,
        "error": answer.error,
        "works": answer.works,
        "gone": answer.gone,
        "now": now,
        "due_at": now + (AGAIN_AFTER if answer.works else AGAIN_AFTER_FAILURE),
        "dead_from": DEAD_FROM,
    }
