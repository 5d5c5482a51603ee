"""Events and places in SQL, fast among a million items: each branch of a search follows an index, in its order.

An event that begins from a moment on is read in the order of its index. One that began before may have further days, or
last for days: those are few, and looked at apart. Around a town, what is near and what has no point are apart as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from math import cos, radians
from typing import Any

from connectors.agenda.asked import LAST_PAGE, PAGE_SIZE, Asked
from connectors.agenda.themes import FAMILIES_OF, NO_FAMILY, prefixes
from connectors.agenda.towns import Town
from connectors.database import Connection

COUNTED = 1000  # « plus de 1 000 » says enough
NEAREST_PLACES = 50
KM_A_DEGREE = 111.0  # of latitude, a little less than it is
BELIEVED_FOR = {"event": 365, "place": 730}  # days since it was verified, for what has no end of its own

BELIEVED = """i.kind = '{kind}' AND NOT i.cancelled AND i.duplicate_of IS NULL
    AND coalesce(i.valid_until, i.verified_at + make_interval(days => {days})) > %(now)s"""
EVENTS, PLACES = (BELIEVED.format(kind=kind, days=days) for kind, days in BELIEVED_FOR.items())
WORDS = """i.id IN (SELECT t.item_id FROM knowledge.texts t
    WHERE t.kind = '{kind}' AND t.lexemes @@ websearch_to_tsquery('knowledge.french', %(q)s))"""
# On a sphere, in plain arithmetic: the functions of earthdistance cost ten times as much a row.
DISTANCE_KM = """12742 * asin(least(1, sqrt(sin(radians(i.latitude - %(latitude)s) / 2) ^ 2 + cos(radians(i.latitude))
    * cos(radians(%(latitude)s)) * sin(radians(i.longitude - %(longitude)s) / 2) ^ 2)))"""
NEAR = f"""point(i.longitude, i.latitude) <@ %(box)s::box AND i.latitude IS NOT NULL AND i.longitude IS NOT NULL
    AND {DISTANCE_KM} <= %(km)s"""
NEAR_ON_SITE = f"{NEAR} AND i.modality IS DISTINCT FROM 'remote'"
# From home, or nobody knows where: what names a commune without a point is near those of that commune alone.
FROM_ANYWHERE = """(i.modality = 'remote' OR i.latitude IS NULL)
    AND (i.modality = 'remote' OR i.commune IS NULL OR i.commune = %(commune)s)"""

BEGINS = """
SELECT i.id, i.starts_at AS next_start, i.ends_at AS next_end FROM knowledge.items i
WHERE {where} AND i.starts_at >= %(after)s AND (%(before)s::timestamptz IS NULL OR i.starts_at < %(before)s)
{order} LIMIT %(reach)s
"""
GOES_ON = """
SELECT i.id, time.starts AS next_start, time.ends AS next_end FROM knowledge.items i CROSS JOIN LATERAL (
    SELECT starts, ends FROM (
        SELECT i.starts_at AS starts, i.ends_at AS ends UNION ALL
        SELECT (day ->> 0)::timestamptz, (day ->> 1)::timestamptz FROM jsonb_array_elements(i.details -> 'days') day
    ) times ORDER BY starts >= %(after)s DESC, starts LIMIT 1
) time
WHERE {where} AND i.starts_at < %(after)s AND i.valid_until > i.starts_at AND i.valid_until > %(after)s
    AND (%(before)s::timestamptz IS NULL OR time.starts < %(before)s)
{order} LIMIT %(reach)s
"""
# Each part with its order, which a count does without: it may stop as soon as it has enough.
PARTS = (
    (BEGINS, "ORDER BY i.starts_at, i.id"),
    (GOES_ON, "ORDER BY greatest(time.starts, %(after)s), i.id"),
)
PAGE = """
WITH found AS ({branches}),
page AS (
    SELECT * FROM found ORDER BY greatest(next_start, %(after)s), id OFFSET %(offset)s LIMIT %(most)s
)
SELECT i.*, next_start, next_end, {distance} AS distance_km
FROM page JOIN knowledge.items i USING (id) ORDER BY greatest(next_start, %(after)s), id
"""
COUNT = "SELECT count(*) AS n FROM (SELECT FROM ({branches}) found LIMIT %(reach)s) counted"
NEAREST = f"""
SELECT i.*, {{distance}} AS distance_km FROM knowledge.items i WHERE {PLACES} {{filters}}
ORDER BY distance_km NULLS LAST, i.commune, i.title, i.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Page:
    """Rows of `knowledge.items` with `next_start`, `next_end`, `distance_km`; whether others follow."""

    rows: list[dict[str, Any]]
    more: bool


