"""Rows of XLSX workbooks, each with its sheet and line. Their shared strings stand in memory: they are kept small."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile, ZipFile

import openpyxl

from knowledge_base.errors import BadFile
from knowledge_base.importers.source import HIGHEST_RATIO, MEGABYTE, Member, Source
from knowledge_base.importers.tables import Row

LARGEST = 60 * MEGABYTE  # unpacked; the sample of data·inclusion, 2,000 rows, takes 1.5
MOST_ROWS, MOST_COLUMNS = 1_048_576, 200  # Excel's own last row; a cell may claim to be further
LONGEST_GAP = 1_000  # blank rows after which nothing comes
Given = TypeVar("Given")


def sheet_rows(source: Source, member: Member, *names: str) -> Iterator[Row]:
    """Yield the rows of the sheets of these names, whatever their case, in this order; the first row names the columns.

    Whole numbers are such (59350, not 59350.0), dates are datetimes. Of two columns of one name, what is filled counts.
    """
    if member.inside is not None:
        raise BadFile(member.name, 0, "is a workbook in a zip. Remedy: unpack it and give the folder")
    _check(member.path, member.name)
    with member.path.open("rb") as handle:
        workbook = _safely(member.name, lambda: openpyxl.load_workbook(handle, read_only=True, data_only=True))
        titles = {title.strip().lower(): title for title in workbook.sheetnames}
        if not titles.keys() & set(names):
            raise BadFile(member.name, 0, f"has no sheet named {' or '.join(names)}. Remedy: is it the right workbook?")
        for name in names:
            if name in titles:
                yield from _rows(workbook[titles[name]], member.name)
    source.advance(member.path.stat().st_size)


def _rows(sheet: Any, file: str) -> Iterator[Row]:
    cells = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    header: list[str] = []
    last = 0
    for line in range(1, MOST_ROWS + 1):
        values = _safely(file, lambda: next(cells, None))
        if values is None or line - last > LONGEST_GAP:
            return
        if all(value in (None, "") for value in values):
            continue
        last = line
        if header:
            yield Row(f"{file}[{sheet.title}]", line, _named(header, values))
        else:
            header = ["" if value is None else str(value).strip() for value in values]


def _named(header: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in zip(header, values, strict=False):
        if name and found.get(name) in (None, ""):
            found[name] = int(value) if isinstance(value, float) and value.is_integer() else value
    return found


def _check(path: Path, name: str) -> None:
    """Refuse what is no zip, is encrypted, or would unpack to far more than a workbook holds."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise BadFile(name, 0, f"is not a workbook ({error}). Remedy: save it as XLSX without a password") from error
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(name, 0, "is encrypted. Remedy: save it without a password")
    swollen = any(part.file_size > max(MEGABYTE, part.compress_size * HIGHEST_RATIO) for part in parts)
    if swollen or sum(part.file_size for part in parts) > LARGEST:
        raise BadFile(name, 0, f"would unpack to more than {LARGEST:,} bytes. Remedy: save its sheets as CSV UTF-8")


def _safely(name: str, step: Callable[[], Given]) -> Given:
    """Run a step of openpyxl, which warns of what it does not know and raises whatever its parts raise."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return step()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:120]
        raise BadFile(name, 0, f"is not a readable workbook ({reason}). Remedy: save it again as XLSX") from error
