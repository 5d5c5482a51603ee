"""When an event takes place and what kind of event it is, whatever the format that tells it."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from knowledge_base.french import fold
from knowledge_base.importers.french_dates import PARIS, at

FULL = "Complet : il n'y a plus de place"
EVENT_TYPES = {
    "job_dating": r"job ?datings?|speed recrut\w+|speed recruiting",
    "open_day": r"portes? ouvertes?|jpo",
    "webinar": r"webinaires?|webinars?|visioconferences?",
    "forum": r"forums?|salons?(?! de (?:coiffure|the|beaute|lecture|esthetique))",
    "workshop": r"ateliers?",
    "meeting": r"reunions? d information|information collective|reunions? collectives?",
    "visit": r"visites?",
}
Slot = tuple[datetime, datetime]
MOST_DAYS, LAST_MINUTE = 100, time(23, 59)


def event_type(*texts: str) -> str:
    """Tell the type of an event from the first text that names one: the first word that does."""
    for text in map(fold, texts):
        said = ((re.search(rf"\b(?:{words})\b", text), kind) for kind, words in EVENT_TYPES.items())
        if found := [(match.start(), kind) for match, kind in said if match]:
            return min(found)[1]
    return "other"


def whole_days(first: date, last: date, today: date) -> list[Slot]:
    """Return each day from midnight to 23:59; of a very long event, the hundred days that come."""
    if (last - first).days >= MOST_DAYS:
        first = max(first, min(today, last))
    count = min((last - first).days + 1, MOST_DAYS)
    return [(at(day, time()), at(day, LAST_MINUTE)) for day in (first + timedelta(days=n) for n in range(count))]


def upcoming(slots: Iterable[Slot], today: date) -> dict[str, Any]:
    """Return the first slot still to come, else the first of all, as the event; `days` has the others."""
    known = sorted(slots)
    chosen = next((slot for slot in known if slot[0].astimezone(PARIS).date() >= today), known[0])
    begin, end = chosen
    all_day = begin.time() == time() and end - begin >= timedelta(hours=23, minutes=59)
    return {"starts_at": begin, "ends_at": end, "days": [slot for slot in known if slot != chosen], "all_day": all_day}
