"""What a message means where it stands: of what is shown, of a trade looked at, taken up again, whatever its intent."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.about_shown import question_in
from actions.turn import Turn
from tests.unit.dialogue import play, tracker
from tests.unit.fake_knowledge import BAKER, COOK, COURSE, FORUM, OFFICE, VISIT


def rows(*items: Any) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "kind": one.kind, "code": one.code, "title": one.title, "why": "Parce que."} for one in items
    ]


def asked(text: str, intent: str = "out_of_scope", jobs: Any = (), **slots: Any) -> Tracker:
    found = [
        {"entity": "job", "value": job, "start": text.index(job), "end": text.index(job) + len(job)} for job in jobs
    ]
    return tracker(text, intent, found, slots, {})


@pytest.mark.parametrize("intent", ["bot_challenge", "how_are_you", "ask_answer", "thank", "out_of_scope"])
async def test_what_is_asked_of_the_one_thing_shown_is_told_whatever_it_was_taken_for(intent: str) -> None:
    action = "action_out_of_scope" if intent == "out_of_scope" else "action_reply"
    played = await play(action, asked("re, c'était quand déjà ?", intent, shown=rows(FORUM), chosen=FORUM.id))
    assert played.said == ["utter_fact"]
    assert played.cards == [FORUM.id]


@pytest.mark.parametrize(
    ("said", "jobs", "told"),
    [
        ("et le dimanche ?", (), ["utter_condition"]),
        ("c'est quoi les conditions ?", (), ["utter_conditions"]),
        ("sans diplôme c'est possible ?", (), ["utter_way_in"]),
        ("une journée de boulanger et comment on le devient ?", ("boulanger",), ["utter_daily_life", "utter_way_in"]),
    ],
)
async def test_all_that_is_asked_of_a_trade_is_told(said: str, jobs: tuple[str, ...], told: list[str]) -> None:
    played = await play("action_out_of_scope", asked(said, jobs=jobs, shown=rows(COOK), chosen=COOK.id))
    assert played.said == told
    assert played.messages[0]["title"].startswith((BAKER if jobs else COOK).title)


async def test_an_aspect_goes_on_with_another_trade() -> None:
    first = await play(
        "action_ask_conditions", asked("boulanger : les idées reçues ?", "ask_conditions", ("boulanger",))
    )
    assert first.said == ["utter_belief"]
    then = asked("et sur cuisine ?", "ask_conditions", ("cuisine",), subject=first.slots["subject"], shown=rows(COOK))
    assert (await play("action_ask_conditions", then)).said == ["utter_belief"]


@pytest.mark.parametrize(
    ("said", "kind"), [("remontre moi les formations", COURSE), ("on en était où ?", FORUM), ("reprends stp", FORUM)]
)
async def test_what_was_shown_is_shown_again(said: str, kind: Any) -> None:
    played = await play("action_reply", asked(said, "go_back", likes=["cuisiner"], shown=rows(FORUM)))
    assert played.cards[0] == kind.id


async def test_another_place_is_another() -> None:
    known = {"place": {"label": "Besançon", "latitude": 47.2, "longitude": 6.0}, "seen": [OFFICE.id], "topic": "place"}
    played = await play("action_reply", asked("ya pas un autre endroit ?", "ask_answer", shown=rows(OFFICE), **known))
    assert OFFICE.id not in played.cards


async def test_a_service_not_wanted_is_kept_so() -> None:
    known = {
        "place": {"label": "Besançon", "latitude": 47.2, "longitude": 6.0},
        "topic": "place",
        "shown": rows(OFFICE),
    }
    played = await play("action_not_for_me", asked("pas la mission locale", "not_for_me", **known))
    assert played.slots["refused"] == ["service:mission_locale"]


async def test_who_goes_is_offered_a_reminder_and_told_of_afterwards() -> None:
    played = await play("action_rephrase", asked("ok j'y vais", "nlu_fallback", shown=rows(FORUM), chosen=FORUM.id))
    assert played.said == ["utter_going"]
    assert played.buttons[0]["payload"].startswith("/remind_me")


@pytest.mark.parametrize("said", ["et hier ?", "la semaine dernière ?"])
async def test_what_is_past_is_said_to_be(said: str) -> None:
    played = await play("action_rephrase", asked(said, "nlu_fallback", shown=rows(VISIT), topic="event"))
    assert played.said[0] == "utter_past_event"


async def test_a_day_that_does_not_exist_is_said_not_to() -> None:
    played = await play("action_find_event", asked("des événements le 32 novembre", "find_event"))
    assert (played.said[0], played.messages[0]["day"]) == ("utter_no_such_day", "32 novembre")


async def test_without_a_town_one_goes_on() -> None:
    played = await play("action_continue", asked("non", "deny", asked="place"))
    assert played.said == ["utter_without_town"]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("J'habite à Dole. C'est quoi une journée de menuisier ?", "c est quoi une journee de menuisier"),
        ("je veux pas travailler la nuit, boulanger c'est que la nuit ?", "boulanger c est que la nuit"),
        ("et le dimanche", "et le dimanche"),
    ],
)
def test_the_question_of_a_message_is_told_from_what_it_states(said: str, question: str) -> None:
    assert question_in(Turn("inform", said, {}, (), {}, {})).strip() == question


async def test_a_search_is_no_question_about_the_trades_shown() -> None:
    looked_for = asked("quelles formations sans le bac ?", "find_training", shown=rows(COOK, BAKER), likes=["cuisiner"])
    played = await play("action_find_training", looked_for)
    assert played.cards[:1] == [COURSE.id]


@pytest.mark.parametrize("intent", ["go_back", "laugh", "how_are_you"])
async def test_a_wish_beside_small_talk_is_served(intent: str) -> None:
    played = await play("action_reply", asked("oups c'est le chat. je voudrais cuisiner", intent))
    assert played.said[0] == "utter_families"


async def test_small_talk_alone_gets_its_answer() -> None:
    assert (await play("action_reply", asked("on revient en arrière stp", "go_back"))).said == ["utter_go_back"]


async def test_the_last_of_nothing_is_nothing() -> None:
    played = await play("action_not_for_me", asked("la dernière, non", "not_for_me"))
    assert played.said == ["utter_ask_interest"]


async def test_what_was_looked_at_is_what_to_be_reminded_of() -> None:
    looked_at = asked("tu me le rappelles ?", "remind_me", shown=rows(VISIT, FORUM), chosen=FORUM.id)
    assert (await play("action_remind_me", looked_at)).cards == [FORUM.id]


async def test_refusing_a_trade_refuses_no_event() -> None:
    refused = asked(
        "non pas boulanger", "not_for_me", ("boulanger",), shown=rows(FORUM), chosen=FORUM.id, likes=["voir"]
    )
    assert (await play("action_not_for_me", refused)).slots["refused"] == []


async def test_more_of_the_same_kind_is_more_of_what_was_liked() -> None:
    more = asked("autre chose dans le genre ?", "ask_neighbours", shown=rows(FORUM), likes=["cuisiner"])
    assert (await play("action_ask_neighbours", more)).said[0] == "utter_families"
