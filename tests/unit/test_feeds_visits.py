"""Trying an address: what works, what is gone, and how many at once."""

import threading
from collections.abc import Iterator

import pytest

from knowledge_base.feeds.visits import AT_ONCE, Answer, visit, visit_all
from tests.publisher import Page, Publisher, publishing


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as made:
        yield made


def visited(publisher: Publisher, page: Page) -> Answer:
    publisher.pages["/fiche"] = page
    return visit(publisher.url("/fiche"), allow_private=True)


def test_a_page_that_is_there_is_asked_for_its_head_alone(publisher: Publisher) -> None:
    assert visited(publisher, Page(b"x")).works
    assert [one.method for one in publisher.asked] == ["HEAD"]
    assert publisher.asked[0].headers["user-agent"].startswith("Piste")


def test_a_server_that_refuses_heads_is_asked_for_the_page(publisher: Publisher) -> None:
    assert visited(publisher, Page(b"x", refuses_heads=True)) == Answer(200)
    assert [one.method for one in publisher.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_gone_at_once(publisher: Publisher, status: int) -> None:
    answer = visited(publisher, Page(status=status))
    assert answer.gone
    assert not answer.works


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_server_that_errs_may_come_back(publisher: Publisher, status: int) -> None:
    answer = visited(publisher, Page(status=status))
    assert not answer.works
    assert not answer.gone


@pytest.mark.parametrize("status", [401, 403, 429, 999])
def test_a_page_closed_to_programs_is_there(publisher: Publisher, status: int) -> None:
    assert visited(publisher, Page(status=status)).works


def test_a_redirect_is_followed(publisher: Publisher) -> None:
    publisher.pages["/new"] = Page(b"x")
    assert visited(publisher, Page(status=301, headers={"Location": "/new"})) == Answer(200)


def test_a_host_that_does_not_exist_is_gone_at_once() -> None:
    answer = visit(f"https://{'a' * 64}.fr/", allow_private=False)
    assert answer == Answer(error="no such host", no_such_host=True, reached=False)
    assert answer.gone


def test_a_private_address_is_not_tried(publisher: Publisher) -> None:
    answer = visit(publisher.url("/fiche"), allow_private=False)
    assert not answer.works
    assert publisher.asked == []
    assert answer.error
    assert "public internet" in answer.error


@pytest.mark.parametrize("url", ["https://[::1/", "http://", "http://127.0.0.1:99999/"])
def test_what_cannot_be_an_address_does_not_work(url: str) -> None:
    assert not visit(url, allow_private=True).works


def test_four_hosts_are_tried_at_once() -> None:
    together = threading.Barrier(AT_ONCE)

    def meet(url: str) -> Answer:
        together.wait(30)  # breaks, and fails the test, if fewer come
        return Answer(200)

    answers = dict(visit_all([[str(number)] for number in range(2 * AT_ONCE)], meet, 60))
    assert len(answers) == 2 * AT_ONCE


def test_one_host_is_tried_one_address_at_a_time() -> None:
    free = threading.Lock()
    overlaps = []

    def alone(url: str) -> Answer:
        overlaps.append(not free.acquire(blocking=False))
        threading.Event().wait(0.005)
        free.release()
        return Answer(200)

    assert len(list(visit_all([[str(number) for number in range(20)]], alone, 60))) == 20
    assert not any(overlaps)


def test_what_is_not_begun_in_time_is_left() -> None:
    assert list(visit_all([["a", "b"], ["c"]], lambda _: Answer(200), -1)) == []
