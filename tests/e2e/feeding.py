"""Feeds over a real database and a real publisher: what tests of them share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from knowledge_base import KnowledgeBase
from knowledge_base.database import Pool, open_pool
from knowledge_base.feeds.running import remove_set, run_feed
from knowledge_base.feeds.table import Feed, add_feed, every_feed, feed_named, remove_feed
from knowledge_base.importers.running import Report
from tests.publisher import Page, Publisher, publishing

HEADER = "type;identifiant;titre;source;url;url source;date;heures;commune;latitude;longitude;annulé"
# Feeds of tests are due tomorrow, so that the worker of the Piste they run beside leaves them alone.
NOW = datetime.now(UTC) + timedelta(days=1)
DAY = NOW + timedelta(days=30)


def event(
    number: int, title: str, *, cancelled: bool = False, url: str = "", source_url: str = "", city: str = "Vesoul"
) -> str:
    """Return an event of a plain CSV, in a month."""
    cells = ("atelier", number, title, "Essai", url, source_url, f"{DAY:%d/%m/%Y}", "14h-16h", city, "47.62", "6.16")
    return ";".join(map(str, (*cells, "oui" if cancelled else "non")))


def csv(*events: str) -> bytes:
    """Return a plain CSV."""
    return "\n".join((HEADER, *events, "")).encode()


@dataclass
class Feeding:
    """A database, a publisher, and feeds from one to the other."""

    knowledge: KnowledgeBase
    pool: Pool
    publisher: Publisher
    imports_before: int = 0

    def add(self, name: str, page: Page, format_: str = "csv", every: int = 60) -> None:
        """Publish a page, and add the feed that fetches it."""
        self.publisher.pages[f"/{name}"] = page
        add_feed(self.pool, name, format_, self.publisher.url(f"/{name}"), every, "utf-8-sig", NOW)

    def run(self, name: str, after: timedelta = timedelta(), **how: Any) -> Report | None:
        """Fetch a feed, so long after NOW."""
        return run_feed(self.pool, lambda: self.knowledge, name, NOW + after, allow_private=True, **how)

    def feed(self, name: str) -> Feed:
        """Return a feed as it is noted."""
        return feed_named(self.pool, name)

    def found(self, text: str) -> list[str]:
        """Return the titles that a search for events finds, as another process would."""
        return [one.title for one in self.knowledge.search(text, kind="event", top=5)]

    def value(self, query: str, *parameters: object) -> Any:
        """Return the one value of a query."""
        with self.pool.connection() as connection:
            row = connection.execute(query, parameters).fetchone()
        return next(iter(row.values())) if row else None

    def imports(self, name: str) -> int:
        """Count the imports of a set since the test began."""
        query = "SELECT count(*) FROM knowledge.imports WHERE collection = %s AND id > %s"
        return int(self.value(query, name, self.imports_before))

    def items(self, collection: str) -> dict[str, str]:
        """Return the titles of a set by id."""
        with self.pool.connection() as connection:
            rows = connection.execute(
                "SELECT id, title FROM knowledge.items WHERE collection = %s ORDER BY id", (collection,)
            ).fetchall()
        return {row["id"]: row["title"] for row in rows}


@contextmanager
def feeding(knowledge: KnowledgeBase, url: str) -> Iterator[Feeding]:
    """Lend feeds for the length of a test; what they brought is removed afterwards."""
    with publishing() as publisher, open_pool(url) as pool:
        feeds = Feeding(knowledge, pool, publisher)
        feeds.imports_before = feeds.value("SELECT coalesce(max(id), 0) FROM knowledge.imports")
        yield feeds
        for feed in every_feed(pool):
            remove_feed(pool, feed.name)
            remove_set(knowledge, feed.name)
