"""Questions of rights: answered with their source when sure, proposed when likely, admitted when not known."""

import re
from datetime import UTC, datetime

from knowledge_base.answers import LIKELY, SURE, load_answers
from tests.unit.dialogue import play, pressed, tracker
from tests.unit.fake_knowledge import FakeKnowledge

TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt'", re.IGNORECASE)
VOUS = re.compile(r"(?<!rendez-)\b(?:vous|votre|vos)\b", re.IGNORECASE)
QUOTED = re.compile("«[^»]*»")
FIRST, SECOND, THIRD = load_answers()[:3]


def knowing(*scores: float) -> FakeKnowledge:
    return FakeKnowledge(answered=list(zip((FIRST, SECOND, THIRD), scores, strict=False)))


async def test_a_sure_answer_is_given_with_its_source_and_month() -> None:
    played = await play("action_ask_question", tracker("c koi", "ask_question", [], {}, {}), knowing(SURE, 0.1))
    (message,) = played.messages
    assert message["response"] == "utter_answer"
    assert message["answer"] == FIRST.tu
    assert FIRST.source.name in message["source"]
    assert FIRST.as_of[:4] in message["source"]
    assert played.buttons


async def test_vous_is_answered_to_who_wants_it() -> None:
    asked = tracker("c'est quoi", "ask_question", [], {"register": "vous"}, {})
    assert (await play("action_ask_question", asked, knowing(SURE))).messages[0]["answer"] == FIRST.vous


async def test_likely_answers_are_proposed_and_a_press_gives_one() -> None:
    knowledge = knowing(SURE - 0.01, LIKELY, LIKELY - 0.01)
    played = await play("action_ask_question", tracker("c koi", "ask_question", [], {}, {}), knowledge)
    assert played.said == ["utter_which_question"]
    assert [one["title"] for one in played.buttons[:2]] == [FIRST.question, SECOND.question]
    assert len(played.buttons) == 3
    chosen = await play("action_ask_question", pressed(played.buttons[1]["payload"]), knowledge)
    assert chosen.messages[0]["answer"] == SECOND.tu


async def test_what_is_not_known_is_said_with_somebody_to_ask() -> None:
    played = await play("action_ask_question", tracker("?", "ask_question", [], {}, {}), knowing(LIKELY - 0.01))
    assert played.said == ["utter_no_answer"]
    assert [one["payload"] for one in played.buttons] == ["/find_place", "/ask_human"]


async def test_pressing_for_a_question_without_words_shows_some() -> None:
    played = await play("action_ask_question", pressed("/ask_question"), FakeKnowledge(answered=[(FIRST, 1.0)]))
    assert played.said == ["utter_which_subject"]
    known = {one.id for one in load_answers()}
    assert all(one["payload"].split('"')[3] in known for one in played.buttons)


def test_every_answer_stands_in_both_registers() -> None:
    mixed = [one.id for one in load_answers() if TU.search(QUOTED.sub("", one.vous)) or VOUS.search(one.tu)]
    assert not mixed


def test_no_answer_claims_to_be_truer_than_today() -> None:
    today = f"{datetime.now(UTC):%Y-%m}"
    assert not [one.id for one in load_answers() if one.as_of > today]
