"""One feed from its address to the index: fetch, compare with last time, import, note what came of it."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge_base.database import UNAVAILABLE, Pool
from knowledge_base.errors import KnowledgeError
from knowledge_base.feeds import table
from knowledge_base.feeds.errors import FeedError, FetchFailed
from knowledge_base.feeds.fetch import Asked, Download, download, hash_of, room_in
from knowledge_base.feeds.network import open_client
from knowledge_base.feeds.pages import download_pages
from knowledge_base.feeds.table import Feed
from knowledge_base.importers.running import Order, Report
from knowledge_base.library import KnowledgeBase

FETCH_LIMIT = 1800.0  # seconds, all pages together
Library = Callable[[], KnowledgeBase]  # opened only when there is something to import: its encoder takes memory


def run_feed(
    pool: Pool,
    library: Library,
    name: str,
    now: datetime,
    *,
    allow_private: bool,
    if_due: bool = False,
    afresh: bool = False,
    **told: Callable[..., Any],
) -> Report | None:
    """Fetch a feed and import it if it changed (`afresh`: even if not); returns None when nothing was to be done.

    Raises KnowledgeError, once noted, for what makes this feed fail: what it brought before stays as it was.
    """
    with table.held(pool, name) as feed:
        if if_due and feed.due_at > now:
            return None
        table.note_begun(pool, feed, now)
        try:
            return _taken(pool, library, feed, now, allow_private=allow_private, afresh=afresh, **told)
        except UNAVAILABLE:
            raise
        except Exception as error:
            failure = error if isinstance(error, KnowledgeError) else unforeseen(error)
            wait = failure.retry_after if isinstance(failure, FetchFailed) else None
            table.note_failed(pool, feed, now, str(failure), wait)
            raise failure from error


def _taken(
    pool: Pool,
    library: Library,
    feed: Feed,
    now: datetime,
    *,
    allow_private: bool,
    afresh: bool,
    **told: Callable[..., Any],
) -> Report | None:
    known = feed.is_current(now) and not afresh
    asked = Asked(feed.url, feed.etag, feed.last_modified) if known else Asked(feed.url)
    with tempfile.TemporaryDirectory(prefix="piste-feed-") as folder:
        came = _fetched(feed, asked, Path(folder), allow_private=allow_private)
        content = _hash(came) if came else None
        if came is None or content is None or (known and table.is_same(feed, content)):
            table.note_unchanged(pool, feed, now)
            return None
        today = now.astimezone().date()
        order = Order(feed.format, came.path, today=today, name=feed.name, encoding=feed.encoding)
        report = library().run_import(order, **told)
    table.note_imported(pool, feed, now, came.etag, came.last_modified, content)
    return report


def _fetched(feed: Feed, asked: Asked, folder: Path, *, allow_private: bool) -> Download | None:
    fetch = download_pages if feed.format == "openagenda" else download
    with open_client(seconds=FETCH_LIMIT, allow_private=allow_private) as client:
        return fetch(client, asked, folder / feed.stem, room_in(folder))


def _hash(came: Download) -> str:
    return hash_of(sorted(came.path.iterdir()) if came.path.is_dir() else [came.path])


def unforeseen(error: Exception) -> FeedError:
    """Say of an error of ours that it is one, by its type alone: its text may quote what was read."""
    return FeedError(f"cannot be imported ({type(error).__name__}). Remedy: report it, with the file and its format")


def remove_set(knowledge: KnowledgeBase, name: str) -> int:
    """Remove what an import or a feed brought; returns how many items that were."""
    return knowledge.remove_set(name)
