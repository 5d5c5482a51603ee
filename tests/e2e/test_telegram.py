"""A conversation on Telegram: heard by webhook, answered through the Bot API, whose stand-in speaks real HTTP."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from connectors import texts
from deploy.instance import ROOT
from tests.e2e.telegram import PUBLIC_URL, SECRET, TOKEN, World

WELCOME = "moi c'est Piste"
STORED = """
SELECT (SELECT count(*) FROM people.conversations) + (SELECT count(*) FROM people.addresses)
    + (SELECT count(*) FROM people.deliveries) + (SELECT count(*) FROM people.messages)
"""


def rows(form: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the buttons under a message, by title."""
    keyboard = json.loads(form.get("reply_markup", "{}")).get("inline_keyboard", [])
    return {button["text"]: button for row in keyboard for button in row}


def test_the_first_message_gets_the_welcome_and_its_answer(telegram: World) -> None:
    person = telegram.person()
    replies = person.say("j'aime réparer les vélos")
    assert WELCOME in replies[0]
    assert len(replies) > 2
    conversation = "SELECT conversation_id FROM people.addresses ORDER BY heard_at DESC LIMIT 1"
    with telegram.stack.database() as connection:
        said = connection.execute(
            f"SELECT text FROM people.messages WHERE conversation_id IN ({conversation}) AND author <> 'user'"
            " AND text <> '' ORDER BY seq"
        ).fetchall()
        channel = connection.execute(
            f"SELECT channel FROM people.conversations WHERE id IN ({conversation})"
        ).fetchall()
    assert channel == [("telegram",)]
    assert [text for text in replies if (text,) in said] == [text for (text,) in said], "each once, in order"


def test_start_alone_is_welcomed_and_stored_as_nobody_s_words(telegram: World) -> None:
    replies = telegram.person().say("/start")
    assert WELCOME in replies[0]
    assert len(replies) == 2
    assert not telegram.count("SELECT count(*) FROM people.messages WHERE text LIKE '/start%%'")


def test_a_link_opens_the_conversation_inside_its_event(telegram: World) -> None:
    command = [sys.executable, "-m", "connectors", "join-code", "event-forum-numerique-planoise"]
    given = {"PATH": "", "PISTE_INSTANCE": str(telegram.stack.instance.folder)}
    code = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout.strip()
    person = telegram.person()
    replies = person.say(f"/start {code}")
    title = "Forum"
    assert any(title in text for text in replies[1:]), replies
    by_text = telegram.person()
    assert any(title in text for text in by_text.say(code.lower())[1:]), "typed instead of followed"
    later = telegram.person()
    later.say("j'aime l'informatique")
    assert any(title in text for text in later.say(code)[1:]), "typed later on"
    assert "code" in telegram.person().say("/start ZZZZZZ")[0].lower()


