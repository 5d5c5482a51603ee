"""Rasa, the action server and the database are killed (-9) before, during and after turns: nothing is lost or repeated.

PISTE_KILLS sets how many times; the default keeps `make test` short.
"""

import os
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.stack import Conversation, Stack

KILLS = int(os.environ.get("PISTE_KILLS", "6"))
PARTS = ("bot", "actions", "postgres")
MOMENTS = ("before", "during", "after")
AT_ONCE = 6.0  # seconds within which a French sentence must come: the database's patience and a margin
BACK_WITHIN = 90.0
SENTENCES = (
    "j'aime réparer les vélos",
    "et la cuisine aussi",
    "je suis à Besançon",
    "autre chose",
    "pourquoi ?",
    "un stage dehors",
)


@dataclass
class Attempt:
    """One message, sent until it is accepted, as the page does."""

    person: Conversation
    text: str
    client_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    first_answer_after: float | None = None
    first_sentence: str = ""

    def send(self) -> None:
        started = time.monotonic()
        while time.monotonic() - started < BACK_WITHIN:
            try:
                answered = self.person.post({"client_id": self.client_id, "text": self.text})
            except httpx.HTTPError:
                time.sleep(0.3)
                continue
            if self.first_answer_after is None:
                self.first_answer_after = time.monotonic() - started
                body = answered.json()
                self.first_sentence = body["detail"] if answered.status_code != 200 else body["replies"][0]["text"]
            if answered.status_code == 200:
                return
            time.sleep(0.3)
        raise AssertionError(f"never accepted: {self.text}")


@pytest.mark.timeout(90 * KILLS + 300)
def test_a_killed_part_loses_no_turn_and_repeats_none(stack: Stack) -> None:
    dice = random.Random(20261122)  # noqa: S311
    person = stack.open()
    attempts = []
    for number in range(KILLS):
        part, moment = PARTS[number % len(PARTS)], dice.choice(MOMENTS)
        attempts.append(one_kill(stack, person, part, moment, SENTENCES[number % len(SENTENCES)], dice))
        stack.wait_ready(BACK_WITHIN)
    wait_until_all_answered(stack, person)

    slow = [a.first_answer_after for a in attempts if a.first_answer_after is None or a.first_answer_after > AT_ONCE]
    assert not slow, slow
    assert all(len(a.first_sentence) > 10 for a in attempts)
    check_history(person.messages(), [a.text for a in attempts])
    check_answers(stack, person)


def one_kill(stack: Stack, person: Conversation, part: str, moment: str, text: str, dice: random.Random) -> Attempt:
    attempt = Attempt(person, text)
    if moment == "before":
        stack.kill(part)
        attempt.send()
    elif moment == "during":
        sending = threading.Thread(target=attempt.send)
        sending.start()
        time.sleep(dice.uniform(0.0, 0.25))
        stack.kill(part)
        sending.join()
    else:
        attempt.send()
        stack.kill(part)
    return attempt


def wait_until_all_answered(stack: Stack, person: Conversation) -> None:
    deadline = time.monotonic() + BACK_WITHIN
    while time.monotonic() < deadline:
        with stack.database() as connection:
            waiting = connection.execute(
                "SELECT count(*) FROM people.turns WHERE conversation_id = %s AND state = 'waiting'", (person.id,)
            ).fetchone()
        if waiting == (0,):
            return
        time.sleep(0.5)
    raise AssertionError("turns still wait")


def check_history(messages: list[dict[str, Any]], texts: list[str]) -> None:
    """Every message is there once, in order, and no system sentence is said twice for it."""
    assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
    assert [m["text"] for m in messages if m["author"] == "user"] == texts


def check_answers(stack: Stack, person: Conversation) -> None:
    """Each turn was run once by Rasa, and what it answered was said once, word for word."""
    with stack.database() as connection:
        rows = connection.execute(
            "SELECT t.id, r.answer, array_agg(m.text ORDER BY m.seq) FILTER (WHERE m.author = 'bot'),"
            " count(*) FILTER (WHERE m.author = 'system'), count(*) FILTER (WHERE m.author = 'user')"
            " FROM people.turns t JOIN people.messages m ON m.turn_id = t.id"
            " LEFT JOIN rasa.turns r ON r.turn_id = t.id::text AND r.sender_id = t.conversation_id::text"
            " WHERE t.conversation_id = %s GROUP BY t.id, r.answer",
            (person.id,),
        ).fetchall()
        run = connection.execute("SELECT count(*) FROM rasa.turns WHERE sender_id = %s", (person.id,)).fetchone()
    assert len(rows) == KILLS + 1
    assert run == (KILLS + 1,)
    for _, answer, said, apologies, asked in rows:
        assert said == [utterance["text"] for utterance in answer["utterances"]]
        assert apologies <= 1
        assert asked <= 1
