"""Addresses that items name: tried, reported when dead, never hidden."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.feeds import links
from knowledge_base.feeds.errors import FeedBusy, FeedError
from knowledge_base.feeds.links import DeadLink
from knowledge_base.feeds.visits import Answer, visit
from tests.e2e.feeding import NOW, Feeding, csv, event, feeding
from tests.publisher import Page
from tests.stack import Stack

TITLES = ("Atelier cerf-volant de Zouzou", "Initiation au sabotage de sabots", "Visite de la fruitière de Zouzou")
EVERYTHING = 1_000_000


@pytest.fixture
def feeds(knowledge: KnowledgeBase, stack: Stack) -> Iterator[Feeding]:
    with feeding(knowledge, stack.instance.database_url) as lent:
        yield lent
        with stack.database() as connection:
            connection.execute("DELETE FROM knowledge.links")


def publish(feeds: Feeding, *events: str) -> None:
    feeds.add("agenda", Page(csv(*events)))
    feeds.run("agenda")


def check(feeds: Feeding, after: timedelta) -> list[Answer]:
    """Try what is due so long after NOW; what others than the publisher named is not really asked for."""

    def ours(url: str) -> Answer:
        return visit(url, allow_private=True) if url.startswith(feeds.publisher.url("/")) else Answer(200)

    return links.check(feeds.pool, ours, NOW + after, most=EVERYTHING, per_host=EVERYTHING)


def dead(feeds: Feeding) -> list[DeadLink]:
    return [one for one in links.dead(feeds.pool, NOW) if one.url.startswith(feeds.publisher.url("/"))]


def tried(feeds: Feeding, path: str) -> int:
    return len({number for number, one in enumerate(feeds.publisher.asked) if (one.method, one.path) == ("HEAD", path)})


def test_a_page_that_is_gone_is_reported_with_what_names_it_and_the_item_stays(feeds: Feeding) -> None:
    gone, there = feeds.publisher.url("/gone"), feeds.publisher.url("/there")
    feeds.publisher.pages["/there"] = Page(b"x")
    publish(
        feeds,
        event(1, TITLES[0], url=gone, source_url=there),
        event(2, TITLES[1], source_url=gone),
        event(3, TITLES[2], url=there),
    )
    check(feeds, timedelta())
    (one,) = dead(feeds)
    assert (one.url, one.status, one.failing_since, one.items) == (gone, 404, NOW, 2)
    assert one.named_by == [f"{title} (agenda)" for title in TITLES[:2]]
    assert TITLES[0] in feeds.found(TITLES[0])


def test_other_failures_count_when_they_last_and_what_works_again_is_forgiven(feeds: Feeding) -> None:
    address = feeds.publisher.url("/unwell")
    feeds.publisher.pages["/unwell"] = Page(status=500)
    publish(feeds, event(1, TITLES[0], url=address))
    reported = []
    for days in range(3):
        check(feeds, timedelta(days=days))
        check(feeds, timedelta(days=days, hours=12))  # not due yet
        reported.append([one.url for one in dead(feeds)])
    assert reported == [[], [], [address]]
    assert tried(feeds, "/unwell") == 3
    feeds.publisher.pages["/unwell"] = Page(b"x")
    check(feeds, timedelta(days=3))
    assert dead(feeds) == []


def test_an_address_that_works_is_tried_once_a_week(feeds: Feeding) -> None:
    feeds.publisher.pages["/there"] = Page(b"x")
    publish(feeds, event(1, TITLES[0], url=feeds.publisher.url("/there")))
    for days in (0, 1, 6, 7, 8):
        check(feeds, timedelta(days=days))
    assert tried(feeds, "/there") == 2


def test_what_nobody_can_be_proposed_any_more_is_not_tried(feeds: Feeding) -> None:
    publish(
        feeds,
        event(1, TITLES[0], url=feeds.publisher.url("/one"), cancelled=True),
        event(2, TITLES[1], url=feeds.publisher.url("/two")),
    )
    check(feeds, timedelta())
    assert [one.path for one in feeds.publisher.asked if one.method == "HEAD"] == ["/two"]
    assert dead(feeds)
    feeds.publisher.pages["/agenda"] = Page(csv(event(3, TITLES[2])))
    feeds.run("agenda")
    assert dead(feeds) == []
    check(feeds, timedelta(days=30))
    assert tried(feeds, "/two") == 1


def test_an_hour_has_its_share_and_each_host_its_own(feeds: Feeding) -> None:
    publish(feeds, *(event(number, f"Sortie {number}", url=feeds.publisher.url(f"/{number}")) for number in range(5)))
    links.gather(feeds.pool, NOW)
    with feeds.pool.connection() as connection:
        connection.execute(
            "UPDATE knowledge.links SET due_at = %s WHERE url NOT LIKE %s",
            (NOW + timedelta(days=99), feeds.publisher.url("/%")),
        )
    (urls,) = links.due(feeds.pool, NOW, per_host=2)
    assert len(urls) == 2
    links.note(feeds.pool, [(url, Answer(200)) for url in urls], NOW)
    assert links.due(feeds.pool, NOW + timedelta(minutes=59), per_host=2) == []
    assert len(links.due(feeds.pool, NOW + timedelta(minutes=59), most=4)[0]) == 2
    assert len(links.due(feeds.pool, NOW + timedelta(minutes=61), per_host=2)[0]) == 2


def test_a_machine_without_network_reports_nothing_dead(feeds: Feeding) -> None:
    publish(feeds, *(event(number, f"Sortie {number}", url=f"https://hote{number}.exemple.fr/") for number in range(3)))
    lost = Answer(error="no such host", no_such_host=True, reached=False)
    with pytest.raises(FeedError, match=r"on the network\?"):
        links.check(feeds.pool, lambda _: lost, NOW, most=EVERYTHING, per_host=EVERYTHING)
    assert links.counts(feeds.pool)["tried"] == 0


def test_addresses_are_tried_by_one_process_at_a_time(feeds: Feeding) -> None:
    with links.one_at_a_time(feeds.pool), pytest.raises(FeedBusy):
        check(feeds, timedelta())
