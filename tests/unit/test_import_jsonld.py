"""schema.org/Event: in a file, in a graph, in a web page."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import jsonld, towns
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item

KNOWN = Known(date(2026, 3, 3), date(2026, 3, 1))
ADDRESS = {
    "@type": "PostalAddress",
    "streetAddress": "2 rue de Nancy",
    "postalCode": "54000",
    "addressLocality": "NANCY",
    "addressCountry": {"@type": "Country", "name": "France"},
}
PLACE = {
    "@type": "Place",
    "name": "Halle de l'essai",
    "address": ADDRESS,
    "geo": {"@type": "GeoCoordinates", "latitude": "48.69", "longitude": 6.18},
}
EVENT: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": "https://exemple.fr/forum#event",
    "name": "Forum &amp; job dating",
    "description": "<p>Viens <b>avec ton CV</b>.</p>",
    "startDate": "2026-03-14T10:00",
    "endDate": "2026-03-14T17:00+01:00",
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
    "location": [PLACE, {"@type": "VirtualLocation", "url": "https://visio.exemple.fr"}],
    "organizer": [{"@type": "Person", "name": "Aucune Personne"}, {"@type": "NGO", "name": "Association d'essai"}],
    "performer": {"@type": "Person", "name": "Aucune Personne"},
    "offers": [
        {"@type": "Offer", "price": "5", "priceCurrency": "EUR", "url": "https://exemple.fr/billet"},
        {"@type": "Offer", "price": 12.5, "priceCurrency": "EUR"},
    ],
    "typicalAgeRange": "16-25",
    "maximumAttendeeCapacity": 80,
    "url": "https://exemple.fr/forum",
}


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoNames' towns take seconds to read."""
    monkeypatch.setattr(towns, "_communes", lambda: frozenset({"nancy"}))


def outcomes(folder: Path, content: Any) -> list[Outcome]:
    path = folder / "events.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1))
    return list(jsonld.read(open_source(path), KNOWN))


def item(folder: Path, content: Any) -> Item:
    (one,) = outcomes(folder, content)
    assert not isinstance(one, Refused), one
    assert one.entry
    return one.entry.item


def page(folder: Path, *scripts: str) -> list[Outcome]:
    path = folder / "agenda.html"
    blocks = "\n".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    path.write_text(f"<!DOCTYPE html>\n<html><head>\n{blocks}\n</head><body><p>Été</p></body></html>")
    return list(jsonld.read(open_source(path), KNOWN))


def test_an_event_keeps_all_that_it_says(tmp_path: Path) -> None:
    found = item(tmp_path, EVENT)
    assert (found.title, found.text) == ("Forum & job dating", "Viens avec ton CV.")
    assert found.starts_at == datetime(2026, 3, 14, 10, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 3, 14, 17, tzinfo=PARIS)
    assert found.place
    assert (found.place.label, found.place.commune, found.place.latitude) == ("Halle de l'essai", "Nancy", 48.69)
    assert found.details["place"]["address"] == "2 rue de Nancy"
    assert (found.modality, found.age_min, found.age_max) == ("hybrid", 16, 25)
    assert (found.details["organiser"], found.details["seats"]) == ("Association d'essai", 80)
    assert found.details["registration"] == {"url": "https://exemple.fr/billet", "text": "5 € à 12,50 €"}
    assert (found.source, found.source_url) == ("exemple.fr", "https://exemple.fr/forum")


def test_persons_are_never_read(tmp_path: Path) -> None:
    assert "personne" not in repr(item(tmp_path, EVENT)).lower()


@pytest.mark.parametrize("wrapped", [
    lambda event: [event],
    lambda event: {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, event]},
    lambda event: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": event}]},
    lambda event: {"@type": "EventSeries", "name": "Le mois", "subEvent": [event]},
])  # fmt: skip
def test_an_event_is_found_wherever_it_stands(tmp_path: Path, wrapped: Any) -> None:
    assert item(tmp_path, wrapped(EVENT)).id == item(tmp_path, EVENT).id


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("schema:SocialEvent", 1),
        ("http://schema.org/EducationEvent", 1),
        (["Thing", "BusinessEvent"], 1),
        ("Hackathon", 1),
    ],
)
def test_subclasses_of_event_are_events(tmp_path: Path, kind: Any, count: int) -> None:
    assert len(outcomes(tmp_path, EVENT | {"@type": kind})) == count


