"""OpenAgenda's public events: the export of Opendatasoft, or the pages of OpenAgenda's own API.

Both say the same in two spellings: `title_fr` or `title.fr`, `location_city` or `location.city`, JSON inside JSON or
not; the codes are those of developers.openagenda.com. A list of fairs (date, thème, ville, durée) is taken too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from knowledge_base.entries import item_entry
from knowledge_base.french import fold
from knowledge_base.geography import OVERSEAS
from knowledge_base.importers.columns import WHOLE, listed, short_hash
from knowledge_base.importers.french_dates import in_column, in_paris, read_day
from knowledge_base.importers.occasions import FULL, Slot, event_type, upcoming, whole_days
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, json_rows
from knowledge_base.importers.towns import street_of, town_name
from knowledge_base.importers.wording import plain, shortened, unshouted
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord

SET = "file"
LISTS = ("records.item", "results.item", "events.item", "event", "item")
Values = Mapping[str, Any]

MODALITIES = {1: "onsite", 2: "remote", 3: "hybrid"}
MOVED_ONLINE, POSTPONED, FULLY_BOOKED, CANCELLED, PUBLISHED = 3, 4, 5, 6, 2
HANDICAPS = {"hi": "auditif", "vi": "visuel", "pi": "psychique", "mi": "moteur", "ii": "intellectuel"}
FREE_ENTRY = re.compile(r"sans (?:réservation|inscription)|(?:réservation|inscription) (?:non|pas) ", re.IGNORECASE)
MUST_REGISTER = re.compile(
    r"(?:réservation|inscription)s? (?:préalable )?(?:obligatoire|nécessaire|requise|indispensable)"
    r"|^(?:uniquement )?sur (?:réservation|inscription)\W*$",
    re.IGNORECASE,
)
LINES = re.compile(r"\b(?:métro|tram(?:way)?|bus|rer|train)s?\b", re.IGNORECASE)
A_PERSON = re.compile(r"[a-z]+[._-][a-z]+@|@(?:gmail|hotmail|outlook|orange|free|yahoo|wanadoo|laposte)\.", re.I)
ENOUGH = 80  # characters: a shorter description says little, and the long one follows it


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each event, or fair."""

    def take(row: Row) -> Taken:
        fields = row.values.get("fields")
        values = {key.lower(): value for key, value in (fields if isinstance(fields, dict) else row.values).items()}
        record = fair(row, known) if "thème" in values else _event(values, known)
        return Taken(row.file, item_entry(record.item()))

    for member in source.of_kind("*.json"):
        yield from judged(json_rows(source, member, *LISTS), take)


def _event(values: Values, known: Known) -> EventRecord:
    status, modality = _code(values, "status"), MODALITIES.get(_code(values, "attendancemode") or 0)
    modality = "remote" if status == MOVED_ONLINE else modality
    if _code(values, "state") not in (None, PUBLISHED):
        raise Unusable(f"state {values['state']!r} is not {PUBLISHED}: the event is not published")
    for name in ("uid", "title"):
        if not _said(values, name):
            raise Unusable(f"{name} is empty")
    location = _location(values)
    place = None if modality == "remote" else _site(location)
    access = plain(re.sub(r"#\w.*", "", _said(location, "access")))  # some put a hashtag there
    url, online = (web_address(_said(values, name)) for name in ("canonicalurl", "onlineaccesslink"))
    updated = _said(values, "updatedat")
    return EventRecord.model_validate(
        upcoming(_timings(values), known.today)
        | {
            "id": f"openagenda-{values['uid']}",
            "title": unshouted(plain(_said(values, "title")), place["commune"] if place else ""),
            "summary": _summary(values),
            "type": event_type(_said(values, "title"), _said(values, "keywords")),
            "place": place,
            "modality": modality,
            "public": {"age_min": _age(values, "min"), "age_max": _age(values, "max")},
            "without_car": True if place and LINES.search(access) else None,
            "access": shortened(access, 300) or None if place else None,
            "accessibility": _accessibility(values),
            "registration": {"url": online} | _registration(values, status),
            "cancelled": status in (POSTPONED, CANCELLED),
            "url": url,
            "source": {"name": _publisher(values), "url": url},
            "verified_at": in_paris("updatedAt", updated).date() if updated else known.dated,
        }
    )


def _said(values: Values, name: str) -> str:
    """Return a text in French, or in the first language there is."""
    value = values.get(f"{name}_fr") or values.get(name) or ""
    if isinstance(value, dict):
        value = value.get("fr") or next(iter(value.values()), "")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "").strip()


def _parsed(values: Values, name: str) -> Any:
    """Return a value that may be JSON inside JSON."""
    value = values.get(name)
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise Unusable(f"{name} {value[:60]!r} is not JSON") from error


def _code(values: Values, name: str) -> int | None:
    """Return a code that may stand alone or with its label."""
    value = _parsed(values, name)
    text = str(value.get("id") if isinstance(value, dict) else value)
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _summary(values: Values) -> str:
    """Return the short description; the long one where that is cut, both where it says little."""
    short, long = plain(_said(values, "description")), plain(_said(values, "longdescription"))
    if not long or (len(short) >= ENOUGH and not short.endswith(("…", "..."))):
        return shortened(short)
    if not short or short.endswith(("…", "...")) or fold(long).startswith(fold(short)):
        return shortened(long)
    return shortened(f"{short}{'' if short.endswith(('.', '!', '?')) else '.'} {long}")


def _publisher(values: Values) -> str:
    agenda = values.get("originagenda")
    title = values.get("originagenda_title") or (agenda.get("title") if isinstance(agenda, dict) else "")
    return f"OpenAgenda, {title}" if title else "OpenAgenda"


