"""What several unit tests read, read once."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from knowledge_base.feeds.network import open_client
from knowledge_base.geography import read_gazetteer
from tests.publisher import Publisher, publishing


@pytest.fixture(scope="session")
def gazetteer() -> list[dict[str, Any]]:
    """Every place we know, as rows."""
    return read_gazetteer()


@pytest.fixture(scope="session")
def populations(gazetteer: list[dict[str, Any]]) -> dict[str, int]:
    """The list of places as the bot is given it: folded name → largest population."""
    largest: dict[str, int] = {}
    for row in gazetteer:
        largest[row["folded"]] = max(largest.get(row["folded"], 0), row["population"])
    return largest


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A server on loopback that publishes what a test gives it."""
    with publishing() as made:
        yield made


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """The client of the feeds, allowed to reach that server."""
    with open_client(seconds=20, allow_private=True) as opened:
        yield opened
