"""One download: conditional, bounded, unpacked, named after what it holds."""

import gzip
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from knowledge_base.errors import BadFile
from knowledge_base.feeds.errors import FetchFailed
from knowledge_base.feeds.fetch import Asked, Download, download, hash_of
from knowledge_base.importers.source import open_source
from tests.publisher import Page, Publisher, publishing

LARGEST = 10_000_000
TEXT = b"type;identifiant;titre;source\n" * 3


def fetched(
    client: httpx.Client, publisher: Publisher, page: Page, folder: Path, largest: int = LARGEST, **known: str
) -> Download | None:
    publisher.pages["/data"] = page
    return download(client, Asked(publisher.url("/data"), **known), folder / "agenda", largest)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def test_what_did_not_change_is_not_sent_again(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    page = Page(TEXT, etag='"v1"', headers={"Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"})
    first = fetched(client, publisher, page, tmp_path)
    assert first
    assert (first.etag, first.last_modified) == ('"v1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    assert (
        fetched(client, publisher, page, tmp_path, etag='"v1"', last_modified="Tue, 03 Mar 2026 10:00:00 GMT") is None
    )
    assert publisher.asked[1].headers["if-modified-since"] == "Tue, 03 Mar 2026 10:00:00 GMT"


def test_not_modified_since_never_is_a_failure(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="HTTP 304"):
        fetched(client, publisher, Page(status=304), tmp_path)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "key"), (403, "key"), (404, "feeds remove"), (410, "withdrawn"), (429, "--every"), (500, "tried again")],
)
def test_each_refusal_has_its_remedy(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, status: int, remedy: str
) -> None:
    with pytest.raises(FetchFailed, match=rf"HTTP {status}\. Remedy: .*{remedy}"):
        fetched(client, publisher, Page(b"sorry", status=status), tmp_path)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("120", timedelta(minutes=2)), ("999999", timedelta(days=1)), ("soon", timedelta()), ("", timedelta())],
)
def test_a_server_that_wants_to_be_left_alone_is(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, said: str, meant: timedelta
) -> None:
    with pytest.raises(FetchFailed) as failure:
        fetched(client, publisher, Page(status=503, headers={"Retry-After": said}), tmp_path)
    assert failure.value.retry_after == meant


def test_what_is_too_large_is_refused_whatever_is_announced(
    client: httpx.Client, publisher: Publisher, tmp_path: Path
) -> None:
    with pytest.raises(FetchFailed, match="larger than 1,000 bytes"):
        fetched(client, publisher, Page(b"x" * 1001), tmp_path, largest=1000)


def test_what_is_cut_short_is_refused(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="does not answer"):
        fetched(client, publisher, Page(TEXT, announced=len(TEXT) + 10, headers={"Connection": "close"}), tmp_path)


def test_an_empty_answer_is_refused(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="is empty"):
        fetched(client, publisher, Page(b""), tmp_path)


def test_a_server_that_is_not_there_is_told_without_its_address(client: httpx.Client, tmp_path: Path) -> None:
    with publishing() as gone:
        address = gone.url("/data?key=secret")
    with pytest.raises(FetchFailed, match=r"does not answer.*Remedy") as failure:
        download(client, Asked(address), tmp_path / "agenda", LARGEST)
    assert "secret" not in str(failure.value)
    assert "127.0.0.1" not in str(failure.value)


def test_a_redirect_without_end_is_told(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="without end"):
        fetched(client, publisher, Page(status=302, headers={"Location": "/data"}), tmp_path)


@pytest.mark.parametrize("packings", [1, 2])
@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_gzip_is_unpacked_of_the_file_of_its_journey_or_of_both(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, packings: int, headers: dict[str, str]
) -> None:
    body = TEXT
    for _ in range(packings):
        body = gzip.compress(body)
    came = fetched(client, publisher, Page(body, headers=headers), tmp_path)
    assert came
    assert came.path.read_bytes() == TEXT


def test_a_gzip_bomb_is_stopped_early(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(BadFile, match="a zip bomb"):
        fetched(client, publisher, Page(bomb), tmp_path, largest=100_000_000)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 15_000_000


def test_a_bomb_of_bombs_is_stopped(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    bomb = gzip.compress(gzip.compress(bytes(200_000_000)))
    with pytest.raises(BadFile, match="a zip bomb"):
        fetched(client, publisher, Page(bomb, headers={"Content-Encoding": "gzip"}), tmp_path, largest=1_000_000_000)


def test_gzip_that_breaks_off_is_refused(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"cannot be unpacked.*Remedy"):
        fetched(client, publisher, Page(gzip.compress(TEXT)[:-9]), tmp_path)


def test_another_compression_than_asked_for_is_refused(
    client: httpx.Client, publisher: Publisher, tmp_path: Path
) -> None:
    with pytest.raises(FetchFailed, match="compressed by 'br'"):
        fetched(client, publisher, Page(TEXT, headers={"Content-Encoding": "br"}), tmp_path)
    assert publisher.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("body", "suffix"),
    [
        (TEXT, ".csv"),
        (b'\xef\xbb\xbf [{"a": 1}]', ".json"),
        (b"{}", ".json"),
        (b"<?xml version='1.0'?><lheo/>", ".xml"),
        (b"\n<!DOCTYPE html><html></html>", ".html"),
        (b"BEGIN:VCALENDAR\r\n", ".ics"),
        (zipped("a.csv"), ".zip"),
        (zipped("xl/workbook.xml"), ".xlsx"),
    ],
)
def test_a_file_is_named_after_what_it_holds(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, body: bytes, suffix: str
) -> None:
    came = fetched(client, publisher, Page(body), tmp_path)
    assert came
    assert came.path.name == f"agenda{suffix}"
    assert [path.name for path in tmp_path.iterdir()] == [came.path.name]


def test_a_file_is_dated_by_its_publisher(client: httpx.Client, publisher: Publisher, tmp_path: Path) -> None:
    came = fetched(client, publisher, Page(TEXT, headers={"Last-Modified": "Tue, 03 Mar 2020 10:00:00 GMT"}), tmp_path)
    assert came
    assert open_source(came.path).dated() == date(2020, 3, 3)


@pytest.mark.parametrize("said", ["Tue, 03 Mar 2099 10:00:00 GMT", "yesterday", ""])
def test_a_date_that_cannot_be_is_that_of_today(
    client: httpx.Client, publisher: Publisher, tmp_path: Path, said: str
) -> None:
    came = fetched(client, publisher, Page(TEXT, headers={"Last-Modified": said}), tmp_path)
    assert came
    assert open_source(came.path).dated().year < 2099
    assert open_source(came.path).dated() >= date(2026, 1, 1)


def test_the_same_bytes_have_the_same_hash_and_the_order_of_pages_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_bytes(b"a"), two.write_bytes(b"b")
    assert hash_of([one, two]) == hash_of([one, two])
    assert len({hash_of([one, two]), hash_of([two, one]), hash_of([one])}) == 3
