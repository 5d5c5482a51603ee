"""Onisep's training actions, each in a school."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import onisep_actions
from knowledge_base.importers.onisep_actions import exit_level, modality, price
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1))
ROW = {
    "Action De Formation Af Identifiant Onisep": "AF.7",
    "Formation For Libelle": "bac pro tonnellerie",
    "For Url Et Id Onisep": "https://onisep.example/FOR.1",
    "For Indexation Domaine Web Onisep": "bois/tonneaux",
    "For Type": "baccalauréat professionnel",
    "For Url Referentiel": "",
    "For Niveau De Sortie": "bac ou équivalent",
    "Lieu Denseignement Ens Libelle": "Lycée du Chêne",
    "Ens Statut": "public",
    "Ens Adresse": "1 rue du Bois",
    "Ens Code Postal": "25000",
    "Ens Commune": "Besançon",
    "Ens Latitude": "47.24",
    "Ens Longitude": "6.02",
    "Ens Site Web": "https://chene.example",
    "Ens Hebergement": "internat",
    "Ens Accessibilite": "Locaux accessibles : ascenseur",
    "Af Duree Cycle Standard": "3 ans",
    "Af Modalites Scolarite": "temps plein, cours en présentiel",
    "Af Date De Modification": "06/10/2025",
    "Af Cout Scolarite": "",
    "Af Page Web": "",
}


def outcome(path: Path, **changed: str) -> Outcome:
    path = path / "actions.csv"
    values = ROW | {name.replace("_", " "): value for name, value in changed.items()}
    with path.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(values))
        writer.writeheader()
        writer.writerow(values)
    (one,) = onisep_actions.read(open_source(path), KNOWN)
    return one


def item(path: Path, **changed: str) -> Item:
    one = outcome(path, **changed)
    assert not isinstance(one, Refused), one
    assert one.entry
    return one.entry.item


def test_an_action_is_a_training_in_a_school(tmp_path: Path) -> None:
    found = item(tmp_path)
    assert (found.id, found.title, found.exit_level) == ("onisep-actions-AF.7", "Bac pro tonnellerie", 4)
    assert found.place
    assert (found.place.label, found.place.latitude, found.place.longitude) == ("Besançon", 47.24, 6.02)
    assert found.modality == "onsite"
    assert found.verified_at
    assert found.verified_at.date() == date(2025, 10, 6)
    told = {"organiser": "Lycée du Chêne", "duration": "3 ans", "url": "https://chene.example"}
    assert told.items() <= found.details.items()
    assert found.details["accessibility"] == "Locaux accessibles : ascenseur"
    assert found.text == (
        "Baccalauréat professionnel. Domaine : bois (tonneaux). Temps plein, cours en présentiel. "
        "Établissement public. Internat."
    )


def test_the_page_of_the_training_comes_before_that_of_the_school(tmp_path: Path) -> None:
    assert item(tmp_path, Af_Page_Web="https://chene.example/bac").details["url"] == "https://chene.example/bac"
    assert item(tmp_path, Ens_Site_Web="").details["url"] == "https://onisep.example/FOR.1"


@pytest.mark.parametrize(
    ("label", "level"),
    [("CAP ou équivalent", 3), ("bac ou équivalent", 4), ("bac + 2", 5), ("bac + 3", 6), ("bac + 4", 6),
     ("bac + 5", 7), ("bac + 1", None), ("", None), ("autre", None)],
)  # fmt: skip
def test_exit_levels_are_on_the_scale_of_the_rncp(label: str, level: int | None) -> None:
    assert exit_level(label) == level


@pytest.mark.parametrize(
    ("told", "expected"),
    [("temps plein, cours en présentiel (à 2 km)", "onsite"), ("temps plein, cours en distanciel", "remote"),
     ("temps plein, cours partiellement en distanciel", "hybrid"), ("temps partiel, cours à distance", "remote"),
     ("temps plein", None), ("", None)],
)  # fmt: skip
def test_modalities_are_read_in_words(told: str, expected: str | None) -> None:
    assert modality(told) == expected


def test_a_price_keeps_its_words_and_nothing_to_pay_is_free() -> None:
    cost = "2700 euros en 2025 (1350 euros par an)"
    assert price(cost) == {"euros": 2700.0, "text": cost}
    assert price("0 euros en 2025 (payé par la région)") == {
        "euros": 0.0,
        "text": "gratuit en 2025 (payé par la région)",
    }
    assert price("nous consulter") == {"text": "nous consulter"}
    assert price("") is None


def test_the_rncp_code_is_read_in_the_address_of_its_fiche(tmp_path: Path) -> None:
    page = "https://www.francecompetences.fr/recherche/rncp/123/"
    assert item(tmp_path, For_Url_Referentiel=page).code == "RNCP123"
    assert item(tmp_path, For_Url_Referentiel="https://eduscol.example/rncp/123").code is None


def test_a_training_at_a_distance_needs_no_town(tmp_path: Path) -> None:
    found = item(tmp_path, Ens_Commune="", Af_Modalites_Scolarite="temps plein, cours en distanciel")
    assert (found.place, found.modality) == (None, "remote")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Ens Commune": ""}, "Ens Commune is empty"),
        ({"Formation For Libelle": ""}, "Formation For Libelle is empty"),
        ({"Action De Formation Af Identifiant Onisep": ""}, "Af Identifiant Onisep is empty"),
        ({"Ens Latitude": "47,24 N"}, "Ens Latitude '47,24 N' is not a number"),
        ({"Ens Latitude": "91"}, "place.latitude"),
        ({"Af Date De Modification": "31/02/2025"}, "Af Date De Modification: date '31/02/2025' does not exist"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, changed: dict[str, Any], reason: str) -> None:
    one = outcome(tmp_path, **changed)
    assert isinstance(one, Refused)
    assert reason in one.reason


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(BadFile, match="lacks the columns Action De Formation"):
        list(onisep_actions.read(open_source(path), KNOWN))


def test_the_real_sample_comes_in_whole() -> None:
    path = sample("trainings/onisep_actions_formation_sample.csv")
    found = list(onisep_actions.read(open_source(path), KNOWN))
    items = [one.entry.item for one in found if not isinstance(one, Refused) and one.entry]
    assert (len(found), len({one.id for one in items})) == (120, 120)
    assert all(one.place and one.exit_level and one.modality for one in items)
    assert sum("price" in one.details for one in items) == 26
