"""The process that fetches feeds, and the commands of the technician who adds them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from deploy.instance import ROOT
from knowledge_base import KnowledgeBase
from knowledge_base.__main__ import main
from knowledge_base.database import open_pool
from knowledge_base.feeds.settings import Settings
from knowledge_base.feeds.table import add_feed
from knowledge_base.feeds.worker import Worker
from tests.e2e.feeding import NOW, Feeding, csv, event, feeding
from tests.publisher import Page
from tests.stack import Stack

FORGE, LUTHIER = "Découvrir la forge de Zouzou", "Rencontre avec un luthier à Zouzouville"
LIMIT = 90.0


@pytest.fixture
def feeds(knowledge: KnowledgeBase, stack: Stack) -> Iterator[Feeding]:
    with feeding(knowledge, stack.instance.database_url) as lent:
        yield lent


@pytest.fixture
def piste(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command line over the stack's database: returns the exit code and what was printed."""
    monkeypatch.setenv("DATABASE_URL", stack.instance.database_url)
    monkeypatch.setenv("FEEDS_ALLOW_PRIVATE", "1")

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.2)


def worker(feeds: Feeding, after: timedelta, library: Callable[[], KnowledgeBase] | None = None) -> Worker:
    settings = Settings(allow_private=True, check_links=False)
    return Worker(feeds.pool, library or (lambda: feeds.knowledge), settings, lambda: NOW + after)


def test_the_worker_imports_what_is_due_and_nothing_else(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    feeds.add("ferme", Page(status=500))
    worker(feeds, timedelta(seconds=-1)).fetch_due()
    assert feeds.publisher.asked == []
    worker(feeds, timedelta()).fetch_due()
    worker(feeds, timedelta(minutes=4)).fetch_due()
    assert len(feeds.publisher.asked) == 2
    assert feeds.found(FORGE)[0] == FORGE
    worker(feeds, timedelta(minutes=5)).fetch_due()
    assert [one.path for one in feeds.publisher.asked[2:]] == ["/ferme"]


def test_the_encoder_is_not_opened_while_nothing_changes(feeds: Feeding) -> None:
    def never() -> KnowledgeBase:
        raise AssertionError("opened")

    feeds.add("agenda", Page(csv(event(1, FORGE))))
    worker(feeds, timedelta(seconds=-1), never).fetch_due()
    worker(feeds, timedelta()).fetch_due()
    worker(feeds, timedelta(hours=1), never).fetch_due()
    assert feeds.feed("agenda").error is None
    assert feeds.feed("agenda").checked_at == NOW + timedelta(hours=1)


def test_several_workers_import_a_feed_once(feeds: Feeding, stack: Stack) -> None:
    for number in range(3):
        feeds.add(f"agenda-{number}", Page(csv(event(number, f"Sortie {number} à Zouzou"))))
    with open_pool(stack.instance.database_url) as other:
        elsewhere = replace(feeds, pool=other)
        working = [threading.Thread(target=worker(one, timedelta()).fetch_due) for one in (feeds, elsewhere)]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()
    assert [feeds.imports(f"agenda-{number}") for number in range(3)] == [1, 1, 1]
    assert sorted(one.path for one in feeds.publisher.asked) == ["/agenda-0", "/agenda-1", "/agenda-2"]


def test_a_worker_told_to_end_ends_cleanly(stack: Stack) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "knowledge_base.feeds.worker"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": stack.instance.database_url, "LOG_LEVEL": "WARNING"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(lambda: psutil.Process(process.pid).net_connections() or process.poll() is not None)
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=LIMIT)
    finally:
        process.kill()
    assert (process.returncode, printed) == (0, "")


