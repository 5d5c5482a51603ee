"""The agenda as JSON, for any site and any program."""

from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel

from connectors.agenda.asked import PARIS, Asked
from connectors.agenda.finding import COUNTED
from connectors.agenda.searching import Found
from connectors.agenda.shown import Shown


class Place(BaseModel):
    """A service, or what an event and a service say alike. What is not known is null."""

    id: str
    title: str
    text: str
    place: str | None
    address: str | None
    latitude: float | None
    longitude: float | None
    distance_km: float | None
    audience: str | None
    without_car: bool | None
    access: str | None
    url: str | None
    source: str
    source_url: str | None
    verified_at: AwareDatetime
    demo: bool

    @classmethod
    def of(cls, one: Shown) -> Self:
        """Write an item as data, its times in Paris."""
        known = {name: getattr(one, name, None) for name in cls.model_fields}
        times = {
            name: value.astimezone(PARIS)
            for name in ("starts_at", "ends_at", "verified_at")
            if (value := getattr(one, name))
        }
        return cls.model_validate(known | times | {"address": one.where, "url": one.register_url or one.url})


class Event(Place):
    """An event, at the next of its times. `ics`: the address of its calendar file."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime | None
    all_day: bool
    modality: Literal["onsite", "remote", "hybrid"] | None
    type: str | None
    cost: str | None
    campaign: str | None
    ics: str | None = None


class Near(BaseModel):
    """The town from which distances are counted."""

    name: str
    latitude: float
    longitude: float
    km: int


class Agenda(BaseModel):
    """A page of events; `next` is the address of the one after it. `count` stops where `count_is_whole` is false."""

    count: int
    count_is_whole: bool
    near: Near | None
    events: list[Event]
    places: list[Place]
    next: str | None


def agenda_of(asked: Asked, found: Found, base: str) -> Agenda:
    """Write what was found as data; addresses are whole."""
    town = found.towns[0] if found.towns else None
    after = asked.model_copy(update={"page": asked.page + 1})
    return Agenda(
        count=min(found.count, COUNTED),
        count_is_whole=found.count <= COUNTED,
        near=Near(name=town.label, latitude=town.latitude, longitude=town.longitude, km=asked.km) if town else None,
        events=[
            Event.of(one).model_copy(update={"ics": f"{base}/api/v1/events/{one.path}.ics"})
            for day in found.days
            for one in day.events
        ],
        places=[Place.of(one) for one in found.places],
        next=f"{base}/api/v1/agenda{after.query()}" if found.more else None,
    )
