"""Answers that come a page at a time, each naming the next by a cursor: OpenAgenda's API."""

import json
from pathlib import Path
from typing import Any

import httpx
import ijson

from knowledge_base.feeds.errors import FetchFailed
from knowledge_base.feeds.fetch import Asked, Download, download
from knowledge_base.importers.source import MEGABYTE

MOST_PAGES = 1_000
LARGEST_PAGE = 32 * MEGABYTE  # what is larger is a whole export


def download_pages(client: httpx.Client, asked: Asked, target: Path, largest: int) -> Download | None:
    """Fetch every page into the folder `target`, or the one file that has no next page; None when it did not change.

    Pages share no validator: what came in several is fetched again each time.
    """
    target.mkdir()
    came = download(client, asked, target / "page-0001", largest)
    if came is None or (cursor := cursor_of(came.path)) is None:
        return came
    seen, left = [cursor], largest - came.path.stat().st_size
    for number in range(2, MOST_PAGES + 1):
        page = download(client, Asked(next_address(asked.url, cursor)), target / f"page-{number:04}", left)
        cursor = cursor_of(page.path) if page else None
        if page is None or cursor is None or cursor in seen:
            return Download(target, None, None)
        seen.append(cursor)
        left -= page.path.stat().st_size
    raise FetchFailed(
        f"has more than {MOST_PAGES:,} pages. Remedy: ask for less, e.g. with relative[]=upcoming in the address"
    )


def cursor_of(page: Path) -> list[Any] | None:
    """Return what the next page is asked by; None on the last one, or where there is no such thing."""
    if page.stat().st_size > LARGEST_PAGE:
        return None
    try:
        with page.open("rb") as handle:
            if next(ijson.items(handle, "events.item"), None) is None:
                return None
        with page.open("rb") as handle:
            return list(ijson.items(handle, "after.item", use_float=True)) or None
    except ijson.JSONError:  # the importer says where it breaks
        return None


def next_address(url: str, cursor: list[Any]) -> str:
    """Return the address of the page that a cursor names."""
    address = httpx.URL(url)
    kept = [(name, value) for name, value in address.params.multi_items() if name not in ("after[]", "after")]
    after = [("after[]", part if isinstance(part, str) else json.dumps(part)) for part in cursor]
    return str(address.copy_with(params=kept + after))
