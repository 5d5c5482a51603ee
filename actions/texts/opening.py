"""When a place is open, from the hours that its source writes as OpenStreetMap does (« Mo-Fr 09:00-12:00; PH off »)."""

import re
from datetime import datetime
from functools import lru_cache

from opening_hours import OpeningHours, validate

from actions.texts import DAYS, PARIS, hour

WEEK = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), DAYS, strict=True))


def state(hours: str | None, now: datetime) -> str | None:
    """« Ouvert jusqu'à 17 h », « Fermé, ouvre lundi à 9 h »; None where the hours are not known well enough."""
    known = read(hours or "")
    local = now.astimezone(PARIS)
    if known is None or known.is_unknown(local):
        return None
    change = known.next_change(local)
    if known.is_open(local):
        return "Ouvert" if change is None else f"Ouvert jusqu'à {hour(change)}"
    if change is None:
        return "Fermé"
    when = "" if change.date() == local.date() else f"{DAYS[change.weekday()]} "
    return f"Fermé, ouvre {when}à {hour(change)}"


def said(hours: str | None) -> str | None:
    """Say hours as people do; what is not in that notation is already in words."""
    if not hours or read(hours) is None:
        return hours
    rules = [rule.strip() for rule in hours.split(";")]
    return " ; ".join(filter(None, map(_rule, rules)))


def _rule(rule: str) -> str:
    text = re.sub(r"\bPH off\b", "fermé les jours fériés", rule)
    text = re.sub(r"\boff\b", "fermé", text)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\s*-\s*(Mo|Tu|We|Th|Fr|Sa|Su)\b", _span, text)
    text = re.sub(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda day: WEEK[day[0]], text)
    text = re.sub(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)", lambda t: f"{_time(t[1], t[2])} à {_time(t[3], t[4])}", text)
    return re.sub(r",(?=\S)", ", ", text)


def _span(days: re.Match[str]) -> str:
    return f"du {WEEK[days[1]]} au {WEEK[days[2]]}"


def _time(hours: str, minutes: str) -> str:
    return f"{int(hours)}\u00a0h" + (f"\u00a0{minutes}" if minutes != "00" else "")


@lru_cache(maxsize=512)
def read(hours: str) -> OpeningHours | None:
    """Read the notation, public holidays of France included; None where it is something else."""
    return OpeningHours(hours, timezone=PARIS, country="FR") if validate(hours) else None