def test_a_button_is_answered_and_its_title_is_what_was_said(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    title, button = next(iter(rows(person.received()[-1]).items()))
    assert person.press(button["callback_data"])
    assert telegram.count("SELECT count(*) FROM people.messages WHERE author = 'user' AND text = %s", title) == 1
    assert telegram.api.taken("/answerCallbackQuery")
    assert person.press("0" * 24) == [texts.NOT_OFFERED]


def test_cards_are_text_with_links_and_buttons(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    person.say("je cherche un forum des métiers à Besançon")
    received = person.received()
    shown = [form for form in received if "Source : " in form["text"]]
    assert shown
    buttons = {title: button for form in shown for title, button in rows(form).items()}
    assert buttons["Mettre à l'agenda"]["url"].startswith(f"{PUBLIC_URL}/api/v1/events/")
    assert all(len(button.get("callback_data", "").encode()) <= 64 for button in buttons.values())
    assert person.press(buttons["Me le rappeler"]["callback_data"])
    for form in received:
        assert len(form["text"]) <= 4096
        assert "parse_mode" not in form
        assert json.loads(form["link_preview_options"])["is_disabled"]


def test_the_same_update_delivered_again_is_answered_once(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    update = person.written(text="je suis à Dole, et unique")
    with ThreadPoolExecutor(4) as together:
        statuses = [one.status_code for one in together.map(telegram.deliver, [update] * 8)]
    telegram.settle()
    once = person.new()
    telegram.deliver(update)
    telegram.settle()
    assert statuses == [200] * 8
    assert once
    assert person.new() == []
    said = "SELECT count(*) FROM people.messages WHERE text = 'je suis à Dole, et unique'"
    assert telegram.count(said) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é"])
def test_a_forged_update_is_refused_and_nothing_stored(telegram: World, secret: str | None) -> None:
    before = telegram.count(STORED)
    update = telegram.person().written(text="je suis qui je veux")
    answered = telegram.deliver(update, secret)
    assert answered.status_code == 401
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.json()["detail"] == texts.FORGED
    assert telegram.count(STORED) == before


def test_platforms_that_are_not_configured_have_no_address(telegram: World) -> None:
    assert telegram.stack.people.post("/webhooks/whatsapp", json={}).status_code == 404
    assert telegram.stack.people.get("/webhooks/telegram").status_code == 405


def test_what_cannot_be_read_is_answered_politely_and_the_bot_not_asked(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    file = {"file_id": "a", "file_unique_id": "b"}
    asked = telegram.count("SELECT count(*) FROM people.turns")
    person.send(voice=file | {"duration": 3})
    person.send(sticker=file | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False})
    person.send(document=file)
    person.send(text="a" * 2001)
    person.send(text="\u200b \n")
    telegram.settle()
    assert person.new() == [
        texts.UNREAD["voice"], texts.UNREAD["sticker"], texts.UNREAD_OTHER, texts.TOO_LONG, texts.BLANK,
    ]  # fmt: skip
    assert telegram.count("SELECT count(*) FROM people.turns") == asked


def test_odd_updates_are_taken_and_change_nothing(telegram: World) -> None:
    before = telegram.count(STORED)
    person = telegram.person()
    odd: list[Any] = [{}, {"update_id": 1}, {"update_id": "x"}, [], person.update(poll={"id": "1"})]
    for update in odd:
        assert telegram.deliver(update).status_code == 200
    assert telegram.count(STORED) == before


def test_a_group_is_left_politely(telegram: World) -> None:
    group = {"id": -77, "type": "group", "title": "Les copains"}
    bot = {"id": 123456, "is_bot": True, "first_name": "Piste"}
    changed = {"chat": group, "from": bot, "date": 0, "old_chat_member": {"status": "left", "user": bot},
               "new_chat_member": {"status": "member", "user": bot}}  # fmt: skip
    before = telegram.count(STORED)
    telegram.deliver({"update_id": 900_001, "my_chat_member": changed})
    telegram.api.wait_for(1, "/leaveChat")
    message = {"message_id": 1, "date": 0, "chat": group, "from": bot, "text": "salut"}
    telegram.deliver({"update_id": 900_002, "message": message})
    told = [one.form["text"] for one in telegram.api.taken("/sendMessage") if one.form["chat_id"] == "-77"]
    assert told == [texts.IN_PRIVATE]
    assert telegram.count(STORED) == before


def test_who_somebody_is_on_telegram_is_nowhere_in_clear(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    with telegram.stack.database() as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('people', 'rasa')"
        ).fetchall()
        holding = "SELECT 1 FROM {} t WHERE t::text LIKE %s LIMIT 1"
        names = [table for (table,) in tables]
        found = [name for name in names if connection.execute(holding.format(name), (f"%{person.chat}%",)).fetchone()]
    assert found == []
    for log in telegram.stack.instance.logs.glob("*.log*"):
        written = log.read_text(errors="replace")
        assert str(person.chat) not in written, log.name
        assert TOKEN not in written, log.name