def test_a_course_is_no_event(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds no schema\.org Event"):
        outcomes(tmp_path, EVENT | {"@type": "CourseInstance"})


def test_a_place_named_by_its_id_is_looked_up_in_the_graph(tmp_path: Path) -> None:
    graph = [PLACE | {"@id": "#lieu"}, EVENT | {"location": {"@id": "#lieu"}}]
    found = item(tmp_path, {"@graph": graph})
    assert found.place
    assert found.place.commune == "Nancy"


@pytest.mark.parametrize(
    ("status", "cancelled", "modality"),
    [
        ("EventCancelled", True, "hybrid"),
        ("https://schema.org/EventPostponed", True, "hybrid"),
        ("EventRescheduled", False, "hybrid"),
        ("https://schema.org/EventMovedOnline", False, "remote"),
    ],
)
def test_the_status_tells_what_is_cancelled_or_moved_online(
    tmp_path: Path, status: str, cancelled: bool, modality: str
) -> None:
    found = item(tmp_path, EVENT | {"eventStatus": status})
    assert (found.cancelled, found.modality) == (cancelled, modality)


@pytest.mark.parametrize(
    ("location", "modality"),
    [(PLACE, "onsite"), ("https://visio.exemple.fr", "remote"), ([PLACE, {"@type": "VirtualLocation"}], "hybrid")],
)
def test_places_tell_the_modality_when_nothing_else_does(tmp_path: Path, location: Any, modality: str) -> None:
    assert item(tmp_path, EVENT | {"location": location, "eventAttendanceMode": None}).modality == modality


@pytest.mark.parametrize(
    "location",
    [
        "Salle X, 2 rue de l'Essai, 54000 Nancy",
        {"@type": "Place", "name": "Salle X", "address": "2 rue de l'Essai, Nancy, France"},
        {"@type": "Place", "name": "Salle X, Nancy"},
        {"@type": "Place", "name": "Salle X", "address": [ADDRESS]},
    ],
)
def test_the_town_is_found_in_a_written_address(tmp_path: Path, location: Any) -> None:
    place = item(tmp_path, EVENT | {"location": location}).details["place"]
    assert (place["label"], place["commune"]) == ("Salle X", "Nancy")


def test_days_without_hours_are_whole_days(tmp_path: Path) -> None:
    found = item(tmp_path, EVENT | {"startDate": "2026-03-02", "endDate": "2026-03-04"})
    assert found.starts_at == datetime(2026, 3, 3, tzinfo=PARIS)
    assert found.details["all_day"]
    assert [day[0][:10] for day in found.details["days"]] == ["2026-03-02", "2026-03-04"]


def test_an_event_without_an_end_has_none(tmp_path: Path) -> None:
    assert item(tmp_path, EVENT | {"endDate": None}).ends_at is None


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"offers": {"price": 0}}, "Gratuit"),
        ({"offers": None, "isAccessibleForFree": True}, "Gratuit"),
        ({"offers": {"price": 10, "priceCurrency": "CHF"}}, None),
        (
            {"offers": {"price": 8, "availability": "https://schema.org/SoldOut"}},
            "Complet : il n'y a plus de place. 8 €",
        ),
    ],
)
def test_the_price_and_full_houses_are_said(tmp_path: Path, change: dict[str, Any], text: str | None) -> None:
    assert item(tmp_path, EVENT | change).details["registration"].get("text") == text


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "name is empty"),
        ({"startDate": None}, "startDate is empty"),
        ({"startDate": "2026-02-30"}, "startDate: date '2026-02-30' does not exist"),
        ({"startDate": "samedi"}, "startDate: moment 'samedi' is not understood"),
        ({"endDate": "2026-03-13T10:00"}, "endDate '2026-03-13T10:00' is before startDate"),
        ({"location": []}, "location is empty"),
        ({"location": "Amphi B"}, "location 'Amphi B' names no town"),
        ({"location": {"address": ADDRESS | {"addressCountry": "BE"}}}, "addressCountry 'BE' is not in France"),
    ],
)
def test_what_is_wrong_is_refused_and_the_rest_is_kept(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    refused, kept = outcomes(tmp_path, [EVENT | change, EVENT])
    assert isinstance(refused, Refused)
    assert re.search(why, refused.reason)
    assert refused.line == 2
    assert not isinstance(kept, Refused)


def test_the_scripts_of_a_page_are_read_and_a_bad_one_is_refused_alone(tmp_path: Path) -> None:
    refused, kept = page(tmp_path, '{"@type": "WebSite"}', "{rien}", f"<!-- {json.dumps([EVENT])} -->")
    assert isinstance(refused, Refused)
    assert refused.line == 4
    assert "application/ld+json is not JSON" in refused.reason
    assert not isinstance(kept, Refused)


def test_a_page_without_an_event_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"agenda\.html:1: holds no schema\.org Event.*Remedy"):
        page(tmp_path, '{"@type": "WebSite"}')


def test_a_page_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonld, "LARGEST_PAGE", 1_000)
    with pytest.raises(BadFile, match="a page of more than 1,000 bytes"):
        page(tmp_path, json.dumps(EVENT))


def test_the_same_event_keeps_its_id_and_another_day_has_another(tmp_path: Path) -> None:
    local = EVENT | {"@id": "#event"}
    assert item(tmp_path, local).id == item(tmp_path, local | {"description": "Autre"}).id
    assert item(tmp_path, local).id != item(tmp_path, local | {"startDate": "2026-03-15T10:00", "endDate": None}).id
