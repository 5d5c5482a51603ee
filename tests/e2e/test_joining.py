"""An event's code on a poster: scanned, or typed, it opens the conversation inside that event."""

import json
import subprocess
import sys
import uuid

import pytest

from deploy.instance import ROOT
from tests.stack import Stack

EVENT = "event-forum-numerique-planoise"


@pytest.fixture(scope="module")
def code(stack: Stack) -> str:
    command = [sys.executable, "-m", "connectors", "join-code", EVENT]
    given = {"PATH": "", "PISTE_INSTANCE": str(stack.instance.folder)}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout.strip()


def event_of(stack: Stack, conversation: str) -> str | None:
    with stack.database() as connection:
        row = connection.execute("SELECT event_id FROM people.conversations WHERE id = %s", (conversation,)).fetchone()
    assert row is not None
    return str(row[0]) if row[0] else None


def test_a_code_typed_in_the_chat_puts_it_inside_the_event(stack: Stack, code: str) -> None:
    person = stack.open()
    told = f" {code[:3]}-{code[3:].lower()} "
    body = {"client_id": uuid.uuid4().hex, "text": told}
    first = person.post(body)
    assert "forum" in json.dumps(first.json()["replies"]).lower()
    assert event_of(stack, person.id) == EVENT
    assert person.post(body).json() == first.json(), "sent twice, done once"
    assert [one["text"] for one in person.messages() if one["author"] == "user"] == [told]


@pytest.mark.parametrize("word", ["salut", "ABCDEF", "cuisine", "code", "ZZZ222"])
def test_words_as_long_as_a_code_are_words(stack: Stack, word: str) -> None:
    person = stack.open()
    assert person.say(word)
    assert event_of(stack, person.id) is None


def test_a_poster_s_address_opens_the_page_inside_the_event(stack: Stack, code: str) -> None:
    page = stack.people.get(f"/?code={code}")
    assert f'data-join-code="{code}"' in page.text
    qr = stack.people.get(f"/qr/{EVENT}.svg")
    assert (qr.status_code, qr.headers["content-type"]) == (200, "image/svg+xml")
    followed = stack.people.get(f"/rejoindre/{EVENT}", follow_redirects=False)
    assert followed.headers["location"].endswith(f"/?code={code}")
