"""Rows of CSV and JSON files, each with the line it starts at."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import ijson
from ijson.common import IncompleteJSONError, ObjectBuilder

from knowledge_base.errors import BadFile
from knowledge_base.importers.source import LONGEST_LINE, MEGABYTE, Member, Source

PIECE = 2_048  # bytes: all of its brackets open before their depth is looked at, each with its path
LONGEST_NAME = 1_000  # characters of a key: the path of what is inside repeats it
LARGEST_OBJECT = 4 * MEGABYTE
LARGEST_ROW = MEGABYTE  # characters of a CSV row, all of its lines together
DEEPEST = 64
NO_OBJECT = {
    "string": "a text",
    "number": "a number",
    "boolean": "a true or false",
    "null": "a null",
    "start_array": "a list",
}
REMEDY = "Remedy: is it the right format?"


@dataclass(frozen=True)
class Row:
    """One row or object, with where it stands. Missing columns read as None, blank ones as an empty string."""

    file: str
    line: int
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a column's text, stripped; empty when it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value).strip()


def stripped(header: list[str]) -> list[str]:
    """Return the names of columns, as written in the first line."""
    return [name.strip() for name in header]


def csv_rows(
    source: Source,
    member: Member,
    required: Iterable[str],
    delimiter: str | None = None,
    named: Callable[[list[str]], list[str]] = stripped,
) -> Iterator[Row]:
    """Yield the rows of a CSV file with a header; raise BadFile if a required column is missing.

    Without a delimiter, the header tells: a semicolon, a tab or a comma, whichever there is most of. `named` turns its
    cells into the names of columns, and may refuse them; columns without a name are left out.
    """
    lines = source.lines(member)
    header_line = next(lines, None)
    if header_line is None or not header_line.strip():
        raise BadFile(member.name, 1, "is empty. Remedy: the first line names the columns")
    delimiter = delimiter or max(";\t,", key=header_line.count)
    csv.field_size_limit(LONGEST_LINE)
    gathered = _Gathered(member.name, header_line, lines)
    reader = csv.reader(gathered, delimiter=delimiter, strict=False)
    try:
        header = named(next(reader))
        if missing := [name for name in required if name not in header]:
            found = f"found: {', '.join(header)[:300]}"
            raise BadFile(member.name, 1, f"lacks the columns {', '.join(missing)} ({found}). {REMEDY}")
        start, gathered.size = reader.line_num + 1, 0
        for cells in reader:
            gathered.size = 0
            if any(cell.strip() for cell in cells):
                yield Row(member.name, start, _cells(header, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(member.name, reader.line_num, f"is not CSV ({error}). Remedy: is it the right file?") from error


def every_row(source: Source, required: Iterable[str], delimiter: str | None = None) -> Iterator[Row]:
    """Yield the rows of each CSV file of a source, or of its one file whatever its name."""
    for member in source.of_kind("*.csv"):
        yield from csv_rows(source, member, required, delimiter)


class _Gathered:
    """The lines of a CSV file, within a bound on those that quotes make one row."""

    def __init__(self, name: str, first: str, rest: Iterator[str]) -> None:
        self.size = 0
        self._name = name
        self._lines = chain((first,), rest)
        self._number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        self.size += len(line)
        if self.size > LARGEST_ROW:
            remedy = "Remedy: is a quotation mark missing before it?"
            raise BadFile(self._name, self._number, f"one row of more than {LARGEST_ROW:,} characters. {remedy}")
        return line


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    """Pair names and cells; what overflows is kept under an empty name, for the reader of the row to refuse."""
    values = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        values[""] = f"{len(cells)} cells for {len(header)} columns"
    return values


def json_rows(source: Source, member: Member, *prefixes: str) -> Iterator[Row]:
    """Yield the objects found at any of these paths (ijson's notation: « item », « results.item », « » for the root).

    The line is the one an object starts at.
    """
    events: list[tuple[str, str, Any]] = ijson.sendable_list()
    parser = ijson.parse_coro(events, use_float=True)
    reading = _Objects(member.name, frozenset(prefixes))
    with source.bytes_of(member) as handle:
        try:
            for line, piece in _pieces(handle):
                parser.send(piece)
                yield from reading.take(events, line, len(piece))
            parser.close()
            yield from reading.take(events, reading.line, 0)
        except (ijson.JSONError, IncompleteJSONError, UnicodeDecodeError, RecursionError) as error:
            reason = str(error).splitlines()[0][:120]
            raise BadFile(member.name, reading.line, f"is not JSON ({reason}). Remedy: download it again") from error
    if not reading.found_any:
        raise BadFile(member.name, 1, f"holds nothing at {' or '.join(prefixes)}. {REMEDY}")


def _pieces(handle: Any) -> Iterator[tuple[int, bytes]]:
    """Yield (line number, bytes): a line at a time, long lines in pieces. A byte order mark is dropped."""
    line, start = 1, True
    while piece := handle.readline(PIECE):
        yield line, piece.removeprefix(b"\xef\xbb\xbf") if start else piece
        start = False
        line += piece.endswith(b"\n")


class _Objects:
    """Builds the wanted objects from parser events, within bounds of size and depth."""

    def __init__(self, name: str, prefixes: frozenset[str]) -> None:
        self.line = 1
        self.found_any = False
        self._name = name
        self._prefixes = prefixes
        self._elements = {prefix for prefix in prefixes if prefix.split(".")[-1] == "item"}
        self._builder: ObjectBuilder | None = None
        self._opened_at: tuple[str, int] = ("", 0)
        self._depth = 0
        self._size = 0
        self._silent = 0  # bytes since the last event: of one text or number, which is parsed anew with each piece

    def take(self, events: list[tuple[str, str, Any]], line: int, size: int) -> Iterator[Row]:
        """Consume the events of the bytes just parsed."""
        self.line = line
        self._size = self._size + size if self._builder or not events else size
        self._silent = 0 if events else self._silent + size
        if self._size > LARGEST_OBJECT or self._silent > LONGEST_LINE:
            most = LARGEST_OBJECT if self._size > LARGEST_OBJECT else LONGEST_LINE
            raise BadFile(self._name, line, f"one value of more than {most:,} bytes. Remedy: is it the right file?")
        for prefix, event, value in events:
            self._depth += event in ("start_map", "start_array")
            self._depth -= event in ("end_map", "end_array")
            if self._depth > DEEPEST:
                raise BadFile(self._name, line, f"is nested more than {DEEPEST} deep. Remedy: is it the right file?")
            if event == "map_key" and len(value) > LONGEST_NAME:
                raise BadFile(
                    self._name, line, f"a name of more than {LONGEST_NAME:,} letters. Remedy: is it the right file?"
                )
            # A list that is there and empty is an answer: nothing is published.
            self.found_any = self.found_any or (event == "end_array" and f"{prefix}.item".lstrip(".") in self._prefixes)
            if self._builder is None and prefix in self._elements and event in NO_OBJECT:
                raise BadFile(self._name, line, f"holds {NO_OBJECT[event]} where an object is expected. {REMEDY}")
            if self._builder is None and event == "start_map" and prefix in self._prefixes:
                self._builder, self._opened_at = ObjectBuilder(), (prefix, line)
            if self._builder is not None:
                self._builder.event(event, _writable(value) if isinstance(value, str) else value)
                if event == "end_map" and prefix == self._opened_at[0]:
                    built, self._builder, self._size = self._builder.value, None, 0
                    self.found_any = True
                    yield Row(self._name, self._opened_at[1], built)
        events.clear()


def _writable(text: str) -> str:
    """Drop what JSON can say and no database can hold: zero bytes, halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
