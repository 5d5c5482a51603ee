"""Every action, over a knowledge base of a few lines: welcome, exploring, searching, going on."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from actions.server import ACTIONS
from tests.unit.dialogue import DOMAIN, Slots, play, pressed, said, tracker
from tests.unit.fake_knowledge import BAKER, BESANCON, COOK, COURSE, FORUM, GARDENER, OFFICE, FakeKnowledge

SHOWN: list[dict[str, Any]] = [
    {
        "id": COOK.id,
        "kind": "job_family",
        "code": "G1602",
        "title": COOK.title,
        "why": "Parce que tu as dit « cuisiner ».",
    },
    {
        "id": BAKER.id,
        "kind": "job_family",
        "code": "D1102",
        "title": BAKER.title,
        "why": "Parce que tu as dit « le pain ».",
    },
    {"id": FORUM.id, "kind": "event", "code": None, "title": FORUM.title, "why": "Parce que c'est à côté."},
]
EXPLORING: Slots = {"likes": ["cuisiner"], "shown": SHOWN, "seen": [row["id"] for row in SHOWN]}


def test_every_action_served_stands_in_the_domain_once_and_no_other_does() -> None:
    names = [action().name() for action in ACTIONS]
    assert sorted(names) == sorted(set(DOMAIN["actions"]))


async def test_the_welcome_says_what_this_is_then_offers_the_age_step() -> None:
    played = await play("action_welcome", pressed("/EXTERNAL_welcome"))
    assert played.said == ["utter_welcome", "utter_ask_age"]
    assert len(played.buttons) == 4
    assert played.slots == {"asked": "age"}


async def test_an_unknown_join_code_is_told_first() -> None:
    played = await play("action_welcome", pressed("/EXTERNAL_welcome", join_code_unknown=True))
    assert played.said[0] == "utter_unknown_join_code"


@pytest.mark.parametrize(
    ("words", "slots", "response"),
    [
        ("salut", {}, "utter_greet"),
        ("re", EXPLORING, "utter_greet_again"),
        ("salut j'aime cuisiner", {}, "utter_families"),
    ],
)
async def test_a_greeting_is_answered_by_what_it_holds(words: str, slots: Slots, response: str) -> None:
    assert (await play("action_greet", said(words, slots))).said[0] == response


async def test_exploring_without_a_taste_known_asks_for_one() -> None:
    played = await play("action_explore_jobs", said("je cherche un métier"))
    assert played.said == ["utter_ask_interest"]
    assert played.slots["asked"] == "likes"


async def test_other_ideas_leave_out_what_was_seen() -> None:
    knowledge = FakeKnowledge()
    played = await play("action_ask_more", said("autre chose", EXPLORING), knowledge)
    assert knowledge.asked[0].seen == frozenset(EXPLORING["seen"])
    assert set(played.cards).isdisjoint(EXPLORING["seen"])
    assert played.slots["seen"][: len(SHOWN)] == EXPLORING["seen"]


async def test_when_everything_was_seen_another_door_is_offered() -> None:
    played = await play("action_ask_more", said("autre chose", EXPLORING), FakeKnowledge(items=(COOK, BAKER)))
    assert played.said == ["utter_no_more"]
    assert played.buttons


async def test_other_events_are_events() -> None:
    played = await play("action_ask_more", said("autre chose", {"topic": "event", "seen": [FORUM.id]}))
    assert played.said[0] == "utter_events"
    assert FORUM.id not in played.cards


async def test_exploring_jobs_ends_the_search_for_events() -> None:
    played = await play("action_explore_jobs", said("des idées de métiers", {"likes": ["cuisiner"], "topic": "event"}))
    assert played.slots.get("topic", "event") is None


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("pas le deuxième", [BAKER.id]),
        ("le 1er non", [COOK.id]),
        ("la dernière c'est non", [FORUM.id]),
        ("boulanger non merci", [BAKER.id]),
        ("pas pour moi", [COOK.id, BAKER.id]),
    ],
)
async def test_what_is_refused_is_what_was_meant(words: str, refused: list[str]) -> None:
    knowledge = FakeKnowledge()
    played = await play("action_not_for_me", said(words, EXPLORING), knowledge)
    assert played.said[0] == "utter_refusal_noted"
    assert played.slots["refused"] == refused
    assert knowledge.asked[0].refused == frozenset(refused)
    assert set(played.cards).isdisjoint(refused)


async def test_a_card_pressed_is_refused_beside_those_before() -> None:
    button = f'/not_for_me{{"item": "{COOK.id}"}}'
    played = await play("action_not_for_me", pressed(button, EXPLORING | {"refused": [BAKER.id]}))
    assert played.slots["refused"] == [BAKER.id, COOK.id]


async def test_a_number_in_a_list_is_no_dislike() -> None:
    assert "dislikes" not in (await play("action_not_for_me", said("pas le deuxième", EXPLORING))).slots


async def test_why_repeats_the_reasons_of_what_was_shown() -> None:
    played = await play("action_ask_why", said("pourquoi ?", EXPLORING))
    assert played.said == ["utter_why"]
    lines = played.messages[0]["reasons"].split("\n")
    assert lines[0] == "Personnel de cuisine : parce que tu as dit « cuisiner »."
    assert len(lines) == len(SHOWN)


@pytest.mark.parametrize("action", ["action_ask_why", "action_ask_more", "action_not_for_me"])
async def test_before_anything_was_shown_an_interest_is_asked(action: str) -> None:
    assert (await play(action, said("pourquoi ?"))).said == ["utter_ask_interest"]


async def test_events_are_found_before_any_interest_is_known() -> None:
    played = await play("action_find_event", said("il y a des forums ?"))
    assert played.said == ["utter_events", "utter_ask_place"]
    assert played.messages[0]["count"] == "2 événements"
    assert FORUM.id in played.cards
    assert (played.slots["topic"], played.slots["asked"]) == ("event", "place")


async def test_where_one_is_is_asked_once_before_places_are_given() -> None:
    asked = await play("action_find_place", said("où aller ?"))
    assert (asked.said, asked.slots["asked"]) == (["utter_ask_place_for_help"], "place")
    played = await play("action_find_place", said("où aller ?", asked.slots))
    assert (played.said, played.cards) == (["utter_places"], [OFFICE.id])


async def test_a_training_needs_an_interest() -> None:
    played = await play("action_find_training", said("une formation"))
    assert (played.said, played.slots["topic"]) == (["utter_ask_interest_for_training"], "training")


async def test_trainings_near_are_shown_before_an_interest_is_known() -> None:
    played = await play("action_find_training", said("une formation à Besançon"))
    assert (played.said, played.cards, played.slots["asked"]) == (["utter_trainings_for_all"], [COURSE.id], "likes")


async def test_what_is_refused_before_anything_was_shown_is_kept_beside_what_is_liked() -> None:
    played = await play("action_not_for_me", said("jveux bosser avec les bêtes mais pas véto"))
    assert played.said[0] == "utter_families"
    assert (played.slots["likes"], played.slots["dislikes"]) == (["bosser avec les bêtes"], ["véto"])


async def test_trades_next_to_those_seen_come_when_nothing_else_fits() -> None:
    near = replace(COOK, details={**COOK.details, "neighbours": ["A1203"]})
    knowledge = FakeKnowledge(items=(near, BAKER, GARDENER), unproposed=frozenset((GARDENER.id,)))
    played = await play("action_ask_more", said("d'autres idées stp", EXPLORING), knowledge)
    assert (played.said[0], played.cards) == ("utter_families_beside", [GARDENER.id])


async def test_who_asks_for_trades_is_shown_trades_again() -> None:
    slots = {**EXPLORING, "place": asdict(BESANCON)}
    played = await play("action_explore_jobs", tracker("quels métiers alors ?", "explore_jobs", [], slots, {}))
    assert played.said[0] == "utter_families"


@pytest.mark.parametrize(
    ("action", "response"),
    [
        ("action_find_event", "utter_no_event"),
        ("action_find_training", "utter_no_training"),
        ("action_find_place", "utter_no_place"),
    ],
)
async def test_nothing_found_is_said_with_a_way_out(action: str, response: str) -> None:
    known: Slots = {"likes": ["cuisiner"], "asked": "place"}
    played = await play(action, said("il y en a ?", known), FakeKnowledge(items=()))
    assert (played.said, played.cards) == ([response], [])
    assert played.buttons
    here = known | {"place": {"label": "Besançon", "latitude": 47.24, "longitude": 6.02}}
    played = await play(action, said("il y en a ?", here), FakeKnowledge(items=()))
    assert played.said == [f"{response}_here"]


async def test_a_family_one_wants_to_train_for_leads_to_its_trainings() -> None:
    played = await play("action_find_training", pressed(f'/find_training{{"item": "{COOK.id}"}}', EXPLORING))
    assert played.cards == [COURSE.id]


async def test_wanting_to_train_for_a_family_keeps_what_the_person_said() -> None:
    played = await play("action_find_training", pressed(f'/find_training{{"item": "{BAKER.id}"}}', EXPLORING))
    assert played.slots.get("likes", ["cuisiner"]) in (["cuisiner"], ["Boulanger de tradition", "cuisiner"])


async def test_starting_over_is_confirmed_first() -> None:
    played = await play("action_start_over", said("on recommence", EXPLORING))
    assert (played.said, played.slots) == (["utter_confirm_start_over"], {"asked": "start_over"})


@pytest.mark.parametrize("slot", sorted(set(DOMAIN["slots"]) - {"asked", "register"}))
async def test_starting_over_empties_what_was_understood(slot: str) -> None:
    played = await play(
        "action_start_over", pressed('/start_over{"confirmed": "yes"}', {slot: "something", "asked": "start_over"})
    )
    assert played.said == ["utter_start_over"]
    assert {slot: "something"} | played.slots == played.slots | {slot: None}


@pytest.mark.parametrize(
    ("slots", "response"),
    [({"asked": "place"}, "utter_ask_place"), ({"asked": "age"}, "utter_ask_interest"), (EXPLORING, "utter_what_next"),
     ({}, "utter_ask_interest")],
)  # fmt: skip
async def test_yes_or_no_alone_goes_on_from_what_is_known(slots: Slots, response: str) -> None:
    assert (await play("action_continue", said("oui", slots))).said == [response]


@pytest.mark.parametrize(("words", "response"), [("jsp", "utter_rephrase"), ("cuisiner", "utter_families")])
async def test_what_is_not_understood_is_searched_all_the_same(words: str, response: str) -> None:
    assert (await play("action_rephrase", said(words))).said[0] == response