def _location(values: Values) -> dict[str, Any]:
    own = values.get("location")
    if isinstance(own, dict):
        return {key.lower(): value for key, value in own.items()}
    return {key.removeprefix("location_"): value for key, value in values.items() if key.startswith("location_")}


def _site(location: Values) -> dict[str, Any]:
    """Say where it is; the address alone, without the town that is said beside it."""
    country = _said(location, "countrycode").upper()
    if country not in ("", "FR", *OVERSEAS):
        raise Unusable(f"location countryCode {country!r} is not in France")
    commune, postcode = town_name(_said(location, "city")), _said(location, "postalcode")[:5]
    if not commune:
        raise Unusable("location city is empty")
    point = location.get("coordinates")
    pair = [point.get("lat"), point.get("lon")] if isinstance(point, dict) else listed(point)
    latitude, longitude = pair if len(pair) == 2 else (location.get("latitude"), location.get("longitude"))
    label, street = _said(location, "name"), street_of(_said(location, "address"), commune, postcode)
    return {
        "label": label or None,
        "address": street if street != label else None,
        "commune": commune,
        "code_insee": _said(location, "insee") or None,
        "postcode": postcode or None,
        "neighbourhood": _said(location, "district") or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _timings(values: Values) -> list[Slot]:
    """Return the slots, in order. Days that follow without a gap, all day and night, are told day by day."""
    first = {"begin": values.get("firstdate_begin"), "end": values.get("firstdate_end")}
    slots = sorted(_slot(one) for one in listed(_parsed(values, "timings") or first) if isinstance(one, dict))
    if not slots:
        raise Unusable(f"timings {values.get('timings')!r} hold no slot")
    runs: list[list[Slot]] = []
    for slot in slots:
        if not runs or slot[0] - runs[-1][-1][1] > timedelta(minutes=1):
            runs.append([])
        runs[-1].append(slot)
    spans = ((run, run[0][0], run[-1][1]) for run in runs)
    return [slot for run, a, z in spans for slot in (run if z - a <= timedelta(days=1) else _daily(a, z))]


def _slot(timing: Values) -> Slot:
    texts = [str(timing.get(name) or "") for name in ("begin" if "begin" in timing else "start", "end")]
    if "" in texts:
        raise Unusable(f"timings {dict(timing)!r} lack a begin or an end")
    begin, end = (in_paris("timings", text) for text in texts)
    if end < begin:
        raise Unusable(f"timings end ({texts[1]}) before they start ({texts[0]})")
    return begin, end


def _daily(first: datetime, last: datetime) -> list[Slot]:
    days = whole_days(first.date(), last.date(), first.date())
    return [(max(first, begin), min(last, end)) for begin, end in days if begin < last]


def _age(values: Values, end: str) -> int | None:
    age = values.get("age")
    text = str(age.get(end) if isinstance(age, dict) else values.get(f"age_{end}"))
    return int(text) if WHOLE.fullmatch(text) else None


def _accessibility(values: Values) -> str | None:
    given = values.get("accessibility")
    if isinstance(given, dict):
        given = [code for code, true in given.items() if true]
    codes = given.split(";") if isinstance(given, str) else listed(given)
    found = [HANDICAPS[code] for code in map(str, codes) if code in HANDICAPS]
    return f"Aménagements prévus : handicap {', '.join(found)}" if found else None


def _registration(values: Values, status: int | None) -> dict[str, Any]:
    """Return how to register: the ways it gives, and its conditions. A person's own address is left out."""
    found: dict[str, Any] = {}
    for one in listed(_parsed(values, "registration")):
        value = str(one.get("value") or "") if isinstance(one, dict) else str(one)
        kind = "url" if web_address(value) else "email" if "@" in value else "phone"
        if value and not (kind == "email" and A_PERSON.search(value)):
            found.setdefault(kind, value)
    parts = [part.strip() for part in plain(_said(values, "conditions")).split("|")]
    text = " · ".join(dict.fromkeys(filter(None, parts)))
    if web_address(text):
        found, text = {"url": text} | found, ""
    found["required"] = False if FREE_ENTRY.search(text) else True if MUST_REGISTER.search(text) else None
    return found | {"text": ". ".join(part for part in (FULL if status == FULLY_BOOKED else "", text) if part) or None}


def fair(row: Row, known: Known) -> EventRecord:
    """Read « 07/03/2025, 2 jours, Salon de l'alternance, L'Étudiant, Marseille »; hours are not said."""
    first = in_column("date", read_day, row.text("date"))
    length = re.fullmatch(r"([1-9]\d?) jours?", row.text("durée") or "1 jour")
    if length is None:
        raise Unusable(f"durée {row.text('durée')!r} is not understood (expected 2 jours)")
    for name in ("thème", "ville"):
        if not row.text(name):
            raise Unusable(f"{name} is empty")
    said = [row.text(name) for name in ("date", "thème", "organisateur", "ville")]
    return EventRecord.model_validate(
        upcoming(whole_days(first, first + timedelta(days=int(length[1]) - 1), known.today), known.today)
        | {
            "id": f"openagenda-{short_hash(*said)}",
            "title": unshouted(plain(row.text("thème")), row.text("ville")),
            "type": event_type(row.text("thème")),
            "place": {"commune": town_name(row.text("ville"))},
            "modality": "onsite",
            "organiser": row.text("organisateur") or None,
            "source": {"name": f"Liste de salons ({row.file})"},
            "verified_at": known.dated,
        }
    )


# --- what the other readers of events share -------------------------------------------------------------------------
