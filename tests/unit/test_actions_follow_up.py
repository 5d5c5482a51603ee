"""« Et après ? »: reminders asked for, refused, due; what became of an event; who to call."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.reminders import times_of
from tests.unit.dialogue import Slots, play, pressed, said, tracker
from tests.unit.fake_knowledge import COOK, FORUM, NOW, OFFICE, VISIT, FakeKnowledge

EVENTS: Slots = {"shown": [{"id": one.id, "kind": "event", "code": None, "title": one.title, "why": "Parce que."}
                           for one in (FORUM, VISIT)]}  # fmt: skip
REMIND_FORUM = f'/remind_me{{"item": "{FORUM.id}"}}'


async def test_a_reminder_is_asked_of_the_gateway_for_the_moments_still_to_come() -> None:
    played = await play("action_remind_me", pressed(REMIND_FORUM, EVENTS))
    (asked,) = played.directives("reminder")
    assert asked["item"] == FORUM.id
    assert [one["step"] for one in asked["times"]] == ["day_before", "after"]
    assert all(datetime.fromisoformat(one["due_at"]) > NOW for one in asked["times"])


async def test_a_reminder_is_sent_at_five_in_the_afternoon() -> None:
    far = replace(FORUM, starts_at=NOW + timedelta(days=30))
    hours = {datetime.fromisoformat(one["due_at"]).hour for one in times_of(far, NOW)}
    assert hours == {17}
    assert [one["step"] for one in times_of(far, NOW)] == ["week_before", "day_before", "after"]


async def test_nothing_is_kept_of_under_15s() -> None:
    played = await play("action_remind_me", pressed(REMIND_FORUM, {**EVENTS, "age_group": "under_15"}))
    assert played.said == ["utter_remind_under_15"]
    assert not played.directives("reminder")
    assert played.cards == [FORUM.id]


async def test_an_event_of_today_gets_no_reminder_and_says_why() -> None:
    soon = replace(FORUM, starts_at=NOW + timedelta(hours=3))
    played = await play("action_remind_me", pressed(REMIND_FORUM, EVENTS), FakeKnowledge(items=(soon,)))
    assert played.said == ["utter_remind_too_late"]


async def test_which_event_is_asked_when_two_were_shown() -> None:
    played = await play("action_remind_me", tracker("rappelle le moi", "remind_me", [], EVENTS, {}))
    assert played.said == ["utter_remind_which"]
    assert len(played.buttons) == 2


async def test_who_was_shown_no_event_is_shown_some() -> None:
    played = await play("action_remind_me", tracker("rappelle le moi", "remind_me", [], {}, {}))
    assert FORUM.id in played.cards


async def test_no_more_messages_cancels_what_is_to_come() -> None:
    coming = {"reminders": [{"item": FORUM.id, "step": "day_before", "due_at": NOW.isoformat()}]}
    played = await play("action_stop_messages", tracker("stop", "stop_messages", [], {}, coming))
    assert played.directives("reminder") == [{"type": "reminder", "cancelled": True}]
    assert (await play("action_stop_messages", said("stop"))).said == ["utter_no_messages"]


@pytest.mark.parametrize(
    ("step", "response"),
    [("week_before", "utter_reminder"), ("day_before", "utter_reminder"), ("after", "utter_after_event")],
)
async def test_a_reminder_that_is_due_is_said(step: str, response: str) -> None:
    due = pressed(f'/EXTERNAL_reminder{{"item": "{FORUM.id}", "step": "{step}"}}', kind="event")
    assert (await play("action_reminder_due", due)).said == [response]


async def test_an_event_that_is_called_off_is_not_reminded_of() -> None:
    due = pressed(f'/EXTERNAL_reminder{{"item": "{FORUM.id}", "step": "day_before"}}', kind="event")
    off = FakeKnowledge(items=(replace(FORUM, cancelled=True),))
    assert (await play("action_reminder_due", due, off)).said == ["utter_reminder_gone"]
    assert (await play("action_reminder_due", due, FakeKnowledge(items=()))).said == ["utter_reminder_gone"]


@pytest.mark.parametrize(("intent", "outcome"), [("affirm", "went"), ("deny", "missed")])
async def test_yes_or_no_after_an_event_tells_what_became_of_it(intent: str, outcome: str) -> None:
    slots = {"asked": "outcome", "chosen": FORUM.id}
    played = await play("action_continue", tracker("oui", intent, [], slots, {}))
    assert played.said == [f"utter_outcome_{outcome}"]
    assert played.slots["outcomes"] == [{"item": FORUM.id, "outcome": outcome}]


@pytest.mark.parametrize("action", ["action_ask_human", "action_ask_referral"])
async def test_who_answers_near_is_shown_or_the_town_is_asked(action: str) -> None:
    here = {"place": {"label": "Besançon", "latitude": 47.24, "longitude": 6.02}}
    assert (await play(action, said("je veux parler à quelqu'un", here))).cards == [OFFICE.id]
    asked = await play(action, said("je veux parler à quelqu'un"))
    assert (asked.cards, asked.slots["asked"]) == ([], "place")
    assert asked.buttons


async def test_danger_is_told_to_the_gateway() -> None:
    played = await play("action_distress", tracker("…", "harassment", [], {}, {}))
    assert played.directives("safety") == [{"type": "safety", "danger": "harassment"}]
    assert played.buttons


async def test_who_joined_an_event_is_told_whom_to_meet_there() -> None:
    there = replace(FORUM, details={"exhibitors": ["Une boulangerie", "Un CFA"]})
    knowledge = FakeKnowledge(items=(COOK, there))
    welcome = await play("action_welcome", tracker("", "EXTERNAL_welcome", [], {}, {"event": FORUM.id}), knowledge)
    assert welcome.said == ["utter_welcome", "utter_joined", "utter_ask_age"]
    assert welcome.cards == [FORUM.id]
    played = await play("action_inform", said("j'aime cuisiner", event=FORUM.id), knowledge)
    assert "utter_here" in played.said
    assert "place" not in played.slots
    assert knowledge.asked[-1].place == FORUM.place
