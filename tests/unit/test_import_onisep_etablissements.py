"""Onisep's schools and their open days."""

import csv
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import onisep_etablissements
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1))
ROW = {
    "Code Uai": "0250001X",
    "Type Detablissement": "lycée professionnel",
    "Nom": "Lycée du Chêne",
    "Sigle": "",
    "Statut": "public",
    "Adresse": "1 rue du Bois",
    "Boite Postale": "BP 3",
    "Cp": "25000",
    "Commune": "Besançon",
    "Commune Cog": "25056",
    "Arrondissement": "",
    "Telephone": "03 00 00 00 00",
    "Longitude X": "6.02",
    "Latitude Y": "47.24",
    "Url Et Id Onisep": "https://onisep.example/ENS.1",
    "Journees Portes Ouvertes": "",
    "Langues Enseignees": "Anglais, Langues et cultures de l'Antiquité : latin",
}


def outcomes(path: Path, **changed: str) -> list[Outcome]:
    path = path / "schools.csv"
    values = ROW | {name.replace("_", " "): value for name, value in changed.items()}
    with path.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(values))
        writer.writeheader()
        writer.writerow(values)
    return list(onisep_etablissements.read(open_source(path), KNOWN))


def items(found: list[Outcome]) -> list[Item]:
    return [one.entry.item for one in found if isinstance(one, Taken) and one.entry]


def open_days(path: Path, announced: str) -> list[Item]:
    school, *days = items(outcomes(path, Journees_Portes_Ouvertes=announced))
    assert school.kind == "place"
    return days


def test_a_school_is_a_place(tmp_path: Path) -> None:
    (found,) = items(outcomes(tmp_path))
    assert (found.id, found.kind, found.title) == ("onisep-etablissements-0250001X", "place", "Lycée du Chêne")
    assert found.text == "Lycée professionnel. Établissement public. Langues enseignées : anglais, latin."
    assert found.details["service"] == "etablissement"
    assert found.details["phone"] == "03 00 00 00 00"
    assert found.details["place"]["address"] == "1 rue du Bois, BP 3"
    assert found.details["place"]["code_insee"] == "25056"
    assert found.place
    assert (found.place.latitude, found.place.longitude) == (47.24, 6.02)


@pytest.mark.parametrize(
    ("code", "district", "insee"),
    [
        ("75100", "16", "75116"),
        ("69380", "09", "69389"),
        ("13200", "06", "13206"),
        ("75100", "", None),
        ("99138", "", None),
    ],
)
def test_a_district_gives_the_insee_code_of_a_divided_town(
    tmp_path: Path, code: str, district: str, insee: str | None
) -> None:
    (found,) = items(outcomes(tmp_path, Commune_Cog=code, Arrondissement=district))
    assert found.details["place"].get("code_insee") == insee


def test_each_announced_day_is_an_event(tmp_path: Path) -> None:
    first, second = open_days(tmp_path, "le 31/01/2026 de 09h00 à 12h30 | le 22/04/2026 de 17h30 à 20h00")
    assert (first.id, first.kind) == ("onisep-etablissements-0250001X-202601310900", "event")
    assert first.title == "Portes ouvertes : Lycée du Chêne"
    assert first.details["type"] == "open_day"
    assert first.details["all_day"] is False
    assert first.starts_at
    assert first.ends_at
    assert (first.starts_at.isoformat(), first.ends_at.isoformat()) == (
        "2026-01-31T09:00:00+01:00",
        "2026-01-31T12:30:00+01:00",
    )
    assert second.starts_at
    assert second.starts_at.isoformat() == "2026-04-22T17:30:00+02:00"
    assert second.place
    assert second.place.commune == "Besançon"


def test_open_days_do_not_count_as_rows(tmp_path: Path) -> None:
    found = outcomes(tmp_path, Journees_Portes_Ouvertes="le 31/01/2026 | le 07/03/2026")
    assert [one.file for one in found] == ["schools.csv", "", ""]


def test_a_day_without_hours_lasts_all_day(tmp_path: Path) -> None:
    (day,) = open_days(tmp_path, "le 21/02/2026")
    assert day.details["all_day"] is True
    assert day.starts_at
    assert day.ends_at
    assert (day.starts_at.hour, day.ends_at.hour) == (0, 23)


def test_remarks_and_pages_are_kept(tmp_path: Path) -> None:
    booked, plain = open_days(
        tmp_path,
        "le 14/03/2026 (sur inscription) voir https://chene.example/jpo"
        " | le 21/03/2026 de 09h00 à 13h00 ( visites guidées) voir https://chene.example/visite",
    )
    assert booked.details["registration"] == {"required": True, "url": "https://chene.example/jpo"}
    assert plain.details["registration"] == {}
    assert plain.details["url"] == "https://chene.example/visite"
    assert plain.text == "Lycée professionnel. Visites guidées."


@pytest.mark.parametrize("announced", ["le samedi 14 mars 2026 de 9h à 12h", "le 14/03/2026 de 9 h à 12 h"])
def test_days_may_be_written_in_words(tmp_path: Path, announced: str) -> None:
    (day,) = open_days(tmp_path, announced)
    assert day.starts_at
    assert day.starts_at.isoformat() == "2026-03-14T09:00:00+01:00"


@pytest.mark.parametrize("announced", ["du 13 au 14 mars 2026", "du 13/03/2026 au 14/03/2026"])
def test_several_days_are_one_event(tmp_path: Path, announced: str) -> None:
    (day,) = open_days(tmp_path, announced)
    assert day.starts_at
    assert day.ends_at
    assert (day.starts_at.date(), day.ends_at.date()) == (date(2026, 3, 13), date(2026, 3, 14))


@pytest.mark.parametrize(
    "announced",
    ["en mars 2026", "sur rendez-vous", "le 31/02/2026", "le 14 mars", "le dimanche 14 mars 2026",
     "le 14/03/2026 de 17h00 à 9h00", "le 14/03/2026 de 25h00 à 26h00"],
)  # fmt: skip
def test_an_uncertain_day_is_not_read_and_the_school_stays(tmp_path: Path, announced: str) -> None:
    assert open_days(tmp_path, announced) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"Code Uai": ""}, "Code Uai is empty"), ({"Nom": ""}, "Nom is empty"), ({"Commune": ""}, "Commune is empty"),
     ({"Longitude X": "est"}, "Longitude X 'est' is not a number")],
)  # fmt: skip
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    (one,) = outcomes(tmp_path, Journees_Portes_Ouvertes="le 21/02/2026", **changed)
    assert isinstance(one, Refused)
    assert reason in one.reason


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(BadFile, match="lacks the columns Code Uai"):
        list(onisep_etablissements.read(open_source(path), KNOWN))


def test_the_real_sample_comes_in_whole() -> None:
    path = sample("trainings/onisep_etablissements_sample.csv")
    found = list(onisep_etablissements.read(open_source(path), KNOWN))
    assert sum(bool(one.file) for one in found) == 119
    kinds = [one.kind for one in items(found)]
    assert (kinds.count("place"), kinds.count("event")) == (119, 22)
