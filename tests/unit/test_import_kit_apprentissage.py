"""The apprenticeship kit, and its titles in capitals."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import kit_apprentissage
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1))
HEADER = (
    "Code_Diplome;Intitulé diplôme (DEPP);Code_RNCP;Niveau fiche RNCP;Abrégé de diplôme (RNCP);Dernière MaJ;"
    "Accès à l'apprentissage de la fiche RNCP (oui/non);Date d'échéance de la fiche RNCP;Fiche ACTIVE/INACTIVE\r\n"
)


def outcomes(path: Path, *rows: str) -> list[Outcome]:
    path = path / "kit.csv"
    path.write_text("\ufeff" + HEADER + "".join(f"{row}\r\n" for row in rows))
    return list(kit_apprentissage.read(open_source(path), KNOWN))


def item(path: Path, row: str) -> Item:
    (one,) = outcomes(path, row)
    assert isinstance(one, Taken), one
    assert one.entry
    return one.entry.item


def test_a_diploma_keeps_its_code_level_and_end(tmp_path: Path) -> None:
    found = item(tmp_path, "32099999;TONNELLERIE (BTS) ;RNCP12;Niveau 5;BTS;CI-18122023;oui;31/12/2028;ACTIVE")
    assert (found.id, found.title, found.code) == ("kit-32099999", "BTS Tonnellerie", "RNCP12")
    assert found.exit_level == 5
    assert found.details["certification"] is True
    assert found.details["alternance"] is True
    assert found.source_url == "https://www.francecompetences.fr/recherche/rncp/12/"
    assert found.verified_at
    assert found.verified_at.date() == date(2023, 12, 18)
    assert found.valid_until
    assert found.valid_until.date() == date(2028, 12, 31)


def test_a_version_number_is_no_date(tmp_path: Path) -> None:
    found = item(tmp_path, "1;TONNELLERIE (CAP);RNCP12;Niveau 3;CAP;v2.1;oui;31/12/2028;ACTIVE")
    assert found.verified_at
    assert found.verified_at.date() == date(2026, 11, 1)


def test_what_is_closed_to_apprentices_says_so(tmp_path: Path) -> None:
    found = item(tmp_path, "1;TONNELLERIE (CAP);RNCP12;Niveau 3;CAP;v2.1;non;31/12/2028;ACTIVE")
    assert found.details["alternance"] is False
    assert found.text == ""


def test_an_inactive_fiche_is_kept_with_its_past_end(tmp_path: Path) -> None:
    found = item(tmp_path, "1;TONNELLERIE (CAP);RNCP12;Niveau 3;CAP;v2.1;oui;31/08/2021;INACTIVE")
    assert found.valid_until
    assert found.valid_until.date() == date(2021, 8, 31)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;A (CAP);NR;NR;NR;v1;NR;;INACTIVE", "fiche INACTIVE, and Date d'échéance de la fiche RNCP ''"),
        ("1;A (CAP);RNCP1;Niveau 3;CAP;v1;oui;31/12/2028;INACTIVE", "'31/12/2028' does not say that it is over"),
        (
            "1;A (CAP);RNCP1;Niveau 3;CAP;v1;oui;31/02/2025;ACTIVE",
            "Date d'échéance de la fiche RNCP: date '31/02/2025'",
        ),
        ("1;A (CAP);RNCP1;Niveau 3;CAP;CI-99992023;oui;31/12/2028;ACTIVE", "Dernière MaJ: date '99/99/2023'"),
        (";A (CAP);RNCP1;Niveau 3;CAP;v1;oui;31/12/2028;ACTIVE", "Code_Diplome is empty"),
        ("1; ;RNCP1;Niveau 3;CAP;v1;oui;31/12/2028;ACTIVE", "Intitulé diplôme (DEPP) is empty"),
        ("1;A;RNCP1;Niveau 3;CAP;v1;oui;31/12/2028;ACTIVE;x", "10 cells for 9 columns"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, row: str, reason: str) -> None:
    (one,) = outcomes(tmp_path, row)
    assert isinstance(one, Refused)
    assert one.line == 2
    assert reason in one.reason


def test_a_code_that_stands_for_several_fiches_yields_each(tmp_path: Path) -> None:
    row = "1;TONNELLERIE (CAP);{};Niveau 3;CAP;v1;oui;31/12/2028;ACTIVE"
    found = outcomes(tmp_path, row.format("RNCP1"), row.format("RNCP2"))
    ids = [one.entry.item.id for one in found if isinstance(one, Taken) and one.entry]
    assert ids == ["kit-1", "kit-1-RNCP2"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(BadFile, match="lacks the columns Code_Diplome"):
        list(kit_apprentissage.read(open_source(path), KNOWN))


def test_the_real_set_comes_in_but_for_inactive_fiches_without_an_end() -> None:
    path = sample("trainings/Kit_apprentissage_20231218.csv")
    found = list(kit_apprentissage.read(open_source(path), KNOWN))
    kept = [one.entry.item for one in found if isinstance(one, Taken) and one.entry]
    refused = [one for one in found if isinstance(one, Refused)]
    assert (len(kept), len(refused), len({one.id for one in kept})) == (5661, 46, 5661)
    assert all("INACTIVE" in one.reason for one in refused)
    assert not any(one.title.isupper() and len(one.title) > 12 for one in kept)
