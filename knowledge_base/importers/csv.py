"""A plain CSV with a documented header, for what a structure keeps in a spreadsheet (docs/importers.md).

One row a training, an event or a place; French column names, because those who fill it speak French. A name that is not
known is refused with the whole file: what stands under it would be lost.
"""

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from knowledge_base.errors import BadFile
from knowledge_base.importers.columns import decimal, slug, whole
from knowledge_base.importers.french_dates import at, read_clocks, read_day, read_days
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, csv_rows
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord, PlaceRecord, Record, TrainingRecord, end_of_day

SET = "file"
REQUIRED = ("type", "identifiant", "titre", "source")
MODALITIES = {"sur place": "onsite", "à distance": "remote", "hybride": "hybrid", "": None}
APPOINTMENTS = {"sans rendez-vous": "walk_in", "sur rendez-vous": "appointment", "les deux": "both", "": None}
EVENT_TYPES = {
    "forum": "forum",
    "salon": "forum",
    "atelier": "workshop",
    "visite": "visit",
    "portes ouvertes": "open_day",
    "job dating": "job_dating",
    "webinaire": "webinar",
    "réunion d'information": "meeting",
}
COLUMNS = (
    *("type", "identifiant", "titre", "résumé", "source", "url source", "url", "codes rome", "lieu", "adresse"),
    *("commune", "code postal", "code insee", "latitude", "longitude", "âge min", "âge max", "public", "sans voiture"),
    *("accès", "accessibilité", "vérifié le", "valable jusqu'au", "organisateur", "modalité", "date", "heures"),
    *("exposants", "places", "inscription", "inscription url", "inscription obligatoire", "à apporter", "campagne"),
    *("annulé", "labels", "code rncp", "niveau d'entrée", "niveau de sortie", "sessions", "durée", "alternance"),
    *("prix", "financement", "service", "rendez-vous", "horaires", "équipement", "téléphone", "courriel"),
)
LEVELS = {"sans diplôme": 0, "cap": 3, "bac": 4, "bac+2": 5, "bac+3": 6, "bac+5": 7, "bac+8": 8}


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each row as the record that its `type` column names."""

    def take(row: Row) -> Record:
        kind = row.text("type").lower()
        if kind == "formation":
            return _training(row, known)
        if kind == "lieu":
            return _place(row, known)
        if kind in EVENT_TYPES:
            return _event(row, known)
        raise Unusable(f"type {row.text('type')!r} is not one of formation, lieu, {', '.join(EVENT_TYPES)}")

    for member in source.of_kind("*.csv"):
        yield from judged(csv_rows(source, member, REQUIRED, named=partial(_named, member.name)), take)


def _named(file: str, header: list[str]) -> list[str]:
    """Return the names of columns, whatever their case, their apostrophes and how their accents are encoded."""
    written = (unicodedata.normalize("NFC", name).replace("’", "'") for name in header)
    names = [" ".join(name.lower().split()) for name in written]
    if not set(names) >= set(REQUIRED):
        return names  # the reader says which it lacks, and what it found
    for name in filter(None, names):
        if name not in COLUMNS:
            near = f" (near {found[0]!r})" if (found := get_close_matches(name, COLUMNS, 1)) else ""
            raise BadFile(file, 1, f"unknown column {name[:60]!r}{near}. Remedy: docs/importers.md lists them all")
        if names.count(name) > 1:
            raise BadFile(file, 1, f"two columns named {name!r}. Remedy: keep one of them")
    return names


def _shared(row: Row, known: Known, kind: str) -> dict[str, Any]:
    """Return what every kind of record has. Files name their rows as they like: the file is part of the id."""
    if not row.text("identifiant"):
        raise Unusable("identifiant is empty")
    return {
        "id": f"csv-{slug(Path(row.file).stem)}-{kind}-{row.text('identifiant')}",
        "title": row.text("titre"),
        "summary": row.text("résumé"),
        "families": known.families(_listed(row, "codes rome")),
        "place": _site(row),
        "public": {
            "age_min": whole(row, "âge min"),
            "age_max": whole(row, "âge max"),
            "text": row.text("public") or None,
        },
        "without_car": _yes(row, "sans voiture"),
        "access": row.text("accès") or None,
        "accessibility": row.text("accessibilité") or None,
        "url": _address(row, "url"),
        "source": {"name": row.text("source"), "url": _address(row, "url source")},
        "verified_at": read_day(row.text("vérifié le")) if row.text("vérifié le") else known.dated,
        "valid_until": read_day(row.text("valable jusqu'au")) if row.text("valable jusqu'au") else None,
    }


def _training(row: Row, known: Known) -> TrainingRecord:
    sessions = [{"starts_on": read_day(text)} for text in _listed(row, "sessions")]
    return TrainingRecord.model_validate(
        _shared(row, known, "formation")
        | {
            "organiser": row.text("organisateur") or None,
            "labels": _listed(row, "labels"),
            "rncp_code": row.text("code rncp") or None,
            "entry_level": _one_of(row, "niveau d'entrée", LEVELS),
            "exit_level": _one_of(row, "niveau de sortie", LEVELS),
            "modality": _one_of(row, "modalité", MODALITIES),
            "sessions": sessions,
            "duration": row.text("durée") or None,
            "alternance": _yes(row, "alternance"),
            "price": {"text": row.text("prix")} if row.text("prix") else None,
            "funding": row.text("financement") or None,
        }
    )


def _event(row: Row, known: Known) -> EventRecord:
    first, last = read_days(row.text("date"))
    if not row.text("heures"):
        raise Unusable("heures is empty: an event says when it begins (10h-17h)")
    opens, closes = read_clocks(row.text("heures"))
    return EventRecord.model_validate(
        _shared(row, known, "evenement")
        | {
            "type": EVENT_TYPES[row.text("type").lower()],
            "starts_at": at(first, opens),
            "ends_at": at(last, closes) if closes else end_of_day(last) if last > first else None,
            "modality": _one_of(row, "modalité", MODALITIES),
            "exhibitors": _listed(row, "exposants"),
            "seats": whole(row, "places"),
            "organiser": row.text("organisateur") or None,
            "registration": {
                "required": _yes(row, "inscription obligatoire"),
                "url": _address(row, "inscription url"),
                "text": row.text("inscription") or None,
            },
            "bring": row.text("à apporter") or None,
            "campaign": row.text("campagne") or None,
            "cancelled": _yes(row, "annulé") or False,
        }
    )


def _place(row: Row, known: Known) -> PlaceRecord:
    return PlaceRecord.model_validate(
        _shared(row, known, "lieu")
        | {
            "service": row.text("service") or "other",
            "appointment": _one_of(row, "rendez-vous", APPOINTMENTS),
            "hours": row.text("horaires") or None,
            "equipment": _listed(row, "équipement"),
            "phone": row.text("téléphone") or None,
            "email": row.text("courriel") or None,
        }
    )


def _site(row: Row) -> dict[str, Any] | None:
    if not row.text("commune"):
        return None
    return {
        "label": row.text("lieu") or None,
        "address": row.text("adresse") or None,
        "commune": row.text("commune"),
        "code_insee": row.text("code insee") or None,
        "postcode": row.text("code postal") or None,
        "latitude": decimal(row, "latitude"),
        "longitude": decimal(row, "longitude"),
    }


def _listed(row: Row, name: str) -> list[str]:
    return [part.strip() for part in row.text(name).split("|") if part.strip()]


def _address(row: Row, name: str) -> str | None:
    text = row.text(name)
    if text and web_address(text) is None:
        raise Unusable(f"{name} {text!r} is no address that begins with http:// or https://")
    return text or None


def _yes(row: Row, name: str) -> bool | None:
    text = row.text(name).lower()
    if text not in ("oui", "non", ""):
        raise Unusable(f"{name} {text!r} is neither oui nor non")
    return None if not text else text == "oui"


def _one_of(row: Row, name: str, known: dict[str, Any]) -> Any:
    text = row.text(name).lower()
    if text and text not in known:
        raise Unusable(f"{name} {text!r} is not one of {', '.join(key for key in known if key)}")
    return known.get(text)
