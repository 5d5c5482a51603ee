"""The RNCP and RS of France compétences: every registered certification, from its CSV folder or its XML.

Both say the same; the XML adds aims and figures. Its elements are read into rows named as the CSV's columns.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree

from knowledge_base.errors import BadFile
from knowledge_base.french import fold
from knowledge_base.importers.capitals import named, readable, repaired
from knowledge_base.importers.certifications import end_of_registration, fiche_page, with_kind
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Member, Source
from knowledge_base.importers.tables import Row, csv_rows
from knowledge_base.importers.wording import plain, sentence, sentences
from knowledge_base.importers.xml import elements
from knowledge_base.records.typed import TrainingRecord

SET = "format"
PUBLISHER = "France compétences, RNCP et RS"
CODE, TITLE, SHORT, STATE, END = "Numero_Fiche", "Intitule", "Abrege_Libelle", "Actif", "Date_Fin_Enregistrement"
LEVEL, LEVEL_NAME = "Nomenclature_Europe_Niveau", "Nomenclature_Europe_Intitule"
REQUIRED = (CODE, TITLE, SHORT, STATE, END, LEVEL, LEVEL_NAME)
# The lists of a fiche: what we call them → the CSV file and its column, the path of the XML's elements.
LISTS = {
    "rome": ("*_rome_*.csv", "Codes_Rome_Code", "CODES_ROME/ROME/CODE"),
    "certifiers": ("*_certificateurs_*.csv", "Nom_Certificateur", "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR"),
    "ways": ("*_voixdacc*.csv", "Si_Jury", ""),
    "subjects": ("*_formacode_*.csv", "Formacode_Libelle", "FORMACODES/FORMACODE/LIBELLE"),
    "fields": ("*_nsf_*.csv", "Nsf_Intitule", "CODES_NSF/NSF/INTITULE"),
}
ELEMENTS = {
    CODE: "NUMERO_FICHE",
    TITLE: "INTITULE",
    SHORT: "ABREGE/CODE",
    END: "DATE_FIN_ENREGISTREMENT",
    LEVEL: "NOMENCLATURE_EUROPE/NIVEAU",
    LEVEL_NAME: "NOMENCLATURE_EUROPE/INTITULE",
    "aim": "OBJECTIFS_CONTEXTE",
}
# How one gets there: the XML's SI_JURY_…, what the CSV's wording holds, and our words.
WAYS = (
    ("FI", "eleve ou d etudiant", "à l'école ou à l'université"),
    ("CA", "apprentissage", "en apprentissage"),
    ("CQ", "professionnalisation", "en contrat de professionnalisation"),
    ("FC", "formation continue", "en formation continue"),
    ("CL", "candidature individuelle", "en candidature individuelle"),
    ("VAE", "experience", "en faisant reconnaître son expérience (VAE)"),
)


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each fiche as a certification."""
    take = partial(_certification, known=known)
    streams = source.matching("*.xml")
    if streams and not source.matching("*_standard_*.csv"):
        for member in streams:
            yield from judged(_xml_rows(source, member), take)
    else:
        yield from judged(_csv_rows(source), take)


def _certification(row: Row, known: Known) -> TrainingRecord:
    code, title = row.text(CODE), re.sub(r"(?i)\s*\(fiche incomplète\)", "", repaired(row.text(TITLE)))
    if not re.fullmatch(r"(RNCP|RS)\d+", code):
        raise Unusable(f"{CODE} {code!r} is no code of the RNCP or the RS")
    if not title:
        raise Unusable(f"{TITLE} is empty")
    ways, level = _ways(row.values["ways"]), re.search(r"^(?:NIV|Niveau )(\d)$", _level(row), re.MULTILINE)
    return TrainingRecord.model_validate(
        {
            "id": f"rncp-{code}",
            "title": with_kind(sentence(readable(title)), row.text(SHORT)),
            "summary": _summary(row),
            "families": known.families(row.values["rome"]),
            "certification": True,
            "rncp_code": code,
            "entry_text": sentence(", ".join(words for _, words in ways)) or None,
            "exit_level": int(level[1]) if level else None,
            "alternance": any(way in ("CA", "CQ") for way, _ in ways) if ways else None,
            "outcomes": row.values.get("outcomes"),
            "url": fiche_page(code),
            "source": {"name": PUBLISHER, "url": fiche_page(code)},
            "verified_at": known.dated,
            "valid_until": end_of_registration(row.text(END), END, row.text(STATE), known.today),
        }
    )


