"""OpenAgenda's events, in the two spellings they are published in, and lists of fairs."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import openagenda
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 3, 19), date(2026, 3, 1))


def slots(*days: int) -> list[dict[str, str]]:
    return [{"begin": f"2026-03-{day}T09:00:00+0100", "end": f"2026-03-{day}T17:00:00+0100"} for day in days]


FIELDS: dict[str, Any] = {
    "uid": "987",
    "title_fr": "FORUM DES MÉTIERS DU BOIS",
    "description_fr": "Viens toucher du bois avec celles et ceux qui le travaillent tous les jours, dès 14 ans !",
    "timings": json.dumps(slots(18, 19, 20)),
    "status": json.dumps({"id": 1, "label": {"fr": "Programmé"}}),
    "attendancemode": json.dumps({"id": 1}),
    "location_name": "Halle aux grains",
    "location_address": "2 rue de Vesoul, 25000 Besançon, France",
    "location_city": "BESANÇON",
    "location_postalcode": "25000",
    "location_insee": "25056",
    "location_countrycode": "FR",
    "location_coordinates": [47.24, 6.02],
    "location_access_fr": "Tram T1, arrêt Révolution",
    "accessibility": "mi;hi",
    "age_min": "14",
    "registration": json.dumps([{"type": "email", "value": "aucune.personne@exemple.fr"}]),
    "conditions_fr": "Entrée libre sans réservation",
    "originagenda_title": "Filière bois",
    "canonicalurl": "https://openagenda.com/bois/events/forum",
    "updatedat": "2026-02-11T23:30:00+00:00",
}
EVENT: dict[str, Any] = {
    "uid": 988,
    "title": {"en": "Wood forum", "fr": "Forum du bois"},
    "description": {"fr": "Viens…"},
    "longDescription": {"fr": "Viens **toucher** du bois."},
    "timings": slots(21),
    "location": {"city": "Besançon", "postalCode": "25000", "latitude": 47.24, "longitude": 6.02, "countryCode": "FR"},
    "registration": [{"type": "link", "value": "https://exemple.fr"}, {"type": "phone", "value": "0300000000"}],
    "attendanceMode": 3,
    "onlineAccessLink": "https://visio.exemple.fr",
    "status": 1,
    "state": 2,
    "age": {"min": 14, "max": 25},
    "accessibility": {"mi": True, "hi": False},
    "originAgenda": {"title": "Filière bois"},
    "updatedAt": "2026-02-11T10:00:00.000Z",
}
FAIR = {"date": "18/03/2026", "thème": "Salon du bois", "organisateur": "Filière", "ville": "Nancy", "durée": "2 jours"}


def outcomes(folder: Path, content: Any) -> list[Outcome]:
    path = folder / "events.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1))
    return list(openagenda.read(open_source(path), KNOWN))


def item(folder: Path, content: Any) -> Item:
    (one,) = outcomes(folder, content)
    assert not isinstance(one, Refused), one
    assert one.entry
    return one.entry.item


def exported(**change: Any) -> dict[str, Any]:
    return {"records": [{"fields": FIELDS | change}]}


def test_an_event_of_the_export_keeps_all_that_it_says(tmp_path: Path) -> None:
    found = item(tmp_path, exported())
    assert (found.id, found.title, found.text) == (
        "openagenda-987",
        "Forum des métiers du bois",
        FIELDS["description_fr"],
    )
    assert found.place
    assert (found.place.label, found.place.commune, found.place.longitude) == ("Halle aux grains", "Besançon", 6.02)
    assert (found.age_min, found.modality, found.without_car) == (14, "onsite", True)
    assert (found.source, found.source_url) == ("OpenAgenda, Filière bois", FIELDS["canonicalurl"])
    assert found.verified_at
    assert found.verified_at.date() == date(2026, 2, 12)
    assert found.details["place"]["address"] == "2 rue de Vesoul"
    assert found.details["accessibility"] == "Aménagements prévus : handicap moteur, auditif"
    assert found.details["type"] == "forum"


def test_an_event_of_several_days_starts_at_the_first_still_to_come(tmp_path: Path) -> None:
    found = item(tmp_path, exported())
    assert found.starts_at == datetime(2026, 3, 19, 9, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 3, 19, 17, tzinfo=PARIS)
    assert [day[0][:10] for day in found.details["days"]] == ["2026-03-18", "2026-03-20"]


def test_an_event_that_is_over_starts_at_its_first_day(tmp_path: Path) -> None:
    found = item(tmp_path, exported(timings=json.dumps(slots(11, 10))))
    assert found.starts_at == datetime(2026, 3, 10, 9, tzinfo=PARIS)


def test_a_month_without_a_gap_is_told_day_by_day(tmp_path: Path) -> None:
    month = [
        {"begin": "2026-05-01T00:00:00+02:00", "end": "2026-05-01T01:59:59+02:00"},
        {"begin": "2026-05-01T02:00:00+02:00", "end": "2026-05-02T01:59:59+02:00"},
        {"begin": "2026-05-02T02:00:00+02:00", "end": "2026-05-02T23:59:59+02:00"},
    ]
    found = item(tmp_path, exported(timings=json.dumps(month)))
    assert found.starts_at == datetime(2026, 5, 1, tzinfo=PARIS)
    assert found.details["all_day"]
    assert len(found.details["days"]) == 1


def test_a_person_s_address_is_left_out_and_free_entry_needs_no_registration(tmp_path: Path) -> None:
    registration = item(tmp_path, exported()).details["registration"]
    assert registration == {"required": False, "text": "Entrée libre sans réservation"}


def test_an_event_of_the_api_keeps_all_that_it_says(tmp_path: Path) -> None:
    found = item(tmp_path, {"total": 1, "events": [EVENT]})
    assert (found.id, found.title, found.text) == ("openagenda-988", "Forum du bois", "Viens toucher du bois.")
    assert (found.age_min, found.age_max, found.modality) == (14, 25, "hybrid")
    assert found.details["registration"] == {"url": "https://exemple.fr", "phone": "0300000000"}
    assert found.source == "OpenAgenda, Filière bois"
    assert found.place
    assert found.place.latitude == 47.24


def test_a_bare_list_and_flat_results_are_read_too(tmp_path: Path) -> None:
    assert item(tmp_path, [EVENT]).id == "openagenda-988"
    assert item(tmp_path, {"results": [FIELDS]}).id == "openagenda-987"


@pytest.mark.parametrize(
    ("status", "cancelled", "modality"),
    [(1, False, "hybrid"), (3, False, "remote"), (4, True, "hybrid"), (6, True, "hybrid")],
)
def test_the_status_tells_what_is_cancelled_postponed_or_moved_online(
    tmp_path: Path,
    status: int,
    cancelled: bool,
    modality: str,
) -> None:
    found = item(tmp_path, [EVENT | {"status": status}])
    assert (found.cancelled, found.modality) == (cancelled, modality)
    assert (found.place is None) == (modality == "remote")


def test_a_full_event_says_so(tmp_path: Path) -> None:
    assert item(tmp_path, [EVENT | {"status": 5}]).details["registration"]["text"].startswith("Complet")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title_fr": ""}, "title is empty"),
        ({"location_city": " "}, "location city is empty"),
        ({"location_countrycode": "BE"}, "location countryCode 'BE' is not in France"),
        ({"timings": "[{"}, "timings '[{' is not JSON"),
        (
            {"timings": json.dumps([{"begin": "2026-02-30T10:00", "end": "2026-02-30T11:00"}])},
            "timings: moment '2026-02-30",
        ),
        (
            {"timings": json.dumps([{"begin": "2026-03-02T10:00", "end": "2026-03-02T09:00"}])},
            "timings end (2026-03-02T09:00)",
        ),
        ({"state": 1}, "state 1 is not 2"),
        ({"location_coordinates": [148.0, 6.0]}, "place.latitude '148.0'"),
    ],
)
def test_what_is_wrong_is_refused_and_the_rest_is_kept(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    refused, kept = outcomes(tmp_path, [FIELDS | change, EVENT])
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert refused.line == 2
    assert not isinstance(kept, Refused)


def test_sentences_made_of_events_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds a text where an object is expected\. Remedy"):
        outcomes(tmp_path, ["Événement : un forum\nDate : demain"])


def test_a_fair_lasts_whole_days(tmp_path: Path) -> None:
    found = item(tmp_path, [FAIR])
    assert found.starts_at == datetime(2026, 3, 19, 0, 0, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 3, 19, 23, 59, tzinfo=PARIS)
    assert (found.details["all_day"], found.details["type"], found.details["organiser"]) == (True, "forum", "Filière")
    assert found.details["place"] == {"commune": "Nancy"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date": "Mars"}, "date: date 'Mars' has no year"),
        ({"durée": "longtemps"}, "durée 'longtemps' is not understood"),
        ({"ville": ""}, "ville is empty"),
    ],
)
def test_a_fair_without_a_certain_day_or_town_is_refused(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    (refused,) = outcomes(tmp_path, [FAIR | change])
    assert isinstance(refused, Refused)
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("file", "kept", "rejected"), [("openagenda_ods_paris2026.json", 40, 0), ("salons_march_2025.json", 22, 1)]
)
def test_the_published_samples(file: str, kept: int, rejected: int) -> None:
    found = list(openagenda.read(open_source(sample(f"events/{file}")), KNOWN))
    assert sum(isinstance(one, Refused) for one in found) == rejected
    assert len(found) == kept + rejected


def test_the_published_list_of_sentences_is_refused() -> None:
    with pytest.raises(BadFile, match="holds a text where an object is expected"):
        list(openagenda.read(open_source(sample("events/openagenda_cleaned.json")), KNOWN))
