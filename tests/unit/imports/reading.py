"""Reading a source as an import does, with what must hold whatever it holds."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.entries import item_row, text_rows
from knowledge_base.errors import BadFile
from knowledge_base.importers import FORMATS, module_of
from knowledge_base.importers.outcomes import LONGEST_REASON, Known, Refused, Taken
from knowledge_base.importers.source import open_source
from tests.unit.imports.seeds import SEEDS, SEEDS_TOO

KNOWN = Known(date(2026, 3, 1), date(2026, 2, 1), lambda code: code if re.fullmatch(r"[A-N]\d{4}", code) else None)
# « rncp:2 » is the second kind of file that the format `rncp` reads.
NAMES = [*FORMATS, *(f"{name}:2" for name in SEEDS_TOO)]
each_format = pytest.mark.parametrize("name", NAMES)


def format_of(name: str) -> str:
    """Return the format's own name."""
    return name.partition(":")[0]


def seeds(name: str) -> dict[str, str]:
    """Return valid files of a format."""
    return (SEEDS_TOO if ":" in name else SEEDS)[format_of(name)]


def emptied(folder: Path) -> Path:
    """Take away what a former example wrote."""
    for one in folder.iterdir():
        one.unlink()
    return folder


def written(folder: Path, name: str, change: Callable[[bytes], bytes] = lambda data: data, which: int = 0) -> Path:
    """Write the files of a format, one of them changed."""
    for number, (file, text) in enumerate(seeds(name).items()):
        data = text.encode()
        (folder / file).write_bytes(change(data) if number == which % len(seeds(name)) else data)
    return folder


def instead(text: str) -> Callable[[bytes], bytes]:
    """Return a change that puts another text in the place of what was there."""
    return lambda _: text.encode()


def survives(name: str, path: Path) -> int:
    """Read a source to its end; return how many rows were taken. Raises whatever is not a BadFile with a remedy."""
    taken = 0
    try:
        for outcome in module_of(format_of(name)).read(open_source(path), KNOWN):
            taken += isinstance(outcome, Taken)
            check(outcome)
    except BadFile as error:
        if "Remedy" not in str(error):
            raise AssertionError(f"without a remedy: {error}") from error
    return taken


def check(outcome: Any) -> None:
    """What is refused says why; what is taken can be written to the database."""
    if isinstance(outcome, Refused):
        assert outcome.reason.strip()
        assert len(outcome.reason) <= LONGEST_REASON
        return
    assert isinstance(outcome, Taken)
    rows = [row for _, row in outcome.rows]
    if outcome.entry is not None:
        rows += [item_row(outcome.entry.item, "fuzz"), *text_rows(outcome.entry, "fuzz")]
        json.dumps(outcome.entry.item.details, allow_nan=False)
    assert all(abs(value) < 2**31 for _, row in outcome.rows for value in row.values() if isinstance(value, int))
    for text in _texts(rows):
        assert "\0" not in text
        text.encode()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
    elif hasattr(value, "obj"):  # psycopg's Jsonb
        yield from _texts(value.obj)
