"""Not understood: another way each time, and nothing that was known is lost."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from tests.unit.dialogue import play, tracker

RANKING = [{"name": name, "confidence": 0.1} for name in ("nlu_fallback", "find_event", "laugh", "find_training")]


def lost(misses: int | None, last: str = "action_rephrase", ranking: list[dict[str, Any]] = RANKING) -> Tracker:
    message = {"text": "?!", "intent": {"name": "nlu_fallback"}, "entities": [], "intent_ranking": ranking}
    events = [{"event": "action", "name": last}, {"event": "action", "name": "action_listen"}]
    return Tracker("someone", {"misses": misses, "place": {"label": "Dole"}}, message, events, False, None, {}, None)


async def test_first_two_likely_wishes_then_themes_then_people() -> None:
    ways = [await play("action_rephrase", lost(misses)) for misses in (None, 1, 2, 3, 4)]
    assert [way.said for way in ways] == [
        ["utter_which_wish"], ["utter_another_way"], ["utter_ask_people"], ["utter_another_way"], ["utter_ask_people"],
    ]  # fmt: skip
    assert [button["payload"] for button in ways[0].buttons] == ["/find_event", "/find_training", "/nlu_fallback"]
    assert "/ask_human" in [button["payload"] for button in ways[2].buttons]


async def test_misses_are_counted_only_in_a_row() -> None:
    played = await play("action_rephrase", lost(4, last="utter_thank"))
    assert (played.said, played.slots) == (["utter_which_wish"], {"misses": 1})


async def test_without_likely_wishes_it_offers_themes() -> None:
    assert (await play("action_rephrase", lost(None, ranking=[]))).said == ["utter_rephrase"]


async def test_nothing_known_is_lost() -> None:
    assert (await play("action_rephrase", lost(2))).slots == {"misses": 3}


@pytest.mark.parametrize(("action", "intent"), [("action_stop", "stop"), ("action_reply", "laugh")])
async def test_who_is_fed_up_with_school_is_heard_whatever_it_was_taken_for(action: str, intent: str) -> None:
    played = await play(action, tracker("jveux arreter le lycee jen peux plus", intent, [], {}, {}))
    assert played.said == ["utter_fed_up"]
    assert played.buttons
