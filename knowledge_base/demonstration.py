"""The demonstration set: real places and plausible events and trainings, dated from today.

Loaded only where DEMO=1. Every item carries `demo`, and says « exemple » in its text.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.errors import BadRecord
from knowledge_base.records import Item, Kind, Modality, Place

FOLDER = Path(__file__).parent / "demo"
PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5
MENTION = "Exemple de démonstration."

Code = Annotated[str, Field(pattern=r"^[A-N]\d{4}$")]
Level = Annotated[int, Field(ge=0, le=8)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Site(_Strict):
    label: str | None = None
    address: str | None = None
    commune: str
    code_insee: str | None = None
    postcode: str | None = None
    neighbourhood: str | None = None
    latitude: Annotated[float, Field(ge=-22, le=52)]
    longitude: Annotated[float, Field(ge=-64, le=56)]


class _Public(_Strict):
    age_min: int | None = None
    age_max: int | None = None
    text: str | None = None


class _Source(_Strict):
    name: str
    url: str | None = None


class _Start(_Strict):
    in_days: Annotated[int, Field(ge=0)]
    at: str = "09:00"
    hours: float = 1


class _Record(_Strict):
    id: str
    title: str
    summary: str
    place: _Site | None = None
    public: _Public = _Public()
    without_car: bool | None = None
    access: str | None = None
    url: str | None = None
    source: _Source
    verified_at: date


class PlaceRecord(_Record):
    """A service one can walk into or call."""

    service: str
    appointment: Literal["walk_in", "appointment", "both"] | None = None
    hours: str | None = None
    equipment: list[str] = []
    phone: str | None = None


class _Registration(_Strict):
    required: bool | None = None
    url: str | None = None
    phone: str | None = None
    text: str | None = None


class EventRecord(_Record):
    """Something that happens on a day."""

    type: Literal["forum", "workshop", "visit", "open_day", "job_dating", "webinar"]
    families: list[Code]
    starts: _Start
    modality: Modality
    exhibitors: list[str] = []
    organiser: str | None = None
    registration: _Registration = _Registration()
    bring: str | None = None
    campaign: str | None = None


class _Outcomes(_Strict):
    text: str
    year: int
    source: str


class _Session(_Strict):
    in_days: int


class TrainingRecord(_Record):
    """A course that leads to something."""

    organiser: str
    labels: list[str] = []
    rncp_code: str | None = None
    families: list[Code]
    entry_level: Level | None = None
    entry_text: str | None = None
    exit_level: Level | None = None
    modality: Modality
    session: _Session | None = None
    duration: str | None = None
    alternance: bool = False
    funding: str | None = None
    outcomes: _Outcomes | None = None


RECORDS: dict[Kind, tuple[str, type[_Record]]] = {
    "place": ("places.yml", PlaceRecord),
    "event": ("events.yml", EventRecord),
    "training": ("trainings.yml", TrainingRecord),
}


def read_demonstration(today: date, folder: Path = FOLDER) -> list[Item]:
    """Read the three files; dates are counted from `today`."""
    found = []
    for kind, (name, model) in RECORDS.items():
        path = folder / name
        try:
            entries = yaml.safe_load(path.read_text())
        except yaml.YAMLError as error:
            raise BadRecord(str(path), 0, str(error)) from error
        for entry in entries:
            try:
                found.append(_item(kind, model.model_validate(entry), today))
            except ValueError as error:  # pydantic's is one
                raise BadRecord(str(path), entry.get("id", "?"), str(error)) from error
    return found


def _item(kind: Kind, record: _Record, today: date) -> Item:
    starts, ends = _times(record, today)
    details: dict[str, Any] = record.model_dump(mode="json", exclude={"id", "title", "summary", "source", "starts"})
    if isinstance(record, TrainingRecord) and record.session:
        details["session_on"] = working_day(today, record.session.in_days).isoformat()
    return Item(
        id=record.id,
        kind=kind,
        code=record.rncp_code if isinstance(record, TrainingRecord) else None,
        title=record.title,
        text=f"{record.summary} ({MENTION})",
        families=tuple(getattr(record, "families", ())),
        place=_place(record.place),
        modality=getattr(record, "modality", "onsite"),
        starts_at=starts,
        ends_at=ends,
        entry_level=getattr(record, "entry_level", None),
        age_min=record.public.age_min,
        age_max=record.public.age_max,
        without_car=record.without_car,
        source=record.source.name,
        source_url=record.source.url,
        verified_at=datetime.combine(record.verified_at, time(), UTC),
        demo=True,
        details=details,
    )


def _times(record: _Record, today: date) -> tuple[datetime | None, datetime | None]:
    if not isinstance(record, EventRecord):
        return None, None
    day = working_day(today, record.starts.in_days)
    starts = datetime.combine(day, time.fromisoformat(record.starts.at), PARIS)
    return starts, starts + timedelta(hours=record.starts.hours)


def working_day(today: date, in_days: int) -> date:
    """Return the day so many days from today, or the Monday after it where it falls on a week-end."""
    day = today + timedelta(days=in_days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _place(site: _Site | None) -> Place | None:
    if site is None:
        return None
    label = site.label or (f"{site.neighbourhood} ({site.commune})" if site.neighbourhood else site.commune)
    return Place(label, site.latitude, site.longitude, commune=site.commune, postcode=site.postcode)
