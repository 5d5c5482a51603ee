"""A person to talk to: called in with the person's word, and what the bot says when nobody comes or somebody leaves."""

import pytest

from tests.unit.dialogue import Slots, play, pressed, tracker
from tests.unit.fake_knowledge import OFFICE

HERE = {"place": {"label": "Besançon", "latitude": 47.24, "longitude": 6.02}}
THERE = {"human": {"structure": "Mission Locale de Dole"}}


async def test_nobody_is_called_in_without_the_persons_word() -> None:
    offered = await play("action_ask_human", tracker("je veux parler à quelqu'un", "ask_human", [], {}, THERE))
    assert offered.said == ["utter_call_human"]
    assert offered.directives("handoff") == []
    assert 'ask_human{"confirmed": "yes"}' in offered.buttons[0]["payload"]


@pytest.mark.parametrize("how", ["pressed", "typed"])
async def test_a_yes_calls(how: str) -> None:
    if how == "pressed":
        played = await play("action_ask_human", pressed('/ask_human{"confirmed": "yes"}', **THERE))
    else:
        played = await play("action_continue", tracker("oui", "affirm", [], {"asked": "human"}, THERE))
    assert (played.said, played.directives("handoff")) == (["utter_human_called"], [{"type": "handoff"}])


async def test_a_no_calls_nobody() -> None:
    played = await play("action_continue", tracker("non", "deny", [], {"asked": "human"}, THERE))
    assert (played.said, played.directives("handoff"), played.slots["asked"]) == (["utter_no_call"], [], None)


async def test_who_left_meanwhile_is_not_said_to_be_called() -> None:
    played = await play("action_ask_human", pressed('/ask_human{"confirmed": "yes"}'))
    assert (played.said[0], played.directives("handoff")) == ("utter_nobody_came_where", [])


@pytest.mark.parametrize(("came", "said"), [("true", "utter_human_left"), ("false", "utter_nobody_came")])
async def test_when_nobody_answers_a_service_does(came: str, said: str) -> None:
    told = f'/EXTERNAL_nobody_came{{"came": {came}}}'
    assert (await play("action_nobody_came", pressed(told, kind="event", slots=HERE))).cards == [OFFICE.id]
    assert (await play("action_nobody_came", pressed(told, kind="event", slots=HERE))).said[0] == said
    assert (await play("action_nobody_came", pressed(told, kind="event"))).said == [f"{said}_where"]


async def test_what_a_counsellor_leaves_is_taken_into_account() -> None:
    left = {"by": "Samia", "summary": "On a parlé de la mécanique.", "aim": "job_family", "likes": ["réparer"],
            "place": "Besançon"}  # fmt: skip
    played = await play("action_handed_back", pressed("/EXTERNAL_handed_back", kind="event", handback=left))
    assert played.said[0] == "utter_handed_back_with"
    assert played.slots["likes"] == ["réparer"]
    assert played.slots["place"]["label"] == "Besançon"
    assert played.cards


async def test_without_a_word_the_bot_asks_what_comes_next() -> None:
    left = {"by": "Samia", "summary": "", "aim": ""}
    played = await play("action_handed_back", pressed("/EXTERNAL_handed_back", kind="event", handback=left))
    assert played.said == ["utter_handed_back"]
    assert {one["payload"] for one in played.buttons} == {"/explore_jobs", "/find_event", "/find_training"}


@pytest.mark.parametrize(("context", "offered"), [(THERE, True), ({"duty": True}, True), ({}, False)])
async def test_in_danger_somebody_is_offered_where_somebody_is_there(context: Slots, offered: bool) -> None:
    played = await play("action_distress", tracker("…", "harassment", [], {}, context))
    assert ("/ask_human" in [one["payload"] for one in played.buttons]) is offered
