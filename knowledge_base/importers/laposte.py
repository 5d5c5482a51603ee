"""La Poste's communes: INSEE codes, postcodes and coordinates (Licence Ouverte). Replaces the gazetteer.

La Poste writes names in capitals without accents and knows no population; GeoNames' towns lend both where they are
the same place. Paris, Lyon and Marseille stand there by arrondissement; the whole towns stay as GeoNames has them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, nan, radians
from typing import Any

from knowledge_base.geography import department_of_insee, fold_place, read_gazetteer
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.towns import written

SET = "format"
COLUMNS = ("Code_commune_INSEE", "Nom_commune", "Code_postal", "coordonnees_gps")
# A GeoNames town of the same name this near, in degrees (about 15 km), is the same place.
SAME_PLACE = 0.15

Towns = dict[str, list[dict[str, Any]]]  # folded name → GeoNames towns


@dataclass
class _Commune:
    code_insee: str
    name: str
    latitude: float
    longitude: float
    postcodes: list[str] = field(default_factory=list)


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield one gazetteer row a commune; further lines of a commune add their postcode, localities their name."""
    communes: dict[str, _Commune] = {}
    towns: Towns = defaultdict(list)
    for town in read_gazetteer():
        towns[town["folded"]].append(town)
    localities: dict[str, tuple[str, _Commune]] = {}

    def gather(row: Row) -> Taken:
        commune = _commune(row, towns)
        first = communes.setdefault(commune.code_insee, commune)
        if row.text("Code_postal") not in first.postcodes:
            first.postcodes.append(row.text("Code_postal"))
        if locality := row.text("Ligne_5"):
            localities[f"{commune.code_insee}-{fold_place(locality)}"] = (locality, first)
        return Taken(row.file)

    yield from judged(every_row(source, COLUMNS, delimiter=";"), gather)
    yield from _gazetteer(communes, localities, towns)


def _commune(row: Row, towns: Towns) -> _Commune:
    insee, postcode = row.text("Code_commune_INSEE").upper(), row.text("Code_postal")
    if not re.fullmatch("[0-9][0-9AB][0-9]{3}", insee):
        raise Unusable(f"Code_commune_INSEE {insee!r} is not of five characters")
    if not re.fullmatch("[0-9]{5}", postcode):
        raise Unusable(f"Code_postal {postcode!r} is not of five digits")
    if not row.text("Nom_commune"):
        raise Unusable("Nom_commune is empty")
    latitude, longitude = _point(row, insee, towns)
    return _Commune(insee, row.text("Nom_commune"), latitude, longitude)


def _point(row: Row, insee: str, towns: Towns) -> tuple[float, float]:
    """Read the coordinates; where La Poste gives none, those of the one GeoNames town of that name and department."""
    latitude, _, longitude = row.text("coordonnees_gps").partition(",")
    if latitude:
        return _degrees(latitude, longitude)
    department = department_of_insee(insee)
    named = [town for town in towns.get(fold_place(row.text("Nom_commune")), ()) if town["department"] == department]
    if len(named) != 1:
        raise Unusable(f"coordonnees_gps is empty and no other source places {row.text('Nom_commune')} ({insee})")
    return named[0]["latitude"], named[0]["longitude"]


def _degrees(latitude: str, longitude: str) -> tuple[float, float]:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        point = nan, nan
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):  # nor a nan is
        raise Unusable(f"coordonnees_gps {f'{latitude},{longitude}'!r} is not « latitude, longitude »")
    return point


def _gazetteer(
    communes: dict[str, _Commune], localities: dict[str, tuple[str, _Commune]], towns: Towns
) -> Iterator[Taken]:
    """Yield the rows of the new gazetteer; they count as nothing read, the lines that made them did."""
    used: set[str] = set()
    for commune in communes.values():
        town = _same_place(commune, towns)
        if town is not None:
            used.add(town["id"])
        yield _row(commune, town)
    for key, (name, commune) in localities.items():
        if fold_place(name) != fold_place(commune.name):
            yield _locality(key, name, commune)
    for rows in towns.values():
        for town in rows:
            if town["id"] not in used:
                yield Taken("", rows=(("gazetteer", town | {"code_insee": None}),))


def _same_place(commune: _Commune, towns: Towns) -> dict[str, Any] | None:
    near = [
        town
        for town in towns.get(fold_place(commune.name), ())
        if abs(town["latitude"] - commune.latitude) < SAME_PLACE
        and abs(town["longitude"] - commune.longitude) * cos(radians(commune.latitude)) < SAME_PLACE
        and town["id"].startswith("geonames-")
    ]
    return max(near, key=lambda town: town["population"], default=None)


def _row(commune: _Commune, town: dict[str, Any] | None) -> Taken:
    name = town["name"] if town else written(commune.name)
    row = {
        "id": f"insee-{commune.code_insee}",
        "name": name,
        "folded": fold_place(commune.name),
        "commune": name,
        "department": department_of_insee(commune.code_insee),
        "region": town["region"] if town else None,
        "postcodes": commune.postcodes,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "population": town["population"] if town else 0,
        "code_insee": commune.code_insee,
    }
    return Taken("", rows=(("gazetteer", row),))


def _locality(key: str, name: str, commune: _Commune) -> Taken:
    parent = _row(commune, None).rows[0][1]
    row = parent | {"id": f"locality-{key.replace(' ', '-')}", "name": written(name), "folded": fold_place(name)}
    return Taken("", rows=(("gazetteer", row | {"code_insee": None}),))
