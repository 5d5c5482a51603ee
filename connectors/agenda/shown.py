"""What the agenda shows of an event or a place. What is not known is None and left out, never guessed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from connectors import texts
from connectors.agenda import dates
from connectors.knowledge import Event
from connectors.templating import safe_url

# The clause in which a source speaks of money, in its own words.
COST = re.compile(r"[^.;,]*(?:\bgratuit|\bentrée libre|\d ?€|\beuros?\b)[^.;,]*", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """An item ready to be shown; `anchor` is its name inside the page."""

    id: str
    anchor: str
    title: str
    text: str
    type: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    when: str | None
    where: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    distance_km: float | None
    modality: str | None
    audience: str | None
    without_car: bool | None
    access: str | None
    cost: str | None
    registration: str | None
    campaign: str | None
    organiser: str | None
    url: str | None
    register_url: str | None
    phone: str | None
    phone_url: str | None
    source: str
    source_url: str | None
    verified_at: datetime
    demo: bool

    @property
    def path(self) -> str:
        """Return the id as it stands in an address."""
        return quote(self.id, safe="")


def shown(row: Mapping[str, Any]) -> Shown:
    """Read a row that `finding` returned."""
    details = row["details"]
    site, registration = details.get("place") or {}, details.get("registration") or {}
    start, end = row.get("next_start"), row.get("next_end")
    all_day, phone = bool(details.get("all_day")), registration.get("phone") or details.get("phone")
    return Shown(
        id=row["id"],
        anchor=anchor("e", row["id"]),
        title=row["title"],
        text=row["summary"],
        type=type_of(row),
        starts_at=start,
        ends_at=end,
        all_day=all_day,
        when=dates.when(start, end, all_day=all_day) if start else None,
        where=where(row, site),
        place=site.get("label") or row["place_label"] or row["commune"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        distance_km=round(row["distance_km"], 1) if row["distance_km"] is not None else None,
        modality=row["modality"],
        audience=audience(row),
        without_car=row["without_car"],
        access=details.get("access"),
        cost=cost(details),
        registration=registration.get("text"),
        campaign=details.get("campaign"),
        organiser=details.get("organiser"),
        url=safe_url(details.get("url")),
        register_url=safe_url(registration.get("url")),
        phone=phone,
        phone_url=phone_url(phone),
        source=row["source"],
        source_url=safe_url(row["source_url"]),
        verified_at=row["verified_at"],
        demo=row["demo"],
    )


def phone_url(phone: str | None) -> str | None:
    """Return the link that dials a number."""
    digits = re.sub(r"[^\d+]", "", phone or "")
    return f"tel:{digits}" if len(digits) > 1 else None


def type_of(row: Mapping[str, Any]) -> str | None:
    """Name what an event is, or how one is received in a place."""
    details = row["details"]
    if row["kind"] == "place":
        return texts.APPOINTMENTS.get(details.get("appointment") or "")
    return texts.EVENT_TYPES.get(details.get("type") or "")


def where(row: Mapping[str, Any], site: Mapping[str, Any]) -> str | None:
    """« Espace Diderot, 1 rue Haute, 25000 Besançon », « En ligne »."""
    if row["modality"] == "remote":
        return texts.ONLINE
    town = " ".join(filter(None, (site.get("postcode"), site.get("commune") or row["commune"])))
    label = site.get("label") or row["place_label"]
    parts = [None if label == row["commune"] else label, site.get("address"), town]
    if row["modality"] == "hybrid":
        parts.append(texts.HYBRID.lower())
    return ", ".join(filter(None, parts)) or None


def audience(row: Mapping[str, Any]) -> str | None:
    """Say whom it is for, in the source's words, else by age."""
    said: str | None = (row["details"].get("public") or {}).get("text")
    youngest, oldest = row["age_min"], row["age_max"]
    if said or (youngest is None and oldest is None):
        return said
    if youngest is not None and oldest is not None:
        return f"{youngest} à {oldest} ans"
    return f"dès {youngest} ans" if youngest is not None else f"jusqu'à {oldest} ans"


def cost(details: Mapping[str, Any]) -> str | None:
    """Say what it costs where the source does, in its words."""
    price, said = details.get("price") or {}, (details.get("registration") or {}).get("text") or ""
    if price.get("text") or price.get("euros") is not None:
        return price.get("text") or (f"{price['euros']:g} €".replace(".", ",") if price["euros"] else "gratuit")
    found = COST.search(said)
    return found[0].strip() if found else None


@dataclass(frozen=True)
class Day:
    """The events that begin on a day, under its heading."""

    heading: str
    anchor: str
    events: list[Shown]


def by_day(events: list[Shown], now: datetime) -> list[Day]:
    """Group events, sorted already, under the headings of their days."""
    days: dict[str, list[Shown]] = {}
    for one in events:
        days.setdefault(dates.heading(one.starts_at or now, now), []).append(one)
    return [Day(said, anchor("d", said), found) for said, found in days.items()]


def anchor(kind: str, name: str) -> str:
    """Return a name that a page's address may point to: ids of imported data hold anything."""
    return f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Poster:
    """What a poster says of an event."""

    title: str
    when: str
    where: str | None
    demo: bool


def poster(event: Event, now: datetime) -> Poster:
    """Say when an event comes next, and where."""
    times = [(event.starts_at, event.ends_at), *event.days]
    start, end = next((time for time in sorted(times, key=lambda one: one[0]) if time[0] >= now), times[0])
    said = dates.when(start, end, all_day=event.all_day, year=True)
    return Poster(event.title, said[0].upper() + said[1:], event.where or None, event.demo)
