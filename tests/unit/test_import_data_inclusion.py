"""data·inclusion: structures and services in the three forms they are published in, both versions of the schema."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import data_inclusion
from knowledge_base.importers.data_inclusion_words import words
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 3, 1), date(2026, 2, 1))

STRUCTURE: dict[str, Any] = {
    "source": "dora",
    "id": "dora--s1",
    "nom": "Le Relais des jeunes.",
    "description": "<p>Un lieu pour <b>se poser</b>.</p>",
    "adresse": "4 RUE DU PORT",
    "complement_adresse": "2e étage",
    "commune": "LILLE",
    "code_postal": "59000",
    "code_insee": "59350",
    "latitude": 50.63,
    "longitude": 3.06,
    "telephone": "+33320000000",
    "courriel": "accueil@relais.example",
    "site_web": "https://relais.example",
    "horaires_accueil": "Mo-Fr 09:00-18:00",
    "accessibilite_lieu": "https://acceslibre.example/1",
    "reseaux_porteurs": ["mission-locale"],
    "date_maj": "2026-01-15",
}
SERVICE: dict[str, Any] = {
    "source": "dora",
    "id": "dora--v1",
    "structure_id": "dora--s1",
    "nom": "Atelier CV",
    "description": "On écrit ton CV ensemble.",
    "type": "atelier",
    "thematiques": ["preparer-sa-candidature--valoriser-ses-competences", "se-former--trouver-sa-formation"],
    "frais": "payant",
    "frais_precisions": "2 euros",
    "publics": ["jeunes", "etudiants"],
    "publics_precisions": "16 à 25 ans",
    "conditions_acces": "Venir avec une pièce d'identité",
    "modes_accueil": ["en-presentiel", "a-distance"],
    "telephone": "0611223344",
    "courriel": "paul.martin@relais.example",
    "contact_nom_prenom": "Paul Martin",
    "lien_source": "https://dora.example/v1",
    "date_maj": "2026-01-20T10:00:00",
    "date_suspension": "2026-12-31",
}


def outcomes(path: Path) -> list[Outcome]:
    return list(data_inclusion.read(open_source(path), KNOWN))


def as_json(folder: Path, structures: list[dict[str, Any]], services: list[dict[str, Any]]) -> list[Outcome]:
    (folder / "structures-inclusion-2026.json").write_text(json.dumps(structures))
    (folder / "services-inclusion-2026.json").write_text(json.dumps(services))
    return outcomes(folder)


def taken(found: list[Outcome]) -> list[Item]:
    assert all(isinstance(one, Taken) for one in found), found
    return [one.entry.item for one in found if isinstance(one, Taken) and one.entry]


def refused(found: list[Outcome]) -> list[str]:
    return [one.reason for one in found if isinstance(one, Refused)]


def without(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}


def test_a_structure_is_a_place(tmp_path: Path) -> None:
    (found,) = taken(as_json(tmp_path, [STRUCTURE], []))
    assert found.id == "data-inclusion-structure-dora--s1"
    assert (found.title, found.text) == ("Le Relais des jeunes", "Un lieu pour se poser.")
    assert found.source == "data·inclusion (dora)"
    assert found.verified_at is not None
    assert found.verified_at.date() == date(2026, 1, 15)
    assert found.details["service"] == "mission_locale"
    assert found.details["place"]["address"] == "4 Rue du Port, 2e étage"
    assert found.details["place"]["commune"] == "Lille"
    assert (found.details["phone"], found.details["email"]) == ("03 20 00 00 00", "accueil@relais.example")
    assert (found.details["url"], found.details["hours"]) == ("https://relais.example", "Mo-Fr 09:00-18:00")
    assert found.details["accessibility"] == "voir https://acceslibre.example/1"


def test_a_service_says_what_for_whom_and_at_what_price(tmp_path: Path) -> None:
    _, found = taken(as_json(tmp_path, [STRUCTURE], [SERVICE]))
    assert found.id == "data-inclusion-service-dora--v1"
    assert found.text == (
        "On écrit ton CV ensemble. Payant : 2 euros. Thèmes : valoriser ses compétences, trouver sa formation."
    )
    assert found.details["public"] == {"text": "Jeunes, étudiants. 16 à 25 ans. Venir avec une pièce d'identité."}
    assert (found.details["service"], found.modality) == ("atelier", "hybrid")
    assert found.source_url == found.details["url"] == "https://dora.example/v1"
    assert found.verified_at is not None
    assert found.verified_at.date() == date(2026, 1, 20)
    assert found.valid_until is not None
    assert found.valid_until.date() == date(2026, 12, 31)


def test_a_service_without_address_is_at_its_structure_whose_telephone_it_has(tmp_path: Path) -> None:
    _, found = taken(as_json(tmp_path, [STRUCTURE], [SERVICE]))
    assert found.place is not None
    assert (found.place.label, found.place.commune, found.place.latitude) == ("Le Relais des jeunes", "Lille", 50.63)
    assert found.details["phone"] == "03 20 00 00 00"


def test_the_person_in_charge_is_never_read(tmp_path: Path) -> None:
    _, found = taken(as_json(tmp_path, [STRUCTURE], [SERVICE]))
    assert not any(said in str(found) for said in ("Martin", "paul.martin", "06 11", "0611"))


def test_a_service_elsewhere_than_its_structure_is_not_moved_there(tmp_path: Path) -> None:
    elsewhere = SERVICE | {"code_insee": "13055"}
    onsite = elsewhere | {"id": "dora--v2", "modes_accueil": ["en-presentiel"]}
    found = as_json(tmp_path, [STRUCTURE], [elsewhere, onsite])
    assert taken(found[:2])[1].place is None
    assert refused(found) == ["commune is empty, and structure_id 'dora--s1' does not tell where it is"]


@pytest.mark.parametrize(
    ("modes", "modality"),
    [
        (["a-distance"], "remote"),
        (["en-presentiel"], "onsite"),
        ([], "onsite"),
        (["a-distance", "en-presentiel"], "hybrid"),
    ],
)
def test_modes_of_reception_are_modalities(tmp_path: Path, modes: list[str], modality: str) -> None:
    _, found = taken(as_json(tmp_path, [STRUCTURE], [SERVICE | {"modes_accueil": modes}]))
    assert found.modality == modality


def test_version_0_is_read_too(tmp_path: Path) -> None:
    structure = without(STRUCTURE, "reseaux_porteurs", "description", "horaires_accueil") | {
        "id": "s9",
        "source": "soliguide",
        "typologie": "PIJ_BIJ",
        "presentation_resume": "Toutes les infos",
        "horaires_ouverture": "Sa 10:00-12:00",
    }
    service = without(SERVICE, "type", "description", "publics", "publics_precisions", "conditions_acces", "frais") | {
        "id": "v9",
        "source": "soliguide",
        "structure_id": "s9",
        "types": ["accompagnement"],
        "presentation_detail": "Un détail",
        "profils": ["jeunes-16-26"],
        "pre_requis": ["Être inscrit", "Habiter Lille"],
        "frais": ["gratuit-sous-conditions"],
        "frais_precisions": "",
        "thematiques": ["mobilite", "mobilite--financer-ma-mobilite"],
    }
    place, offer = taken(as_json(tmp_path, [structure], [service]))
    assert (place.id, offer.id) == ("data-inclusion-structure-soliguide--s9", "data-inclusion-service-soliguide--v9")
    assert (place.details["service"], place.details["hours"]) == ("information_jeunesse", "Sa 10:00-12:00")
    assert offer.text == "Un détail. Gratuit sous conditions. Thèmes : financer ma mobilité."
    assert offer.details["public"] == {"text": "Jeunes de 16 à 26 ans. Être inscrit. Habiter Lille."}
    assert offer.details["service"] == "accompagnement"


@pytest.mark.parametrize(
    "listed", ["['jeunes', 'femmes']", '["jeunes", "femmes"]', "{jeunes,femmes}", "jeunes, femmes"]
)
def test_csv_files_are_read_whatever_they_make_of_lists(tmp_path: Path, listed: str) -> None:
    for name, record in (("structures", STRUCTURE), ("services", SERVICE | {"publics": listed, "modes_accueil": ""})):
        with (tmp_path / f"{name}.csv").open("w", newline="") as handle:
            writer = csv.DictWriter(handle, record)
            writer.writeheader()
            writer.writerow(record)
    _, service = taken(outcomes(tmp_path))
    assert service.details["public"]["text"].startswith("Jeunes, femmes. ")


def test_a_workbook_is_read_by_its_sheets_without_the_rows_to_ignore(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, record in (("Structures", STRUCTURE), ("Services", SERVICE)):
        sheet = book.create_sheet(title)
        kept = {name: ", ".join(value) if isinstance(value, list) else value for name, value in record.items()}
        numbers = {name: int(value) for name, value in kept.items() if name.startswith("code_")}
        # As in the producers' own file, the name of the column of dates has become a date.
        header = [name if name != "date_maj" else datetime(2026, 2, 23) for name in kept]  # noqa: DTZ001
        sheet.append(["__ignore__", *header, "nom"])
        sheet.append([True, *kept.values(), None])
        sheet.append([None, *(kept | numbers).values(), None])
    book.save(tmp_path / "classeur.xlsx")
    place, service = taken(outcomes(tmp_path / "classeur.xlsx"))
    assert (place.title, place.details["place"]["postcode"]) == ("Le Relais des jeunes", "59000")
    assert (service.title, service.modality) == ("Atelier CV", "hybrid")
    assert place.verified_at is not None
    assert place.verified_at.date() == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"commune": ""}, "commune is empty"),
        ({"nom": " . "}, "nom is empty"),
        ({"id": ""}, "id is empty"),
        ({"date_maj": "2026-02-31"}, "date_maj: date '2026-02-31' does not exist"),
        ({"latitude": "nord"}, "latitude 'nord' is not a number"),
        ({"latitude": 91.0}, "place.latitude '91.0': Input should be less than or equal to 52"),
    ],
)
def test_what_is_plainly_wrong_is_refused_with_its_column_and_value(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    assert refused(as_json(tmp_path, [STRUCTURE | changes], [])) == [reason]


def test_a_wrong_postcode_is_left_out_and_refused_where_nothing_else_locates(tmp_path: Path) -> None:
    wrong = STRUCTURE | {"code_postal": "750121"}
    lost = wrong | {"code_insee": None, "latitude": None}
    found = as_json(tmp_path, [wrong, lost], [])
    assert "postcode" not in taken(found[:1])[0].details["place"]
    assert refused(found) == ["code_postal '750121' is not of five digits, and nothing else says where Lille is"]


def test_what_is_no_mail_and_no_address_of_the_web_is_left_out(tmp_path: Path) -> None:
    (found,) = taken(as_json(tmp_path, [STRUCTURE | {"courriel": "pas une adresse", "site_web": "bientôt"}], []))
    assert not {"email", "url"} & found.details.keys()


def test_slugs_become_words() -> None:
    assert words("choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite") == (
        "découvrir un métier ou un secteur d'activité"
    )
    assert words("sante--constituer-un-dossier-mdph-invalidite") == "constituer un dossier MDPH invalidité"
    assert words("tous-publics") == "tous publics"


def test_other_files_are_told_which_ones_are_meant(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,nom\n1,A\n")
    (tmp_path / "b.csv").write_text("id,nom\n2,B\n")
    with pytest.raises(BadFile, match=r"no file named structures\* or services\*\. Remedy"):
        outcomes(tmp_path)
    openpyxl.Workbook().save(tmp_path / "vide.xlsx")
    with pytest.raises(BadFile, match="has no sheet named structures or services"):
        outcomes(tmp_path / "vide.xlsx")


def test_a_workbook_that_is_none_or_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "faux.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(BadFile, match=r"is not a workbook .*Remedy"):
        outcomes(tmp_path / "faux.xlsx")


def test_the_real_sample_comes_in_but_for_its_wrong_postcode() -> None:
    found = outcomes(sample("places/data_inclusion_dataset.xlsx"))
    assert refused(found) == ["code_postal '750121' is not of five digits, and nothing else says where Paris is"]
    services = taken([one for one in found if isinstance(one, Taken)])
    assert [one.title for one in services] == ["Logement social", "Logement social"]
    assert all(one.verified_at and one.verified_at.date() == date(2026, 2, 27) for one in services)