def _level(row: Row) -> str:
    return f"{row.text(LEVEL)}\n{row.text(LEVEL_NAME)}"


def _ways(told: list[str]) -> list[tuple[str, str]]:
    """Return the ways to a certification, in our order and our words."""
    folded = [fold(one) for one in told]
    return [(way, words) for way, mark, words in WAYS if any(mark in one for one in folded)]


def _summary(row: Row) -> str:
    subjects = [re.sub(r"^\d+\w* : ", "", label) for label in row.values["subjects"] or row.values["fields"]]
    certifiers = [named(name) if name.isupper() else name for name in map(repaired, row.values["certifiers"])]
    among = (
        f"{', '.join(certifiers[:2])} et {len(certifiers) - 2} autres" if len(certifiers) > 3 else ", ".join(certifiers)
    )
    parts = (
        repaired(plain(row.text("aim"))),
        f"{'Domaines' if len(subjects) > 1 else 'Domaine'} : {', '.join(subjects)}" if subjects else "",
        f"délivré par : {among}" if certifiers else "",
    )
    return sentences(parts)


def _csv_rows(source: Source) -> Iterator[Row]:
    """Yield the fiches with their lists, each of which stands in a file of its own."""
    standard = source.one("*_standard_*.csv")
    source.one(LISTS["rome"][0])  # without it nothing would tell which jobs a fiche leads to
    lists = {name: _column(source, pattern, column) for name, (pattern, column, _) in LISTS.items()}
    for row in csv_rows(source, standard, REQUIRED):
        found = {name: values.get(row.text(CODE), []) for name, values in lists.items()}
        yield Row(row.file, row.line, {**row.values, **found})


def _column(source: Source, pattern: str, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for member in source.matching(pattern)[-1:]:
        for row in csv_rows(source, member, (CODE, column)):
            if row.text(column) not in ("", *found[row.text(CODE)]):
                found[row.text(CODE)].append(row.text(column))
    return found


def _xml_rows(source: Source, member: Member) -> Iterator[Row]:
    """Yield each FICHE under the names of the CSV's columns."""
    empty = True
    for fiche in elements(source, member, "FICHE"):
        empty = False
        texts = _reader(fiche)
        values: dict[str, Any] = {column: "".join(texts(path)[:1]) for column, path in ELEMENTS.items()}
        values |= {name: texts(path) for name, (_, _, path) in LISTS.items() if path}
        values["ways"] = [mark for way, mark, _ in WAYS if texts(f"SI_JURY_{way}") == ["Oui"]]
        active = texts("ACTIF") == ["Oui"] and not any(state.startswith("Dépubliée") for state in texts("ETAT_FICHE"))
        values |= {STATE: "ACTIVE" if active else "INACTIVE", "outcomes": _outcomes(fiche)}
        line: Any = fiche.sourceline
        yield Row(member.name, line or 0, values)
    if empty:
        raise BadFile(member.name, 1, "holds no FICHE. Remedy: is it the XML export of France compétences?")


def _reader(element: etree._Element) -> Callable[[str], list[str]]:
    """Read the texts at a path of element names, whatever their namespace; empty ones are left out."""

    def texts(path: str) -> list[str]:
        found = element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
        return [text for one in found if (text := (one.text or "").strip())]

    return texts


def _outcomes(fiche: etree._Element) -> dict[str, Any] | None:
    """Return the latest year's share of people at work six months later."""
    years: dict[int, int] = {}
    for figures in fiche.findall("{*}STATISTIQUES_PROMOTIONS/{*}STATISTIQUES_PROMOTION"):
        texts = _reader(figures)
        year, share = ("".join(texts(name)) for name in ("ANNEE", "TAUX_INSERTION_GLOBAL_6MOIS"))
        if re.fullmatch("20[0-9]{2}", year) and re.fullmatch("[0-9]{1,3}", share) and int(share) <= 100:
            years[int(year)] = int(share)
    if not years:
        return None
    latest = max(years)
    told = {"text": f"{years[latest]} % ont un emploi six mois après", "rate": years[latest] / 100}
    return told | {"year": latest, "source": "France compétences"}
