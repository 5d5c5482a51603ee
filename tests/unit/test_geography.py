"""The gazetteer: communes, neighbourhoods, postcodes."""

from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from knowledge_base.database import Pool
from knowledge_base.geography import NEIGHBOURHOODS, department_of, find_places, fold_place, hash_of, region_of

Rows = list[dict[str, Any]]


def named(rows: Rows, name: str, department: str | None = None) -> dict[str, Any]:
    (row,) = [row for row in rows if row["name"] == name and department in (None, row["department"])]
    return row


@pytest.mark.parametrize(
    "spelled",
    [
        "Saint-Denis",
        "SAINT DENIS",
        "st denis",
        "St-Denis",
        " saint  denis ",
        "Saint–Denis".replace("–", "-"),
        "ST_DENIS",
        "st. denis",
    ],
)
def test_spellings_of_one_name_fold_alike(spelled: str) -> None:
    assert fold_place(spelled) == "saint denis"


@pytest.mark.parametrize(
    ("spelled", "folded"),
    [("Besançon", "besancon"), ("Ste-Suzanne", "sainte suzanne"), ("L'Haÿ-les-Roses", "l hay les roses"),
     ("Œting", "oeting"), ("Stenay", "stenay"), ("Planoise", "planoise")],
)  # fmt: skip
def test_accents_and_marks_fold_away_and_words_stay_whole(spelled: str, folded: str) -> None:
    assert fold_place(spelled) == folded


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("25000", "25"),
        ("01000", "01"),
        ("59300", "59"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("97600", "976"),
    ],
)
def test_a_postcode_tells_its_department(postcode: str, department: str) -> None:
    assert department_of(postcode) == department


class NoDatabase:
    """Stands where a pool is wanted, and fails any test that would ask it something."""


@pytest.mark.parametrize("typed", ["20", "2", "123456", "0612345678"])
def test_digits_that_are_no_postcode_are_no_place(typed: str) -> None:
    assert find_places(cast("Pool", NoDatabase()), typed) == []


def test_besancon_has_its_department_postcode_and_coordinates(gazetteer: Rows) -> None:
    row = named(gazetteer, "Besançon")
    assert (row["folded"], row["commune"], row["department"]) == ("besancon", "Besançon", "25")
    assert "25000" in row["postcodes"]
    assert (row["latitude"], row["longitude"]) == (pytest.approx(47.24, abs=0.05), pytest.approx(6.02, abs=0.05))
    assert row["population"] > 100_000


def test_petite_foret_stands_beside_valenciennes(gazetteer: Rows) -> None:
    row = named(gazetteer, "Petite-Forêt")
    assert row["folded"] == "petite foret"
    assert (row["latitude"], row["longitude"]) == (pytest.approx(50.37, abs=0.05), pytest.approx(3.48, abs=0.05))
    assert row["department"] in (None, "59")


def test_planoise_is_a_neighbourhood_of_besancon(gazetteer: Rows) -> None:
    row = named(gazetteer, "Planoise")
    assert (row["commune"], row["department"], row["postcodes"]) == ("Besançon", "25", [])
    assert row["id"] == "neighbourhood-25-planoise"


def test_saint_denis_of_la_reunion_is_told_from_the_other_by_department_and_postcode(gazetteer: Rows) -> None:
    here, there = named(gazetteer, "Saint-Denis", "93"), named(gazetteer, "Saint-Denis", "974")
    assert "93200" in here["postcodes"]
    assert there["postcodes"] == ["97400"]
    assert there["latitude"] < -20 < here["latitude"]


def test_every_row_has_a_name_an_id_of_its_own_and_french_coordinates(gazetteer: Rows) -> None:
    assert len(gazetteer) > 15_000
    assert len({row["id"] for row in gazetteer}) == len(gazetteer)
    assert all(row["name"] and row["folded"] == fold_place(row["name"]) for row in gazetteer)
    assert all(-28 < row["latitude"] < 52 and -180 < row["longitude"] < 180 for row in gazetteer)
    assert len({tuple(row) for row in gazetteer}) == 1


def test_a_postcode_belongs_to_the_department_of_its_commune(gazetteer: Rows) -> None:
    wrong = [row["id"] for row in gazetteer for code in row["postcodes"] if department_of(code) != row["department"]]
    assert wrong == []


def test_every_neighbourhood_written_by_us_is_there(gazetteer: Rows) -> None:
    written = yaml.safe_load(NEIGHBOURHOODS.read_text())
    found = {(row["name"], row["commune"]) for row in gazetteer if row["id"].startswith("neighbourhood-")}
    assert found == {(entry["name"], entry["commune"]) for entry in written}


def test_the_fingerprint_of_a_file_changes_with_its_content(tmp_path: Path) -> None:
    path = tmp_path / "places.yml"
    path.write_text("one")
    before = hash_of(path)
    path.write_text("two")
    assert hash_of(path) != before


@pytest.mark.parametrize(
    ("department", "region"), [("25", "27"), ("57", "44"), ("974", "974"), ("2A", "94"), (None, None)]
)
def test_a_department_is_of_a_region(department: str | None, region: str | None) -> None:
    assert region_of(department) == region
