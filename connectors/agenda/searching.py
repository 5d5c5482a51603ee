"""One search of the agenda, whatever shows it: events by day, places, and what to try when nothing is found."""

from dataclasses import dataclass
from datetime import datetime

from connectors import texts
from connectors.agenda import finding
from connectors.agenda.asked import WIDE_KM, Asked
from connectors.agenda.shown import Day, Shown, by_day, shown
from connectors.agenda.towns import Town, find_towns
from connectors.database import Connection

MOST_WIDENED = 100


@dataclass(frozen=True)
class Found:
    """Everything that a search brought."""

    towns: list[Town]
    days: list[Day]
    count: int
    more: bool
    places: list[Shown]
    too_many_places: bool


async def search(connection: Connection, asked: Asked, now: datetime) -> Found:
    """Find what is asked for; a town that nobody knows filters nothing."""
    towns = await find_towns(connection, asked.near) if asked.near else []
    town = towns[0] if towns else None
    events = await finding.find_events(connection, asked, town, now)
    count = await finding.count_events(connection, asked, town, now)
    places = await finding.find_places(connection, asked, town, now) if asked.places else finding.Page([], more=False)
    return Found(
        towns, by_day([shown(row) for row in events.rows], now), count, events.more,
        [shown(row) for row in places.rows], places.more and not places.rows,
    )  # fmt: skip


async def widened(connection: Connection, asked: Asked, found: Found, now: datetime) -> list[tuple[str, Asked, int]]:
    """Return ways to ask for less that find something: what each is called, the search, how many it finds."""
    ways = {
        "q": asked.but(q=None),
        "dates": asked.but(start=None, end=None, period=None),
        "theme": asked.but(theme=None),
        "campaign": asked.but(campaign=None),
        "modality": asked.but(modality=None),
        "near": asked.but(near=None),
    }
    tried = {name: ways[name] for name in ways if name in asked.filters()}
    if found.towns and asked.km < WIDE_KM:
        tried = {"km": asked.but(km=WIDE_KM)} | tried
    wider = [way for name, less in tried.items() if (way := await counted(connection, name, less, found, now))]
    if wider or not found.towns:
        return wider
    alone = Asked(near=asked.near, km=asked.km, places=asked.places, embed=asked.embed)
    return [way] if (way := await counted(connection, "all", alone, found, now)) else []


async def counted(
    connection: Connection, name: str, less: Asked, found: Found, now: datetime
) -> tuple[str, Asked, int] | None:
    """Count what a wider search finds; None for nothing."""
    town = found.towns[0] if found.towns and less.near else None
    count = await finding.count_events(connection, less, town, now, MOST_WIDENED)
    return (texts.WITHOUT[name], less, count) if count else None
