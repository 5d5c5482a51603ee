"""What several unit tests read, read once."""

from typing import Any

import pytest

from knowledge_base.geography import read_gazetteer


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
