"""The agenda's pure parts: what is asked, when, in which words, and which addresses a link may open."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from pydantic import ValidationError

from connectors import texts
from connectors.agenda import dates
from connectors.agenda.addresses import content_policy
from connectors.agenda.asked import PARIS, Asked, read_leniently
from connectors.agenda.periods import days_of, holidays
from connectors.agenda.shown import by_day, cost, shown
from connectors.agenda.themes import PREFIXES, themes_of
from connectors.agenda.towns import department_of, fold
from connectors.settings import Settings
from connectors.templating import safe_url

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday
START = datetime(2026, 11, 30, 13, 0, tzinfo=UTC)


def row(**known: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": "e/1", "kind": "event", "title": "Forum", "summary": "", "details": {},
        "place_label": None, "commune": None,
        "latitude": None, "longitude": None, "distance_km": None, "modality": None, "age_min": None, "age_max": None,
        "without_car": None, "source": "Ville", "source_url": None, "verified_at": NOW, "demo": False,
        "next_start": START, "next_end": START + timedelta(hours=2),
    }  # fmt: skip
    return facts | known


def test_a_page_reads_what_it_can_and_says_what_it_cannot() -> None:
    asked, wrong = read_leniently({"from": "demain", "km": "9999", "theme": "astrologie", "q": " web ", "unknown": "x"})
    assert asked == Asked(q="web")
    assert wrong == {"from": texts.BAD_FIELDS["from"], "km": texts.BAD_FIELDS["km"], "theme": texts.BAD_FIELD}


def test_the_api_refuses_what_the_page_leaves_aside() -> None:
    with pytest.raises(ValidationError, match="theme"):
        Asked.model_validate({"theme": "astrologie"})


def test_an_empty_form_asks_for_everything() -> None:
    form = {"q": "", "near": " ", "km": "30", "theme": "", "campaign": "", "modality": "", "from": "", "to": ""}
    assert read_leniently(form) == (Asked(), {})


def test_characters_that_the_database_cannot_keep_are_dropped() -> None:
    assert read_leniently({"q": "web\x00", "near": "\x00"})[0] == Asked(q="web")


def test_an_address_written_is_read_again_as_it_was() -> None:
    asked = Asked.model_validate({"q": "l'été & Noël", "from": "2026-12-01", "places": "1", "embed": "1", "page": "3"})
    assert read_leniently(dict(parse_qsl(asked.query().removeprefix("?")))) == (asked, {})
    assert asked.but(q=None).query() == "?from=2026-12-01&places=1&embed=1"


def test_days_are_those_of_paris_the_last_one_whole() -> None:
    asked = Asked.model_validate({"from": "2026-12-01", "to": "2026-12-02"})
    after, before = asked.between(NOW)
    assert after == datetime(2026, 12, 1, tzinfo=PARIS)
    assert before == datetime(2026, 12, 3, tzinfo=PARIS)


def test_nothing_is_asked_of_before_now_and_days_may_be_swapped() -> None:
    asked = Asked.model_validate({"from": "2026-12-02", "to": "2020-01-01"})
    assert asked.between(NOW) == (NOW, datetime(2026, 12, 3, tzinfo=PARIS))


@pytest.mark.parametrize(
    ("period", "last"), [("week", date(2026, 11, 29)), ("month", date(2026, 11, 30))], ids=["week", "month"]
)
def test_a_period_begins_today(period: Any, last: date) -> None:
    assert days_of(period, date(2026, 11, 24)) == (date(2026, 11, 24), last)


def test_the_next_school_holidays_are_whole() -> None:
    first, last = holidays(date(2026, 11, 24))
    assert first == date(2026, 12, 19)
    assert first < date(2026, 12, 25) < last < date(2027, 1, 5)
    assert holidays(date(2026, 12, 24)) == (date(2026, 12, 24), last)


def test_after_the_last_calendar_known_no_day_is_a_holiday() -> None:
    first, last = holidays(date(2090, 1, 1))
    assert last < first


@pytest.mark.parametrize(
    ("end", "all_day", "said"),
    [
        (START + timedelta(hours=2, minutes=30), False, "lundi 30 novembre, de 14 h à 16 h 30"),
        (None, False, "lundi 30 novembre, à 14 h"),
        (START, False, "lundi 30 novembre, à 14 h"),
        (START + timedelta(hours=8), True, "lundi 30 novembre, toute la journée"),
        (START + timedelta(hours=12), False, "lundi 30 novembre, de 14 h à 2 h"),
        (START + timedelta(days=1), False, "du lundi 30 novembre au mardi 1er décembre"),
    ],
)
def test_times_are_said_in_french(end: datetime | None, all_day: bool, said: str) -> None:
    assert dates.when(START, end, all_day=all_day).replace(dates.NO_BREAK, " ") == said


def test_days_are_headed_by_how_near_they_are() -> None:
    assert dates.heading(NOW - timedelta(days=2), NOW) == "En ce moment"
    assert dates.heading(NOW, NOW).startswith("Aujourd'hui, mardi 24")
    assert dates.heading(NOW + timedelta(days=1), NOW).startswith("Demain, mercredi 25")
    assert dates.heading(START, NOW).startswith("Lundi 30")


def test_events_stand_under_their_day_once() -> None:
    found = by_day([shown(row()), shown(row(id="e2", next_start=NOW - timedelta(days=1))), shown(row(id="e3"))], NOW)
    assert [[one.id for one in day.events] for day in found] == [["e/1", "e3"], ["e2"]]
    assert len({day.anchor for day in found}) == 2


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
     "vbscript:x", "//elsewhere.example", "http://", "https://[", "file:///etc/passwd", "", None],
)  # fmt: skip
def test_a_link_opens_no_other_scheme(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize("url", ["https://a.example/?x=1", "HTTP://a.example", "tel:+33381", "mailto:a@b.example"])
def test_a_link_opens_the_web_a_phone_or_a_mail(url: str) -> None:
    assert safe_url(f" {url} ") == url


def test_what_it_costs_is_in_the_words_of_the_source() -> None:
    assert cost({"registration": {"text": "Inscription gratuite ; le lien suit"}}) == "Inscription gratuite"
    assert cost({"registration": {"text": "Sur place. Plein tarif 5 €"}}) == "Plein tarif 5 €"
    assert cost({"price": {"euros": 0}}) == "gratuit"
    assert cost({"registration": {"text": "Viens quand tu veux"}}) is None


def test_where_names_a_town_once() -> None:
    site = {"label": "Halle", "address": "1 rue Basse", "postcode": "70000", "commune": "Vesoul"}
    assert shown(row(details={"place": site})).where == "Halle, 1 rue Basse, 70000 Vesoul"
    assert shown(row(place_label="Vesoul", commune="Vesoul")).where == "Vesoul"
    assert shown(row(modality="remote", details={"place": site})).where == "En ligne"


def test_an_id_of_any_characters_makes_one_address_and_one_anchor() -> None:
    one = shown(row(id='a/b "?#<>'))
    assert one.path == "a%2Fb%20%22%3F%23%3C%3E"
    assert one.anchor.isascii()
    assert " " not in one.anchor


def test_every_theme_has_a_name_and_every_field_of_rome_a_theme() -> None:
    assert set(texts.THEMES) == {*PREFIXES, "tous"}
    assert themes_of(["M1805", "G1602"]) == {"numerique", "accueil"}
    assert themes_of([]) == {"tous"}
    letters = "ABCDEFGHIJKLMN"
    assert all(themes_of([f"{letter}1101"]) for letter in letters)


def test_towns_are_folded_as_the_gazetteer_is() -> None:
    assert fold("St-Étienne-du-Rouvray") == "saint etienne du rouvray"
    assert [department_of(code) for code in ("25000", "20200", "20000", "97400")] == ["25", "2B", "2A", "974"]


def test_the_tiles_servers_alone_are_added_to_what_the_page_may_fetch() -> None:
    assert "img-src 'self' data:;" in content_policy("")
    assert "img-src 'self' data: https://*.tiles.example;" in content_policy(
        "https://{s}.tiles.example/{z}/{x}/{y}.png"
    )
    assert "frame-ancestors *" in content_policy("")


@pytest.mark.parametrize("tiles", ["tiles.example/{z}/{x}/{y}", "https://a; script-src */{z}/{x}/{y}", "https://a/{z}"])
def test_an_address_of_tiles_that_is_none_is_refused_at_the_start(tiles: str) -> None:
    with pytest.raises(ValidationError, match="MAP_TILES must look like"):
        Settings(map_tiles=tiles)


def test_the_public_address_is_a_site() -> None:
    assert Settings(public_url="https://piste.example.fr/").public_url == "https://piste.example.fr"
    with pytest.raises(ValidationError, match="PUBLIC_URL must look like"):
        Settings(public_url="piste.example.fr")
