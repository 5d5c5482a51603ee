"""What every kind of record says alike: its words, whom it is for, how one gets there, which trades it is about."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.towns import Gazetteer
from connectors.console.knowledge.typed import Typed
from connectors.knowledge.records import PARIS

LONGEST_SUMMARY = 600  # characters: what a card shows
OLDEST = 99


@dataclass(frozen=True)
class Known:
    """What a form is read with: the id it will have, who announces it, the moment, and what may be looked up."""

    id: str
    source: str
    now: datetime
    towns: Gazetteer
    families: Collection[str]  # codes that exist, of those ticked
    before: Typed | None = None  # the form as it was last saved

    @property
    def today(self) -> date:
        """Return the day it is in Paris."""
        return self.now.astimezone(PARIS).date()

    def is_as_before(self, typed: Typed, *names: str) -> bool:
        """Say whether fields are as they were saved: a date since past is no reason to refuse a corrected word."""
        return self.before is not None and all(self.before(name) == typed(name) for name in names)


Reader = Callable[[Typed, Known], dict[str, Any]]


def shared(typed: Typed, known: Known) -> dict[str, Any]:
    """Return the fields that every record has."""
    ticked = list(dict.fromkeys(typed.all("families")))
    if not set(ticked) <= set(known.families):
        typed.refuse("families", texts.UNKNOWN_FAMILY)
    return {
        "id": known.id,
        "title": typed.text("title", 120, texts.NO_TITLE) or "",
        "summary": typed.text("summary", LONGEST_SUMMARY, texts.NO_SUMMARY) or "",
        "families": ticked,
        "public": public(typed),
        "without_car": typed.yes("without_car"),
        "access": typed.text("access", 200),
        "accessibility": typed.text("accessibility", 200),
        "url": typed.url("url"),
        "source": {"name": known.source},
        "verified_at": known.today,
    }


def public(typed: Typed) -> dict[str, Any]:
    """Return whom it is for."""
    youngest, oldest = typed.number("age_min", 0, OLDEST), typed.number("age_max", 0, OLDEST)
    if youngest is not None and oldest is not None and youngest > oldest:
        typed.refuse("age_min", texts.YOUNGEST_ABOVE)
        youngest = oldest = None
    return {"age_min": youngest, "age_max": oldest, "text": typed.text("public", 200)}


def check_days(typed: Typed, known: Known, first: date, last: date, names: tuple[str, str]) -> None:
    """Refuse what is over, what is years away, and what ends before it begins; `names` are the fields of the days."""
    if last < first:
        typed.refuse(names[1], texts.ENDS_BEFORE)
    elif last < known.today and not known.is_as_before(typed, *names):
        typed.refuse(names[0], texts.IS_PAST)
    elif (first - known.today).days > 731:
        typed.refuse(names[0], texts.VERY_FAR)
    elif (last - first).days > 366:
        typed.refuse(names[1], texts.VERY_LONG)
