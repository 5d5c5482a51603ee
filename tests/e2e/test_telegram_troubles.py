"""Telegram away, slow, or refusing; the gateway killed; people who stop, block, or have everything erased."""

import os
import signal
import threading
import time

import pytest

from connectors import texts
from tests.e2e.telegram import Person, World, refusal
from tests.e2e.test_telegram import WELCOME, rows

AWAY = float(os.environ.get("PISTE_AWAY", "3"))  # seconds that the platform is away; a minute by hand
ADDRESSES = "SELECT count(*) FROM people.addresses"


def messages_of(telegram: World, person: Person) -> list[str]:
    """Return what was said to somebody in a conversation that ends with these words, as the database has it."""
    with telegram.stack.database() as connection:
        found = connection.execute(
            "SELECT text FROM people.messages WHERE author <> 'user' AND text <> '' AND conversation_id ="
            " (SELECT conversation_id FROM people.messages WHERE text = %s) ORDER BY seq",
            (f"moi c'est {person.chat % 10_000}",),
        ).fetchall()
    return [text for (text,) in found]


def present(person: Person) -> None:
    """Begin a conversation that `messages_of` finds."""
    person.say("/start")
    person.say(f"moi c'est {person.chat % 10_000}")


@pytest.mark.timeout(400)
def test_what_is_said_while_telegram_is_away_leaves_in_order_once_it_is_back(telegram: World) -> None:
    first, second = telegram.person(), telegram.person()
    for person in (first, second):
        present(person)
    telegram.api.go_away()
    since = time.monotonic()
    for text in ("j'aime la cuisine", "je suis à Besançon", "j'ai le bac"):
        first.send(text=text)
        second.send(text=text)
        time.sleep(AWAY / 3)
    telegram.api.come_back()
    back = time.monotonic()
    telegram.settle(90)
    print(f"away {back - since:.0f} s, everything delivered {time.monotonic() - back:.1f} s after")
    for person in (first, second):
        said = messages_of(telegram, person)
        assert len(said) > 5
        # Cards are parts of their own, between the texts.
        assert [text for text in person.texts() if text in said] == said


def test_telegram_is_asked_again_after_the_time_it_wants(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    telegram.api.refuse(refusal(429, "Too Many Requests", retry_after=3))
    since = time.monotonic()
    assert person.say("j'aime la cuisine")
    waited = time.monotonic() - since
    assert 3 <= waited < 10
    telegram.api.refuse(refusal(500), 2)
    assert person.say("et les vélos")


@pytest.mark.timeout(400)
def test_a_gateway_killed_between_two_parts_repeats_no_part_that_was_taken(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    pid = telegram.stack.pid_of("gateway")
    assert pid is not None
    arrived: list[str] = []
    again = threading.Event()

    def kill_at_the_second(path: str) -> None:
        arrived.append(path)
        if len(arrived) == 2 and not again.is_set():
            again.set()
            os.kill(pid, signal.SIGKILL)

    telegram.api.before_answer(kill_at_the_second)
    person.new()
    person.send(text="j'aime réparer les vélos, je suis à Besançon")
    assert again.wait(30), "fewer than two parts"
    telegram.api.before_answer(lambda _: None)
    telegram.stack.wait_ready()
    telegram.settle()
    parts = person.new()
    assert len(parts) > 3
    # The part in flight was noted by the stand-in and never confirmed to the gateway: it alone came twice.
    assert parts[1] == parts[2]
    assert len(set(parts)) == len(parts) - 1


@pytest.mark.parametrize("word", ["stop", "ARRÊT !", "Stop SMS", "/stop"])
def test_a_stop_word_is_confirmed_once_then_nothing_is_sent_until_they_write(telegram: World, word: str) -> None:
    person = telegram.person()
    person.say("/start")
    assert person.say(word) == [texts.STOPPED]
    with telegram.stack.database() as connection:
        connection.execute(
            "INSERT INTO people.turns (id, conversation_id, kind, text, next_attempt, created_at)"
            " SELECT gen_random_uuid(), conversation_id, 'event', '/EXTERNAL_welcome', now(), now()"
            " FROM people.addresses ORDER BY heard_at DESC LIMIT 1"
        )
    time.sleep(1.5)
    telegram.settle()
    assert person.new() == []
    assert person.say("Start") == [texts.STARTED_AGAIN]
    assert person.say("j'aime la cuisine")


def test_words_that_only_contain_a_stop_word_are_words(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    assert texts.STOPPED not in person.say("stop ou encore, le jeu, j'aimais bien")


def test_who_blocked_the_bot_is_left_alone_until_they_come_back(telegram: World) -> None:
    person = telegram.person()
    person.say("/start")
    telegram.api.refuse(refusal(403, "Forbidden: bot was blocked by the user"))
    assert person.say("j'aime la cuisine") == []
    assert person.say("me revoilà")
    chat, user = {"id": person.chat, "type": "private"}, {"id": 1, "is_bot": True, "first_name": "Piste"}
    changed = {"chat": chat, "from": user, "date": 0, "old_chat_member": {"status": "member", "user": user},
               "new_chat_member": {"status": "kicked", "user": user, "until_date": 0}}  # fmt: skip
    stopped = f"{ADDRESSES} WHERE stopped_at IS NOT NULL"
    before = telegram.count(stopped)
    assert telegram.deliver(person.update(my_chat_member=changed)).status_code == 200
    assert telegram.count(stopped) == before + 1


def test_erased_in_the_chat_says_goodbye_then_forgets_the_address(telegram: World) -> None:
    person = telegram.person()
    present(person)
    known = telegram.count(ADDRESSES)
    person.say("efface toutes mes données")
    last = rows(person.received()[-1])
    update = person.written(text="Oui, tout effacer")
    assert "Oui, tout effacer" in last
    telegram.api.refuse(refusal(500), 3)  # longer than an erasure waits when nothing is left to say
    telegram.deliver(update)
    deadline = time.monotonic() + 60
    while telegram.count(ADDRESSES) == known:
        assert time.monotonic() < deadline, "never erased"
        time.sleep(0.2)
    assert telegram.count(ADDRESSES) == known - 1
    assert person.new(), "erased without a goodbye"
    assert messages_of(telegram, person) == []
    telegram.deliver(update)
    telegram.settle()
    assert person.new() == [], "delivered again after the erasure"
    assert WELCOME in person.say("salut")[0]
