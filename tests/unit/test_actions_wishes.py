"""Wishes taken back, narrowed, told as an exception, or told of somebody else, over a knowledge base of a few lines."""

from dataclasses import replace

import pytest

from actions.services import Services
from actions.turn import Turn
from actions.understanding import understand
from tests.unit.dialogue import Slots, play, said
from tests.unit.fake_knowledge import BAKER, COOK, FORUM, FakeKnowledge

ROWS = [
    {"id": one.id, "kind": one.kind, "code": one.code, "title": one.title, "why": "Parce que tu as dit « cuisiner »."}
    for one in (COOK, BAKER, FORUM)
]
EXPLORING: Slots = {"likes": ["cuisiner"], "shown": ROWS, "seen": [row["id"] for row in ROWS]}


def told(words: str, slots: Slots | None = None, intent: str = "inform") -> Slots:
    return understand(replace(Turn.of(said(words, slots)), intent=intent), Services(FakeKnowledge()))  # type: ignore[arg-type]


@pytest.mark.parametrize("intent", ["withdraw_referral", "erase_data", "inform"])
def test_a_wish_dropped_is_refused_whatever_it_was_taken_for(intent: str) -> None:
    changes = told("laisse tomber la cuisine finalement", {"likes": ["cuisiner"]}, intent)
    assert (changes["likes"], changes["dislikes"]) == (None, ["cuisine"])


async def test_forgetting_a_taste_is_no_erasing_of_data() -> None:
    played = await play("action_erase_data", said("oublie la cuisine", {"likes": ["cuisiner"]}))
    assert played.slots["dislikes"] == ["cuisine"]
    assert "utter_confirm_erase" not in played.said


async def test_another_of_the_same_kind_is_none_of_those_shown() -> None:
    knowledge = FakeKnowledge()
    await play("action_explore_jobs", said("autre chose dans la bouffe", EXPLORING), knowledge)
    assert knowledge.asked[0].seen == frozenset(EXPLORING["seen"])
    assert knowledge.asked[0].likes[0] == "bouffe"


@pytest.mark.parametrize(("asked", "likes", "dislikes"), [("likes", ["le foot"], None), (None, None, ["le foot"])])
def test_all_but_one_answers_what_pleases(
    asked: str | None, likes: list[str] | None, dislikes: list[str] | None
) -> None:
    changes = told("bah à part le foot", {"asked": asked})
    assert (changes.get("likes"), changes.get("dislikes")) == (likes, dislikes)


def test_the_title_of_what_was_shown_is_no_wish() -> None:
    row = {"id": "event-1", "kind": "event", "title": "Les mains dans le moteur"}
    assert "likes" not in told("les mains dans le moteur", {"shown": [row]})


async def test_who_it_is_for_is_corrected_without_refusing_what_was_shown() -> None:
    slots = EXPLORING | {"about": "other", "who": "fils"}
    played = await play("action_not_for_me", said("pardon, ma fille, pas mon fils", slots))
    assert played.slots["who"] == "fille"
    assert "refused" not in played.slots
    assert played.said[0] == "utter_for_whom"
    assert played.messages[0]["whom"] == "ta fille"


async def test_reasons_kept_in_one_register_are_said_in_the_other() -> None:
    played = await play("action_ask_why", said("Pourquoi me proposez-vous cela ?", EXPLORING))
    assert "parce que vous avez dit « cuisiner »" in played.messages[0]["reasons"]
