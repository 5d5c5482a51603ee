"""The process that fetches feeds when they are due and tries addresses: `python -m knowledge_base.feeds.worker`.

Any number of them may run, on any number of machines: locks in the database keep them from doing the same thing. It
logs names, counts and errors, never an address.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from types import FrameType

from psycopg.errors import UndefinedColumn, UndefinedTable

from knowledge_base.database import UNAVAILABLE, Pool, find_url, open_pool
from knowledge_base.errors import KnowledgeError
from knowledge_base.feeds import links
from knowledge_base.feeds.errors import FeedBusy
from knowledge_base.feeds.running import Library, run_feed
from knowledge_base.feeds.settings import Settings, read_settings
from knowledge_base.feeds.table import names_due
from knowledge_base.feeds.visits import visit
from knowledge_base.library import KnowledgeBase

LOOKED_EVERY = 20.0  # seconds
LINKS_EVERY = 3600.0
LINKS_FIRST_AFTER = 600.0  # a machine that is starting has other things to do
NOT_READY = (*UNAVAILABLE, UndefinedTable, UndefinedColumn)  # restarting, or yet to be migrated

logger = logging.getLogger(__name__)


class Worker:
    """Does what is due, then looks again after a while."""

    def __init__(self, pool: Pool, library: Library, settings: Settings, now: Callable[[], datetime]) -> None:
        self._pool = pool
        self._library = library
        self._now = now
        self._listed: datetime | None = None  # the last import whose addresses are listed
        self._allow_private = settings.allow_private
        self._links_at = time.monotonic() + LINKS_FIRST_AFTER if settings.check_links else float("inf")

    def work_forever(self) -> None:
        """Go on until the process is told to end; a database that restarts is waited for."""
        while True:
            try:
                self.fetch_due()
                if time.monotonic() >= self._links_at:
                    self._links_at = time.monotonic() + LINKS_EVERY
                    self.try_links()
            except NOT_READY as error:
                logger.warning("the database is not ready: %s", type(error).__name__)
            except Exception as error:
                logger.error("%s", type(error).__name__)
            time.sleep(LOOKED_EVERY)

    def fetch_due(self) -> None:
        """Fetch, one at a time, the feeds that are due."""
        for name in names_due(self._pool, self._now()):
            try:
                report = run_feed(
                    self._pool, self._library, name, self._now(), allow_private=self._allow_private, if_due=True
                )
            except FeedBusy:
                continue
            except KnowledgeError as error:
                logger.warning("feed %s: %s", name, error)
                continue
            if report:
                logger.info("feed %s: %d kept, %d rejected", name, report.kept, report.rejected)

    def try_links(self) -> None:
        """Try the hour's share of addresses."""
        last, ours = links.last_import(self._pool), partial(visit, allow_private=self._allow_private)
        try:
            answers = links.check(self._pool, ours, self._now(), listed=last == self._listed)
        except FeedBusy:
            return
        except KnowledgeError as error:
            logger.warning("links: %s", error)
            return
        self._listed = last
        logger.info("links: %d tried, %d failed", len(answers), sum(not one.works for one in answers))


def main() -> int:
    """Work until TERM or Ctrl-C."""
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "WARNING"), format="%(levelname)s %(name)s %(message)s")
    for talkative in ("httpx", "httpcore"):  # they log addresses
        logging.getLogger(talkative).setLevel(logging.WARNING)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        url = find_url()
    except KnowledgeError as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    with open_pool(url) as pool:
        Worker(pool, cache(lambda: KnowledgeBase.open(url)), read_settings(), lambda: datetime.now(UTC)).work_forever()
    return 0


def end(number: int, frame: FrameType | None) -> None:
    """End, once: what is half imported is undone by the database."""
    for other in (signal.SIGTERM, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
