"""A class to bring, a visit offered: told in any order, kept once confirmed, dropped at will."""

import pytest

from actions.intake import contact_in
from tests.unit.dialogue import Slots, play, pressed, said, tracker
from tests.unit.fake_knowledge import VISIT

TOLD = "26 élèves de 4e à Besançon en mars"
WAITING: Slots = {"asked": "intake", "intake": {"kind": "class", "told": TOLD, "contact": ""}}
COMPLETE: Slots = {"asked": "intake", "intake": {"kind": "class", "told": TOLD, "contact": "prof@example.org"}}


async def test_what_is_missing_is_asked_one_thing_at_a_time() -> None:
    first = await play("action_book_class", tracker("je suis prof", "book_class", [], {}, {}))
    assert first.said == ["utter_ask_class"]
    second = await play("action_inform", said(TOLD, first.slots))
    assert (second.said, second.slots["intake"]["told"]) == (["utter_ask_contact"], TOLD)
    third = await play("action_rephrase", said("prof@example.org", second.slots))
    assert third.said == ["utter_confirm_intake"]
    assert not third.directives("intake")


async def test_a_message_that_tells_all_is_only_confirmed() -> None:
    text = "notre garage à Besançon propose 3 stages, 03 81 00 00 00"
    played = await play("action_offer_visit", said(text))
    assert played.said == ["utter_confirm_intake"]
    assert played.slots["intake"]["contact"] == "03 81 00 00 00"


@pytest.mark.parametrize(
    ("action", "turn"),
    [
        ("action_book_class", pressed('/book_class{"confirmed": "yes"}', COMPLETE)),
        ("action_continue", tracker("oui", "affirm", [], COMPLETE, {})),
    ],
)
async def test_it_is_kept_once_confirmed(action: str, turn: object) -> None:
    played = await play(action, turn)  # type: ignore[arg-type]
    (kept,) = played.directives("intake")
    assert (kept["kind"], kept["told"], kept["contact"]) == ("class", TOLD, "prof@example.org")
    assert played.slots["intake"] is None


async def test_what_is_added_meanwhile_is_kept_and_said_back() -> None:
    added = await play("action_inform", said("l'industrie", WAITING))
    assert added.said == ["utter_intake_added", "utter_ask_contact"]
    assert added.slots["intake"]["told"] == f"{TOLD}, l'industrie"


async def test_it_is_dropped_at_will_and_a_late_button_keeps_nothing() -> None:
    dropped = await play("action_book_class", pressed('/book_class{"confirmed": "no"}', COMPLETE))
    assert (dropped.said, dropped.slots["intake"]) == (["utter_intake_dropped"], None)
    late = await play("action_book_class", pressed('/book_class{"confirmed": "yes"}', {}))
    assert late.said == ["utter_intake_over"]
    assert not late.directives("intake")


async def test_something_else_may_be_asked_meanwhile() -> None:
    played = await play("action_find_event", tracker("ya quoi comme forum", "find_event", [], WAITING, {}))
    assert "utter_events" in played.said


@pytest.mark.parametrize(
    ("text", "contact"),
    [("06.12.34.56.78 merci", "06.12.34.56.78"), ("+33 6 12 34 56 78", "+33 6 12 34 56 78"), ("26 élèves en 2027", ""),
     ("écrivez à m.dupont-x@ac-besancon.example.org svp", "m.dupont-x@ac-besancon.example.org")],
)  # fmt: skip
def test_a_contact_is_found_as_people_write_it(text: str, contact: str) -> None:
    assert contact_in(text) == contact


async def test_what_is_asked_of_the_events_shown_is_answered_before_the_booking_goes_on() -> None:
    shown = [{"id": VISIT.id, "kind": "event", "code": None, "title": VISIT.title, "why": "Parce que."}]
    played = await play("action_inform", said("nous serons 26, faut-il réserver ?", WAITING | {"shown": shown}))
    assert played.said == ["utter_fact_unknown", "utter_ask_contact"]
