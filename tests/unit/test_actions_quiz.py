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
    liked = await play("action_inform", tracker("j'aime la mécanique", "inform", [], ASKED, {}))
    assert liked.slots["likes"] == ["mécanique"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hkjhsdf", ["utter_quiz_not_heard", "utter_quiz_question"]),
        ("il reste combien de questions ?", ["utter_quiz_left", "utter_quiz_question"]),
        ("donne moi le resultat", ["utter_quiz_stopped"]),
        ("on reprend le quiz", ["utter_quiz_resumed", "utter_quiz_question"]),
    ],
)
async def test_what_is_asked_of_the_quiz_is_served_and_the_question_stays(text: str, said: list[str]) -> None:
    assert (await play("action_rephrase", tracker(text, "nlu_fallback", [], ASKED, {}))).said == said


async def test_a_choice_and_a_fact_in_one_breath_are_both_kept() -> None:
    both = tracker("la 1 et au fait j'ai 17 ans", "inform", [], ASKED, {},
                   [{"entity": "age", "value": 17, "start": 14, "end": 27}])  # fmt: skip
    played = await play("action_inform", both)
    assert played.slots["age"] == 17
    assert len(played.slots["quiz"]["given"]) == 1


async def test_a_question_left_for_something_else_can_be_taken_up_again() -> None:
    left = {**ASKED, "asked": None}
    played = await play("action_find_event", tracker("ya des forums ?", "find_event", [], left, {}))
    assert "/take_quiz" in [one["payload"] for one in played.buttons]


async def test_no_test_is_forced_on_who_wants_none() -> None:
    played = await play("action_take_quiz", tracker("mais je veux PAS faire un test", "take_quiz", [], {}, {}))
    assert played.said == ["utter_no_quiz"]


async def test_stopping_is_about_the_quiz_while_one_is_taken() -> None:
    stopped = await play("action_stop", tracker("jarrete la", "stop", [], ASKED, {}))
    assert stopped.said == ["utter_quiz_stopped"]
    elsewhere = await play("action_stop", tracker("stop", "stop", [], {}, {}))
    assert elsewhere.said == ["utter_stop"]
    assert elsewhere.buttons


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("47", "inform", ["utter_quiz_not_heard", "utter_quiz_question"]),
        ("-1", "inform", ["utter_quiz_not_heard", "utter_quiz_question"]),
        ("en fait non jai la flemme", "deny", ["utter_quiz_stopped"]),
        ("laisse tomber", "deny", ["utter_quiz_stopped"]),
        ("on en etait ou", "ask_more", ["utter_quiz_resumed", "utter_quiz_question"]),
        ("vas-y on continue", "affirm", ["utter_quiz_resumed", "utter_quiz_question"]),
        ("ça sert à quoi, qui voit mes réponses ?", "ask_question", ["utter_quiz_purpose", "utter_quiz_question"]),
    ],
)
async def test_what_is_no_answer_is_told_apart(text: str, intent: str, said: list[str]) -> None:
    assert (await play("action_rephrase", tracker(text, intent, [], ASKED, {}))).said == said


async def test_asking_where_the_test_was_left_does_not_stop_it() -> None:
    played = await play("action_stop", tracker("on en etait ou du test", "stop", [], ASKED, {}))
    assert played.said == ["utter_quiz_resumed", "utter_quiz_question"]


@pytest.mark.parametrize("text", ["ça va alors. le 1", "le 1 alors", "1", "la première du coup"])
async def test_an_answer_after_a_digression_is_still_one(text: str) -> None:
    left = {**ASKED, "asked": None}
    played = await play("action_rephrase", tracker(text, "nlu_fallback", [], left, {}))
    assert played.slots["quiz"]["given"] == [[FIRST.id, "first"]]


async def test_the_second_of_what_was_shown_since_is_no_answer() -> None:
    shown = [
        {"id": one, "kind": "event", "code": None, "title": one, "why": "", "distance_km": 1} for one in ("a", "b")
    ]
    left = {**ASKED, "asked": None, "shown": shown}
    assert "quiz" not in (await play("action_rephrase", tracker("le 2", "choose", [], left, {}))).slots


@pytest.mark.parametrize("action", ["action_start_over", "action_take_quiz"])
async def test_the_test_begins_again_without_forgetting_the_person(action: str) -> None:
    half: Slots = {"asked": None, "quiz": {"asked": FIRST.id, "given": [["x", "first"]]}, "likes": ["dessiner"]}
    played = await play(action, tracker("je veux recommencer le test depuis le début", "start_over", [], half, {}))
    assert played.said == ["utter_quiz_begins", "utter_quiz_question"]
    assert played.slots["quiz"]["given"] == []
    assert "likes" not in played.slots


async def test_a_test_wanted_among_other_things_is_offered() -> None:
    both = tracker("je veux faire le test et voir des événements", "find_event", [], {}, {})
    played = await play("action_find_event", both)
    assert "/take_quiz" in [one["payload"] for one in played.buttons]
