"""Trying addresses: four at once, one at a time for each host, without reading what they hold."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from knowledge_base.feeds.errors import FetchFailed, NameNotFound
from knowledge_base.feeds.fetch import reason_of
from knowledge_base.feeds.network import open_client

AT_ONCE = 4
TIMEOUT = 10.0  # seconds for each request
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
NEVER_THERE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL)
# What says that a page is there, for people or later, though not for a program now; the last is LinkedIn's.
NOT_FOR_US = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, 999)


@dataclass(frozen=True)
class Answer:
    """What an address answered: a status, or an error when nothing did."""

    status: int | None = None
    error: str | None = None
    no_such_host: bool = False
    reached: bool = True  # something answers there, if not well

    @property
    def works(self) -> bool:
        """Say whether a person who follows it finds something."""
        return self.status is not None and (self.status < 400 or self.status in NOT_FOR_US)

    @property
    def gone(self) -> bool:
        """Say whether trying again would be of no use."""
        return self.no_such_host or self.status in GONE


def visit(url: str, *, allow_private: bool) -> Answer:
    """Ask for a page's head; for the page itself where heads are refused. Never raises."""
    answer = _asked("HEAD", url, allow_private=allow_private)
    return answer if answer.works or not answer.reached else _asked("GET", url, allow_private=allow_private)


def _asked(method: str, url: str, *, allow_private: bool) -> Answer:
    try:
        with open_client(seconds=TIMEOUT, allow_private=allow_private) as client, client.stream(method, url) as answer:
            return Answer(answer.status_code)
    except NameNotFound:
        return Answer(error="no such host", no_such_host=True, reached=False)
    except FetchFailed as error:
        return Answer(error=_bare(str(error)), reached=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Answer(error=_bare(reason_of(error)), reached=not isinstance(error, NEVER_THERE))
    except Exception as error:
        return Answer(error=type(error).__name__)


def _bare(reason: str) -> str:
    return reason.partition(". Remedy")[0]


def visit_all(
    hosts: Sequence[Sequence[str]], visit: Callable[[str], Answer], seconds: float
) -> Iterator[tuple[str, Answer]]:
    """Yield (address, answer) as they come; what is not begun after `seconds` is left for another time.

    The threads are daemons: a process told to end does not wait for pages that never come.
    """
    waiting: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, Answer] | None] = queue.SimpleQueue()
    for urls in hosts:
        waiting.put(urls)
    ends = time.monotonic() + seconds

    def work() -> None:
        with suppress(queue.Empty):
            while True:
                for url in waiting.get_nowait():
                    if time.monotonic() < ends:
                        done.put((url, visit(url)))
        done.put(None)

    for _ in range(AT_ONCE):
        threading.Thread(target=work, daemon=True).start()
    working = AT_ONCE
    while working:
        if (one := done.get()) is None:
            working -= 1
        else:
            yield one
