"""The periods that the agenda offers: this week, this month, the next school holidays."""

from datetime import date, timedelta
from functools import cache
from typing import Literal

from vacances_scolaires_france import SchoolHolidayDates

Period = Literal["week", "month", "holidays"]

AHEAD = 370  # days: some holidays begin within a year


def days_of(period: Period, today: date) -> tuple[date, date]:
    """Return the first and the last day of a period, none of it before today."""
    match period:
        case "week":
            return today, today + timedelta(days=6 - today.weekday())
        case "month":
            return today, (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        case "holidays":
            return holidays(today)


def holidays(today: date) -> tuple[date, date]:
    """Return the school holidays under way or next, in whatever zone: a visitor's zone is seldom known.

    Official calendars are published two years ahead; where they end, nothing is left of today.
    """
    known = holiday_days()
    first = next((day for n in range(AHEAD) if (day := today + timedelta(days=n)) in known), None)
    if first is None:
        return today, today - timedelta(days=1)
    last = first
    while last + timedelta(days=1) in known:
        last += timedelta(days=1)
    return first, last


@cache
def holiday_days() -> frozenset[date]:
    """Return every day of school holidays, from the official calendars."""
    return frozenset(SchoolHolidayDates().data)
