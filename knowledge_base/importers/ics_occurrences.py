"""The occurrences of an iCalendar event that comes back."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]

from knowledge_base.importers.columns import listed
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.occasions import LAST_MINUTE, MOST_DAYS
from knowledge_base.importers.outcomes import Unusable

HORIZON, LONGEST = timedelta(days=365), timedelta(days=3660)
WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")


def occurrences(event: Mapping[str, Any], start: datetime, today: date, replaced: Sequence[date]) -> list[datetime]:
    """Return the local starts of the year to come, a hundred at most; when all are past, the first."""
    if "RRULE" not in event and "RDATE" not in event:
        return [start]
    zone = getattr(event["DTSTART"].dt, "tzinfo", None) or PARIS
    dates = rruleset()
    dates.rdate(start)
    for rule in listed(event.get("RRULE")):
        dates.rrule(_rule(rule, start, zone))
    for moment in _moments(event, "RDATE"):
        dates.rdate(_wall(moment, start.time(), zone))
    for moment in (*_moments(event, "EXDATE"), *replaced):
        dates.exdate(_wall(moment, start.time(), zone))
    first = max(datetime.combine(today, time()), start)
    to_come = islice(dates.xafter(first, inc=True), MOST_DAYS)
    found = [one for one in to_come if one <= first + HORIZON] or list(islice(dates, 1))
    if not found:
        raise Unusable("RRULE leaves no occurrence once EXDATE is taken out")
    return found


def _rule(rule: Any, start: datetime, zone: Any) -> Any:
    """Build a rule in local time, as the RFC means it: 14:00 stays 14:00 when the clocks change."""
    said = rule.to_ical().decode()
    if rule.get("FREQ", [""])[0] in WITHIN_A_DAY or rule.get("INTERVAL", [1])[0] == 0:
        raise Unusable(f"RRULE {said!r} repeats within the day, or without end")
    if until := rule.get("UNTIL"):
        local = f"{_wall(until[0], LAST_MINUTE, zone):%Y%m%dT%H%M%S}"
        said = re.sub(r"UNTIL=[^;]+", f"UNTIL={local}", said)
    try:
        return rrulestr(said, dtstart=start)
    except (ValueError, TypeError) as error:
        raise Unusable(f"RRULE {said!r} is not understood") from error


def _moments(event: Mapping[str, Any], name: str) -> list[date]:
    values = [one.dt for group in listed(event.get(name)) for one in group.dts]
    starts = (value[0] if isinstance(value, tuple) else value for value in values)  # a period has two ends
    return [start for start in starts if isinstance(start, date)]


def _wall(moment: date, clock: time, zone: Any) -> datetime:
    """Return what the clock shows; a bare day is taken at the hour `clock`."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, clock)
    try:
        return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)
    except OverflowError:  # « UNTIL=99991231T235959Z », for ever
        return moment.replace(tzinfo=None)
