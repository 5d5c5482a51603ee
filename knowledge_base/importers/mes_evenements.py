"""« Mes évènements emploi » of France Travail: job datings, information meetings, workshops of its agencies.

Three shapes: a page of the API (`content`, or `results` where an application passes it on), the details of one event,
and the back office's own object. Candidates and speakers stand in the latter: they are never read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge_base.french import fold
from knowledge_base.importers.columns import WHOLE, listed, short_hash
from knowledge_base.importers.french_dates import in_column, in_paris, read_clock, read_day, read_moment
from knowledge_base.importers.occasions import FULL, event_type
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Member, Source
from knowledge_base.importers.tables import Row, json_rows
from knowledge_base.importers.towns import site_in, town_name
from knowledge_base.importers.wording import plain, shortened, unshouted
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord

SET = "file"
LISTS = ("content.item", "results.item", "item")
ROME = re.compile(r"[A-N]\d{4}")


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each event."""
    take = partial(_event, known=known)
    for member in source.of_kind("*.json"):
        yield from judged(_rows(source, member), take)


def _rows(source: Source, member: Member) -> Iterator[Row]:
    """Yield the events of a page; a file that holds no list is one event."""
    with source.bytes_of(member) as handle:
        page = re.match(rb'\W{0,3}\s*\[|.*"(?:content|results)"\s*:\s*\[', handle.read(4096), re.S)
    yield from json_rows(source, member, *(LISTS if page else ("",)))


def _event(row: Row, known: Known) -> EventRecord:
    if row.values.get("estApublier") is False:
        raise Unusable("estApublier is false: the event is not to be shown")
    if not row.text("titre"):
        raise Unusable("titre is empty")
    starts_at, ends_at = _moments(row)
    modality, place = _modality(row), _site(row)
    if place is None and modality != "remote":
        raise Unusable(f"ville is empty and lieu {row.text('lieu')!r} names no postcode and town")
    own_id = row.text("id") or short_hash(*map(row.text, ("codeAgence", "dateEvenement", "heureDebut", "titre")))
    url = web_address(row.text("url")) or web_address(row.text("urlDetailEvenement"))
    codes = _labels(row, "codesRome") or [row.text("romeId")]
    seats, taken = _seats(row.values)
    asked = ", ".join(_labels(row, "prerequis"))
    public = ". ".join(filter(None, (", ".join(_labels(row, "publics")), asked and f"Demandé : {asked}")))
    return EventRecord.model_validate(
        {
            "id": f"mes-evenements-{own_id}",
            "title": unshouted(plain(row.text("titre")), place["commune"] if place else ""),
            "summary": shortened(plain(row.text("description")) or plain(row.text("deroulement"))),
            "type": event_type(row.text("typeEvenement"), row.text("type"), row.text("titre")),
            "families": known.families(code for code in codes if ROME.fullmatch(code)),
            "place": None if modality == "remote" else place,
            "modality": modality,
            "public": {"text": public or None},
            "starts_at": starts_at,
            "ends_at": ends_at,
            "seats": seats or None,
            "organiser": row.text("libelleOrganisateurPrincipal") or None,
            "registration": {"text": FULL if 0 < seats <= taken else None},
            "url": url,
            "source": {"name": "France Travail, Mes évènements emploi", "url": url},
            "verified_at": known.dated,
        }
    )


def _moments(row: Row) -> tuple[datetime, datetime | None]:
    """Read both ends; the API tells hours at the offset of its `dateEvenement`, the back office in its `timeZone`."""
    if row.text("dateTimeDebut"):
        moments = [in_paris(name, row.text(name)) for name in ("dateTimeDebut", "dateTimeFin") if row.text(name)]
    else:
        for name in ("dateEvenement", "heureDebut"):
            if not row.text(name):
                raise Unusable(f"{name} is empty: an event says when it begins")
        day = row.text("dateEvenement")
        zoned = in_column("dateEvenement", read_moment, day) if "T" in day else None
        on = zoned.date() if zoned else in_column("dateEvenement", read_day, day)
        zone = zoned.tzinfo if zoned else _zone(row)
        clocks = [in_column(name, read_clock, row.text(name)) for name in ("heureDebut", "heureFin") if row.text(name)]
        moments = [in_paris("dateEvenement", datetime.combine(on, clock, zone).isoformat()) for clock in clocks]
    return moments[0], moments[1] if len(moments) > 1 else None


def _zone(row: Row) -> tzinfo:
    try:
        return ZoneInfo(row.text("timeZone") or "Europe/Paris")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Unusable(f"timeZone {row.text('timeZone')!r} is unknown (expected Europe/Paris)") from error


def _modality(row: Row) -> str | None:
    said = fold(" ".join(_labels(row, "modalites")) or row.text("typeEvenement") or row.text("type"))
    onsite, remote = "physique" in said, "distance" in said or "en ligne" in said
    return "hybrid" if onsite and remote else "onsite" if onsite else "remote" if remote else None


def _site(row: Row) -> dict[str, Any] | None:
    if not row.text("ville"):
        return site_in(row.text("lieu"))
    return {
        "label": row.text("libelleEtablissement") or row.text("lieu") or None,
        "commune": town_name(row.text("ville")),
        "code_insee": row.text("codeInsee") or None,
        "postcode": row.text("codePostal") or None,
        "latitude": row.values.get("latitude"),
        "longitude": row.values.get("longitude"),
    }


def _seats(values: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many seats there are and how many are taken, on site and online together."""
    counts = [values, *(one for one in listed(values.get("modeAceesList")) if isinstance(one, dict))]

    def total(prefix: str) -> int:
        numbers = (str(number) for one in counts for key, number in one.items() if key.startswith(prefix))
        return sum(int(number) for number in numbers if WHOLE.fullmatch(number))

    return total("nombrePlace"), total("nombreInscrit")


def _labels(row: Row, name: str) -> list[str]:
    """Return a list of words, or of objects with their `libelle`."""
    said = (one.get("libelle") if isinstance(one, dict) else one for one in listed(row.values.get(name)))
    return [str(one).strip() for one in said if one]


# --- what the other readers of events share -------------------------------------------------------------------------
