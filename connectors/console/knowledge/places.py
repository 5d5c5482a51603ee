"""The form of a place, read: a service one can walk into or call."""

import re
from typing import Any

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.shared import Known, shared
from connectors.console.knowledge.towns import site
from connectors.console.knowledge.typed import Typed, clock_of

BETWEEN = re.compile(r"(?:de\s+)?(\S+?)\s*(?:-|–|à)\s*(\S+)")


def read(typed: Typed, known: Known) -> dict[str, Any]:
    """Return a place's record as far as the form tells it."""
    told = shared(typed, known)
    phone, mail = typed.phone("phone"), typed.mail("email")
    if not (phone or mail or told["url"] or {"phone", "email", "url"} & set(typed.wrong)):
        typed.refuse("phone", texts.NO_WAY_IN)
    return told | {
        "service": typed.one_of("service", texts.SERVICES, texts.NO_SERVICE),
        "appointment": typed.one_of("appointment", texts.APPOINTMENTS),
        "hours": hours(typed),
        "equipment": typed.lines("equipment", 80),
        "phone": phone,
        "email": mail,
        "place": site(typed, known.towns, needed=True),
    }


def hours(typed: Typed) -> str | None:
    """Return opening hours as OpenStreetMap writes them: « Mo 09:00-12:00,14:00-17:00; Tu off »."""
    open_on = {day: spans(typed, day) for day in texts.DAYS}
    if not any(open_on.values()):
        return None
    rules = [f"{day} {found}" for day, found in open_on.items() if found]
    return "; ".join([*rules, "PH off"] if typed("holidays") == "closed" else rules)


def spans(typed: Typed, day: str) -> str:
    """Read « 9h-12h, 14h-17h30 » of a day, or nothing for a day on which it is closed."""
    name = f"hours_{day}"
    found = []
    for part in filter(None, re.split(r"\s*(?:,|;|\bet\b)\s*", typed.text(name, 60) or "")):
        match = BETWEEN.fullmatch(part)
        opens, closes = (clock_of(match[1]), clock_of(match[2])) if match else (None, None)
        if opens is None or closes is None or closes <= opens:
            typed.refuse(name, texts.NOT_AN_HOUR.format(words=part))
            continue
        found.append(f"{opens:%H:%M}-{closes:%H:%M}")
    return ",".join(found)
