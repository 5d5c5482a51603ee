"""Cards: what a suggestion shows, and what one can do with it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from actions import cards
from connectors.schemas import Card
from knowledge_base import Item, Kind, Reason, Suggestion
from tests.unit.fake_knowledge import COOK, COURSE, FORUM, ITEMS, OFFICE, item

NOW = datetime(2026, 12, 2, 13, 0, tzinfo=UTC)
AGENDA = ["Mettre à l'agenda", "Me le rappeler"]
SITE, ENROL = "https://www.example.org/", "https://www.example.org/inscription"


def acts(kind: Kind, **details: Any) -> list[str]:
    return [str(one["title"]) for one in cards.card_actions(item(kind, "x", "X", details=details))]


def suggestion(one: Item, distance: float | None = None) -> Suggestion:
    return Suggestion(one, 0.9, (Reason("words", words="cuisiner"),), distance)


@pytest.mark.parametrize("one", ITEMS, ids=lambda one: str(one.id))
def test_every_card_is_one_that_the_gateway_accepts(one: Item) -> None:
    built = cards.card(suggestion(one, 3.2), NOW)
    accepted = Card.model_validate(built)
    assert (accepted.id, accepted.kind, accepted.title) == (one.id, one.kind, one.title)
    assert accepted.why == "Parce que tu as dit «\u00a0cuisiner\u00a0»."
    assert json.loads(json.dumps(built)) == built


def test_cards_keep_their_order_in_the_directive() -> None:
    directive = cards.directive([suggestion(COOK), suggestion(FORUM)], NOW)
    assert directive["type"] == "cards"
    assert [card["id"] for card in directive["cards"]] == [COOK.id, FORUM.id]


def test_a_date_keeps_its_moment_and_is_told_at_paris_time() -> None:
    told = cards.card(suggestion(FORUM), NOW)["starts_at"]
    assert told == "2026-11-25T10:00:00+01:00"
    assert datetime.fromisoformat(told) == FORUM.starts_at


def test_what_is_not_known_is_null() -> None:
    card = cards.card(suggestion(item("place", "x", "X", text="", verified_at=None, source=None)), NOW)
    unknown = (
        "text",
        "subtitle",
        "url",
        "source",
        "verified_at",
        "distance_km",
        "starts_at",
        "ends_at",
        "modality",
        "code",
    )
    assert {name: card[name] for name in unknown} == dict.fromkeys(unknown)


def test_a_job_family_is_attended_nowhere() -> None:
    assert cards.card(suggestion(item("job_family", "x", "X", modality="onsite")), NOW)["modality"] is None
    assert cards.card(suggestion(COURSE), NOW)["modality"] == "onsite"


@pytest.mark.parametrize(
    ("kind", "details", "titles"),
    [
        ("job_family", {}, ["M'y former", "Pas pour moi"]),
        ("event", {}, [*AGENDA, "Pas pour moi"]),
        (
            "event",
            {"registration": {"url": ENROL, "phone": None}, "url": SITE},
            ["S'inscrire", *AGENDA, "Pas pour moi"],
        ),
        ("event", {"registration": {"url": None, "phone": "01 02"}}, [*AGENDA, "Appeler", "Pas pour moi"]),
        ("training", {"url": SITE, "registration": None}, ["Voir le site", "Pas pour moi"]),
        ("place", {"url": SITE, "phone": "03 81 85 85 85"}, ["Voir le site", "Appeler", "Pas pour moi"]),
    ],
)
def test_a_card_offers_what_its_record_makes_possible(kind: Kind, details: dict[str, Any], titles: list[str]) -> None:
    assert acts(kind, **details) == titles


@pytest.mark.parametrize("kind", ["job_family", "training", "event", "place"])
def test_each_action_has_exactly_one_of_payload_and_url(kind: Kind) -> None:
    full = {"url": SITE, "phone": "03 81 85 85 85", "registration": {"url": ENROL, "phone": "01 02"}}
    found = cards.card_actions(item(kind, "x", "X", details=full))
    assert len(found) >= 3
    assert all((one["payload"] is None) != (one["url"] is None) for one in found)


def test_a_phone_is_dialled_without_spaces_and_enrolling_comes_before_the_site() -> None:
    full = {"url": SITE, "phone": "03 81 85 85 85", "registration": {"url": ENROL}}
    urls = [one["url"] for one in cards.card_actions(item("event", "x", "X", details=full))]
    assert urls == [ENROL, "/api/v1/events/event-x.ics", None, "tel:0381858585", None]


@pytest.mark.parametrize(
    "entities", [{}, {"place": "L'Haÿ-les-Roses"}, {"theme": 'Être "dehors", la nature', "item": "a}b"}]
)
def test_a_payload_comes_back_as_it_was_written(entities: dict[str, str]) -> None:
    payload = cards.payload("inform", **entities)
    assert payload.startswith("/inform")
    assert json.loads(payload.removeprefix("/inform") or "{}") == entities
    assert cards.button("Oui", "inform", **entities) == {"title": "Oui", "payload": payload}


def test_refusing_a_card_names_its_item() -> None:
    refusal = cards.card_actions(OFFICE)[-1]
    assert refusal == {"title": "Pas pour moi", "payload": f'/not_for_me{{"item": "{OFFICE.id}"}}', "url": None}
