"""Mes évènements emploi, and the reading of texts that the other events share."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import mes_evenements
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1), {"M1805": "M1805", "M1855": "M1805"}.get)
EVENT: dict[str, Any] = {
    "id": 4321,
    "titre": "JOB DATING DU BTP",
    "type": "Job dating",
    "ville": "BESANCON",
    "codePostal": "25000",
    "codeInsee": "25056",
    "latitude": 47.24,
    "longitude": 6.02,
    "description": "Quatre entreprises recrutent :\n- des maçons\n- des plombiers",
    "dateEvenement": "2026-12-03T07:30:00.000+00:00",
    "heureDebut": "07:30:00",
    "heureFin": "10:00:00",
    "modalites": ["en physique"],
    "publics": ["Ouvert à tous"],
    "codesRome": ["F", "M1855"],
    "nombrePlaceTotalPresentiel": 20,
    "nombreInscritPresentiel": 20,
    "urlDetailEvenement": "https://exemple.fr/evenement/4321",
}
OFFICE = {
    "codeAgence": "25001",
    "dateEvenement": "03-12-2026",
    "heureDebut": "10:00",
    "heureFin": "12:00",
    "timeZone": "Europe/Paris",
    "titre": "Atelier CV",
    "lieu": "Agence Témis, 6 rue des Essais, 25000 Besançon",
    "estApublier": True,
    "candidats": [{"nom": "Personne", "prenom": "Aucune"}],
    "intervenants": [{"libelle": "Aucune Personne", "contact": "aucune@personne.fr"}],
    "modeAceesList": [{"nombreInscrit": 2, "nombrePlace": 8}],
    "prerequis": [{"libelle": "avoir un CV, même ancien"}],
}


def outcomes(folder: Path, content: Any) -> list[Outcome]:
    path = folder / "evenements.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1))
    return list(mes_evenements.read(open_source(path), KNOWN))


def item(folder: Path, content: Any) -> Item:
    (one,) = outcomes(folder, content)
    assert not isinstance(one, Refused), one
    assert one.entry
    return one.entry.item


def test_an_event_of_the_api_keeps_all_that_it_says(tmp_path: Path) -> None:
    found = item(tmp_path, {"totalElements": 1, "content": [EVENT]})
    assert (found.id, found.title) == ("mes-evenements-4321", "Job dating du BTP")
    assert found.text == "Quatre entreprises recrutent : des maçons ; des plombiers"
    assert found.place
    assert (found.place.commune, found.place.postcode, found.place.latitude) == ("Besancon", "25000", 47.24)
    assert (found.modality, found.families) == ("onsite", ("M1805",))
    assert (found.details["type"], found.details["seats"]) == ("job_dating", 20)
    assert found.details["registration"]["text"].startswith("Complet")
    assert found.details["public"]["text"] == "Ouvert à tous"


def test_hours_of_the_api_are_those_of_its_offset(tmp_path: Path) -> None:
    found = item(tmp_path, {"content": [EVENT]})
    assert found.starts_at == datetime(2026, 12, 3, 8, 30, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 12, 3, 11, 0, tzinfo=PARIS)


def test_hours_of_the_back_office_are_those_of_its_time_zone(tmp_path: Path) -> None:
    found = item(tmp_path, OFFICE)
    assert found.starts_at == datetime(2026, 12, 3, 10, 0, tzinfo=PARIS)
    assert found.details["seats"] == 8
    assert found.details["place"] == {
        "label": "Agence Témis",
        "address": "6 rue des Essais",
        "commune": "Besançon",
        "postcode": "25000",
    }
    assert found.details["public"]["text"] == "Demandé : avoir un CV, même ancien"


def test_candidates_and_speakers_are_never_read(tmp_path: Path) -> None:
    assert "personne" not in repr(item(tmp_path, OFFICE)).lower()


def test_an_event_without_an_id_keeps_the_same_one_from_one_import_to_the_next(tmp_path: Path) -> None:
    assert item(tmp_path, OFFICE).id == item(tmp_path, OFFICE | {"prerequis": []}).id
    assert item(tmp_path, OFFICE).id != item(tmp_path, OFFICE | {"heureDebut": "11:00"}).id


def test_an_event_at_a_distance_is_in_no_town(tmp_path: Path) -> None:
    found = item(tmp_path, {"content": [EVENT | {"modalites": ["a distance"]}]})
    assert (found.place, found.modality) == (None, "remote")
    assert item(tmp_path, {"content": [EVENT | {"modalites": ["en physique", "à distance"]}]}).modality == "hybrid"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"titre": " "}, "titre is empty"),
        ({"ville": None}, "ville is empty and lieu '' names no postcode and town"),
        ({"heureDebut": None}, "heureDebut is empty"),
        ({"heureDebut": "25:00"}, "heureDebut: hour '25:00' does not exist"),
        ({"dateEvenement": "31-02-2026"}, "dateEvenement: date '31-02-2026' does not exist"),
        ({"dateEvenement": "03-12-2026", "timeZone": "Lune"}, "timeZone 'Lune' is unknown"),
        ({"dateTimeDebut": "2026-12-03T10:00Z", "dateTimeFin": "2026-12-03T09:00Z"}, "before it starts"),
        ({"dateTimeDebut": "0026-12-03T10:00Z"}, "dateTimeDebut '0026-12-03T10:00Z' is in the year 26"),
        ({"estApublier": False}, "estApublier is false"),
    ],
)
def test_what_is_wrong_is_refused_and_the_rest_is_kept(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    refused, kept = outcomes(tmp_path, {"results": [EVENT | change, EVENT]})
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert refused.line == 3
    assert not isinstance(kept, Refused)


def test_what_is_no_json_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text("<html>")
    with pytest.raises(BadFile, match=r"page\.json:1: is not JSON"):
        list(mes_evenements.read(open_source(path), KNOWN))


@pytest.mark.parametrize(
    ("file", "kept", "rejected"),
    [
        ("app_mode_demo_recherche_evenements_emploi.json", 2, 0),
        ("app_mode_demo_evenement_emploi_details.json", 1, 0),
        ("app_test_recherche_evenements_emploi.json", 1, 0),
        ("app_test_evenement_emploi_details.json", 1, 0),
        ("backoffice_event.json", 0, 1),  # « lieu de l'evt » is no town
    ],
)
def test_the_published_samples(file: str, kept: int, rejected: int) -> None:
    found = list(mes_evenements.read(open_source(sample(f"events/{file}")), KNOWN))
    assert sum(isinstance(one, Refused) for one in found) == rejected
    assert len(found) == kept + rejected
