"""Questions of rights: answered with their source when sure, proposed when likely, admitted when not known."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from actions.answering import CLEAR, LIKELIEST, LIKELY_AHEAD, is_about_last_answer
from actions.turn import Turn
from knowledge_base.answers import LIKELY, SURE, bare, load_answers
from knowledge_base.answers.parts import stretches
from knowledge_base.answers.texts import FOLDER
from knowledge_base.errors import BadRecord
from tests.unit.dialogue import play, pressed, said, tracker
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
    knowledge = knowing(LIKELY_AHEAD, LIKELY_AHEAD / CLEAR + 0.01, LIKELY - 0.01)
    played = await play("action_ask_question", tracker("c koi", "ask_question", [], {}, {}), knowledge)
    assert played.said == ["utter_which_question"]
    assert [one["title"] for one in played.buttons[:2]] == [FIRST.question, SECOND.question]
    assert len(played.buttons) == 3
    chosen = await play("action_ask_question", pressed(played.buttons[1]["payload"]), knowledge)
    assert chosen.messages[0]["answer"] == SECOND.tu


@pytest.mark.parametrize("scores", [(LIKELIEST, LIKELIEST - 0.01), (LIKELY_AHEAD, LIKELY)])
async def test_the_likeliest_answer_is_given_under_its_question_the_other_beside_it(scores: tuple[float, ...]) -> None:
    played = await play("action_ask_question", tracker("c koi", "ask_question", [], {}, {}), knowing(*scores))
    assert played.said == ["utter_likely_question", "utter_answer"]
    assert played.messages[1]["answer"] == f"{FIRST.question}\n{FIRST.tu}"
    assert SECOND.question in [one["title"] for one in played.buttons]


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


def test_an_answer_leads_to_one_that_there_is(tmp_path: Path) -> None:
    subject = yaml.safe_load((FOLDER / "stages.yml").read_text())
    subject["answers"] = subject["answers"][:1]
    subject["answers"][0]["otherwise"] = "no_such_answer"
    (tmp_path / "stages.yml").write_text(yaml.safe_dump(subject, allow_unicode=True))
    with pytest.raises(BadRecord, match="no_such_answer"):
        load_answers(tmp_path)


@pytest.mark.parametrize("words", ["et si jen trouve pas", "nan personne me prend", "aucune réponse"])
async def test_what_to_do_if_it_does_not_work_is_another_answer(words: str) -> None:
    known = {one.id: one for one in load_answers()}
    found, instead = known["apprenticeship_find_employer"], known["apprenticeship_no_employer_yet"]
    told = said(words, {"subject": found.id})
    told.events.append({"event": "bot", "metadata": {"utter_action": "utter_answer"}})
    played = await play("action_inform", told, FakeKnowledge(answered=[(found, 1.0), (THIRD, 0.6), (instead, 0.05)]))
    assert played.messages[0]["answer"] == instead.tu


def test_no_answer_claims_to_be_truer_than_today() -> None:
    today = f"{datetime.now(UTC):%Y-%m}"
    assert not [one.id for one in load_answers() if one.as_of > today]


async def test_two_questions_in_one_message_get_two_answers_and_one_set_of_buttons() -> None:
    knowledge = FakeKnowledge(answered=[(FIRST, SURE)], asked_where=[("c quoi un cfa", FIRST), ("la rqth", SECOND)])
    asked = tracker("c quoi un cfa et la rqth ca sert", "ask_question", [], {}, {})
    played = await play("action_ask_question", asked, knowledge)
    assert [message["answer"] for message in played.messages] == [
        f"{one.question}\n{one.tu}" for one in (FIRST, SECOND)
    ]  # each under its question: « Il sert à… » would not say what does
    assert [bool(message["buttons"]) for message in played.messages] == [False, True]


async def test_a_wish_beside_a_question_is_served_after_the_answer() -> None:
    knowledge = FakeKnowledge(answered=[(FIRST, SURE)], asked_where=[("c quoi un cfa", FIRST)])
    asked = tracker("c quoi un cfa et j'aime la cuisine", "ask_question", [], {}, {})
    played = await play("action_ask_question", asked, knowledge)
    assert played.said[0] == "utter_answer"
    assert "utter_families" in played.said
    assert played.slots["likes"] == ["cuisine"]


async def test_a_question_beside_a_search_is_answered_and_the_search_made() -> None:
    knowledge = FakeKnowledge(asked_where=[("c'est quoi le cpf ?", FIRST)])
    asked = tracker("une formation en cuisine, c'est quoi le cpf ?", "find_training", [], {}, {})
    played = await play("action_find_training", asked, knowledge)
    assert played.said[:2] == ["utter_answer", "utter_trainings"]


async def test_what_asks_only_is_not_searched() -> None:
    knowledge = FakeKnowledge(asked_where=[("c'est quoi le cpf ?", FIRST)])
    played = await play("action_inform", tracker("au fait c'est quoi le cpf ?", "inform", [], {}, {}), knowledge)
    assert played.said == ["utter_answer"]


async def test_an_age_corrected_after_an_answer_that_depends_on_age_is_asked_of_it_again() -> None:
    aged = next(one for one in load_answers() if "30 ans" in one.tu)
    told = said("en fait j'ai 31 ans", {"subject": aged.id})
    told.events.append({"event": "bot", "metadata": {"utter_action": "utter_answer"}})
    played = await play("action_inform", told, FakeKnowledge(answered=[(aged, 1.0)]))
    assert played.messages[0]["answer"] == aged.tu
    assert played.slots["age"] == 31


async def test_what_points_at_a_thing_shown_is_not_asked_of_an_answer() -> None:
    told = said("et le premier métier, il est comment ?", {"subject": FIRST.id, "shown": [{"id": "x"}]})
    told.events.append({"event": "bot", "metadata": {"utter_action": "utter_answer"}})
    assert not is_about_last_answer(Turn.of(told))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Bonjour, c'est quoi un CFA ? merci d'avance", "c'est quoi un CFA ?"),
        ("attends est ce que je perds la caf", "est ce que je perds la caf"),
        ("oui", "oui"),
    ],
)
def test_what_leads_in_and_out_of_a_question_is_left_out(message: str, words: str) -> None:
    assert bare(message) == words


def test_a_message_is_read_in_its_parts_and_in_parts_together() -> None:
    parts = [one.words for one in stretches("le permis c combien et est ce que la rqth ca sert")]
    assert "le permis c combien" in parts
    assert "est ce que la rqth ca sert" in parts
    assert "différence entre cap et bac pro" in [one.words for one in stretches("différence entre cap et bac pro")]


async def test_a_training_and_an_event_wanted_in_one_message_are_both_searched() -> None:
    told = tracker("une formation en cuisine et aussi un atelier", "find_event", [], {}, {})
    assert (await play("action_find_event", told)).said == [
        "utter_trainings",
        "utter_ask_place",
        "utter_events",
        "utter_ask_place",
    ]
