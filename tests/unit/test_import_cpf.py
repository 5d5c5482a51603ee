"""Trainings of Mon Compte Formation."""

import csv
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import cpf
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

FAMILIES = {"H2901": "H2901", "D1102": "D1102"}
KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1), FAMILIES.get)
HEADER = [
    "formation.title",
    "formation.proximiteRomes.code",
    "duration",
    "totalPriceTTC",
    "address.postalCode",
    "formation.specificCondition",
    "formation.codeModaliteEnseign",
]
LINE = ["Tonnellerie", "H2901", "150", "1428.5", "25000", "Savoir d¿abord scier", "0"]


def read(path: Path, *lines: list[str]) -> list[Outcome]:
    path = path / "cpf.csv"
    with path.open("w", newline="") as handle:
        csv.writer(handle).writerows([HEADER, *lines])
    return list(cpf.read(open_source(path), KNOWN))


def items(found: list[Outcome]) -> list[Item]:
    return [one.entry.item for one in found if isinstance(one, Taken) and one.entry]


def changed(**values: str) -> list[str]:
    names = ["title", "rome", "hours", "price", "postcode", "conditions", "modality"]
    return [values.get(name, value) for name, value in zip(names, LINE, strict=True)]


def test_a_training_keeps_its_price_hours_conditions_and_postcode(tmp_path: Path) -> None:
    (found,) = items(read(tmp_path, LINE))
    assert (found.title, found.families, found.modality) == ("Tonnellerie", ("H2901",), "onsite")
    assert found.id.startswith("cpf-")
    assert found.details["price"] == {"euros": 1428.5}
    assert found.details["duration"] == "150 heures"
    assert found.details["entry_text"] == "Savoir d'abord scier"
    assert found.details["funding"] == "Mon Compte Formation (CPF)"
    assert found.details["place"]["postcode"] == "25000"
    assert found.place is None  # the gazetteer gives its point, when the import is staged


def test_lines_that_differ_by_job_are_one_training(tmp_path: Path) -> None:
    found = read(tmp_path, LINE, changed(rome="D1102"), changed(rome="Z9999"), changed(title="Autre"))
    first, second = items(found)
    assert first.families == ("H2901", "D1102")
    assert second.title == "Autre"
    assert len(found) == 4  # every line counts as read


def test_spaces_do_not_part_two_lines(tmp_path: Path) -> None:
    assert len(items(read(tmp_path, LINE, changed(conditions="Savoir d¿abord \n scier ", rome="D1102")))) == 1


def test_the_id_stays_when_the_jobs_change(tmp_path: Path) -> None:
    (first,) = items(read(tmp_path, LINE))
    (second,) = items(read(tmp_path, changed(rome="D1102")))
    (third,) = items(read(tmp_path, changed(price="9")))
    assert first.id == second.id != third.id


@pytest.mark.parametrize(("code", "modality"), [("0", "onsite"), ("1", "hybrid"), ("2", "remote"), ("", None)])
def test_modalities_are_those_of_lheo(tmp_path: Path, code: str, modality: str | None) -> None:
    (found,) = items(read(tmp_path, changed(modality=code)))
    assert found.modality == modality


def test_contradictory_modalities_say_nothing(tmp_path: Path) -> None:
    (found,) = items(read(tmp_path, LINE, changed(modality="1", rome="D1102")))
    assert found.modality is None


def test_what_is_not_told_stays_unknown(tmp_path: Path) -> None:
    (found,) = items(read(tmp_path, ["Tonnellerie", "", "", "", "", "", ""]))
    assert (found.families, found.modality, found.place) == ((), None, None)
    assert not {"price", "duration", "entry_text", "place"} & set(found.details)


def test_a_shouted_title_is_written_softly(tmp_path: Path) -> None:
    (found,) = items(read(tmp_path, changed(title="FABRICATION DE MEUBLES")))
    assert found.title == "Fabrication de meubles"


def test_long_conditions_are_cut_at_a_word(tmp_path: Path) -> None:
    (found,) = items(read(tmp_path, changed(conditions="savoir scier " * 100)))
    assert len(found.details["entry_text"]) <= 600
    assert found.details["entry_text"].endswith(" …")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (changed(title=" "), "formation.title is empty"),
        (changed(price="gratuit"), "totalPriceTTC 'gratuit' is not a number"),
        (changed(hours="-3"), "duration '-3' is not a number"),
        (changed(postcode="9100"), "address.postalCode '9100' is not of five digits"),
        (changed(modality="7"), "formation.codeModaliteEnseign '7' is not one of 0, 1, 2"),
        ([*LINE, "de trop"], "8 cells for 7 columns"),
    ],
)
def test_every_line_of_a_training_that_cannot_be_used_says_why(tmp_path: Path, line: list[str], reason: str) -> None:
    found = read(tmp_path, line, line, changed(title="Autre"))
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.line for one in refused] == [2, 3]
    assert all(reason in one.reason for one in refused)
    assert len(items(found)) == 1


def test_a_line_repeated_without_end_is_read_in_parts(tmp_path: Path) -> None:
    found = read(tmp_path, *[LINE] * 2500)
    assert len(found) == 2500
    assert len({one.id for one in items(found)}) == 1


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(BadFile, match=r"lacks the columns formation\.title"):
        list(cpf.read(open_source(path), KNOWN))


def test_the_real_sample_comes_in_whole() -> None:
    path = sample("trainings/cpf_trainings.csv")
    found = list(cpf.read(open_source(path), Known(date(2026, 11, 22), date(2026, 11, 1))))
    assert len(found) == 22
    assert len(items(found)) == 8
    assert max(len(one.families) for one in items(found)) == 5


@pytest.mark.parametrize("kind", ["formations", "etablissements"])
def test_the_apprenticeship_catalogue_is_no_set_of_this_format(kind: str) -> None:
    path = sample(f"trainings/catalogue_apprentissage_{kind}_sample.json")
    with pytest.raises(BadFile, match="lacks the columns"):
        list(cpf.read(open_source(path), KNOWN))
