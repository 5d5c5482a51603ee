"""When, as people say it: « samedi », « ce week-end », « pendant les vacances », « après le 15 », « en décembre ».

Days are those of Paris. School holidays come from the package vacances-scolaires-france (official calendars), in any
zone: somebody's zone is seldom known.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from vacances_scolaires_france import SchoolHolidayDates

from knowledge_base.french import fold, plain_words
from knowledge_base.records.typed import PARIS

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MISSPELT = tuple(
    (re.compile(rf"\b(?:{forms})\b"), day)
    for day, forms in {
        "lundi": "lindi|lundis|lndi",
        "mardi": "mardis|mrdi",
        "mercredi": "mercrdi|mercredis|mercredie|mecredi|mercr",
        "jeudi": "jeudis|jedi|jeudie|jdi",
        "vendredi": "vendrdi|vendredis|vendredie|vandredi|vendr",
        "samedi": "samdi|samedis|samedie|samdis|sam'di",
        "dimanche": "dimanch|dimanches|dimenche|dimenches",
    }.items()
)
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
NUMBER = r"(?P<day>1er|3[01]|[12]\d|0?[1-9])\b"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
IMPOSSIBLE = re.compile(rf"\b(?P<day>\d{{1,2}}) {MONTH}\b")
NEXT = re.compile(r"semaine (?:pro|suivante|qui vient)")
COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "huit": 8, "dix": 10, "quinze": 15}
UNITS = {"sema": 7, "jour": 1, "mois": 31}  # days
PAST = re.compile(r"\b(?:hier|avant hier|(?:semaine|mois|annee) derniere?|passee?s?)\b")
FAR = 3650  # days: « après le 15 » has no end

Days = tuple[date, date]  # the first, and the one after the last


@dataclass(frozen=True)
class Period:
    """From the beginning of a day to the end of another, in words that are quoted back."""

    start: datetime
    end: datetime
    words: str


def period_of(text: str, now: datetime) -> Period | None:
    """Return the period that a message names, none of it before now; None when it names none."""
    if impossible_day(text):
        return None
    said, today = _spelt(fold(plain_words(text))), now.astimezone(PARIS).date()
    for pattern, read in _RULES:
        if (found := pattern.search(said)) and (days := read(found, today)):
            return Period(_midnight(days[0]), _midnight(days[1]), found[0].strip())
    return None


def is_past(text: str) -> bool:
    """Say whether a message speaks of days gone by: « hier », « la semaine dernière »."""
    return bool(PAST.search(fold(plain_words(text))))


def impossible_day(text: str) -> str | None:
    """Return a day that a message names and that no calendar holds, « 32 novembre », as it is said."""
    for found in IMPOSSIBLE.finditer(fold(plain_words(text))):
        try:
            date(2024, MONTHS.index(found["month"]) + 1, int(found["day"]))  # a leap year has every day
        except ValueError:
            return found[0]
    return None


def _spelt(said: str) -> str:
    """Write days as they are spelt: « samdi », « vendrdi », « dimanch »."""
    for misspelt, right in MISSPELT:
        said = misspelt.sub(right, said)
    return said


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _one(day: date) -> Days:
    return day, day + timedelta(days=1)


def _weekday(found: re.Match[str], today: date) -> Days:
    ahead = (DAYS.index(found["weekday"]) - today.weekday()) % 7
    if "prochain" in found[0] and ahead == 0:
        ahead = 7
    return _one(today + timedelta(days=ahead))


def _weekend(found: re.Match[str], today: date) -> Days:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    if today.weekday() == 6:
        saturday = today - timedelta(days=1)
    if "prochain" in found[0]:
        saturday += timedelta(days=7)
    return max(saturday, today), saturday + timedelta(days=2)


def _week(found: re.Match[str], today: date) -> Days:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * bool(NEXT.search(found[0])))
    return max(monday, today), monday + timedelta(days=7)


def _coming_days(found: re.Match[str], today: date) -> Days:
    count = int(found["count"]) if found["count"].isdigit() else COUNTS[found["count"]]
    return today, today + timedelta(days=count * UNITS[found["unit"][:4]] + 1)


def _next_days(found: re.Match[str], today: date) -> Days:
    return today, today + timedelta(days=22 if found["unit"] == "semaines" else 11)


def _month(found: re.Match[str], today: date) -> Days:
    first = _coming(1, MONTHS.index(found["month"]) + 1, today, whole_month=True) or today
    return max(first, today), _next_month(first)


def _this_month(found: re.Match[str], today: date) -> Days:
    if "prochain" in found[0]:
        first = _next_month(today)
        return first, _next_month(first)
    return today, _next_month(today)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _coming(day: int, month: int | None, today: date, *, whole_month: bool = False) -> date | None:
    """Return the next such day; of a month begun already, its first."""
    for ahead in range(14):
        months = today.month - 1 + ahead
        year, number = today.year + months // 12, months % 12 + 1
        if month not in (None, number):
            continue
        try:
            found = date(year, number, day)
        except ValueError:  # no 31 in this month
            continue
        if found >= today or (whole_month and (year, number) == (today.year, today.month)):
            return found
    return None


def _numbered(found: re.Match[str]) -> tuple[int, int | None]:
    month = found.groupdict().get("month")
    if month and month.isdigit():
        return int(found["day"].removesuffix("er")), int(month)
    return int(found["day"].removesuffix("er")), MONTHS.index(month) + 1 if month else None


def _the_day(found: re.Match[str], today: date) -> Days | None:
    day = _coming(*_numbered(found), today)
    return _one(day) if day else None


def _after(found: re.Match[str], today: date) -> Days | None:
    day = _coming(*_numbered(found), today)
    return (day + timedelta(days=1), day + timedelta(days=FAR)) if day else None


def _before(found: re.Match[str], today: date) -> Days | None:
    day = _coming(*_numbered(found), today)
    return (today, day) if day and day > today else None


def _holidays(found: re.Match[str], today: date) -> Days | None:
    named = next((name for word, name in HOLIDAYS.items() if word in found[0]), None)
    names = _holiday_names()
    ahead = (today + timedelta(days=number) for number in range(370))
    inside = [day for day in ahead if day in names and named in (None, names[day])]
    if not inside:
        return None
    last = inside[0]
    while last + timedelta(days=1) in names:
        last += timedelta(days=1)
    return inside[0], last + timedelta(days=1)


HOLIDAYS = {
    "noel": "Vacances de Noël",
    "fevrier": "Vacances d'hiver",
    "hiver": "Vacances d'hiver",
    "paques": "Vacances de printemps",
    "printemps": "Vacances de printemps",
    "ete": "Vacances d'été",
    "toussaint": "Vacances de la Toussaint",
}


@cache
def _holiday_names() -> dict[date, str]:
    """Return every day of school holidays, in whatever zone, and what they are called."""
    return {day: row["nom_vacances"] for day, row in SchoolHolidayDates().data.items()}


def _rules() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]]]:
    """Yield what is said and how it is read; the most precise first."""
    dated = rf"{NUMBER} {MONTH}\b"
    slashed = rf"{NUMBER} ?/ ?(?P<month>1[0-2]|0?[1-9])\b"
    alone = rf"le {NUMBER}(?! ?(?:ans|euros?|h\b|km|e\b))"
    for form in (dated, slashed, alone):
        for cue, read in (("apres |a partir du? |des ", _after), ("avant |jusqu ?au? ", _before)):
            yield re.compile(rf"\b(?:{cue})(?:le )?{form.removeprefix('le ')}"), read
    yield re.compile(rf"\b{dated}"), _the_day
    yield re.compile(rf"\b{slashed}"), _the_day
    named = rf"(?: (?:de |d |d')?(?:la )?(?:{'|'.join(HOLIDAYS)}))?"
    yield re.compile(rf"\b(?:pendant |aux |les |ces |durant )*vacances{named}\b"), _holidays
    yield re.compile(r"\bapres[- ]demain\b"), lambda _, today: _one(today + timedelta(days=2))
    yield re.compile(r"\bdemain\b"), lambda _, today: _one(today + timedelta(days=1))
    today_said = r"\b(?:aujourd ?'? ?hui|ce soir|cet aprem|cet apres-midi|ce matin|tout a l ?'?heure)\b"
    yield re.compile(today_said), lambda _, today: _one(today)
    yield re.compile(r"\b(?:ce |le |au )?week ?-?end(?: prochain)?\b"), _weekend
    yield (
        re.compile(r"\b(?:cette semaine|(?:la )?semaine (?:pro(?:ch\w*)?|suivante|qui vient)|dans la semaine)\b"),
        _week,
    )
    count = rf"(?P<count>{'|'.join(COUNTS)}|\d{{1,2}})"
    soon = rf"\b(?:dans|sur|d ici) (?:les )?(?:prochain\w* )?{count} (?:prochain\w* )?"
    yield (
        re.compile(soon + r"(?P<unit>semaines?|jours?|mois)\b(?: (?:qui viennent|a venir|prochain\w*))?"),
        _coming_days,
    )
    yield re.compile(r"\b(?:les|ces) prochain\w* (?P<unit>jours|semaines)\b"), _next_days
    yield re.compile(r"\b(?:ce mois(?:-ci)?|(?:le )?mois prochain)\b"), _this_month
    yield re.compile(rf"\b(?P<weekday>{'|'.join(DAYS)})(?: prochain)?\b"), _weekday
    yield re.compile(rf"\b(?:en|au mois de|courant|debut|fin|mi) ?-?{MONTH}\b"), _month
    yield re.compile(rf"\b{alone}"), _the_day


_RULES = tuple(_rules())
