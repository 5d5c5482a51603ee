"""The agenda over the real index: what is found, in which order, and what its data and its codes say."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
import segno

from connectors import texts
from knowledge_base import KnowledgeBase
from tests.e2e.feeding import Feeding, csv, event, feeding
from tests.planting import planted, soon
from tests.publisher import Page
from tests.stack import Stack

FORGE, LUTHIER = "Découvrir la forge de Zouzou", "Rencontre avec un luthier à Zouzouville"
FORUM = "event-forum-numerique-planoise"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def feeds(knowledge: KnowledgeBase, stack: Stack) -> Iterator[Feeding]:
    with feeding(knowledge, stack.instance.database_url) as lent:
        yield lent


def asked(stack: Stack, **filters: Any) -> dict[str, Any]:
    answered = stack.people.get("/api/v1/agenda", params=filters)
    assert answered.status_code == 200, answered.text
    found: dict[str, Any] = answered.json()
    return found


def titles(stack: Stack, **filters: Any) -> list[str]:
    return [one["title"] for one in asked(stack, **filters)["events"]]


def test_events_to_come_are_listed_the_soonest_first(stack: Stack) -> None:
    found = asked(stack)["events"]
    times = [datetime.fromisoformat(one["starts_at"]) for one in found]
    assert len(found) >= 15
    assert times == sorted(times)
    assert min(times) > datetime.now(PARIS)
    assert all(one["source"] and one["verified_at"] and one["demo"] for one in found)
    one = next(one for one in found if one["id"] == FORUM)
    assert one["latitude"] == pytest.approx(47.222)
    assert stack.people.get(one["ics"]).headers["content-type"].startswith("text/calendar")


def test_filters_keep_what_they_say(stack: Stack) -> None:
    assert all(one["modality"] in ("remote", "hybrid") for one in asked(stack, modality="remote")["events"])
    assert all(one["campaign"] == "Open GEN" for one in asked(stack, campaign="Open GEN")["events"])
    assert "Forum des métiers du numérique" in titles(stack, theme="numerique")
    assert "Job dating en cuisine" not in titles(stack, theme="numerique")
    assert titles(stack, q="ordinateur répare") == ["Ouvre un ordinateur, répare-le"]
    for filters in (
        {"modality": "remote"},
        {"campaign": "Open GEN"},
        {"theme": "numerique"},
        {"near": "25000", "km": 5},
    ):
        assert 0 < asked(stack, **filters)["count"] < asked(stack)["count"]


def test_distance_counts_from_a_town_or_a_postcode_and_what_is_online_stays(stack: Stack) -> None:
    by_name, by_code = asked(stack, near="besancon", km=20), asked(stack, near="25000", km=20)
    assert by_name["near"]["name"] == by_code["near"]["name"] == "Besançon (25)"
    near = [one for one in by_name["events"] if one["modality"] != "remote"]
    assert near
    assert all(one["distance_km"] <= 20 for one in near)
    assert any(one["modality"] == "remote" for one in by_name["events"])
    assert all(one["modality"] != "remote" for one in asked(stack, near="25000", modality="onsite")["events"])


def test_a_town_that_nobody_knows_is_said(stack: Stack) -> None:
    answered = stack.people.get("/api/v1/agenda", params={"near": "Zouzouville-les-Bains"})
    assert (answered.status_code, answered.json()["detail"]) == (422, texts.NO_TOWN_API)
    page = stack.people.get("/agenda", params={"near": "Zouzouville-les-Bains"})
    assert page.status_code == 200
    assert "Je ne connais pas cette ville" in page.text


def test_days_filter_by_the_next_time_of_what_comes_back(stack: Stack) -> None:
    begun, again = soon(days=-7), soon(days=21)
    days = [[one.isoformat(), (one + timedelta(hours=2)).isoformat()] for one in (soon(days=7), again)]
    weekly = {"title": FORGE, "starts_at": begun, "valid_until": again, "details": {"days": days}}
    with planted(stack, weekly):
        (found,) = asked(stack, q="zouzou")["events"]
        assert datetime.fromisoformat(found["starts_at"]) == soon(days=7)
        (later,) = asked(stack, q="zouzou", **{"from": f"{soon(days=14):%Y-%m-%d}"})["events"]
        assert datetime.fromisoformat(later["starts_at"]) == again
        assert (
            titles(stack, q="zouzou", **{"from": f"{soon(days=10):%Y-%m-%d}", "to": f"{soon(days=12):%Y-%m-%d}"}) == []
        )


def test_what_is_under_way_for_days_is_shown_and_what_is_over_is_not(stack: Stack) -> None:
    lasting = {"title": FORGE, "starts_at": soon(days=-2), "ends_at": soon(days=3), "valid_until": soon(days=3)}
    over = {"title": LUTHIER, "starts_at": soon(days=-1)}
    called_off = {"title": "Zouzou annulé", "cancelled": True}
    with planted(stack, lasting, over, called_off):
        assert titles(stack, q="zouzou") == [FORGE]
        page = stack.people.get("/agenda", params={"q": "zouzou"}).text
        assert "En ce moment" in page
        assert LUTHIER not in page


def test_what_is_imported_appears_and_what_is_cancelled_disappears_at_the_next_look(
    stack: Stack, feeds: Feeding
) -> None:
    before = stack.people.get("/api/v1/agenda")
    tag = {"If-None-Match": before.headers["etag"]}
    assert stack.people.get("/api/v1/agenda", headers=tag).status_code == 304
    feeds.add("agenda", Page(csv(event(1, FORGE), event(2, LUTHIER))))
    feeds.run("agenda")
    assert stack.people.get("/api/v1/agenda", headers=tag).status_code == 200
    assert {FORGE, LUTHIER} <= set(titles(stack, near="Vesoul"))
    feeds.publisher.pages["/agenda"] = Page(csv(event(1, FORGE, cancelled=True), event(2, LUTHIER)))
    feeds.run("agenda", timedelta(hours=1))
    assert FORGE not in titles(stack, near="Vesoul")
    assert FORGE not in stack.people.get("/agenda", params={"near": "Vesoul"}).text
    assert LUTHIER in stack.people.get("/agenda", params={"near": "Vesoul"}).text


def test_pages_hold_fifty_each_event_once(stack: Stack) -> None:
    many = [{"title": f"Zouzou numéro {n}", "starts_at": soon(days=3, hours=n % 5)} for n in range(120)]
    with planted(stack, *many):
        pages = [asked(stack, q="zouzou", page=page) for page in (1, 2, 3)]
        assert [len(page["events"]) for page in pages] == [50, 50, 20]
        assert len({one["id"] for page in pages for one in page["events"]}) == 120
        assert stack.people.get(pages[0]["next"]).json() == pages[1]
        assert pages[2]["next"] is None


def test_places_come_with_a_tick(stack: Stack) -> None:
    assert asked(stack, near="25000")["places"] == []
    places = asked(stack, near="25000", places="true")["places"]
    assert places
    distances = [one["distance_km"] for one in places]
    assert distances == sorted(distances)


def test_nothing_found_offers_what_finds_something(stack: Stack) -> None:
    page = stack.people.get("/agenda", params={"q": "ordinateur répare", "theme": "sante", "modality": "onsite"}).text
    assert "Aucun événement" in page
    assert texts.WITHOUT["theme"] in page
    assert texts.WITHOUT["modality"] not in page  # it would find nothing either
    page = stack.people.get("/agenda", params={"q": "licorne", "theme": "sante", "near": "25000"}).text
    assert texts.WITHOUT["all"] in page
    assert texts.WITHOUT["theme"] not in page


def test_a_town_may_frame_the_agenda_and_nothing_else(stack: Stack) -> None:
    page = stack.people.get("/agenda", params={"embed": "1"})
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    assert "<header>" not in page.text
    assert "http://" not in page.headers["content-security-policy"]
    for other in ("/", "/chat", "/recap", f"/affiche/{FORUM}", "/affiche"):
        assert "frame-ancestors 'none'" in stack.people.get(other).headers["content-security-policy"]
    assert stack.people.get("/api/v1/agenda").headers["access-control-allow-origin"] == "*"


def test_the_agenda_is_documented(stack: Stack) -> None:
    described = stack.people.get("/openapi.json").json()["paths"]["/api/v1/agenda"]["get"]
    assert {"from", "to", "theme", "near", "km", "q", "modality"} <= {one["name"] for one in described["parameters"]}


def test_a_code_opens_piste_inside_the_event(stack: Stack) -> None:
    drawn = stack.people.get(f"/qr/{FORUM}.svg")
    led = stack.people.get(f"/rejoindre/{FORUM}", follow_redirects=False)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    assert led.status_code == 303
    code = led.headers["location"].removeprefix("/?code=")
    expected = BytesIO()
    segno.make_qr(f"{stack.url}/?code={code}", error="m").save(
        expected, kind="svg", scale=10, border=4, light="#fff", xmldecl=False
    )
    assert drawn.content == expected.getvalue()
    assert code in stack.people.get(f"/affiche/{FORUM}").text
    assert "Forum des métiers du numérique" in str(stack.open(join_code=code).welcome)


@pytest.mark.parametrize("gone", ["unknown", "over", "cancelled"])
def test_there_is_no_poster_of_what_nobody_can_go_to(stack: Stack, gone: str) -> None:
    kinds: dict[str, dict[str, Any]] = {"over": {"starts_at": soon(days=-3)}, "cancelled": {"cancelled": True}}
    with planted(stack, *([kinds[gone]] if gone in kinds else [])):
        drawn = stack.people.get("/qr/planted-0.svg")
        assert (drawn.status_code, drawn.headers["content-type"]) == (404, "application/problem+json")
        assert drawn.json()["detail"] == texts.NO_EVENT
        for path in ("/affiche", "/rejoindre"):
            page = stack.people.get(f"{path}/planted-0", follow_redirects=False)
            assert page.status_code == 404
            assert "n'est plus annoncé" in page.text.replace("&#39;", "'")


def test_an_id_with_any_character_keeps_its_addresses(stack: Stack) -> None:
    odd = 'a/b c?d=1#"é%2F'
    with planted(stack, {"id": odd, "title": FORGE}):
        (found,) = asked(stack, q="zouzou")["events"]
        assert stack.people.get(found["ics"]).status_code == 200
        for path in (f"/qr/{quote(odd, safe='')}.svg", f"/affiche/{quote(odd, safe='')}"):
            assert stack.people.get(path).status_code == 200
