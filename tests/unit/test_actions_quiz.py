"""The quiz in conversation: buttons, typed answers, digressions, stopping, its result."""

from typing import Any

import pytest

from knowledge_base.quiz import LEAST, MOST, load_questions
from tests.unit.dialogue import Played, Slots, play, pressed, tracker

FIRST = load_questions()[0]
ASKED: Slots = {"asked": "quiz", "quiz": {"asked": FIRST.id, "given": []}}


async def go_through(choice: str) -> tuple[Played, int]:
    slots: dict[str, Any] = {}
    played, turns = await play("action_take_quiz", pressed("/take_quiz", slots)), 0
    while played.slots.get("asked") == "quiz":
        slots |= played.slots
        turns += 1
        number = {"first": 0, "second": 1, "both": 2, "neither": 3}[choice]
        played = await play("action_take_quiz", pressed(played.buttons[number]["payload"], slots))
    return played, turns


async def test_a_choice_at_a_time_leads_to_a_result_that_is_no_verdict_and_to_suggestions() -> None:
    played, turns = await go_through("first")
    assert LEAST <= turns <= MOST
    assert played.said[:2] == ["utter_quiz_result", "utter_families_of_types"]
    assert len(played.slots["riasec"]) == 3
    (picture,) = played.directives("image")
    assert picture["url"].startswith("/pictures/interests/")
    assert picture["alt"].startswith("Les intérêts")


async def test_who_is_drawn_by_nothing_is_not_given_a_type() -> None:
    played, _ = await go_through("neither")
    assert played.said == ["utter_quiz_unclear"]
    assert "riasec" not in played.slots


@pytest.mark.parametrize(
    ("text", "action", "said"),
    [
        ("le premier", "action_show_item", "first"),
        ("la 2", "action_show_item", "second"),
        ("les deux", "action_rephrase", "both"),
        ("aucun des deux", "action_continue", "neither"),
        ("non", "action_continue", "neither"),
        ("jsp", "action_continue", "skip"),
        ("bof", "action_not_for_me", "neither"),
        (FIRST.texts[1].lower(), "action_inform", "second"),
    ],
)
async def test_typed_answers_count_like_buttons(text: str, action: str, said: str) -> None:
    played = await play(action, tracker(text, "whatever", [], ASKED, {}))
    assert played.slots["quiz"]["given"] == [[FIRST.id, said]]
    assert played.said == ["utter_quiz_question"]


async def test_a_digression_leaves_the_quiz_where_it_was_and_it_is_taken_up_again() -> None:
    kept: Slots = {**ASKED, "asked": None, "quiz": {"asked": FIRST.id, "given": [["x", "first"]]}}
    played = await play("action_take_quiz", pressed("/take_quiz", kept))
    assert played.said == ["utter_quiz_resumed", "utter_quiz_question"]
    assert played.slots["quiz"] == kept["quiz"]


async def test_a_button_of_an_earlier_question_changes_nothing() -> None:
    old = pressed('/take_quiz{"quiz_question": "another", "quiz_answer": "first"}', ASKED)
    played = await play("action_take_quiz", old)
    assert (played.said, played.slots["quiz"]) == (["utter_quiz_question"], ASKED["quiz"])


async def test_stopping_early_keeps_the_answers() -> None:
    played = await play("action_take_quiz", pressed('/take_quiz{"quiz_answer": "stop"}', ASKED))
    assert played.said == ["utter_quiz_stopped"]
    assert "quiz" not in played.slots


async def test_what_is_said_of_something_else_is_no_answer() -> None:
    for text in (
        "en fait j'habite à Dole et je cherche une formation",
        "jhabite a la campagne",
        "g 2 ans de retard a l'école",
    ):
        other = tracker(text, "inform", [], ASKED, {}, [{"entity": "place", "value": "dole", "start": 0, "end": 2}])
        assert "quiz" not in (await play("action_inform", other)).slots
    assert "quiz" not in (await play("action_inform", tracker("jhabite a besac", "inform", [], ASKED, {}))).slots


async def test_stopping_is_about_the_quiz_while_one_is_taken() -> None:
    stopped = await play("action_stop", tracker("jarrete la", "stop", [], ASKED, {}))
    assert stopped.said == ["utter_quiz_stopped"]
    elsewhere = await play("action_stop", tracker("stop", "stop", [], {}, {}))
    assert elsewhere.said == ["utter_stop"]
    assert elsewhere.buttons
