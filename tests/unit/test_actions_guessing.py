"""What somebody gets whose message told nothing for sure: a guess said to be one, something by its name, an answer."""

import pytest

from actions.smalltalk import IN_CONTACT
from actions.texts import facets, trades
from actions.trades_meant import refuses_trade
from actions.turn import Turn
from knowledge_base.french import fold
from tests.unit.dialogue import play, tracker
from tests.unit.fake_knowledge import FakeKnowledge


async def test_a_guess_is_said_to_be_one_and_kept() -> None:
    played = await play("action_inform", tracker("jsuis a fond ac les bébés", "inform", [], {}, {}))
    assert played.said[0] == "utter_guess"
    assert played.slots["likes"] == ["bébés"]


async def test_what_tells_nothing_is_asked_about() -> None:
    assert "utter_guess" not in (await play("action_inform", tracker("j'ai 16 ans", "inform", [], {}, {}))).said


@pytest.mark.parametrize(
    ("said", "in_contact"),
    [
        ("la mission locale m'a rappelé", True),
        ("j'ai un rdv au cio mardi, j'amène quoi", True),
        ("toujours pas de nouvelles du cfa", True),
        ("c'est où la mission locale", False),
    ],
)
def test_who_is_in_contact_asks_no_address(said: str, in_contact: bool) -> None:
    assert bool(IN_CONTACT.search(fold(said))) is in_contact


def test_all_that_is_asked_of_a_thing_is_heard() -> None:
    heard = facets.all_asked(fold("à partir de quel âge, ça dure combien de temps et c'est gratuit ?"))
    assert {"for_whom", "duration", "price"} <= {one.key for one in heard}
    assert facets.asked("et japporte quoi") is facets.BY_KEY["bring"]


def test_hard_sides_are_the_conditions_of_a_trade() -> None:
    assert trades.asked_of_trade("aide soignante c est dur ou pas") == ["conditions"]


def test_a_trade_refused_is_not_asked_about() -> None:
    services = type("Some", (), {"knowledge": FakeKnowledge()})()
    job = [{"entity": "job", "value": "bûcheron", "start": 4, "end": 12}]
    assert refuses_trade(Turn.of(tracker("pas bûcheron, il a le dos fragile", "inform", job, {}, {})), services)
