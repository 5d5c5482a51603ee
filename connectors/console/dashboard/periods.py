"""The days that a dashboard counts, and the steps in which it draws them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WEEK, MONTH, QUARTER, CHOSEN = "semaine", "mois", "trimestre", "choix"
WEEKS_OF_A_QUARTER = 13
LONGEST = timedelta(days=3 * 366)
Step = Literal["day", "week", "month"]
# As many days, at most, are drawn by day, or by week. The days of one department alone would be small counts mostly.
BY_DAY, BY_DAY_OF_ONE, BY_WEEK = 31, 7, 200


class BadPeriod(ValueError):
    """The days asked for are none, or end before they begin, or are too many."""


@dataclass(frozen=True)
class Period:
    """From a day to another, both counted."""

    name: str
    first: date
    last: date

    def step(self, *, narrowed: bool = False) -> Step:
        """Return what one point of a chart stands for; `narrowed` to one department."""
        days = (self.last - self.first).days + 1
        by_day = BY_DAY_OF_ONE if narrowed else BY_DAY
        return "day" if days <= by_day else "week" if days <= BY_WEEK else "month"

    def steps(self, step: Step) -> list[date]:
        """Return the first day of each step, as PostgreSQL's date_trunc gives it."""
        found, at = [], truncated(self.first, step)
        while at <= self.last:
            found.append(at)
            at = next_step(at, step)
        return found


def truncated(day: date, step: Step) -> date:
    """Return the first day of the step that a day is in."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def next_step(day: date, step: Step) -> date:
    """Return the first day of the next step."""
    if step == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def period_of(name: str, first: str, last: str, today: date) -> Period:
    """Read a period as the page's form asks for it. Raises BadPeriod.

    Chosen days are widened to whole weeks: two periods that differ by a day would tell what one person did that day.
    """
    monday = truncated(today, "week")
    if name == WEEK:
        return Period(WEEK, monday, today)
    if name == QUARTER:
        return Period(QUARTER, monday - timedelta(weeks=WEEKS_OF_A_QUARTER - 1), today)
    if name != CHOSEN:
        return Period(MONTH, today.replace(day=1), today)
    try:
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise BadPeriod from None
    ends = min(ends, today)
    if begins > ends or ends - begins > LONGEST:
        raise BadPeriod
    return Period(CHOSEN, truncated(begins, "week"), min(truncated(ends, "week") + timedelta(days=6), today))
