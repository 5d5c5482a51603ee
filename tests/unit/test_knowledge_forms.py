"""The knowledge forms read whole: dates in Paris, towns, hours, levels; and every refusal beside its field."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.console.knowledge import campaigns, events, places, trainings
from connectors.console.knowledge.shared import Known, Reader
from connectors.console.knowledge.towns import find_town, kilometres, written
from connectors.console.knowledge.typed import Typed
from connectors.knowledge.records import PARIS, Place, record_of

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
DOLE = Place("Dole", 47.092, 5.49, commune="Dole", department="39", postcode="39100", near="Dijon")
SAINT_DENIS = [
    Place("Saint-Denis", 48.93, 2.35, commune="Saint-Denis", department="93", postcode="93200"),
    Place("Saint-Denis", -20.88, 55.45, commune="Saint-Denis", department="974", postcode="97400"),
]


class Towns:
    """A gazetteer of three towns."""

    def places_named(self, text: str, department: str | None = None) -> list[Place]:
        """Know Dole and both Saint-Denis."""
        known = {"dole": [DOLE], "39100": [DOLE], "39380": [DOLE], "saint-denis": SAINT_DENIS}
        found = known.get(text.lower(), [])
        return [one for one in found if department in (None, one.department)]

    def places_like(self, text: str) -> list[Place]:
        """Think of Dole for what begins like it."""
        return [DOLE] if text.lower().startswith("do") else []


def known(before: Typed | None = None) -> Known:
    """Return what a form is read with, on 1 March 2027."""
    return Known("event-0123456789ab", "Mission Locale", NOW, Towns(), {"I1401": "Réparer"}, before)


def form(**fields: str | list[str]) -> Typed:
    """Return a form of these fields."""
    return Typed({name: value if isinstance(value, list) else [value] for name, value in fields.items()})


EVENT = {
    "title": "Forum", "type": "forum", "summary": "On rencontre des gens.", "starts_on": "2027-03-14",
    "starts_time": "14:00", "ends_time": "17:00", "modality": "onsite", "town": "Dole",
}  # fmt: skip
TRAINING = {"title": "CAP", "summary": "On apprend.", "modality": "remote"}
PLACE = {"title": "Ici", "summary": "On aide.", "service": "cio", "town": "Dole", "phone": "03 84 00 00 00"}
CAMPAIGN = {"title": "Semaine", "summary": "Partout.", "starts_on": "2027-03-14", "ends_on": "2027-03-20"}
ALL: list[tuple[str, Reader, dict[str, str]]] = [
    ("event", events.read, EVENT),
    ("training", trainings.read, TRAINING),
    ("place", places.read, PLACE),
    ("campaign", campaigns.read, CAMPAIGN),
]


def wrong(read: Reader, fields: dict[str, str], **other: str | list[str]) -> dict[str, str]:
    """Return what is said of a form, by field."""
    typed = form(**fields | other)
    read(typed, known())
    return typed.wrong


@pytest.mark.parametrize(("kind", "read", "fields"), ALL)
def test_a_form_well_filled_is_a_record(kind: str, read: Reader, fields: dict[str, str]) -> None:
    typed = form(**fields)
    record = record_of(kind, read(typed, known()))
    assert typed.wrong == {}
    assert record.title == fields["title"]
    assert record.source.name == "Mission Locale"
    assert record.item().verified_at == datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "read", "fields"), ALL)
@given(data=st.data())
def test_whatever_is_typed_makes_a_record_or_is_refused(
    kind: str, read: Reader, fields: dict[str, str], data: st.DataObject
) -> None:
    names = st.sampled_from([*fields, "ends_on", "point", "age_min", "more_days", "sessions", "hours_Mo", "rncp_code"])
    typed = form(**fields | data.draw(st.dictionaries(names, st.text(max_size=40), max_size=3)))
    told = read(typed, known())
    if not typed.wrong:
        record_of(kind, told)


def test_times_are_those_of_paris() -> None:
    told = events.read(form(**EVENT | {"starts_on": "28/03/2027", "ends_on": "29/03/2027"}), known())
    assert told["starts_at"].astimezone(UTC) == datetime(2027, 3, 28, 12, tzinfo=UTC)  # summer has begun that night
    assert told["ends_at"].astimezone(UTC) == datetime(2027, 3, 29, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"starts_on": "2027-02-28"}, "starts_on", "passée"),
        ({"starts_on": "2029-04-01"}, "starts_on", "deux ans"),
        ({"ends_time": "13:00"}, "ends_time", "avant le début"),
        ({"ends_time": "14:00"}, "ends_time", "avant le début"),
        ({"ends_on": "2027-03-13"}, "ends_on", "avant le début"),
        ({"ends_on": "2028-05-14"}, "ends_on", "plus d'un an"),
        ({"starts_on": "2027-03-01", "starts_time": "7:00", "ends_time": "8:00"}, "starts_time", "passée"),
        ({"starts_on": ""}, "starts_on", "Donnez le jour"),
        ({"town": ""}, "town", "Donnez la ville"),
        ({"town": "Dolle"}, "town", "Vouliez-vous dire Dole (39)"),
        ({"town": "Zzz"}, "town", "Vérifiez l'orthographe"),
        ({"town": "Saint-Denis"}, "town", "Plusieurs villes"),
        ({"point": "ici"}, "point", "n'est pas un point"),
        ({"point": "48.85, 2.35"}, "point", "Vérifiez la ville"),
        ({"age_min": "30", "age_max": "20"}, "age_min", "au-dessus"),
        ({"type": "rave"}, "type", "n'existe pas"),
        ({"modality": "remote"}, "registration_url", "En ligne"),
        ({"more_days": "15/03/2027 14h-17h\nle jeudi"}, "more_days", "« le jeudi »"),
        ({"more_days": "15/03/2027 17h-14h"}, "more_days", "17h-14h"),
        ({"families": "Z9999"}, "families", "n'existe plus"),
        ({"url": "javascript:alert(1)"}, "url", "sans danger"),
        ({"exhibitors": "x" * 101}, "exhibitors", "ligne est trop longue"),
    ],
)
def test_what_is_wrong_with_an_event_is_said_of_its_field(other: dict[str, str], field: str, said: str) -> None:
    found = wrong(events.read, EVENT, **other)
    assert said in found[field], found
    assert len(found) == 1


def test_the_date_of_an_event_since_past_is_no_reason_to_refuse_a_corrected_word() -> None:
    past = EVENT | {"starts_on": "2027-02-10"}
    typed = form(**past | {"title": "Forum de février"})
    events.read(typed, known(before=form(**past)))
    assert typed.wrong == {}


@given(st.dates(date(2027, 3, 2), date(2028, 12, 31)), st.integers(-400, 400))
def test_an_event_never_ends_before_it_starts(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    typed = form(**EVENT | {"starts_on": first.isoformat(), "ends_on": last.isoformat()})
    told = events.read(typed, known())
    assert bool(typed.wrong) == (days < 0 or days > 366)
    if not typed.wrong:
        assert told["starts_at"] < told["ends_at"]


def test_an_event_that_comes_back_has_its_other_days() -> None:
    told = events.read(form(**EVENT | {"more_days": "21/03/2027 9h-12h\n2027-03-15 de 14:00 à 17:30"}), known())
    assert [start.astimezone(PARIS).day for start, _ in told["days"]] == [15, 21]


def test_where_it_is_may_be_said_in_several_ways() -> None:
    towns = Towns()
    for words in ("Dole", "39100 Dole", "Dole, 39100", "Dole (39)", "Dole (près de Dijon)"):
        assert find_town(form(town=words), towns, needed=True) == DOLE, words
    assert find_town(form(town=written(SAINT_DENIS[1])), towns, needed=True) == SAINT_DENIS[1]
    village = find_town(form(town="39380 Montbarrey"), towns, needed=True)  # too small for the gazetteer
    assert village is not None
    assert (village.commune, village.postcode, village.latitude) == ("Montbarrey", "39380", DOLE.latitude)
    alone = form(town="39100")  # of several communes: nothing is guessed
    assert find_town(alone, towns, needed=True) is None
    assert alone.choices == [DOLE]
    several = form(town="saint-denis")
    assert find_town(several, towns, needed=True) is None
    assert several.choices == SAINT_DENIS


def test_distances_are_about_right() -> None:
    assert 320 < kilometres((48.8566, 2.3522), (47.237, 6.024)) < 335  # Paris, Besançon


def test_hours_are_written_as_openstreetmap_does() -> None:
    week: dict[str, Any] = {"hours_Mo": "9h-12h, 14h-17h30", "hours_Sa": "de 10:00 à 12:00", "holidays": "closed"}
    told = places.read(form(**PLACE | week), known())
    assert told["hours"] == "Mo 09:00-12:00,14:00-17:30; Sa 10:00-12:00; PH off"
    assert places.read(form(**PLACE), known())["hours"] is None
    assert "« matin »" in wrong(places.read, PLACE, hours_Tu="matin")["hours_Tu"]
    assert "hours_Tu" in wrong(places.read, PLACE, hours_Tu="17h-9h")


def test_a_place_that_nobody_can_reach_is_refused() -> None:
    assert set(wrong(places.read, PLACE, phone="")) == {"phone"}
    assert wrong(places.read, PLACE, phone="", email="accueil@exemple.fr") == {}


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"entry_level": "5", "exit_level": "3"}, "exit_level"),
        ({"rncp_code": "37674"}, "rncp_code"),
        ({"sessions": "bientôt"}, "sessions"),
        ({"sessions": "14/02/2027"}, "sessions"),
        ({"modality": ""}, "modality"),
    ],
)
def test_what_is_wrong_with_a_training_is_said_of_its_field(other: dict[str, str], field: str) -> None:
    assert set(wrong(trainings.read, TRAINING, **other)) == {field}


def test_a_campaign_covers_its_last_day() -> None:
    told = campaigns.read(form(**CAMPAIGN), known())
    assert told["ends_at"].astimezone(PARIS).strftime("%d %H:%M") == "20 23:59"
    assert set(wrong(campaigns.read, CAMPAIGN, ends_on="2027-03-01")) == {"ends_on"}