def supervised(stack: Stack) -> psutil.Process | None:
    """Return the worker of a running Piste."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            mine = process.environ().get("PISTE_PART_OF") == str(stack.instance.folder)
            if mine and "knowledge_base.feeds.worker" in process.cmdline():
                return process
    return None


def test_the_worker_of_a_running_piste_outlives_its_database_and_asks_no_private_server(
    feeds: Feeding, stack: Stack
) -> None:
    before = supervised(stack)
    assert before
    stack.kill("postgres")
    stack.wait_ready()
    for pool in (feeds.pool, feeds.knowledge.pool):
        pool.check()
    add_feed(feeds.pool, "agenda", "csv", feeds.publisher.url("/agenda"), 60, "utf-8-sig", datetime.now(UTC))
    wait_for(lambda: feeds.feed("agenda").error and "not on the public internet" in str(feeds.feed("agenda").error))
    assert supervised(stack) == before
    assert feeds.publisher.asked == []
    log = (stack.instance.logs / "feeds.log").read_text()
    assert "feed agenda: " in log
    assert feeds.publisher.url("") not in log


def test_a_technician_adds_runs_lists_and_removes_a_feed(feeds: Feeding, piste: Callable[..., tuple[int, str]]) -> None:
    address = feeds.publisher.url("/agenda?key=0a1b2c")
    feeds.publisher.pages["/agenda?key=0a1b2c"] = Page(csv(event(1, FORGE), event(2, "")))
    assert piste("feeds", "add", "agenda", "csv", address, "--every", "30")[0] == 0
    code, printed = piste("feeds", "run", "agenda", "--afresh")
    assert (code, FORGE in feeds.found(FORGE)) == (0, True), printed
    assert "agenda.csv:3: title" in printed
    assert "agenda: 2 read, 1 kept, 1 rejected" in printed
    assert "has not changed" in piste("feeds", "run")[1]
    code, printed = piste("feeds", "list")
    assert "agenda  csv, every 30 min  http://127.0.0.1:" in printed
    assert "0a1b2c" not in printed
    code, printed = piste("feeds", "remove", "agenda", "--items")
    assert (code, FORGE in feeds.found(FORGE)) == (0, False)
    assert "with its 1 items" in printed


def test_a_feed_that_fails_is_told_with_its_remedy(feeds: Feeding, piste: Callable[..., tuple[int, str]]) -> None:
    feeds.add("agenda", Page(csv(event(1, LUTHIER))))
    feeds.add("ferme", Page(status=404))
    code, printed = piste("feeds", "run")
    assert code == 1
    assert "ferme: HTTP 404. Remedy: " in printed
    assert "piste: 1 of 2 feeds failed: ferme. Remedy: see above" in printed
    assert LUTHIER in feeds.found(LUTHIER), "the failure of one does not stop the other"
    assert "failed (1 in a row): HTTP 404. Remedy: " in piste("feeds", "list")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("feeds", "add", "a", "csv", "exemple.fr"), "does not begin with https://"),
        (("feeds", "add", "a", "csv", "https://exemple.fr", "--every", "1"), "between 5 and"),
        (("feeds", "remove", "agend"), "Remedy: agenda"),
        (("feeds", "run", "x"), "feeds list"),
    ],
)
def test_a_command_that_cannot_be_says_why(
    feeds: Feeding, piste: Callable[..., tuple[int, str]], arguments: tuple[str, ...], told: str
) -> None:
    feeds.add("agenda", Page())
    code, printed = piste(*arguments)
    assert code == 1
    assert printed.startswith("piste: ")
    assert told in printed


def test_dead_links_are_printed(feeds: Feeding, piste: Callable[..., tuple[int, str]]) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE, url=feeds.publisher.url("/gone")))))
    feeds.run("agenda")
    with feeds.pool.connection() as connection:
        connection.execute("DELETE FROM knowledge.links")
        connection.execute(
            "INSERT INTO knowledge.links (url, status, failing_since, checked_at, dead, failures)"
            " VALUES (%s, 404, %s, %s, true, 1)",
            (feeds.publisher.url("/gone"), NOW, NOW),
        )
    code, printed = piste("links")
    assert code == 0
    assert f"{feeds.publisher.url('/gone')}\n  HTTP 404, since {NOW.astimezone():%Y-%m-%d}" in printed
    assert f"{FORGE} (agenda)" in printed
    assert "1 dead of 1 tried; 0 not tried yet" in printed
