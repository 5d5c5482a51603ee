"""Onisep's Idéo set of schools, each a place, and each day of open doors that it announces an event."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from pydantic import ValidationError

from knowledge_base.entries import item_entry
from knowledge_base.importers.columns import decimal
from knowledge_base.importers.french_dates import at, read_clock, read_day, read_days
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.wording import sentence, sentences
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord, PlaceRecord, end_of_day

SET = "file"
PUBLISHER = "Onisep, Idéo-Structures d'enseignement"
REQUIRED = ("Code Uai", "Type Detablissement", "Nom", "Cp", "Commune", "Longitude X", "Latitude Y")
# « le 31/01/2026 de 09h00 à 16h00 (sur inscription) voir https://… »: hours, remark and page may be missing.
OPEN_DAY = re.compile(
    r"(?P<days>(?:le|du) .+?)"
    r"(?: (?:de |à )?(?P<opens>\d{1,2} ?h ?(?:\d\d)?)(?: ?(?:à|-) ?(?P<closes>\d{1,2} ?h ?(?:\d\d)?))?)?"
    r"(?: ?\((?P<remark>.*)\))?(?: voir (?P<page>\S+))?",
    re.IGNORECASE,
)
NUMBERED_DAYS = re.compile(r"du (\d[\d/]+) au (\d[\d/]+)", re.IGNORECASE)
# Communes divided into arrondissements stand under a number that is no INSEE code: 75100 for Paris.
DIVIDED = ("75100", "69380", "13200")


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each school, then its open days, which count with its row."""
    for row in every_row(source, REQUIRED):
        for outcome in judged((row,), partial(_school, known=known)):
            yield outcome
            if isinstance(outcome, Taken):
                yield from _open_days(row, known)


def _school(row: Row, known: Known) -> PlaceRecord:
    status = row.text("Statut")
    told = (
        _kind(row),
        f"établissement {status}" if status else "",
        f"sigle : {row.text('Sigle')}" if row.text("Sigle") else "",
        f"langues enseignées : {_languages(row)}" if row.text("Langues Enseignees") else "",
    )
    return PlaceRecord.model_validate(
        _shared(row, known)
        | {
            "id": f"onisep-etablissements-{row.text('Code Uai')}",
            "title": sentence(row.text("Nom")),
            "summary": sentences(told),
            "service": "etablissement",
            "phone": row.text("Telephone") or None,
        }
    )


def _shared(row: Row, known: Known) -> dict[str, Any]:
    """Return what a school and its open days have in common."""
    for name in ("Code Uai", "Nom", "Commune"):
        if not row.text(name):
            raise Unusable(f"{name} is empty")
    page = web_address(row.text("Url Et Id Onisep"))
    return {"place": _site(row), "url": page, "source": {"name": PUBLISHER, "url": page}, "verified_at": known.dated}


def _site(row: Row) -> dict[str, Any]:
    address = [row.text("Adresse"), row.text("Boite Postale")]
    return {
        "address": ", ".join(part for part in address if part) or None,
        "commune": row.text("Commune"),
        "code_insee": _code_insee(row),
        "postcode": row.text("Cp") or None,
        "latitude": decimal(row, "Latitude Y"),
        "longitude": decimal(row, "Longitude X"),
    }


def _code_insee(row: Row) -> str | None:
    code, district = row.text("Commune Cog"), row.text("Arrondissement")
    if code in DIVIDED:
        return str(int(code) + int(district)) if re.fullmatch("[0-9]{1,2}", district) else None
    return code if code and not code.startswith("99") else None  # 99 is abroad: Monaco


def _kind(row: Row) -> str:
    return row.text("Type Detablissement").removeprefix("autre ")


def _languages(row: Row) -> str:
    shorter = row.text("Langues Enseignees").replace("Langues et cultures de l'Antiquité : ", "")
    return shorter.lower()


def _open_days(row: Row, known: Known) -> Iterator[Taken]:
    """Yield the announced days whose date is certain."""
    for announced in row.text("Journees Portes Ouvertes").split("|"):
        if match := OPEN_DAY.fullmatch(" ".join(announced.split())):
            try:
                yield Taken("", item_entry(_open_day(row, known, match).item()))
            except (Unusable, ValidationError):
                continue


def _open_day(row: Row, known: Known, match: re.Match[str]) -> EventRecord:
    starts, ends = _moments(match)
    remark, page = (match["remark"] or "").strip(), web_address(match["page"])
    booked = "inscription" in remark.lower() and "sans inscription" not in remark.lower()
    return EventRecord.model_validate(
        _shared(row, known)
        | {
            "id": f"onisep-etablissements-{row.text('Code Uai')}-{starts:%Y%m%d%H%M}",
            "type": "open_day",
            "title": f"Portes ouvertes : {sentence(row.text('Nom'))}",
            "summary": sentences((_kind(row), remark)),
            "starts_at": starts,
            "ends_at": ends,
            "all_day": match["opens"] is None,
            "modality": "onsite" if "en présentiel" in remark.lower() else None,
            "organiser": row.text("Nom"),
            "registration": {"required": True if booked else None, "url": page if booked else None},
        }
        | ({"url": page} if page else {})
    )


def _moments(match: re.Match[str]) -> tuple[datetime, datetime | None]:
    first, last = _days(match["days"])
    if match["opens"] is None:
        return at(first, read_clock("0h")), end_of_day(last)
    closes = at(last, read_clock(match["closes"])) if match["closes"] else None
    return at(first, read_clock(match["opens"])), closes


def _days(words: str) -> tuple[date, date]:
    if numbers := NUMBERED_DAYS.fullmatch(words):
        return read_day(numbers[1]), read_day(numbers[2])
    return read_days(re.sub(r"^le ", "", words, flags=re.IGNORECASE))