async def find_events(connection: Connection, asked: Asked, town: Town | None, now: datetime) -> Page:
    """Return a page of events to come, the soonest first."""
    offset = (asked.page - 1) * PAGE_SIZE
    parameters = parameters_of(asked, town, now) | {
        "offset": offset, "most": PAGE_SIZE + 1, "reach": offset + PAGE_SIZE + 1,
    }  # fmt: skip
    statement = PAGE.format(branches=branches(asked, town, ordered=True), distance=distance(town))
    # Planned anew each time: what a filter lets through decides which index serves.
    cursor = await connection.execute(statement, parameters, prepare=False)
    rows = await cursor.fetchall()
    return Page(rows[:PAGE_SIZE], len(rows) > PAGE_SIZE and asked.page < LAST_PAGE)


async def count_events(
    connection: Connection, asked: Asked, town: Town | None, now: datetime, most: int = COUNTED
) -> int:
    """Count the events to come, up to one more than `most`."""
    parameters = parameters_of(asked, town, now) | {"reach": most + 1}
    cursor = await connection.execute(
        COUNT.format(branches=branches(asked, town, ordered=False)), parameters, prepare=False
    )
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0


async def find_places(connection: Connection, asked: Asked, town: Town | None, now: datetime) -> Page:
    """Return the services nearest to a town; without a town, those of a small set, by commune, else none at all."""
    filters = f"AND {NEAR}" if town else ""
    filters += f" AND {WORDS.format(kind='place')}" if asked.q else ""
    parameters = parameters_of(asked, town, now) | {"most": NEAREST_PLACES + 1}
    if town is None and await are_many_places(connection):
        return Page([], more=True)
    statement = NEAREST.format(distance=distance(town), filters=filters)
    rows = await (await connection.execute(statement, parameters, prepare=False)).fetchall()
    return Page(rows[:NEAREST_PLACES], len(rows) > NEAREST_PLACES)


async def are_many_places(connection: Connection) -> bool:
    """Say whether there are more places than one reads without saying where one is."""
    cursor = await connection.execute(
        "SELECT count(*) AS n FROM (SELECT FROM knowledge.items WHERE kind = 'place' LIMIT %s) counted", (COUNTED + 1,)
    )
    row = await cursor.fetchone()
    return bool(row and row["n"] > COUNTED)


def branches(asked: Asked, town: Town | None, *, ordered: bool) -> str:
    """Write the parts of a search, no event in two of them."""
    shared = [EVENTS, *filters_of(asked)]
    written = [
        part.format(where=" AND ".join([*shared, reached]), order=order if ordered else "")
        for (part, order), reached in product(PARTS, (NEAR_ON_SITE, FROM_ANYWHERE) if town else ("true",))
    ]
    return " UNION ALL ".join(f"({part})" for part in written)


def filters_of(asked: Asked) -> Iterator[str]:
    """Yield the conditions that are asked for, and no others: each would be looked at for every row."""
    if asked.q:
        yield WORDS.format(kind="event")
    if asked.theme:
        yield NO_FAMILY if asked.theme == "tous" else FAMILIES_OF
    if asked.campaign:
        yield "i.details ->> 'campaign' = %(campaign)s"
    if asked.modality == "remote":
        yield "i.modality IN ('remote', 'hybrid')"
    if asked.modality == "onsite":
        yield "i.modality IS DISTINCT FROM 'remote'"


def parameters_of(asked: Asked, town: Town | None, now: datetime) -> dict[str, Any]:
    """Return what the statements name."""
    after, before = asked.between(now)
    known: dict[str, Any] = {
        "now": now, "after": after, "before": before, "q": asked.q, "campaign": asked.campaign,
        "prefixes": prefixes(asked.theme), "km": asked.km,
    }  # fmt: skip
    if town is None:
        return known
    reach = asked.km / KM_A_DEGREE
    wide = reach / max(cos(radians(town.latitude)), 0.01)
    box = f"({town.longitude + wide},{town.latitude + reach}),({town.longitude - wide},{town.latitude - reach})"
    return known | {"latitude": town.latitude, "longitude": town.longitude, "commune": town.commune, "box": box}


def distance(town: Town | None) -> str:
    """Write how far an item is, null where it has no point or nobody said from where."""
    return f"CASE WHEN i.latitude IS NOT NULL THEN {DISTANCE_KM} END" if town else "NULL::float8"
