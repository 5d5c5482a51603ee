"""Trainings, events, places, campaigns and companies' needs as typed records, each of which becomes an Item."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, model_validator

from knowledge_base.records.core import Item, Kind, Modality, Place
from knowledge_base.records.parts import (
    AppointmentRule,
    EventType,
    Level,
    Outcomes,
    Part,
    Price,
    Public,
    Registration,
    RomeCode,
    Session,
    Site,
    Source,
    Text,
)

PARIS = ZoneInfo("Europe/Paris")
LASTS_FROM = timedelta(hours=20)  # from this long on, one may still join while it is going on
# Columns of `knowledge.items`, or said otherwise there; the rest of a record stands in `details`.
COLUMNS = frozenset(
    {"id", "title", "summary", "source", "families", "starts_at", "ends_at", "demo", "verified_at", "valid_until"}
)


class Record(Part):
    """What every kind of record says."""

    kind: ClassVar[Kind]

    id: Text
    title: Text
    summary: str = ""
    families: Sequence[RomeCode] = ()
    place: Site | None = None
    public: Public = Public()
    without_car: bool | None = None
    access: str | None = None
    accessibility: str | None = None
    url: str | None = None
    source: Source
    verified_at: date
    valid_until: date | None = None
    demo: bool = False

    def item(self) -> Item:
        """Return what the index holds of this record; `details` keeps all that has no column."""
        site = self.place
        return Item(
            id=self.id,
            kind=self.kind,
            code=self.public_code(),
            title=self.title,
            text=self.summary,
            families=tuple(self.families),
            place=place_of(site) if site else None,
            modality=getattr(self, "modality", None),
            starts_at=getattr(self, "starts_at", None),
            ends_at=getattr(self, "ends_at", None),
            entry_level=getattr(self, "entry_level", None),
            exit_level=getattr(self, "exit_level", None),
            age_min=self.public.age_min,
            age_max=self.public.age_max,
            without_car=self.without_car,
            source=self.source.name,
            source_url=self.source.url,
            verified_at=datetime.combine(self.verified_at, time(), UTC),
            valid_until=self.end_of_validity(),
            cancelled=getattr(self, "cancelled", False),
            demo=self.demo,
            details=self.details(),
        )

    def public_code(self) -> str | None:
        """Return the code by which the public knows it, if there is one."""
        return None

    def end_of_validity(self) -> datetime | None:
        """Return the moment after which it is never proposed: the end of the last valid day in Paris."""
        return end_of_day(self.valid_until) if self.valid_until else None

    def details(self) -> dict[str, Any]:
        """Return the rest of the record, ready for JSON."""
        return self.model_dump(mode="json", exclude=set(COLUMNS), exclude_none=True)


class TrainingRecord(Record):
    """A course that leads to something, or (`certification`) the diploma that courses lead to."""

    kind: ClassVar[Kind] = "training"

    organiser: str | None = None
    labels: Sequence[str] = ()
    rncp_code: str | None = None
    certification: bool = False
    entry_level: Level | None = None
    entry_text: str | None = None
    exit_level: Level | None = None
    modality: Modality | None = None
    sessions: Sequence[Session] = ()
    duration: str | None = None
    alternance: bool | None = None
    price: Price | None = None
    funding: str | None = None
    outcomes: Outcomes | None = None

    def public_code(self) -> str | None:
        """Return the RNCP code."""
        return self.rncp_code

    def end_of_validity(self) -> datetime | None:
        """Count a dated training out after its last session began; entries and exits at any time have no session."""
        if self.valid_until is None and self.sessions:
            return end_of_day(max(one.starts_on for one in self.sessions))
        return super().end_of_validity()


class EventRecord(Record):
    """Something that happens on a day. `days` lists the further days of one that comes back."""

    kind: ClassVar[Kind] = "event"

    type: EventType = "other"
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    days: Sequence[tuple[AwareDatetime, AwareDatetime]] = ()
    all_day: bool = False
    modality: Modality | None = None
    exhibitors: Sequence[str] = ()
    seats: int | None = None
    organiser: str | None = None
    registration: Registration = Registration()
    bring: str | None = None
    campaign: str | None = None
    cancelled: bool = False

    def end_of_validity(self) -> datetime:
        """Propose it until the last of its days begins; something that lasts for days, until it ends."""
        last = max(self.starts_at, *(start for start, _ in self.days)) if self.days else self.starts_at
        if self.ends_at is not None and self.ends_at - self.starts_at > LASTS_FROM:
            last = max(last, self.ends_at)
        told = super().end_of_validity()
        return min(last, told) if told else last

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "EventRecord":
        """Refuse an event that would be over before it began."""
        if self.ends_at is not None and self.ends_at < self.starts_at:
            raise ValueError(f"ends ({self.ends_at:%d/%m/%Y %H:%M}) before it starts ({self.starts_at:%d/%m/%Y %H:%M})")
        return self


class PlaceRecord(Record):
    """A service one can walk into or call."""

    kind: ClassVar[Kind] = "place"

    service: str
    appointment: AppointmentRule | None = None
    hours: str | None = None
    equipment: Sequence[str] = ()
    phone: str | None = None
    email: str | None = None
    modality: Modality = "onsite"


class CampaignRecord(Record):
    """A name that groups events over some days."""

    kind: ClassVar[Kind] = "campaign"

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    organiser: str | None = None


class NeedRecord(Record):
    """What a company offers or looks for: visits, internships, jobs. It never names or ranks people."""

    kind: ClassVar[Kind] = "need"

    organiser: Text
    offers: Literal["visit", "stage_3e", "internship", "apprenticeship", "job"]
    number: int | None = None
    entry_level: Level | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


# What people may keep by typing it.
BY_KIND: dict[str, type[Record]] = {one.kind: one for one in (TrainingRecord, EventRecord, PlaceRecord, CampaignRecord)}


def record_of(kind: str, told: dict[str, Any]) -> Record:
    """Return the record of a kind; raises pydantic's ValidationError for what is none."""
    return BY_KIND[kind].model_validate(told)


def place_of(site: Site) -> Place | None:
    """Return the point of a site, or None where its coordinates are unknown."""
    if site.latitude is None or site.longitude is None:
        return None
    label = site.label or (f"{site.neighbourhood} ({site.commune})" if site.neighbourhood else site.commune)
    return Place(label, site.latitude, site.longitude, commune=site.commune, postcode=site.postcode)


def end_of_day(day: date) -> datetime:
    """Return the last second of a day in Paris."""
    return datetime.combine(day, time(23, 59, 59), PARIS)
