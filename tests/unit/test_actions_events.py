"""Events when the person can: in the period they name, said so when there is nothing then."""

import pytest

from tests.unit.dialogue import Slots, play, tracker
from tests.unit.fake_knowledge import FORUM, VISIT

KNOWN: Slots = {"likes": ["cuisiner"], "place": {"label": "Besançon", "latitude": 47.24, "longitude": 6.02}}


@pytest.mark.parametrize(
    ("text", "said", "cards"),
    [
        ("ya quoi comme forum mercredi", ["utter_events"], [FORUM.id]),
        ("un truc le 27", ["utter_events"], [VISIT.id]),
        ("samedi ?", ["utter_no_event_then", "utter_events"], [FORUM.id, VISIT.id]),
        ("des forums ?", ["utter_events"], [FORUM.id, VISIT.id]),
    ],
)
async def test_events_are_looked_for_when_the_person_says(text: str, said: list[str], cards: list[str]) -> None:
    played = await play("action_find_event", tracker(text, "find_event", [], KNOWN, {}))
    assert (played.said, played.cards) == (said, cards)


async def test_a_period_said_before_does_not_outlive_the_next_search() -> None:
    when = {"start": "2026-11-28T00:00:00+01:00", "end": "2026-11-29T00:00:00+01:00", "words": "samedi"}
    played = await play("action_find_event", tracker("des forums ?", "find_event", [], {**KNOWN, "when": when}, {}))
    assert played.cards == [FORUM.id, VISIT.id]
    assert played.slots["when"] is None


async def test_the_same_on_another_day_keeps_the_kind() -> None:
    played = await play(
        "action_refine", tracker("la même chose mais le 27", "refine", [], {**KNOWN, "topic": "event"}, {})
    )
    assert played.cards == [VISIT.id]
    assert played.slots["when"]["words"] == "le 27"
