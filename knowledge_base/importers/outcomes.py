"""What an importer makes of each row: rows for the index, or the reason why not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from knowledge_base.entries import Entry, item_entry
from knowledge_base.importers.tables import Row
from knowledge_base.records.typed import Record

LONGEST_REASON = 300  # characters: it quotes what the source holds


@dataclass(frozen=True)
class Taken:
    """An item with its texts, or rows of one of the other tables (`rome_fiches`, `gazetteer`…)."""

    file: str
    entry: Entry | None = None
    rows: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, where it is, and why."""

    file: str
    line: int
    reason: str


Outcome = Taken | Refused


class Unusable(Exception):
    """A row that cannot be taken; the message says why, naming the column and its value."""


@dataclass(frozen=True)
class Known:
    """What an importer may look up while it reads."""

    today: date
    dated: date  # the day the source itself says, or the day its file was obtained
    family_of: Callable[[str], str | None] = field(default=lambda code: code)  # ROME code, child or parent → family

    def family(self, code: str) -> str:
        """Return the job family of one ROME code, or refuse the row."""
        found = self.family_of(code.strip().upper())
        if found is None:
            raise Unusable(f"ROME code {code!r} is unknown")
        return found

    def families(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the job families of ROME codes, in order, unknown codes left out."""
        found = (self.family_of(code.strip().upper()) for code in codes)
        return tuple(dict.fromkeys(one for one in found if one))


def judged(rows: Iterable[Row], take: Callable[[Row], Taken | Record]) -> Iterator[Outcome]:
    """Take each row, as rows of the index or as the record it holds, or say why not."""
    for row in rows:
        try:
            if overflow := row.values.get(""):
                raise Unusable(overflow)
            taken = take(row)
            outcome: Outcome = taken if isinstance(taken, Taken) else Taken(row.file, item_entry(taken.item()))
        except Unusable as error:
            outcome = Refused(row.file, row.line, _cut(str(error)))
        except ValidationError as error:
            reason = "; ".join(_reason(one) for one in error.errors()[:3])
            outcome = Refused(row.file, row.line, _cut(reason))
        yield outcome


def _cut(reason: str) -> str:
    """Leave out the middle of a long reason: it begins with a column, and ends with what is wrong."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:200]}…{reason[201 - LONGEST_REASON :]}"


def _reason(fault: Any) -> str:
    where = ".".join(map(str, fault["loc"]))
    message = fault["msg"].removeprefix("Value error, ")
    given = "" if isinstance(fault["input"], dict) else f" {str(fault['input'])[:60]!r}"
    return f"{where}{given}: {message}" if where else message
