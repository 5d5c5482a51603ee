"""The form of an event, read."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.shared import Known, check_days, shared
from connectors.console.knowledge.towns import site
from connectors.console.knowledge.typed import Typed, clock_of, day_of
from connectors.knowledge.records import PARIS, end_of_day

DAY_LINE = re.compile(r"(?P<day>\S+)\s+(?:de\s+)?(?P<opens>\S+?)\s*(?:-|–|à)\s*(?P<closes>\S+)")
Slot = tuple[datetime, datetime]


def read(typed: Typed, known: Known) -> dict[str, Any]:
    """Return an event's record as far as the form tells it."""
    told = shared(typed, known)
    sort = typed.one_of("type", texts.EVENT_TYPES, texts.NO_TYPE)
    starts_at, ends_at = times(typed, known)
    modality = typed.one_of("modality", texts.MODALITIES, texts.NO_MODALITY)
    registration = way_in(typed)
    if modality == "remote" and not (
        told["url"] or registration["url"] or {"url", "registration_url"} & set(typed.wrong)
    ):
        typed.refuse("registration_url", texts.NO_LINK)
    return told | {
        "type": sort,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "days": further_days(typed),
        "modality": modality,
        "place": None if modality == "remote" else site(typed, known.towns, needed=modality is not None),
        "exhibitors": typed.lines("exhibitors", 100),
        "seats": typed.number("seats", 1, 1_000_000),
        "organiser": typed.text("organiser", 120) or known.source,
        "registration": registration,
        "bring": typed.text("bring", 200),
        "campaign": typed.text("campaign", 80),
        "cancelled": False,
    }


def times(typed: Typed, known: Known) -> tuple[datetime | None, datetime | None]:
    """Return the beginning and the end, in Paris; an event of one day may leave its end out."""
    first, opens = typed.day("starts_on", texts.NO_START), typed.clock("starts_time", texts.NO_START_TIME)
    last, closes = typed.day("ends_on") or first, typed.clock("ends_time")
    if first is None or opens is None or last is None:
        return None, None
    check_days(typed, known, first, last, ("starts_on", "ends_on"))
    starts_at = datetime.combine(first, opens, PARIS)
    ends_at = datetime.combine(last, closes, PARIS) if closes else end_of_day(last) if last > first else None
    if ends_at is not None and ends_at <= starts_at:
        typed.refuse("ends_time" if last == first else "ends_on", texts.ENDS_BEFORE)
    if is_over(first, opens, ends_at, known) and not known.is_as_before(typed, "starts_on", "starts_time", "ends_on"):
        typed.refuse("starts_time", texts.IS_PAST)
    return starts_at, ends_at


def is_over(first: date, opens: time, ends_at: datetime | None, known: Known) -> bool:
    """Say whether today's event has been and gone."""
    return first == known.today and (ends_at or datetime.combine(first, opens, PARIS) + timedelta(hours=8)) < known.now


def further_days(typed: Typed) -> list[Slot]:
    """Return the other days of an event that comes back, one a line: « 14/03/2027 14h-17h »."""
    found = []
    for line in typed.lines("more_days", 60):
        slot = slot_of(line)
        if slot is None or slot[1] <= slot[0]:
            typed.refuse("more_days", texts.BAD_DAY_LINE.format(line=line))
        else:
            found.append(slot)
    return sorted(found)


def slot_of(line: str) -> Slot | None:
    """Read one such line."""
    match = DAY_LINE.fullmatch(line)
    if match is None:
        return None
    day, opens, closes = day_of(match["day"]), clock_of(match["opens"]), clock_of(match["closes"])
    if day is None or opens is None or closes is None:
        return None
    return datetime.combine(day, opens, PARIS), datetime.combine(day, closes, PARIS)


def way_in(typed: Typed) -> dict[str, Any]:
    """Return how one registers, what it costs said first."""
    entry = typed.one_of("entry", texts.ENTRIES)
    details = typed.text("registration_text", 200)
    said = ". ".join(filter(None, (texts.ENTRIES.get(entry or ""), details)))
    return {
        "required": {"free": False, "registered": True}.get(entry or ""),
        "url": typed.url("registration_url"),
        "phone": typed.phone("registration_phone"),
        "text": said or None,
    }
