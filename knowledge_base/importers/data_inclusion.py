"""data·inclusion: structures and services of French social inclusion (CSV, JSON or XLSX; schema versions 0 and 1).

Structures are read first, and where they are stays in memory: services refer to them. `contact_nom_prenom`, and the
telephone and mail of a service, are those of the person in charge: they are never read.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from knowledge_base.entries import item_entry
from knowledge_base.errors import BadFile
from knowledge_base.importers.columns import decimal
from knowledge_base.importers.data_inclusion_words import words
from knowledge_base.importers.french_dates import in_column, read_day
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.phones import phone_of
from knowledge_base.importers.source import Member, Source
from knowledge_base.importers.tables import Row, csv_rows, json_rows
from knowledge_base.importers.towns import town_name
from knowledge_base.importers.wording import plain, shortened, unshouted
from knowledge_base.importers.workbooks import sheet_rows
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import PlaceRecord

SET = "file"
LONGEST_SUMMARY, LONGEST_PUBLIC, MOST_THEMES = 600, 400, 4
# Networks (version 1) and kinds of structures (version 0) that we know under a name of ours.
SERVICES = {
    "ml": "mission_locale",
    "pij_bij": "information_jeunesse",
    "reseau_information_jeunesse": "information_jeunesse",
    "ft": "france_travail",
    "france_service": "france_services",
    "rfs": "france_services",
    "msap": "france_services",
    "espaces_publics_numeriques": "espace_numerique",
    "epn": "espace_numerique",
    "autre": "structure",
}
UNNAMED_DATE = re.compile(r"\d{4}-\d\d-\d\d 00:00:00")


class Structure(NamedTuple):
    """What a service takes from the structure that it belongs to."""

    name: str
    site: dict[str, Any]
    phone: str | None
    email: str | None
    url: str | None
    hours: str | None
    accessibility: str | None


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each structure and each service as a place."""
    structures: dict[str, Structure] = {}

    def take(row: Row) -> Taken:
        if "structure_id" in row.values:
            record = _service(row, known, structures)
        else:
            record = _structure(row, known, structures)
        return Taken(row.file, item_entry(record.item()))

    for member in _members(source):
        yield from judged(_rows(source, member), take)


def _members(source: Source) -> list[Member]:
    """Return the files of structures, then those of services; one file alone may have any name."""
    read_by = (".csv", ".json", ".xlsx")
    usual = [one for one in source.members if one.name.lower().endswith(read_by)]
    told = [one for one in usual if re.match("structures|services", Path(one.name).name, re.IGNORECASE)]
    found = told or [one for one in usual if one.name.lower().endswith(".xlsx")] or list(source.members)
    if not told and len(found) > 1:
        raise BadFile(
            source.path.name, 0, "no file named structures* or services*. Remedy: give the files as published"
        )
    return sorted(found, key=lambda one: Path(one.name).name.lower().startswith("services"))


def _rows(source: Source, member: Member) -> Iterator[Row]:
    suffix = Path(member.name).suffix.lower()
    if suffix == ".json":
        yield from json_rows(source, member, "item", "items.item")
    elif suffix == ".xlsx":
        for row in sheet_rows(source, member, "structures", "services"):
            # The producers' template says which rows are examples, and has lost the name of a column of dates.
            if not row.values.get("__ignore__"):
                updated = next((row.values[name] for name in row.values if UNNAMED_DATE.fullmatch(name)), None)
                yield Row(row.file, row.line, {"date_maj": updated} | dict(row.values))
    else:
        yield from csv_rows(source, member, ("id", "nom"))


