"""Onisep's Idéo set of training actions: one training in one school, with where the school is."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from knowledge_base.french import fold
from knowledge_base.importers.columns import decimal
from knowledge_base.importers.french_dates import in_column, read_day
from knowledge_base.importers.onisep_words import domains
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.wording import sentence, sentences
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import TrainingRecord

SET = "file"
PUBLISHER = "Onisep, Idéo-Actions de formation"
IDENTIFIER, TITLE, SCHOOL = (
    "Action De Formation Af Identifiant Onisep",
    "Formation For Libelle",
    "Lieu Denseignement Ens Libelle",
)
REQUIRED = (IDENTIFIER, TITLE, SCHOOL, "Ens Commune", "For Niveau De Sortie")
# Years after the bac → level of the RNCP. What is not there (bac + 1, + 6, + 7) is no level of its own.
LEVELS = {"0": 4, "2": 5, "3": 6, "4": 6, "5": 7, "8": 8}
RNCP_PAGE = re.compile(r"francecompetences\.fr/recherche/(rncp|rs)/(\d+)")
COST = re.compile(r"(\d+(?:[.,]\d+)?) euros\b")


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each action as a training."""
    return judged(every_row(source, REQUIRED), partial(_training, known=known))


def _training(row: Row, known: Known) -> TrainingRecord:
    for name in (IDENTIFIER, TITLE, SCHOOL):
        if not row.text(name):
            raise Unusable(f"{name} is empty")
    described = web_address(row.text("For Url Et Id Onisep"))
    referential = RNCP_PAGE.search(row.text("For Url Referentiel"))
    return TrainingRecord.model_validate(
        {
            "id": f"onisep-actions-{row.text(IDENTIFIER)}",
            "title": sentence(row.text(TITLE)),
            "summary": _summary(row),
            "organiser": row.text(SCHOOL),
            "place": _site(row),
            "rncp_code": f"{referential[1].upper()}{referential[2]}" if referential else None,
            "exit_level": exit_level(row.text("For Niveau De Sortie")),
            "duration": row.text("Af Duree Cycle Standard") or None,
            "modality": modality(row.text("Af Modalites Scolarite")),
            "accessibility": row.text("Ens Accessibilite") or None,
            "price": price(row.text("Af Cout Scolarite")),
            "url": web_address(row.text("Af Page Web")) or web_address(row.text("Ens Site Web")) or described,
            "source": {"name": PUBLISHER, "url": described},
            "verified_at": _changed(row) or known.dated,
        }
    )


def _summary(row: Row) -> str:
    status = row.text("Ens Statut")
    return sentences(
        (
            row.text("For Type") or row.text("For Nature Du Certificat"),
            domains(row.text("For Indexation Domaine Web Onisep")),
            row.text("Af Modalites Scolarite"),
            row.text("Af Modalites Accueil"),
            f"établissement {status}" if status else "",
            row.text("Ens Hebergement"),
        )
    )


def _site(row: Row) -> dict[str, Any] | None:
    remote = modality(row.text("Af Modalites Scolarite")) == "remote"
    if not row.text("Ens Commune"):
        if remote:
            return None
        raise Unusable("Ens Commune is empty")
    return {
        "address": row.text("Ens Adresse") or None,
        "commune": row.text("Ens Commune"),
        "postcode": row.text("Ens Code Postal") or None,
        "latitude": decimal(row, "Ens Latitude"),
        "longitude": decimal(row, "Ens Longitude"),
    }


def _changed(row: Row) -> date | None:
    text = row.text("Af Date De Modification")
    return in_column("Af Date De Modification", read_day, text) if text else None


def exit_level(label: str) -> int | None:
    """Read « bac + 2 », « bac ou équivalent », « CAP ou équivalent »; any other label tells no level."""
    if label.startswith("CAP"):
        return 3
    match = re.fullmatch(r"bac(?: ou équivalent| ?\+ ?(\d))(?: et plus)?", label)
    return LEVELS.get(match[1] or "0") if match else None


def modality(text: str) -> str | None:
    """Read « temps plein, cours en présentiel », « cours partiellement en distanciel », « cours à distance »."""
    told = fold(text.partition("(")[0])
    distant, present = "distan" in told, "presentiel" in told
    if distant:
        return "hybrid" if present or "partiel" in told.replace("temps partiel", "") else "remote"
    return "onsite" if present else None


def price(cost: str) -> dict[str, Any] | None:
    """Read « 2700 euros en 2025 (1350 euros par an) »: the whole cost first, kept in its own words."""
    if not cost:
        return None
    total = COST.match(cost)
    if total is None:
        return {"text": cost}
    euros = float(total[1].replace(",", "."))
    return {"euros": euros, "text": cost if euros else f"gratuit{cost[total.end() :]}"}
