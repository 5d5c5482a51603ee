"""« Le deuxième », « celui de samedi », « la formation »: the card that words point at."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from tests.unit.dialogue import Slots, play, pressed, tracker
from tests.unit.fake_knowledge import COOK, COURSE, FORUM, VISIT

SHOWN = {
    "shown": [
        {"id": one.id, "kind": one.kind, "code": one.code, "title": one.title, "why": "Parce que."}
        for one in (COOK, FORUM, VISIT, COURSE)
    ]
}


def asked(text: str, intent: str = "choose", **facts: str) -> Tracker:
    found = [{"entity": name, "value": value, "start": 0, "end": 1} for name, value in facts.items()]
    return tracker(text, intent, [], SHOWN, {}, found)


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("le deuxième", FORUM), ("la 1", COOK), ("la dernière", COURSE),
        ("le 2eme c koi", FORUM), ("la formation", COURSE), ("la visite", VISIT),
        ("celui de mercredi", FORUM), ("le forum", FORUM), ("le deuxième événement", VISIT), ("le 27", VISIT),
        ("le truc de cuisine", None), ("celui-là", None),
    ],
)  # fmt: skip
async def test_words_point_at_a_card_or_are_asked_about(said: str, item: Any) -> None:
    played = await play("action_show_item", asked(said))
    if item is None:
        assert played.said == ["utter_which_item"]
        assert all(button["payload"].startswith("/choose{") for button in played.buttons)
    else:
        assert (played.said, played.cards) == (["utter_chosen"], [item.id])


async def test_the_card_keeps_its_reason() -> None:
    played = await play("action_show_item", asked("le forum"))
    assert played.directives("cards")[0]["cards"][0]["why"] == "Parce que."


@pytest.mark.parametrize(
    ("intent", "said"), [("ask_details", "utter_what_i_know"), ("register", "utter_how_to_register")]
)
async def test_what_is_asked_of_it_is_answered(intent: str, said: str) -> None:
    assert (await play("action_show_item", asked("le forum", intent))).said == [said]


async def test_a_button_names_its_item() -> None:
    played = await play("action_show_item", pressed(f'/choose{{"item": "{VISIT.id}"}}', SHOWN))
    assert played.cards == [VISIT.id]


async def test_before_anything_was_shown_it_asks_what_one_likes() -> None:
    assert (await play("action_show_item", tracker("le deuxième", "choose", [], {}, {}))).said == ["utter_ask_interest"]


async def test_the_card_keeps_its_distance() -> None:
    rows = [{**row, "distance_km": 3.2} for row in SHOWN["shown"]]
    played = await play("action_show_item", tracker("le forum", "choose", [], {"shown": rows}, {}))
    assert played.directives("cards")[0]["cards"][0]["distance_km"] == 3.2


async def test_what_was_chosen_alone_is_refused_and_explained() -> None:
    chosen = {**SHOWN, "chosen": FORUM.id, "likes": ["cuisiner"]}
    refused = await play("action_not_for_me", tracker("bof", "not_for_me", [], chosen, {}))
    assert refused.slots["refused"] == [FORUM.id]
    why = await play("action_ask_why", tracker("pourquoi", "ask_why", [], chosen, {}))
    assert [message["reasons"].count(":") for message in why.messages] == [1]


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("la même chose mais à distance", {"topic": "training"}, ["utter_trainings"]),
        ("pareil mais à distance", {"chosen": COURSE.id}, ["utter_trainings"]),
        ("des formations mais à distance", {"topic": "event"}, ["utter_trainings"]),
        ("la même chose mais à distance", {}, ["utter_families"]),
    ],
)
async def test_the_last_search_is_made_again_with_what_changes(text: str, before: Slots, said: list[str]) -> None:
    slots = {**SHOWN, "likes": ["cuisiner"], **before}
    facts = [{"entity": "modality", "value": "remote", "start": len(text) - 10, "end": len(text)}]
    played = await play("action_refine", tracker(text, "refine", [], slots, {}, facts))
    assert played.slots["modality"] == "remote"
    assert played.said[: len(said)] == said
