"""Where something is, as it was typed: a town of the gazetteer, or what to choose among."""

import math
import re
from dataclasses import replace
from typing import Any, Protocol

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.typed import Typed
from connectors.knowledge.records import Place

POINT = re.compile(r"(-?[0-9]{1,3}(?:[.,][0-9]+)?)\s*[,; ]\s*(-?[0-9]{1,3}(?:[.,][0-9]+)?)")
WITH_DEPARTMENT = re.compile(r"(?P<name>.+?)\s*\((?P<code>[0-9AB]{2,3})\)")
WITH_NEAR = re.compile(r"(?P<name>.+?)\s*\(près de (?P<near>.+)\)")
WITH_POSTCODE = re.compile(r"(?P<before>.*?)\s*\b(?P<code>[0-9]{5})\b\s*(?P<after>.*)")
FAR_KM = 50.0  # the largest communes of France are within it
KM_A_DEGREE = 111.2


class Gazetteer(Protocol):
    """What is asked of the library about towns."""

    def places_named(self, text: str, department: str | None = None) -> list[Place]:
        """Return the places of a name, in a department or anywhere, or of a postcode; likeliest first."""
        ...

    def places_like(self, text: str) -> list[Place]:
        """Return places of a name near this one."""
        ...


def site(typed: Typed, towns: Gazetteer, *, needed: bool) -> dict[str, Any] | None:
    """Return the `place` of a record. `typed.choices` gets the towns among which somebody must choose."""
    label, address = typed.text("place_label", 120), typed.text("address", 200)
    town = find_town(typed, towns, needed=needed)
    if town is None:
        return None
    latitude, longitude = point_of(typed, town)
    return {
        "label": label or (town.label if town.label != town.commune else None),
        "address": address,
        "commune": town.commune or town.label,
        "postcode": town.postcode,
        "latitude": latitude,
        "longitude": longitude,
    }


def find_town(typed: Typed, towns: Gazetteer, *, needed: bool) -> Place | None:
    """Return the one town that is meant; otherwise say why, and which to choose among."""
    words = typed.text("town", 80, texts.NO_TOWN if needed else None)
    if words is None:
        return None
    found = named(words, towns)
    if len(found) == 1:
        return found[0]
    if re.fullmatch("[0-9]{5}", words):
        typed.choices = towns.places_named(words)
        typed.refuse("town", texts.NAME_TOO.format(code=words))
        return None
    typed.choices = found or towns.places_like(words)
    names = ", ".join(map(written, typed.choices))
    near = texts.CLOSE_TOWNS.format(names=names) if typed.choices else texts.NO_CLOSE_TOWN
    typed.refuse("town", texts.WHICH_TOWN if found else texts.UNKNOWN_TOWN.format(near=near))
    return None


def named(words: str, towns: Gazetteer) -> list[Place]:
    """Read « Dole », « Saint-Denis (93) », « Dole (près de Dijon) », « 25000 Besançon »."""
    if match := WITH_NEAR.fullmatch(words):
        return [one for one in towns.places_named(match["name"]) if one.near == match["near"]][:1]
    if match := WITH_DEPARTMENT.fullmatch(words):
        somewhere = [one for one in towns.places_named(match["name"]) if one.department is None]
        return towns.places_named(match["name"], match["code"])[:1] or somewhere
    match = WITH_POSTCODE.fullmatch(words)
    return with_postcode(match, towns) if match else towns.places_named(words)


def with_postcode(match: re.Match[str], towns: Gazetteer) -> list[Place]:
    """Find a town by its name and its postcode; a village too small for the gazetteer is where its postcode is."""
    name = " ".join(filter(None, (match["before"], match["after"]))).strip(" ,-")
    around = towns.places_named(match["code"])[:1]
    if not (name and around):
        return []
    here = around[0]
    known = towns.places_named(name, here.department) or [
        one for one in towns.places_named(name) if kilometres(spot(one), spot(here)) < FAR_KM
    ]
    there = known[:1] or [replace(here, label=name, commune=name)]
    return [replace(one, postcode=match["code"]) for one in there]


def written(town: Place) -> str:
    """Write a town so that it is read again as itself: « Saint-Denis (93) », « Dole (près de Dijon) »."""
    name = town.label.split(" (")[0]
    if town.department:
        return f"{name} ({town.department})"
    return f"{name} (près de {town.near})" if town.near else name


def point_of(typed: Typed, town: Place) -> tuple[float, float]:
    """Return the exact point where one was given, else the town's."""
    words = typed.text("point", 60)
    if words is None:
        return spot(town)
    match = POINT.fullmatch(words)
    if match is None:
        typed.refuse("point", texts.NOT_A_POINT)
        return spot(town)
    latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
    far = kilometres((latitude, longitude), spot(town))
    if far > FAR_KM:
        typed.refuse("point", texts.POINT_FAR.format(km=round(far), town=town.label))
    return latitude, longitude


def spot(town: Place) -> tuple[float, float]:
    """Return a town's point."""
    return town.latitude, town.longitude


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return about how far two points are from each other."""
    east = (one[1] - other[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return KM_A_DEGREE * math.hypot(one[0] - other[0], east)
