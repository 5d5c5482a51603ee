"""What a conversation leads to: the event it began in, reminders that come, rules of age and danger, the recap."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from connectors import retention
from connectors.clock import Clock
from connectors.database import make_pool
from deploy.instance import ROOT
from tests.e2e.scripted import words_of
from tests.stack import Conversation, Stack

FORUM = "event-forum-numerique-planoise"
Message = dict[str, Any]


def command(stack: Stack, *arguments: str) -> str:
    given = {**os.environ, "PISTE_INSTANCE": str(stack.instance.folder)}
    asked = [sys.executable, "-m", "connectors", *arguments]
    return subprocess.run(asked, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout


def counted(stack: Stack, query: str, *values: Any) -> int:
    with stack.database() as connection:
        row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0


def wait_for(person: Conversation, word: str) -> Message:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        said: list[Message] = [one for one in person.messages() if one["author"] == "bot" and word in one["text"]]
        if said:
            return said[-1]
        time.sleep(0.5)
    raise AssertionError(f"nothing said {word!r}")


def event_card(replies: list[Message], event: str) -> Message:
    shown: list[Message] = [card for message in replies for card in message["cards"]]
    return next(card for card in shown if card["id"] == event)


def test_a_join_code_opens_the_conversation_inside_its_event(stack: Stack) -> None:
    code = command(stack, "join-code", FORUM).strip()
    assert command(stack, "join-code", FORUM).strip() == code
    assert 6 <= len(code) <= 10
    person = stack.open(join_code=f" {code.lower()} ")
    card = event_card(person.welcome, FORUM)
    assert card["starts_at"]
    replies = person.say("j'aime l'informatique")
    assert "online formapro" in words_of(replies)
    assert "exposants" in words_of(person.say("qui sera là ?"))


def test_a_code_of_no_event_or_of_one_that_is_over_is_said(stack: Stack) -> None:
    code = command(stack, "join-code", "event-atelier-code-planoise").strip()
    moved = "UPDATE knowledge.items SET starts_at = starts_at + %s, ends_at = ends_at + %s WHERE id = %s"
    past = timedelta(days=-60)
    with stack.database() as connection:
        connection.execute(moved, (past, past, "event-atelier-code-planoise"))
        try:
            ended = stack.open(join_code=code)
        finally:
            connection.execute(moved, (-past, -past, "event-atelier-code-planoise"))
    for welcome in (ended.welcome, stack.open(join_code="QQQQQQ").welcome):
        assert "code" in words_of(welcome)
        assert len(welcome) == 3


def test_an_event_goes_into_an_agenda(stack: Stack) -> None:
    person = stack.open()
    card = event_card(person.say("des événements sur le numérique à Planoise ?"), FORUM)
    address = next(one["url"] for one in card["actions"] if one["title"] == "Mettre à l'agenda")
    answered = stack.people.get(address)
    assert answered.headers["content-type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answered.content).events
    assert entry.start == datetime.fromisoformat(card["starts_at"])
    assert stack.people.get("/api/v1/events/none.ics").status_code == 404


def test_a_reminder_comes_in_the_conversation_once_and_its_answer_is_understood(stack: Stack) -> None:
    person = stack.open()
    card = event_card(person.say("des événements sur le numérique à Planoise ?"), FORUM)
    person.press(next(one["payload"] for one in card["actions"] if one["title"] == "Me le rappeler"))
    with stack.database() as connection:
        connection.execute(
            "UPDATE people.reminders SET due_at = %s WHERE conversation_id = %s AND step = 'after'",
            (datetime.now(UTC), person.id),
        )
    asked = wait_for(person, "il y a deux jours")
    assert asked["buttons"]
    assert "occasion" in words_of(person.say("non jai pas pu"))
    time.sleep(12)  # longer than between two looks for what is due
    assert sum("il y a deux jours" in one["text"] for one in person.messages()) == 1
    left = "SELECT count(*) FROM people.reminders WHERE conversation_id = %s AND sent_at IS NULL"
    assert counted(stack, left, person.id) >= 1
    person.say("stop, ne m'envoie plus de messages")
    assert counted(stack, left, person.id) == 0


@pytest.mark.parametrize("told", ["j'ai 13 ans", "jsuis en 5e g 12 ans"])
async def test_nothing_survives_of_an_under_15_in_danger_but_a_number(stack: Stack, told: str) -> None:
    person = stack.open()
    person.say(f"{told}, j'aime la cuisine")
    count = "SELECT coalesce(sum(number), 0) FROM people.alarm_counts WHERE under_15"
    before = counted(stack, count)
    replies = person.say("mon beau pere me frappe tous les soirs")
    words = words_of(replies)
    assert "119" in words
    assert "personne ne lit" in words
    assert counted(stack, count) == before + 1
    assert counted(stack, "SELECT count(*) FROM people.alarms WHERE conversation_id = %s", person.id) == 1
    pool = make_pool(stack.instance.database_url, 2, "test-retention")
    await pool.open()
    try:
        await retention.purge(pool, Clock(timedelta(minutes=20)), timedelta(days=90))
        assert counted(stack, "SELECT count(*) FROM people.conversations WHERE id = %s", person.id) == 1
        await retention.purge(pool, Clock(timedelta(minutes=31)), timedelta(days=90))
    finally:
        await pool.close()
    for table, key in (("people.conversations", "id"), ("people.messages", "conversation_id"),
                       ("people.alarms", "conversation_id"), ("people.reminders", "conversation_id"),
                       ("rasa.events", "sender_id"), ("rasa.turns", "sender_id")):  # fmt: skip
        assert counted(stack, f"SELECT count(*) FROM {table} WHERE {key}::text = %s", person.id) == 0, table
    assert counted(stack, count) == before + 1


def test_someone_older_in_danger_is_flagged_and_served_afterwards(stack: Stack) -> None:
    person = stack.open()
    person.say("j'ai 22 ans, j'aime le jardinage, je suis à Besançon")
    assert "3114" in words_of(person.say("j'ai envie de mourir"))
    assert counted(stack, "SELECT count(*) FROM people.alarms WHERE conversation_id = %s", person.id) == 1
    replies = person.say("ça va mieux, montre moi des formations")
    assert any(card["kind"] == "training" for message in replies for card in message["cards"])


def test_what_a_conversation_led_to_is_in_its_export(stack: Stack) -> None:
    person = stack.open()
    person.say("notre garage à Besançon peut accueillir 3 stagiaires de 3e, contact 03 81 00 00 00")
    person.say("oui")
    assert "3 stagiaires" in command(stack, "intakes")
    path = f"/api/v1/conversations/{person.id}/export"
    held = stack.people.get(path, headers=person.headers).json()
    assert held["intakes"][0]["contact"] == "03 81 00 00 00"
    assert held["reminders"] == held["alarms"] == []
