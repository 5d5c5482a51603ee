"""One conversation in several places: by a short code, and by nothing else."""

import re
import time
from typing import Any

import httpx

from connectors import texts
from tests.e2e.telegram import World
from tests.e2e.test_telegram import WELCOME
from tests.stack import Conversation

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


def code_of(person: Conversation) -> str:
    """Ask for a code on the web."""
    given = person.client.post(f"/api/v1/conversations/{person.id}/continuation", headers=person.headers)
    assert given.status_code == 201, given.text
    return str(given.json()["code"])


def use(telegram: World, code: str) -> httpx.Response:
    """Use a code on the web."""
    return telegram.stack.people.post("/api/v1/continuations", json={"code": code})


def test_from_the_web_to_telegram_and_back(telegram: World) -> None:
    web = telegram.stack.open()
    web.say("j'aime réparer les vélos")
    person = telegram.person()
    code = code_of(web)
    assert person.say(code.lower().replace("-", " ")) == [texts.CONTINUED_HERE]
    answer = person.say("et je suis à Besançon")
    assert answer
    history: list[dict[str, Any]] = web.messages()
    assert "et je suis à Besançon" in [one["text"] for one in history]
    assert answer[0] in [one["text"] for one in history]

    web.say("autre chose")
    telegram.settle()
    assert person.new() == [], "replies leave by the channel last used"
    assert person.say("qu'est-ce que tu sais de moi ?")

    [told] = person.say("Code")
    found = CODE.search(told)
    assert found
    opened = use(telegram, found[0])
    assert opened.status_code == 201
    assert opened.json()["id"] == web.id
    other = Conversation(web.client, web.id, opened.json()["token"], [])
    assert other.messages() == web.messages(), "both tokens open it"
    refused = use(telegram, found[0])
    assert refused.status_code == 404, "a code serves once"
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"] == texts.CODE_UNKNOWN


def test_a_chat_that_held_only_its_welcome_is_erased_when_it_continues_another(telegram: World) -> None:
    web, person = telegram.stack.open(), telegram.person()
    person.say("/start")
    [(left,)] = telegram.rows("SELECT conversation_id FROM people.addresses ORDER BY heard_at DESC LIMIT 1")
    person.say(code_of(web))
    deadline = time.monotonic() + 20
    while telegram.count("SELECT count(*) FROM people.conversations WHERE id = %s", left):
        assert time.monotonic() < deadline, "never erased"
        time.sleep(0.2)
    assert web.messages()[-1]["text"] == texts.CONTINUED_HERE
    assert person.say("j'aime la cuisine"), "the address is kept"


def test_a_chat_that_held_something_is_left_as_it_was(telegram: World) -> None:
    web, person = telegram.stack.open(), telegram.person()
    person.say("/start")
    person.say("ceci reste où c'est dit")
    said = "SELECT count(*) FROM people.messages WHERE text = %s AND conversation_id = %s"
    assert person.say(code_of(web)) == [texts.CONTINUED_HERE]
    assert telegram.count(said, "ceci reste où c'est dit", web.id) == 0
    kept = "SELECT count(*) FROM people.messages m JOIN people.conversations c ON c.id = m.conversation_id"
    assert telegram.count(f"{kept} WHERE m.text = %s AND c.erase_at IS NULL", "ceci reste où c'est dit") == 1


def test_a_link_may_carry_the_code(telegram: World) -> None:
    web, person = telegram.stack.open(), telegram.person()
    assert person.say(f"/start {code_of(web).replace('-', '')}") == [texts.CONTINUED_HERE]


def test_a_code_that_is_not_live_is_said_so(telegram: World) -> None:
    web, person = telegram.stack.open(), telegram.person()
    assert person.say("ABCD-2345")[0] == texts.CODE_UNKNOWN
    void = code_of(web)
    code_of(web)
    assert person.say(void) == [texts.CODE_UNKNOWN], "a newer code voids the one before"
    late = code_of(web)
    with telegram.stack.database() as connection:
        connection.execute("UPDATE people.continuations SET expires_at = now() WHERE conversation_id = %s", (web.id,))
    assert person.say(late) == [texts.CODE_UNKNOWN]
    assert WELCOME not in " ".join(person.say("serveuse")), "a word of eight letters is a word"


def test_a_code_wants_its_own_token(telegram: World) -> None:
    web, other = telegram.stack.open(), telegram.stack.open()
    path = f"/api/v1/conversations/{web.id}/continuation"
    assert web.client.post(path).status_code == 401
    assert web.client.post(path, headers=other.headers).status_code == 404


def test_an_erased_conversation_is_continued_nowhere(telegram: World) -> None:
    web = telegram.stack.open()
    code = code_of(web)
    assert web.client.delete(f"/api/v1/conversations/{web.id}", headers=web.headers).status_code == 204
    assert use(telegram, code).status_code == 404


def test_guessing_is_slowed_down(telegram: World) -> None:
    statuses = [use(telegram, "ABCD-2345").status_code for _ in range(12)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    person = telegram.person()
    person.say("/start")
    said = [person.say("ABCD-2345")[-1] for _ in range(12)]
    assert said[0] == texts.CODE_UNKNOWN
    assert said[-1] == texts.TOO_MANY


def test_what_piste_begins_itself_is_sent_even_when_a_page_was_last_used(telegram: World) -> None:
    web, person = telegram.stack.open(), telegram.person()
    person.say(code_of(web))
    web.say("je cherche un forum des métiers à Besançon")
    telegram.settle()
    assert person.new() == []
    with telegram.stack.database() as connection:
        connection.execute(
            "INSERT INTO people.reminders (id, conversation_id, item_id, step, due_at, created_at)"
            " VALUES (gen_random_uuid(), %s, 'event-forum-numerique-planoise', 'day_before', now(), now())",
            (web.id,),
        )
    deadline = time.monotonic() + 30
    while not (said := person.new()):
        assert time.monotonic() < deadline, "no reminder"
        time.sleep(0.2)
    assert "forum" in " ".join(said).lower()
