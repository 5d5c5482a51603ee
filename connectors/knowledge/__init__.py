"""The gateway's one window on what Piste knows: events, read from the `knowledge` schema."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from connectors.database import Connection

# An event without an end is believed to go on for this long.
LASTS = timedelta(hours=8)


@dataclass(frozen=True)
class Event:
    """An event as the gateway needs it. `days` are the further (start, end) of one that comes back."""

    id: str
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime | None
    all_day: bool
    days: tuple[tuple[datetime, datetime], ...]
    where: str
    url: str | None
    cancelled: bool
    demo: bool = False

    @property
    def path(self) -> str:
        """Return the id as it stands in an address."""
        return quote(self.id, safe="")

    def is_over(self, now: datetime) -> bool:
        """Say whether nothing of it is left to go to."""
        ends = [self.ends_at or self.starts_at + LASTS, *(end for _, end in self.days)]
        return self.cancelled or max(ends) < now


async def find_event(connection: Connection, event_id: str) -> Event | None:
    """Return an event by its id."""
    cursor = await connection.execute(
        "SELECT id, title, summary, starts_at, ends_at, place_label, details, cancelled, demo FROM knowledge.items"
        " WHERE id = %s AND kind = 'event' AND starts_at IS NOT NULL",
        (event_id,),
    )
    row = await cursor.fetchone()
    return _event(row) if row else None


def _event(row: dict[str, Any]) -> Event:
    details = row["details"]
    place = details.get("place") or {}
    label = place.get("label") or row["place_label"]
    town = " ".join(filter(None, (place.get("postcode"), place.get("commune"))))
    where = [None if label == place.get("commune") else label, place.get("address"), town]
    days = details.get("days", ())
    registration = details.get("registration") or {}
    return Event(
        id=row["id"],
        title=row["title"],
        text=row["summary"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        all_day=bool(details.get("all_day")),
        days=tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in days),
        where=", ".join(dict.fromkeys(part for part in where if part)),
        url=registration.get("url") or details.get("url"),
        cancelled=row["cancelled"],
        demo=row["demo"],
    )
