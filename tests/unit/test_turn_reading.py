"""Reading Rasa's tracker: what was said, what was pressed, what is known."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.turn import Turn
from tests.unit.dialogue import pressed, said


def turn_of(message: dict[str, Any] | None, slots: dict[str, Any] | None = None) -> Turn:
    return Turn.of(Tracker("someone", slots or {}, message, [], False, None, {}, None))


def test_words_keep_their_text_their_facts_and_where_these_stand() -> None:
    turn = Turn.of(said("g 16 ans, j'habite à Besançon"))
    assert turn.text == "g 16 ans, j'habite à Besançon"
    assert turn.entities == {"age": 16, "place": "besancon"}
    assert [turn.text[start:end] for start, end in turn.spans] == ["g 16 ans", "j'habite à Besançon"]


def test_the_last_of_two_facts_of_a_kind_counts() -> None:
    facts = [{"entity": "place", "value": value, "start": 0, "end": 1} for value in ("lens", "dole")]
    turn = turn_of({"text": "lens dole", "intent": {"name": "inform"}, "entities": [], "facts": facts})
    assert turn.entities == {"place": "dole"}


def test_what_is_said_of_others_is_no_fact_of_the_person() -> None:
    named = [("place", "lille"), ("job", "infirmière"), ("date", "samedi")]
    entities = [{"entity": name, "value": value, "start": 0, "end": 1} for name, value in named]
    turn = turn_of({"text": "ma cousine de Lille…", "intent": {"name": "inform"}, "entities": entities, "facts": []})
    # A date is no fact of theirs, but no wish either.
    assert (turn.entities, turn.spans) == ({"job": "infirmière", "date": "samedi"}, ((0, 1),))


def test_a_button_without_entities_has_no_text() -> None:
    turn = Turn.of(pressed("/ask_more"))
    assert (turn.intent, turn.text, turn.entities, turn.spans) == ("ask_more", "", {}, ())


@pytest.mark.parametrize("payload", ['/inform{"theme": "Cuisiner"}', '/not_for_me{"item": "job-A1"}'])
def test_a_button_with_entities_has_no_text_either(payload: str) -> None:
    turn = Turn.of(pressed(payload))
    assert turn.entities
    assert (turn.text, turn.spans) == ("", ())


@pytest.mark.parametrize("text", ["/restart", "/", "/inform moi", "/home c'est où ?"])
def test_words_that_begin_with_a_slash_are_words(text: str) -> None:
    turn = turn_of({"text": text, "intent": {"name": "inform"}, "entities": []})
    assert turn.text == text


@pytest.mark.parametrize("message", [None, {}, {"text": None, "intent": None, "entities": None, "metadata": None}])
def test_before_anything_was_said_everything_is_empty(message: dict[str, Any] | None) -> None:
    turn = turn_of(message)
    assert (turn.intent, turn.text, turn.entities, turn.spans, turn.context) == ("", "", {}, (), {})


def test_an_empty_slot_gives_the_default() -> None:
    turn = turn_of({}, {"likes": None, "seen": [], "without_car": False})
    assert turn.slot("likes", ["rien"]) == ["rien"]
    assert turn.slot("seen", ["rien"]) == []
    assert turn.slot("without_car", default=True) is False
    assert turn.slot("unknown") is None


def test_now_is_the_gateway_s_clock() -> None:
    moment = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
    assert turn_of({"metadata": {"now": moment.isoformat()}}).now == moment


def test_without_a_gateway_now_is_now() -> None:
    assert abs(turn_of({}).now - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_slots_of_a_turn_are_a_copy() -> None:
    tracker = said("salut", {"likes": ["cuisiner"]})
    Turn.of(tracker).slots["likes"] = []
    assert tracker.slots["likes"] == ["cuisiner"]
