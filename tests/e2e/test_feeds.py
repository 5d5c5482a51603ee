"""Feeds from a publisher's address to the next search, in a real database."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.errors import BadFile
from knowledge_base.feeds.errors import AddressRefused, FeedBusy, FeedError, FetchFailed
from knowledge_base.feeds.running import remove_set, run_feed
from knowledge_base.feeds.table import add_feed, held, names_due, remove_feed
from knowledge_base.importers.running import Order
from tests.e2e.feeding import DAY, NOW, Feeding, csv, event, feeding
from tests.publisher import Page
from tests.stack import Stack

FORGE, LUTHIER = "Découvrir la forge de Zouzou", "Rencontre avec un luthier à Zouzouville"
ICS = f"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:un@exemple
DTSTART;TZID=Europe/Paris:{DAY:%Y%m%d}T140000
DTEND;TZID=Europe/Paris:{DAY:%Y%m%d}T160000
SUMMARY:{FORGE}
LOCATION:Halle, 1 rue Basse, 70000 Vesoul
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


@pytest.fixture
def feeds(knowledge: KnowledgeBase, stack: Stack) -> Iterator[Feeding]:
    with feeding(knowledge, stack.instance.database_url) as lent:
        yield lent


def test_what_a_feed_brings_is_found_by_the_next_search(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    assert FORGE not in feeds.found(FORGE)
    report = feeds.run("agenda")
    assert report
    assert (report.read, report.kept, report.rejected) == (1, 1, 0)
    assert feeds.found(FORGE)[0] == FORGE
    feed = feeds.feed("agenda")
    assert (feed.checked_at, feed.changed_at, feed.error) == (NOW, NOW, None)
    assert feed.due_at == NOW + timedelta(minutes=60)


def test_what_its_publisher_changes_changes(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    feeds.run("agenda")
    feeds.publisher.pages["/agenda"] = Page(csv(event(1, LUTHIER)))
    feeds.run("agenda", timedelta(hours=1))
    assert feeds.found(LUTHIER)[0] == LUTHIER
    assert FORGE not in feeds.found(FORGE)


@pytest.mark.parametrize(
    "later",
    [csv(event(2, LUTHIER)), csv(event(1, FORGE, cancelled=True), event(2, LUTHIER))],
    ids=["left", "cancelled"],
)
def test_what_left_or_was_cancelled_is_proposed_no_more(feeds: Feeding, later: bytes) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE), event(2, LUTHIER))))
    feeds.run("agenda")
    feeds.publisher.pages["/agenda"] = Page(later)
    feeds.run("agenda", timedelta(hours=1))
    assert FORGE not in feeds.found(FORGE)
    assert LUTHIER in feeds.found(LUTHIER)


@pytest.mark.parametrize(
    ("page", "failure", "told"),
    [
        (Page(status=500), FetchFailed, "HTTP 500. Remedy: "),
        (Page(b"<!doctype html><p>En maintenance</p>"), BadFile, "lacks the columns"),
        (Page(csv(*(event(n, LUTHIER) for n in range(3000))) + b"\xff"), BadFile, "is not utf-8"),
    ],
    ids=["refused", "something else", "broken at its end"],
)
def test_a_feed_that_fails_keeps_what_it_brought_and_is_tried_later(
    feeds: Feeding, page: Page, failure: type[Exception], told: str
) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    feeds.run("agenda")
    feeds.publisher.pages["/agenda"] = page
    for failures, minutes in ((1, 5), (2, 10), (3, 20)):
        with pytest.raises(failure):
            feeds.run("agenda", timedelta(hours=1))
        feed = feeds.feed("agenda")
        assert told in (feed.error or "")
        assert (feed.failures, feed.due_at) == (failures, NOW + timedelta(hours=1, minutes=minutes))
    assert feeds.found(FORGE)[0] == FORGE
    assert LUTHIER not in feeds.found(LUTHIER)
    feeds.publisher.pages["/agenda"] = Page(csv(event(1, LUTHIER)))
    feeds.run("agenda", timedelta(hours=2))
    assert (feeds.feed("agenda").failures, feeds.feed("agenda").error) == (0, None)
    assert LUTHIER in feeds.found(LUTHIER)


@pytest.mark.parametrize("etag", ['"v1"', None], ids=["304", "the same bytes"])
def test_what_did_not_change_is_not_imported(feeds: Feeding, etag: str | None) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE)), etag=etag))
    feeds.run("agenda")
    assert feeds.run("agenda", timedelta(hours=1)) is None
    assert ("if-none-match" in feeds.publisher.asked[1].headers) == (etag is not None)
    feed = feeds.feed("agenda")
    assert (feed.checked_at, feed.changed_at) == (NOW + timedelta(hours=1), NOW)
    assert feeds.imports("agenda") == 1
    assert feeds.run("agenda", timedelta(hours=2), afresh=True)
    assert feeds.run("agenda", timedelta(days=8)), "what comes back weekly must not run out"
    assert feeds.imports("agenda") == 3


def test_an_import_that_breaks_in_the_middle_leaves_the_former_set(feeds: Feeding, tmp_path: Path) -> None:
    path = tmp_path / "ateliers.csv"
    order = Order("csv", path, NOW.date())
    try:
        path.write_bytes(csv(event(1, FORGE)))
        feeds.knowledge.run_import(order)
        before = feeds.items("csv/ateliers")
        path.write_bytes(csv(*(event(number, LUTHIER) for number in range(3000))) + b"\xff")
        with pytest.raises(BadFile):
            feeds.knowledge.run_import(order)
        assert feeds.items("csv/ateliers") == before == {"csv-ateliers-evenement-1": FORGE}
        assert feeds.found(FORGE)[0] == FORGE
    finally:
        remove_set(feeds.knowledge, "csv/ateliers")


def test_importing_twice_changes_nothing(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE), event(2, LUTHIER))))
    feeds.run("agenda")
    before = feeds.items("agenda")
    assert feeds.run("agenda", afresh=True)
    assert feeds.items("agenda") == before
    assert len(before) == 2


def test_the_matcher_of_job_families_is_left_alone(feeds: Feeding) -> None:
    made = feeds.value("SELECT made_at FROM knowledge.models")
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    feeds.run("agenda")
    assert feeds.value("SELECT made_at FROM knowledge.models") == made


def test_pages_of_openagenda_are_one_set(feeds: Feeding) -> None:
    slots = [{"begin": f"{DAY:%Y-%m-%d}T14:00:00+01:00", "end": f"{DAY:%Y-%m-%d}T16:00:00+01:00"}]
    location = {"city": "Vesoul", "postalCode": "70000", "latitude": 47.62, "longitude": 6.16, "countryCode": "FR"}
    shared = {"timings": slots, "location": location, "status": 1, "state": 2, "attendanceMode": 1}
    first, last = ({"uid": uid, "title": {"fr": title}} | shared for uid, title in ((7001, FORGE), (7002, LUTHIER)))
    feeds.add("agenda", Page(json.dumps({"events": [first], "after": [5, "a"]}).encode()), "openagenda")
    feeds.publisher.pages["/agenda?after%5B%5D=5&after%5B%5D=a"] = Page(json.dumps({"events": [last]}).encode())
    report = feeds.run("agenda")
    assert report
    assert report.kept == 2
    assert FORGE in feeds.found(FORGE)
    assert LUTHIER in feeds.found(LUTHIER)
    assert feeds.run("agenda", timedelta(hours=1)) is None


def test_the_same_event_in_two_formats_is_proposed_once(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    feeds.add("calendrier", Page(ICS), "ics")
    assert feeds.run("agenda")
    assert feeds.run("calendrier")
    assert feeds.value("SELECT count(*) FROM knowledge.items WHERE title = %s", FORGE) == 2
    assert feeds.found(FORGE).count(FORGE) == 1


def test_a_server_of_ones_own_network_is_refused_unless_allowed(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    with pytest.raises(AddressRefused):
        run_feed(feeds.pool, lambda: feeds.knowledge, "agenda", NOW, allow_private=False)
    assert "FEEDS_ALLOW_PRIVATE=1" in (feeds.feed("agenda").error or "")
    assert feeds.publisher.asked == []


def test_a_feed_that_is_being_fetched_is_left_to_who_fetches_it(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))
    with held(feeds.pool, "agenda"):
        with pytest.raises(FeedBusy, match="another process"):
            feeds.run("agenda")
        with pytest.raises(FeedBusy):
            remove_feed(feeds.pool, "agenda")
    assert feeds.run("agenda")
    assert feeds.run("agenda", if_due=True) is None
    assert len(feeds.publisher.asked) == 1


def test_a_feed_that_kills_its_process_waits_before_it_is_tried_again(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))

    def killed() -> KnowledgeBase:
        raise SystemExit

    with pytest.raises(SystemExit):
        run_feed(feeds.pool, killed, "agenda", NOW, allow_private=True)
    assert names_due(feeds.pool, NOW + timedelta(minutes=4)) == []
    assert names_due(feeds.pool, NOW + timedelta(minutes=5)) == ["agenda"]
    assert "interrupted" in (feeds.feed("agenda").error or "")


def test_an_error_of_ours_is_noted_by_its_kind_alone(feeds: Feeding) -> None:
    feeds.add("agenda", Page(csv(event(1, FORGE))))

    def broken() -> KnowledgeBase:
        raise ZeroDivisionError("what a person wrote")

    with pytest.raises(FeedError, match="ZeroDivisionError"):
        run_feed(feeds.pool, broken, "agenda", NOW, allow_private=True)
    assert "person" not in (feeds.feed("agenda").error or "")


@pytest.mark.parametrize(
    ("name", "format_", "url", "every", "told"),
    [
        ("agenda", "csv", "https://exemple.fr/b", 60, "a feed is named agenda already"),
        ("autre/agenda", "csv", "https://exemple.fr/b", 60, "mixed up"),
        ("catalogue", "csv", "https://exemple.fr/b", 60, "is taken"),
        ("demo", "csv", "https://exemple.fr/b", 60, "is taken"),
        ("rome", "csv", "https://exemple.fr/b", 60, "is taken"),
        ("à venir", "csv", "https://exemple.fr/b", 60, "a-venir"),
        ("nouveau", "cvs", "https://exemple.fr/b", 60, "csv"),
        ("nouveau", "csv", "ftp://exemple.fr/b", 60, "https://"),
        ("nouveau", "csv", "https://exemple.fr/b", 4, "between 5 and"),
    ],
)
def test_a_feed_that_cannot_be_is_refused_with_its_remedy(
    feeds: Feeding, name: str, format_: str, url: str, every: int, told: str
) -> None:
    feeds.add("agenda", Page())
    with pytest.raises(FeedError, match="Remedy: ") as refused:
        add_feed(feeds.pool, name, format_, url, every, "utf-8-sig", NOW)
    assert told in str(refused.value)
