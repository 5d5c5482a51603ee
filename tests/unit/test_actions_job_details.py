"""Questions about a trade: which one is meant, and what is said of it."""

from typing import Any

import pytest

from actions.trades_meant import wanted_jobs
from actions.turn import Turn
from tests.unit.dialogue import Slots, play, pressed, tracker
from tests.unit.fake_knowledge import BAKER, COOK, COURSE, FORUM

ROWS: list[dict[str, Any]] = [
    {"id": one.id, "kind": one.kind, "code": one.code, "title": one.title, "why": "Parce que."}
    for one in (COOK, BAKER, FORUM)
]
SHOWN: Slots = {"shown": ROWS, "likes": ["cuisiner"]}


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("le premier", COOK.title),
        ("et boulanger c'est comment", BAKER.title),
        ("la cuisine, une journée ?", COOK.title),
    ],
)
async def test_the_trade_pointed_at_or_named_is_told_about(said: str, title: str) -> None:
    played = await play("action_ask_daily_life", tracker(said, "ask_daily_life", [], SHOWN, {}))
    assert played.said == ["utter_daily_life"]
    assert played.messages[0]["title"] == title


async def test_among_several_the_first_is_told_and_the_others_offered() -> None:
    played = await play("action_ask_daily_life", tracker("une journée ?", "ask_daily_life", [], SHOWN, {}))
    assert played.said == ["utter_daily_life"]
    assert played.messages[0]["title"] == COOK.title
    other = next(button for button in played.buttons if BAKER.title in button["title"])
    told = await play("action_ask_daily_life", pressed(other["payload"], SHOWN))
    assert told.messages[0]["title"] == BAKER.title
    assert told.slots["chosen"] == BAKER.id


async def test_a_condition_is_told_of_each_trade_shown() -> None:
    played = await play("action_ask_conditions", tracker("et le dimanche ?", "ask_conditions", [], SHOWN, {}))
    assert played.said == ["utter_condition_of_each"]
    assert [line.split(" : ")[0] for line in played.messages[0]["lines"].split("\n")] == [COOK.title, BAKER.title]


async def test_a_trade_that_is_not_known_is_said_not_to_be() -> None:
    named = [{"entity": "job", "value": "zblorgeur", "start": 0, "end": 9}]
    played = await play("action_ask_daily_life", tracker("zblorgeur ?", "ask_daily_life", named, {}, {}))
    assert played.said == ["utter_unknown_job"]


async def test_a_trade_named_that_was_not_shown_is_found() -> None:
    named = [{"entity": "job", "value": "boulanger", "start": 9, "end": 18}]
    asked = tracker("devenir, boulanger ?", "ask_way_in", named, {}, {})
    assert (await play("action_ask_way_in", asked)).messages[0]["title"] == BAKER.title


@pytest.mark.parametrize(("level", "lines"), [(None, 2), (0, 1), (4, 1)])
async def test_the_way_in_begins_where_the_person_stands(level: int | None, lines: int) -> None:
    asked = tracker("le premier", "ask_way_in", [], {**SHOWN, "level": level}, {})
    ways = (await play("action_ask_way_in", asked)).messages[0]["ways"]
    assert len(ways.split("\n")) == lines
    assert ("CAP" in ways) == (level != 0)


async def test_conditions_say_what_is_hard() -> None:
    played = await play("action_ask_conditions", tracker("la 1", "ask_conditions", [], SHOWN, {}))
    assert played.messages[0]["hard"] == "la chaleur et rester debout"
    assert "en équipe" in played.messages[0]["conditions"]


async def test_neighbours_leave_out_what_was_refused() -> None:
    slots = {**SHOWN, "refused": [BAKER.id]}
    played = await play("action_ask_neighbours", tracker("le premier", "ask_neighbours", [], slots, {}))
    assert BAKER.id not in played.cards
    assert played.cards


async def test_the_two_first_are_compared_when_none_is_named() -> None:
    played = await play("action_compare_jobs", tracker("lequel ?", "compare_jobs", [], SHOWN, {}))
    assert played.said == ["utter_comparison"]
    assert COOK.title in played.messages[0]["comparison"]
    assert BAKER.title in played.messages[0]["comparison"]
    assert (await play("action_compare_jobs", tracker("lequel ?", "compare_jobs", [], {}, {}))).said == [
        "utter_compare_what"
    ]


@pytest.mark.parametrize(
    ("said", "jobs", "wanted"),
    [
        (
            "34 ans, vendeuse en boulangerie. Je voudrais devenir cuisinière",
            ("vendeuse", "cuisinière"),
            ("cuisinière",),
        ),
        ("j'étais boulanger, je veux être cuisinier", ("boulanger", "cuisinier"), ("cuisinier",)),
        ("boulanger ou cuisinier ?", ("boulanger", "cuisinier"), ("boulanger", "cuisinier")),
        ("je suis boulanger", ("boulanger",), ("boulanger",)),
    ],
)
def test_the_trade_wanted_is_not_the_one_held(said: str, jobs: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert wanted_jobs(Turn("inform", said, {}, (), {}, {}, named_jobs=jobs)) == wanted


async def test_a_trade_called_by_another_name_is_not_the_one_looked_at() -> None:
    looked_at = SHOWN | {"chosen": COOK.id}
    asked = tracker("et un boulanger il fait quoi", "ask_daily_life", [], looked_at, {})
    assert (await play("action_ask_daily_life", asked)).messages[0]["title"] == BAKER.title


async def test_hours_are_told_as_they_are_asked() -> None:
    looked_at = SHOWN | {"chosen": COOK.id}
    played = await play("action_ask_conditions", tracker("et le dimanche", "ask_conditions", [], looked_at, {}))
    assert played.messages[0]["title"] == f"{COOK.title}, le dimanche"


async def test_what_is_asked_of_a_training_shown_is_no_question_about_a_trade() -> None:
    shown = [{"id": COURSE.id, "kind": "training", "code": None, "title": COURSE.title, "why": "Parce que."}]
    asked = tracker(
        "ya pas de notes a avoir pr y rentrer ?", "ask_way_in", [], {"shown": shown, "likes": ["cuisiner"]}, {}
    )
    assert (await play("action_ask_way_in", asked)).cards == [COURSE.id]