def _structure(row: Row, known: Known, structures: dict[str, Structure]) -> PlaceRecord:
    site = _site(row)
    if site is None:
        raise Unusable("commune is empty")
    email = row.text("courriel")
    structure = Structure(
        _title(row, site["commune"]),
        site,
        phone_of(row.text("telephone")),
        email if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", email) else None,
        _url(row, "site_web", "lien_source"),
        row.text("horaires_accueil") or row.text("horaires_ouverture") or None,
        _see(_url(row, "accessibilite_lieu", "accessibilite")),
    )
    kinds = _listed(row, "reseaux_porteurs") + _listed(row, "typologie")
    structures[_key(row, "id")] = structure
    return PlaceRecord.model_validate(
        _shared(row, known, "structure", structure)
        | {"title": structure.name, "place": site, "service": _named_service(kinds, "structure"), "url": structure.url}
    )


def _service(row: Row, known: Known, structures: dict[str, Structure]) -> PlaceRecord:
    structure = structures.get(_key(row, "structure_id"))
    modes = set(_listed(row, "modes_accueil"))
    distant = "a-distance" in modes
    modality = "hybrid" if distant and "en-presentiel" in modes else "remote" if distant else "onsite"
    site = _site(row) or _structure_s_site(row, structure)
    if site is None and not distant:
        raise Unusable(f"commune is empty, and structure_id {row.text('structure_id')!r} does not tell where it is")
    kinds = _listed(row, "type") + _listed(row, "types")
    return PlaceRecord.model_validate(
        _shared(row, known, "service", structure)
        | {
            "title": _title(row, site["commune"] if site else ""),
            "place": site | {"label": structure.name} if site and structure else site,
            "service": _named_service(kinds, "service"),
            "modality": modality,
            "url": _url(row, "page_web", "lien_source", "lien_mobilisation", "formulaire_en_ligne")
            or (structure.url if structure else None),
        }
    )


def _structure_s_site(row: Row, structure: Structure | None) -> dict[str, Any] | None:
    """Return the structure's site for a service without its own, unless its commune's code says it is elsewhere."""
    if structure is None:
        return None
    own = _code(row, "code_insee")
    return structure.site if own is None or own == structure.site["code_insee"] else None


def _shared(row: Row, known: Known, kind: str, structure: Structure | None) -> dict[str, Any]:
    """Return what structures and services have alike."""
    said_by = row.text("source")
    own_hours = row.text("horaires_accueil") or row.text("recurrence")
    return {
        "id": f"data-inclusion-{kind}-{_key(row, 'id')}",
        "summary": _summary(row),
        "public": {"text": _public(row)},
        "hours": own_hours or (structure.hours if structure else None),
        "phone": structure.phone if structure else None,
        "email": structure.email if structure else None,
        "accessibility": structure.accessibility if structure else None,
        "source": {
            "name": f"data·inclusion ({said_by})" if said_by else "data·inclusion",
            "url": _url(row, "lien_source"),
        },
        "verified_at": _day(row, "date_maj") or known.dated,
        "valid_until": _day(row, "date_suspension"),
    }


def _key(row: Row, column: str) -> str:
    """Return an identifier that is unique among all sources: version 0 makes it so within one."""
    identifier, said_by = row.text(column), row.text("source")
    if not identifier:
        raise Unusable(f"{column} is empty")
    return identifier if not said_by or identifier.startswith(f"{said_by}--") else f"{said_by}--{identifier}"


def _title(row: Row, commune: str) -> str:
    title = unshouted(plain(row.text("nom")), commune).rstrip(". ")
    if not title:
        raise Unusable("nom is empty")
    return title


