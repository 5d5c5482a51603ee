"""Real data to read imports against. It is never part of the repository."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4] / "shared" / "data"


def sample(name: str) -> Path:
    """Return a file or folder of the real data; the test is skipped, visibly, where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs ../shared/data/{name}")
    return path
