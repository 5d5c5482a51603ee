"""When a feed is fetched again, and what of its last answer still counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deploy.instance import SECRETS, Instance
from deploy.services import services_of
from knowledge_base.feeds.settings import read_settings
from knowledge_base.feeds.table import Feed, delay_after, is_same
from knowledge_base.loading import FORMAT as ROWS
from tests.layout.tree import ROOT

NOW = datetime(2026, 3, 19, 12, tzinfo=UTC)
FEED = Feed(
    name="csv/nos-evenements",
    format="csv",
    url="https://exemple.fr/a.csv",
    every_minutes=60,
    encoding="utf-8-sig",
    etag='"v1"',
    last_modified=None,
    content_hash=f"{ROWS}:abc",
    checked_at=NOW,
    changed_at=NOW - timedelta(days=1),
    due_at=NOW,
    failures=0,
    error=None,
)


def test_the_delay_after_failures_doubles_up_to_a_day() -> None:
    minutes = [delay_after(failures) / timedelta(minutes=1) for failures in range(1, 12)]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    assert delay_after(10_000) == timedelta(days=1)


def test_what_was_imported_lately_and_as_now_need_not_be_imported_again() -> None:
    assert FEED.is_current(NOW)
    assert is_same(FEED, "abc")
    assert not is_same(FEED, "abd")


@pytest.mark.parametrize(
    "feed",
    [
        replace(FEED, changed_at=NOW - timedelta(days=8)),
        replace(FEED, changed_at=None),
        replace(FEED, content_hash="0:abc"),
        replace(FEED, content_hash=None),
    ],
)
def test_what_is_old_or_was_made_otherwise_is_imported_again(feed: Feed) -> None:
    assert not feed.is_current(NOW)


def test_a_feed_that_takes_over_a_set_keeps_the_file_name_its_ids_are_made_of() -> None:
    assert FEED.stem == "nos-evenements"
    assert replace(FEED, name="agenda").stem == "agenda"


def test_the_worker_runs_beside_the_other_processes_and_stops_before_the_database() -> None:
    instance = Instance(ROOT, 8000, {"postgres": 1, "bot": 2, "actions": 3}, dict.fromkeys(SECRETS, "x"))
    services = {one.name: one for one in services_of(instance, ROOT)}
    assert services["feeds"].command[1:] == ["-m", "knowledge_base.feeds.worker"]
    assert services["feeds"].environment["DATABASE_URL"] == instance.database_url
    assert services["feeds"].priority > services["gateway"].priority


@pytest.mark.parametrize(
    ("environment", "allow_private", "check_links"),
    [
        ({}, False, True),
        ({"FEEDS_ALLOW_PRIVATE": "1", "CHECK_LINKS": "0"}, True, False),
        ({"CHECK_LINKS": ""}, False, True),
    ],
)
def test_settings_are_those_of_the_environment(
    environment: dict[str, str], allow_private: bool, check_links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FEEDS_ALLOW_PRIVATE", "CHECK_LINKS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.allow_private, settings.check_links) == (allow_private, check_links)
