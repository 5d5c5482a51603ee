"""The demonstration set: real places and plausible events and trainings, dated from today.

Loaded only where DEMO=1. Every item carries `demo`, and says « exemple » in its text.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from knowledge_base.errors import BadRecord
from knowledge_base.records import Item
from knowledge_base.records.typed import EventRecord, PlaceRecord, Record, TrainingRecord

FOLDER = Path(__file__).parent / "demo"
PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5
MENTION = "Exemple de démonstration."
RECORDS: dict[str, type[Record]] = {
    "places.yml": PlaceRecord,
    "events.yml": EventRecord,
    "trainings.yml": TrainingRecord,
}


def read_demonstration(today: date, folder: Path = FOLDER) -> list[Item]:
    """Read the three files; dates are counted from `today`."""
    found = []
    for name, model in RECORDS.items():
        path = folder / name
        try:
            entries = yaml.safe_load(path.read_text())
        except yaml.YAMLError as error:
            raise BadRecord(str(path), 0, str(error)) from error
        for entry in entries:
            try:
                found.append(model.model_validate(dated(entry, today)).item())
            except (ValueError, KeyError, TypeError) as error:  # pydantic's is a ValueError
                raise BadRecord(str(path), entry.get("id", "?"), str(error)) from error
    return found


def dated(entry: dict[str, Any], today: date) -> dict[str, Any]:
    """Turn « in 12 days at 10:00 for 6 hours » into dates, and say that this is an example."""
    entry = {key: value for key, value in entry.items() if value is not None}
    if starts := entry.pop("starts", None):
        day = working_day(today, starts["in_days"])
        entry["starts_at"] = datetime.combine(day, time.fromisoformat(starts.get("at", "09:00")), PARIS)
        entry["ends_at"] = entry["starts_at"] + timedelta(hours=starts.get("hours", 1))
    if session := entry.pop("session", None):
        entry["sessions"] = [{"starts_on": working_day(today, session["in_days"])}]
    return entry | {"summary": f"{entry['summary']} ({MENTION})", "demo": True}


def working_day(today: date, in_days: int) -> date:
    """Return the day so many days from today, or the Monday after it where it falls on a week-end."""
    day = today + timedelta(days=in_days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
