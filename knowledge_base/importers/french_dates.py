"""Dates as the French write them. What is not certain is refused, never guessed."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

import dateparser

from knowledge_base.french import fold
from knowledge_base.importers.outcomes import Unusable

PARIS = ZoneInfo("Europe/Paris")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
CLOCK = re.compile(r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?", re.IGNORECASE)
# « du 12 au 15 février 2026 », « le 3 et 4 mars 2026 », « du 30 janvier au 2 février 2026 »
RANGE = re.compile(
    r"(?:du|les?|entre le)?\s*(?P<first>(?:\w+\s+)?\d{1,2}(?:er)?(?:\s+[^\W\d]+\.?)?(?:\s+\d{4})?)"
    r"\s+(?:au|et|-|–|jusqu'au)\s+"
    r"(?:le\s+)?(?P<last>(?:[^\W\d]+\s+)?\d{1,2}(?:er)?\s+[^\W\d]+\.?\s+\d{4})",
    re.IGNORECASE,
)
Read = TypeVar("Read")
SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "DATE_ORDER": "DMY",
    "PARSERS": ["absolute-time"],
}


def read_day(text: str) -> date:
    """Read « 01/03/2025 », « 2025-03-01 », « 20250301 » or « samedi 1er mars 2025 »; raise Unusable otherwise."""
    bare = text.strip()
    for form in (NUMBERS, ISO, COMPACT):
        if match := form.fullmatch(bare):
            return _date(int(match["year"]), int(match["month"]), int(match["day"]), bare)
    if not re.search(r"\b\d{4}\b", bare):
        raise Unusable(f"date {bare!r} has no year")
    read = dateparser.parse(bare, languages=["fr"], settings=SETTINGS)
    if read is None:
        raise Unusable(f"date {bare!r} is not understood")
    _check_weekday(bare, read.date())
    return read.date()


def read_days(text: str) -> tuple[date, date]:
    """Read one day or « du 12 au 15 février 2026 »; returns the first and the last day."""
    if match := RANGE.fullmatch(text.strip()):
        last = read_day(match["last"])
        first = match["first"].strip()
        if re.search(r"\d{4}$", first):
            return _in_order(read_day(first), last, text)
        month = " ".join(match["last"].split()[-2:])
        has_month = re.search(r"\d(?:er)?\s+[^\W\d]", first)
        return _in_order(read_day(f"{first} {month.split()[-1]}" if has_month else f"{first} {month}"), last, text)
    day = read_day(text)
    return day, day


def read_moment(text: str) -> datetime:
    """Read an ISO moment with its offset; one without is Paris time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Unusable(f"moment {text!r} is not understood (expected 2026-03-14T10:00:00+01:00)") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def read_clock(text: str) -> time:
    """Read « 10:00 », « 9h », « 14 h 30 »."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        raise Unusable(f"hour {text!r} is not understood (expected 14:30 or 14h30)")
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError as error:
        raise Unusable(f"hour {text!r} does not exist") from error


def read_clocks(text: str) -> tuple[time, time | None]:
    """Read « 10h », « 10h-17h », « de 9h à 17h30 »."""
    found = [match[0] for match in CLOCK.finditer(text)]
    left = re.sub(r"\b(?:de|à|a|au|jusqu'à)\b|[-–/\s]", "", CLOCK.sub("", text), flags=re.IGNORECASE)
    if left or not 1 <= len(found) <= 2:
        raise Unusable(f"hours {text!r} are not understood (expected 10h-17h)")
    return read_clock(found[0]), read_clock(found[1]) if len(found) == 2 else None


def at(day: date, clock: time) -> datetime:
    """Return a moment of a day in Paris."""
    return datetime.combine(day, clock, PARIS)


def in_column(name: str, take: Callable[[str], Read], text: str) -> Read:
    """Read a column's text; what is wrong with it, a year that cannot be meant included, is said with its name."""
    try:
        value = take(text)
    except Unusable as error:
        raise Unusable(f"{name}: {error}") from error
    if isinstance(value, date) and not 1900 <= value.year <= 2100:
        raise Unusable(f"{name} {text!r} is in the year {value.year}")
    return value


def in_paris(name: str, text: str) -> datetime:
    """Read a column's ISO moment, in the time of Paris."""
    return in_column(name, read_moment, text).astimezone(PARIS)


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unusable(f"date {text!r} does not exist") from error


def _in_order(first: date, last: date, text: str) -> tuple[date, date]:
    if last < first:
        raise Unusable(f"dates {text!r} end before they begin")
    return first, last


def _check_weekday(text: str, day: date) -> None:
    named = [name for name in WEEKDAYS if re.search(rf"\b{name}\b", fold(text))]
    if named and WEEKDAYS[day.weekday()] not in named:
        raise Unusable(f"date {text!r} is a {WEEKDAYS[day.weekday()]}")
