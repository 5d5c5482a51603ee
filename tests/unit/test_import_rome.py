"""ROME 4.0: what of each file is kept, and the published set whole."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import laposte, rome
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from tests.unit.imports.reading import KNOWN
from tests.unit.imports.samples import sample
from tests.unit.imports.seeds import ROME


def read(folder: Path, **changed: str) -> list[Outcome]:
    """Read a small set of ours, with some of its files replaced."""
    for part, text in (ROME | changed).items():
        (folder / f"unix_{part}_v999_utf8.csv").write_text(text)
    return list(rome.read(open_source(folder), KNOWN))


def rows(outcomes: list[Outcome], table: str) -> list[dict[str, Any]]:
    taken = [one for one in outcomes if not isinstance(one, Refused)]
    return [row for one in taken for name, row in one.rows if name == table]


def test_a_title_becomes_a_text_of_its_job_family_without_its_other_gender(tmp_path: Path) -> None:
    found = rows(read(tmp_path), "texts")
    assert [(row["item_id"], row["role"], row["text"]) for row in found] == [("job-H2901", "title", "Tonnelier")]


def test_a_fiche_keeps_its_letters_and_its_definition_with_single_quotes(tmp_path: Path) -> None:
    first = rows(read(tmp_path), "rome_fiches")[0]
    assert (first["code"], first["parent"], first["riasec"]) == ("H2901", "H2901", "RA")
    assert first["definition"] == "Fait des tonneaux d'exception"


def test_neighbours_and_interests_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert rows(found, "rome_neighbours") == [{"code": "H2901", "target": "H2902", "rank": 1}]
    assert rows(found, "rome_interests") == [{"code": "H2901", "interest": "Le bois", "principal": True}]


@pytest.mark.parametrize(
    ("part", "row", "reason"),
    [
        ("referentiel_appellation", "Z9999,Fantôme", "code_rome 'Z9999' is no fiche of this set"),
        ("referentiel_appellation", "H2901,", "libelle_appellation_long is empty"),
        ("rubrique_mobilite", "H2901,Z9999,1", "code_rome_cible 'Z9999' is no fiche of this set"),
        ("rubrique_mobilite", "H2901,H2902,", "numero_ordre is empty"),
    ],
)
def test_a_row_that_leads_nowhere_is_refused_and_the_rest_is_kept(
    tmp_path: Path, part: str, row: str, reason: str
) -> None:
    found = read(tmp_path, **{part: f"{ROME[part]}{row}\n"})
    (refused,) = [one for one in found if isinstance(one, Refused)]
    assert reason in refused.reason
    assert refused.line == 3
    assert rows(found, "rome_fiches")


def test_a_set_without_one_of_its_files_says_which(tmp_path: Path) -> None:
    (tmp_path / "unix_referentiel_code_rome_v999_utf8.csv").write_text(ROME["referentiel_code_rome"])
    with pytest.raises(BadFile, match=r"no file named \*_\w+_v\*_utf8\.csv\. Remedy: give the whole folder"):
        list(rome.read(open_source(tmp_path), KNOWN))


def test_the_published_set_comes_in_whole() -> None:
    folder = sample("rome_v460")
    with (folder / "unix_referentiel_code_rome_v460_utf8.csv").open(encoding="utf-8") as handle:
        families = {row["code_rome_parent"] for row in csv.DictReader(handle)}
    known = Known(KNOWN.today, KNOWN.dated, lambda code: code if code in families else None)
    found = list(rome.read(open_source(folder), known))
    assert [one for one in found if isinstance(one, Refused)] == []
    kept = Counter(one.file.removeprefix("unix_").split("_v460")[0] for one in found)
    assert (kept["referentiel_code_rome"], kept["referentiel_appellation"]) == (1584, 13120)
    assert kept["rubrique_mobilite"] == 14912
    assert len(families) == 532


def test_the_published_communes_come_in_but_those_that_nothing_places() -> None:
    found = list(laposte.read(open_source(sample("places/laposte_hexasmal.csv")), KNOWN))
    refused = [one.reason for one in found if isinstance(one, Refused)]
    assert len(refused) == 221
    assert all("coordonnees_gps is empty and no other source places" in reason for reason in refused)