def _summary(row: Row) -> str:
    """Tell what it is, then what it costs and its themes, so that these are never cut."""
    names = ("description", "presentation_resume", "presentation_detail")
    told = next((text for name in names if (text := plain(row.text(name)))), "")
    slugs = _listed(row, "thematiques")
    themes = [one for one in slugs if "--" in one] or slugs
    costs = ", ".join(words(one) for one in _listed(row, "frais"))
    precise = plain(row.text("frais_precisions") or row.text("frais_autres"))
    ends = [
        _sentence(f"{costs} : {precise}" if costs and precise and precise != costs else costs or precise),
        _sentence(f"thèmes : {', '.join(words(one) for one in themes[:MOST_THEMES])}" if themes else ""),
    ]
    end = shortened(" ".join(one for one in ends if one), LONGEST_SUMMARY // 2)
    return f"{_sentence(shortened(told, LONGEST_SUMMARY - len(end) - 2))} {end}".strip()


def _public(row: Row) -> str | None:
    publics = ", ".join(words(one) for one in _listed(row, "publics") or _listed(row, "profils"))
    zone = row.text("zone_diffusion_nom") if row.text("zone_diffusion_type") != "pays" else ""
    only_advisers = _listed(row, "mobilisable_par") == ["professionnels"]
    told = (
        publics,
        row.text("publics_precisions") or row.text("profils_precisions"),
        f"habiter : {zone}" if zone else "",
        *(_texts(row, "conditions_acces") + _texts(row, "pre_requis") + _texts(row, "justificatifs")),
        "la demande passe par une conseillère ou un conseiller" if only_advisers else "",
    )
    return shortened(" ".join(_sentence(plain(one)) for one in told if one), LONGEST_PUBLIC) or None


def _site(row: Row) -> dict[str, Any] | None:
    """Return the row's own site, None where it names no commune; raise Unusable where it cannot be located."""
    commune = town_name(row.text("commune"))
    if not commune:
        return None
    latitude, longitude = decimal(row, "latitude"), decimal(row, "longitude")
    insee, postcode = _code(row, "code_insee"), _code(row, "code_postal")
    if (latitude is None or longitude is None) and insee is None and postcode is None:
        raise Unusable(
            f"code_postal {row.text('code_postal')!r} is not of five digits, and nothing else says where {commune} is"
        )
    street = town_name(row.text("adresse"))
    return {
        "address": ", ".join(part for part in (street, row.text("complement_adresse")) if part) or None,
        "commune": commune,
        "code_insee": insee,
        "postcode": postcode,
        "latitude": latitude if longitude is not None else None,
        "longitude": longitude if latitude is not None else None,
    }


def _code(row: Row, column: str) -> str | None:
    """Return a code of five characters, whose leading zeros a spreadsheet lost; what is none is left out."""
    text = row.text(column).upper().zfill(5)
    return text if re.fullmatch(r"(?!00000)\d[\dAB]\d{3}", text) else None


def _day(row: Row, column: str) -> date | None:
    text = row.text(column)[:10]  # a day, or a moment: 2025-02-14T10:00:00
    return in_column(column, read_day, text) if text else None


def _url(row: Row, *columns: str) -> str | None:
    """Return the first that is an address of the web."""
    return next(filter(None, (web_address(row.text(one)) for one in columns)), None)


def _see(url: str | None) -> str | None:
    return f"voir {url}" if url else None


def _named_service(slugs: list[str], otherwise: str) -> str:
    name = re.sub(r"\W+", "_", slugs[0].lower()).strip("_") if slugs else otherwise
    return SERVICES.get(name, name) or otherwise


def _listed(row: Row, column: str) -> list[str]:
    """Read a list of slugs: of JSON, or as CSV and spreadsheets write it (« ['a', 'b'] », « {a,b} », « a, b »)."""
    value = row.values.get(column)
    pieces = [str(one) for one in value] if isinstance(value, list) else re.split(r"[\[\]{}\"',;|]+", row.text(column))
    return [piece.strip() for piece in pieces if piece.strip()]


def _texts(row: Row, column: str) -> list[str]:
    """Read a text, or a list of texts as JSON or as CSV writes it."""
    value = row.values.get(column)
    if isinstance(value, list):
        return [str(one).strip() for one in value if str(one).strip()]
    text = row.text(column)
    pieces = re.split(r"""['"]\s*,\s*['"]""", text.strip("[]'\" ")) if text.startswith("[") else [text]
    return [piece for piece in pieces if piece]


def _sentence(text: str) -> str:
    bare = text.strip()
    ended = bare.endswith((".", "!", "?", "…"))
    return f"{bare[:1].upper()}{bare[1:]}{'' if ended or not bare else '.'}"
