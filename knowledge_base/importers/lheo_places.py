"""Where an action of LHEO takes place."""

import re
from typing import Any

from lxml import etree

from knowledge_base.importers.lheo_elements import bare, children, text_of
from knowledge_base.importers.outcomes import Unusable
from knowledge_base.importers.towns import town_name

# South, north, west, east: Europe, then overseas. Producers without coordinates write round numbers (47, 0).
FRANCE = (
    (41.2, 51.2, -5.3, 9.7),
    (14.3, 18.2, -63.2, -60.7),
    (2.0, 6.0, -55.0, -51.5),
    (-21.5, -12.5, 45.0, 56.0),
    (46.7, 47.2, -56.5, -56.0),
    (-28.0, -7.0, -179.0, -134.0),
    (-23.0, -19.0, 163.0, 169.0),
)


def site_of(action: etree._Element, modality: str | None) -> dict[str, Any] | None:
    """Return the site, None for what is remote; raise Unusable where the town of anything else is unknown."""
    found = children(action, "lieu-de-formation", "coordonnees")
    where = children(found[0], "adresse")[:1] if found else []
    town = town_name(text_of(where[0], "ville")) if where else ""
    if not town:
        if modality == "remote":
            return None
        raise Unusable("lieu-de-formation/coordonnees/adresse/ville is empty")
    # A line of the coordinates is the school's name; `nom` and `prenom` are a person's.
    postcode, insee = text_of(where[0], "codepostal"), text_of(where[0], "code-INSEE-commune")
    latitude, longitude = _point(where[0])
    if not re.fullmatch(r"\d{5}", postcode) and latitude is None:
        raise Unusable(f"codepostal {postcode!r} is not of five digits, and nothing else says where {town} is")
    street = ", ".join(line for one in children(where[0], "ligne") if (line := bare(one.text)))
    return {
        "label": text_of(where[0], "denomination") or text_of(found[0], "ligne") or None,
        "address": street or None,
        "commune": town,
        # Some producers write the postcode in its place, which may be another commune's.
        "code_insee": insee if re.fullmatch(r"\d[\dAB]\d{3}", insee) and insee != postcode else None,
        "postcode": postcode or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _point(where: etree._Element) -> tuple[float, float] | tuple[None, None]:
    """Return coordinates with decimals, in France; others are not meant."""
    written = text_of(where, "geolocalisation", "latitude"), text_of(where, "geolocalisation", "longitude")
    if not all(re.fullmatch(r"[+-]?\d{1,3}\.\d+", one) for one in written):
        return None, None
    latitude, longitude = map(float, written)
    inside = any(s < latitude < n and w < longitude < e for s, n, w, e in FRANCE)
    return (latitude, longitude) if inside else (None, None)
