"""One download: conditional, bounded, unpacked, and named so that an importer understands it."""

import contextlib
import gzip
import hashlib
import os
import shutil
import ssl
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO, cast

import httpx

from knowledge_base.feeds.errors import FetchFailed
from knowledge_base.importers.source import HIGHEST_RATIO, LARGEST_SET, MEGABYTE, Counted

GZIP = b"\x1f\x8b"
PACKINGS = 2  # a .gz file, sent compressed
LONGEST_WAIT = timedelta(days=1)
REMEDIES = {
    401: "its server wants a key or a password: check the one in the address",
    403: "its server refuses us: check the key in the address, or ask its publisher",
    404: "nothing is there any more: ask its publisher for the new address, then `feeds remove` and `feeds add`",
    410: "it was withdrawn: `feeds remove`",
    429: "it is asked too often: `feeds remove`, then `feeds add` with a longer --every",
}


@dataclass(frozen=True)
class Asked:
    """What is asked for, and what is known of the answer of last time."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def conditions(self) -> dict[str, str]:
        """Return the headers by which a server may say that nothing changed."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Download:
    """What came: a file or a folder of files, and by what its next version is told."""

    path: Path
    etag: str | None
    last_modified: str | None


def download(client: httpx.Client, asked: Asked, target: Path, largest: int) -> Download | None:
    """Fetch one file beside `target`, with its own suffix; None when it did not change. Raises FetchFailed, BadFile."""
    conditions = asked.conditions()
    raw = target.with_suffix(".raw")
    with _told(), client.stream("GET", asked.url, headers=conditions) as answer:
        if answer.status_code == HTTPStatus.NOT_MODIFIED and conditions:
            return None
        _check(answer)
        _write(answer.iter_raw(), raw, largest)
    path = _named(_unpacked(raw, largest))
    etag, dated = answer.headers.get("etag"), answer.headers.get("last-modified")
    _date(path, dated)
    return Download(path, etag, dated)


def room_in(folder: Path) -> int:
    """Return how many bytes may be written there: what an import reads at most, and never all that is free."""
    return min(LARGEST_SET, shutil.disk_usage(folder).free // 4)


def hash_of(files: Sequence[Path]) -> str:
    """Hash the contents of files, in order."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Say of a failure what it is; httpx's own words may hold the address."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(reason_of(error)) from error


def reason_of(error: Exception) -> str:
    """Return what went wrong on the way, with the remedy."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({cause.verify_message}). Remedy: tell its publisher"
        cause = cause.__cause__
    if isinstance(error, httpx.TimeoutException):
        return "its server takes too long. Remedy: it is tried again; if it lasts, tell its publisher"
    if isinstance(error, httpx.TooManyRedirects | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return f"its server sends us elsewhere without end ({type(error).__name__}). Remedy: check the address"
    return f"its server does not answer ({type(error).__name__}). Remedy: it is tried again; check the address"


def _check(answer: httpx.Response) -> None:
    """Refuse what is not the file asked for."""
    status = answer.status_code
    if status != HTTPStatus.OK:
        wait = answer.headers.get("retry-after", "")
        seconds = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 7 else 0
        remedy = REMEDIES.get(status, "it is tried again; if it lasts, tell its publisher")
        raise FetchFailed(f"HTTP {status}. Remedy: {remedy}", min(timedelta(seconds=seconds), LONGEST_WAIT))
    if (encoding := answer.headers.get("content-encoding", "identity").lower()) not in ("identity", "gzip", "x-gzip"):
        raise FetchFailed(f"is sent compressed by {encoding[:20]!r}, unasked. Remedy: tell its publisher")


def _write(chunks: Iterator[bytes], path: Path, largest: int) -> None:
    written = 0
    try:
        with path.open("wb") as handle:
            for chunk in chunks:
                written += len(chunk)
                if written > largest:
                    raise FetchFailed(f"is larger than {largest:,} bytes. Remedy: is it the right address?")
                handle.write(chunk)
    except OSError as error:
        raise FetchFailed(f"cannot be kept ({error.strerror}). Remedy: make room on the disk") from error
    if not written:
        raise FetchFailed("is empty. Remedy: is it the right address?")


def _unpacked(path: Path, largest: int) -> Path:
    """Unpack what is in gzip, whether the file is or only its journey was; raises BadFile for a bomb."""
    for _ in range(PACKINGS):
        with path.open("rb") as handle:
            if handle.read(len(GZIP)) != GZIP:
                break
        inside = path.with_name(f"{path.name}.inside")
        _gunzip(path, inside, min(largest, max(MEGABYTE, path.stat().st_size * HIGHEST_RATIO)))
        inside.replace(path)
    return path


def _gunzip(path: Path, inside: Path, most: int) -> None:
    with gzip.open(path) as packed:
        bounded = Counted(cast("IO[bytes]", packed), path.stem, lambda _: None, most)
        _write(iter(lambda: bounded.read(MEGABYTE), b""), inside, most)


def _named(path: Path) -> Path:
    """Give a file the suffix of what it holds: importers tell by it how to read."""
    return path.rename(path.with_suffix(_suffix(path)))


def _suffix(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with contextlib.suppress(zipfile.BadZipFile, ValueError, RuntimeError), zipfile.ZipFile(path) as archive:
            return ".xlsx" if "xl/workbook.xml" in archive.namelist() else ".zip"
        return ".zip"
    with path.open("rb") as handle:
        head = handle.read(1000).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"{", b"[")):
        return ".json"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    return ".xml" if head.startswith(b"<") else ".ics" if head.startswith(b"begin:vcalendar") else ".csv"


def _date(path: Path, last_modified: str | None) -> None:
    """Date a file as its publisher does: an import takes that for the day on which it was true."""
    with contextlib.suppress(TypeError, ValueError, OverflowError, OSError):
        told = parsedate_to_datetime(last_modified or "").timestamp()
        if 0 < told < path.stat().st_mtime:
            os.utime(path, (told, told))
