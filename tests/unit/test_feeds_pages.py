"""OpenAgenda's pages, followed from cursor to cursor."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge_base.feeds import pages
from knowledge_base.feeds.errors import FetchFailed
from knowledge_base.feeds.fetch import Asked, Download
from knowledge_base.feeds.pages import download_pages, next_address
from tests.publisher import Page, Publisher

FIRST = "/events?relative[]=upcoming&key=k"


def page(*uids: int, **rest: Any) -> Page:
    return Page(json.dumps({"total": 9, "events": [{"uid": uid} for uid in uids], **rest}).encode(), etag='"v"')


def put(publisher: Publisher, after: list[Any] | None, answer: Page) -> None:
    """Publish a page where its cursor leads to."""
    address = next_address(publisher.url(FIRST), after) if after else publisher.url(FIRST)
    publisher.pages[httpx.URL(address).raw_path.decode()] = answer


def fetched(client: httpx.Client, publisher: Publisher, folder: Path, largest: int = 10_000_000) -> Download:
    came = download_pages(client, Asked(publisher.url(FIRST)), folder / "agenda", largest)
    assert came
    return came


def uids(came: Download) -> list[int]:
    return [event["uid"] for path in sorted(came.path.iterdir()) for event in json.loads(path.read_text())["events"]]


@pytest.mark.parametrize("last", [{}, {"after": None}, {"after": []}, {"after": [20, "b"]}])
def test_pages_are_followed_to_the_last(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, last: dict[str, Any]
) -> None:
    put(publisher, None, page(1, 2, after=[10, "a"]))
    put(publisher, [10, "a"], page(3, 4, after=[20, "b"]))
    put(publisher, [20, "b"], page(5, **last))
    came = fetched(client, publisher, tmp_path)
    assert uids(came) == [1, 2, 3, 4, 5]
    assert came.etag is None, "the first page's says nothing of the others"
    assert all("key=k" in one.path and "relative" in one.path for one in publisher.asked)


def test_a_page_without_events_is_the_last(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    put(publisher, None, page(1, after=[1.5, None]))
    put(publisher, [1.5, None], page(after=[30]))
    assert uids(fetched(client, publisher, tmp_path)) == [1]
    assert len(publisher.asked) == 2


def test_an_export_is_one_file_that_may_not_have_changed(
    client: httpx.Client, publisher: Publisher, tmp_path: Path
) -> None:
    put(publisher, None, page(1, 2))
    came = fetched(client, publisher, tmp_path)
    assert came.path.is_file()
    assert came.etag == '"v"'
    asked = Asked(publisher.url(FIRST), etag='"v"')
    assert download_pages(client, asked, tmp_path / "again", 10_000_000) is None


def test_a_page_that_is_missing_loses_the_whole_set(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    put(publisher, None, page(1, after=[10]))
    put(publisher, [10], Page(status=500))
    with pytest.raises(FetchFailed, match="HTTP 500"):
        fetched(client, publisher, tmp_path)


def test_pages_are_bounded(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 3)
    put(publisher, None, page(0, after=[0]))
    for number in range(5):
        put(publisher, [number], page(number, after=[number + 1]))
    with pytest.raises(FetchFailed, match=r"more than 3 pages\. Remedy"):
        fetched(client, publisher, tmp_path)
    assert len(publisher.asked) == 3


def test_all_pages_together_are_bounded(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    put(publisher, None, page(*range(100), after=[1]))
    put(publisher, [1], page(*range(100)))
    with pytest.raises(FetchFailed, match="larger than"):
        fetched(client, publisher, tmp_path, largest=2_000)


def test_what_is_no_json_is_left_to_the_importer(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    put(publisher, None, Page(b'{"events": [{"uid": 1}], "after": [1'))
    assert fetched(client, publisher, tmp_path).path.is_file()
