"""Skills from the first word to a next step, through the whole of Piste."""

import os
import subprocess
import sys
import time
from typing import Any

import pytest

from deploy.instance import ROOT
from tests.stack import Conversation, Stack

Message = dict[str, Any]


def cards_of(replies: list[Message], kind: str) -> list[dict[str, Any]]:
    return [card for message in replies for card in message["cards"] if card["kind"] == kind]


def buttons_of(replies: list[Message]) -> dict[str, str]:
    return {button["title"]: button["payload"] for message in replies for button in message["buttons"]}


def answer_quiz(person: Conversation, replies: list[Message], choose: int) -> list[Message]:
    for turn in range(20):
        if replies[-1]["text"].split(".")[0].isdigit():
            payload = replies[-1]["buttons"][choose]["payload"]
            # Every third answer is typed instead of pressed.
            replies = person.say(str(choose + 1)) if turn % 3 == 2 else person.press(payload)
    return replies


def test_a_question_of_rights_is_answered_with_its_source(stack: Stack) -> None:
    person = stack.open()
    replies = person.say("cb on touche en apprentissage a 17 ans ?")
    assert "Smic" in replies[-1]["text"]
    assert "Source : " in replies[-1]["text"]
    assert replies[-1]["buttons"]


def test_the_quiz_ends_with_a_picture_jobs_and_no_verdict(stack: Stack) -> None:
    person = stack.open()
    replies = answer_quiz(person, person.say("fais moi passer un test d'orientation"), 0)
    result = next(message for message in replies if message["image"])
    assert "verdict" in result["text"]
    picture = stack.people.get(result["image"]["url"])
    assert picture.headers["content-type"] == "image/svg+xml"
    assert result["image"]["alt"]
    assert len(cards_of(replies, "job_family")) == 3
    assert stack.people.get("/pictures/interests/1-2-3.svg").status_code == 404
    assert stack.people.get("/pictures/interests/1-2-3-4-5-600.svg").status_code == 404


def test_a_trade_is_told_about_and_compared(stack: Stack) -> None:
    person = stack.open()
    person.say("j'adore cuisiner, j'ai un CAP")
    day = person.say("c'est quoi une journée de cuisinier ?")[-1]
    assert "journée" in day["text"]
    way = person.press(buttons_of([day])["Comment y entrer"])[-1]["text"]
    assert "CAP" in way
    assert cards_of(person.press(buttons_of([day])["Des métiers proches"]), "job_family")
    assert "Côte à côte" in person.say("boulanger ou pâtissier, lequel choisir")[-1]["text"]


def test_vous_is_kept_and_reasons_follow(stack: Stack) -> None:
    person = stack.open()
    person.say("merci de me vouvoyer s'il vous plaît")
    replies = person.say("j'aime la mécanique")
    assert "vous avez dit" in cards_of(replies, "job_family")[0]["why"]
    assert any("vous" in message["text"].lower() for message in replies)


def test_a_father_asks_for_his_son(stack: Stack) -> None:
    person = stack.open()
    replies = person.say("bonjour c'est pour mon fils, il a 16 ans, il aime la mécanique, on habite à Dole")
    assert cards_of(replies, "job_family")
    assert all(card["distance_km"] is None or card["distance_km"] < 80 for card in cards_of(replies, "training"))


def test_which_service_depends_on_the_case(stack: Stack) -> None:
    person = stack.open()
    person.say("j'ai 19 ans, j'ai arrêté le lycée, j'habite à Besançon")
    places = cards_of(person.say("qui peut m'aider près de chez moi ?"), "place")
    assert places[0]["title"].startswith("Mission Locale")
    assert "16-25 ans" in places[0]["why"]


def test_erasing_from_the_chat_is_confirmed_then_done(stack: Stack) -> None:
    person = stack.open()
    person.say("j'aime la cuisine")
    confirm = person.say("efface toutes mes données")
    person.press(buttons_of(confirm)["Oui, tout effacer"])
    deadline = time.monotonic() + 30
    path = f"/api/v1/conversations/{person.id}/messages"
    while stack.people.get(path, headers=person.headers).status_code != 404:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    with stack.database() as connection:
        for table in ("rasa.events", "rasa.turns"):
            left = connection.execute(f"SELECT count(*) FROM {table} WHERE sender_id = %s", (person.id,)).fetchone()
            assert left == (0,)


def test_what_was_not_understood_is_listed_for_counsellors(stack: Stack) -> None:
    person = stack.open()
    odd = ("schtroumpfer le machin qui fait bidule", "zzz kkk pppp", "tu rimboules la truc ?", "hmf grr 3 x 9 la")
    for words in odd:
        person.say(words)
    person.say("j'aime la cuisine")
    command = [sys.executable, "-m", "connectors", "not-understood", "--days", "1"]
    given = {**os.environ, "PISTE_INSTANCE": str(stack.instance.folder)}
    listed = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout
    assert any(words in listed for words in odd)
    assert "j'aime la cuisine" not in listed


def test_when_unsure_it_asks_gently_then_answers(stack: Stack) -> None:
    person = stack.open()
    replies = person.say("je dors plus depuis des semaines et j'ai plus le goût à rien, je cherche quand même un stage")
    assert "3114" in replies[0]["text"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("mes donnees", "une copie de tout"), ("Mon récap", "Mon récap"), ("effacer la conversation", "J'efface")],
)
def test_an_entry_of_the_menu_that_is_typed_is_understood(stack: Stack, typed: str, answer: str) -> None:
    person = stack.open()
    person.say("j'ai 17 ans et j'aime les animaux")
    assert answer in " ".join(reply["text"] for reply in person.say(typed))
