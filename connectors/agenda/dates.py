"""Dates as French people read them, in the time of Paris."""

from datetime import date, datetime, timedelta

from connectors.agenda.asked import PARIS
from connectors.texts import DAYS, MONTHS

NO_BREAK = "\u00a0"
ONE_DAY = timedelta(hours=20)  # an evening that ends after midnight is still one day


def day(moment: date | datetime, *, year: bool = False) -> str:
    """« lundi 30 novembre », with its year where it is asked for."""
    local = moment.astimezone(PARIS) if isinstance(moment, datetime) else moment
    number = "1er" if local.day == 1 else str(local.day)
    said = f"{DAYS[local.weekday()]} {number}{NO_BREAK}{MONTHS[local.month - 1]}"
    return f"{said} {local.year}" if year else said


def hour(moment: datetime) -> str:
    """« 14 h » or « 9 h 30 »."""
    local = moment.astimezone(PARIS)
    return f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02d}" if local.minute else "")


def when(start: datetime, end: datetime | None, *, all_day: bool, year: bool = False) -> str:
    """« lundi 30 novembre, de 14 h à 16 h », « du lundi 30 novembre au mardi 1er décembre »."""
    lasts = end is not None and end - start > ONE_DAY and end.astimezone(PARIS).date() > start.astimezone(PARIS).date()
    if end is not None and lasts:
        return f"du {day(start)} au {day(end, year=year)}"
    said = day(start, year=year)
    if all_day:
        return f"{said}, toute la journée"
    if end is None or end == start:
        return f"{said}, à {hour(start)}"
    return f"{said}, de {hour(start)} à {hour(end)}"


def heading(start: datetime, now: datetime) -> str:
    """« Aujourd'hui, mardi 24 novembre 2026 »; what began before today is under way."""
    shown, today = start.astimezone(PARIS).date(), now.astimezone(PARIS).date()
    if shown < today:
        return "En ce moment"
    near = {today: "Aujourd'hui, ", today + timedelta(days=1): "Demain, "}.get(shown, "")
    said = f"{near}{day(shown, year=True)}"
    return said[0].upper() + said[1:]


def day_written(moment: datetime) -> str:
    """« 22/11/2026 »."""
    return f"{moment.astimezone(PARIS):%d/%m/%Y}"


def machine(moment: datetime, *, all_day: bool = False) -> str:
    """ISO 8601 with the offset of Paris, a day alone for what lasts all day."""
    local = moment.astimezone(PARIS)
    return local.date().isoformat() if all_day else local.isoformat()
