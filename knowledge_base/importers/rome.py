"""ROME 4.0 of France Travail: fiches, job titles, definitions, neighbours and interests (Licence Ouverte 2.0).

Titles become texts of the job family (parent code) of our catalogue, so that official words find it. Definitions are
kept with their fiche: as texts they found nothing more (docs/decisions/0009).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from knowledge_base.entries import text_row
from knowledge_base.errors import BadFile
from knowledge_base.importers.columns import whole
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, csv_rows
from knowledge_base.titles import distinct_forms

SET = "format"
NAMES = "*_{}_v*_utf8.csv"


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield fiches first: every other file refers to their codes."""
    rome = _Rome(source, known)
    yield from judged(
        _rows(source, "referentiel_code_rome", "code_rome", "libelle_rome", "code_rome_parent"), rome.fiche
    )
    yield from judged(_rows(source, "referentiel_appellation", "code_rome", "libelle_appellation_long"), rome.title)
    yield from judged(_rows(source, "texte", "code_rome", "libelle_type_texte", "libelle_texte"), rome.sentence)
    yield from judged(
        _rows(source, "rubrique_mobilite", "code_rome", "code_rome_cible", "numero_ordre"), rome.neighbour
    )
    yield from judged(
        _rows(source, "arborescence_centre_interet", "code_rome", "libelle_centre_interet"), rome.interest
    )


class _Rome:
    """Takes the rows of each file; remembers which job family each fiche belongs to."""

    def __init__(self, source: Source, known: Known) -> None:
        self._known = known
        self._parents: dict[str, str] = {}
        self._riasec = _riasec(source)
        self._definitions = _definitions(source)

    def fiche(self, row: Row) -> Taken:
        code, parent = row.text("code_rome"), self._known.family(row.text("code_rome_parent"))
        if not row.text("libelle_rome"):
            raise Unusable(f"fiche {code} has no libelle_rome")
        self._parents[code] = parent
        riasec, definition = self._riasec.get(code, ""), " ".join(self._definitions.get(code, ()))
        kept = {"code": code, "parent": parent, "title": row.text("libelle_rome"), "riasec": riasec}
        return _taken(row, "rome_fiches", kept | {"definition": definition})

    def title(self, row: Row) -> Taken:
        if not row.text("libelle_appellation_long"):
            raise Unusable("libelle_appellation_long is empty")
        return _texts(row, self._family(row), "title", distinct_forms(row.text("libelle_appellation_long")))

    def sentence(self, row: Row) -> Taken:
        self._family(row)
        return Taken(row.file)  # definitions came with their fiche; ways in are told by the catalogue

    def neighbour(self, row: Row) -> Taken:
        self._family(row)
        target, rank = row.text("code_rome_cible"), whole(row, "numero_ordre")
        if target not in self._parents:
            raise Unusable(f"code_rome_cible {target!r} is no fiche of this set")
        if rank is None:
            raise Unusable("numero_ordre is empty")
        return _taken(row, "rome_neighbours", {"code": row.text("code_rome"), "target": target, "rank": rank})

    def interest(self, row: Row) -> Taken:
        self._family(row)
        principal = row.text("principal").lower() == "oui"
        kept = {"code": row.text("code_rome"), "interest": row.text("libelle_centre_interet"), "principal": principal}
        return _taken(row, "rome_interests", kept)

    def _family(self, row: Row) -> str:
        if row.text("code_rome") not in self._parents:
            raise Unusable(f"code_rome {row.text('code_rome')!r} is no fiche of this set")
        return self._parents[row.text("code_rome")]


def single_quotes(text: str) -> str:
    """Undo the doubled quotes of the published files: « d''un » is « d'un »."""
    return text.replace("''", "'")


def _taken(row: Row, table: str, kept: dict[str, Any]) -> Taken:
    return Taken(row.file, rows=((table, kept),))


def _texts(row: Row, parent: str, role: str, texts: tuple[str, ...]) -> Taken:
    rows = [text_row(f"job-{parent}", "job_family", role, single_quotes(text), "rome") for text in texts]
    return Taken(row.file, rows=tuple(("texts", one) for one in rows))


def _rows(source: Source, part: str, *columns: str) -> Iterator[Row]:
    member = source.one(NAMES.format(part))
    rows = 0
    for row in csv_rows(source, member, columns, delimiter=","):
        rows += 1
        yield row
    if not rows:
        raise BadFile(member.name, 1, "holds no row. Remedy: download the set again")


def _riasec(source: Source) -> dict[str, str]:
    rows = _rows(source, "referentiel_code_rome_riasec", "code_rome", "riasec_majeur", "riasec_mineur")
    return {row.text("code_rome"): row.text("riasec_majeur") + row.text("riasec_mineur") for row in rows}


def _definitions(source: Source) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows(source, "texte", "code_rome", "libelle_type_texte", "libelle_texte"):
        if row.text("libelle_type_texte") == "definition":
            found[row.text("code_rome")].append(single_quotes(row.text("libelle_texte")))
    return found
