"""People on Telegram, in front of a Piste whose Telegram is a stand-in."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.platforms import Asked, Refusal, StandIn
from tests.stack import Stack

TOKEN, SECRET = "123456:stand-in", "said-when-the-webhook-was-set"
PUBLIC_URL = "https://orientation.exemple.fr"
_numbers = itertools.count(1)

NOTHING_WAITS = """
SELECT (SELECT count(*) FROM people.turns WHERE state = 'waiting') + (SELECT count(*) FROM people.outbox)
"""


def accepted(asked: Asked) -> dict[str, Any]:
    """Answer a request that is taken as the Bot API does."""
    if not asked.path.endswith("/sendMessage"):
        return {"ok": True, "result": True}
    form = asked.form
    chat = {"id": int(form["chat_id"]), "type": "private"}
    return {"ok": True, "result": {"message_id": next(_numbers), "date": 0, "chat": chat, "text": form["text"]}}


def refusal(status: int, description: str = "no", **parameters: int) -> Refusal:
    """Refuse as the Bot API does."""
    body = {"ok": False, "error_code": status, "description": description}
    return Refusal(status, body | ({"parameters": parameters} if parameters else {}))


@dataclass
class World:
    """A Piste with Telegram on, and the stand-in."""

    stack: Stack
    api: StandIn

    def person(self) -> "Person":
        """Return somebody who never wrote."""
        return Person(self, 7_000_000_000 + next(_numbers))

    def deliver(self, update: dict[str, Any], secret: str | None = SECRET) -> httpx.Response:
        """Deliver an update as Telegram does: again until it is taken."""
        headers = {b"X-Telegram-Bot-Api-Secret-Token": secret.encode()} if secret is not None else {}
        return self.stack.people.post("/webhooks/telegram", json=update, headers=headers)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self.stack.database() as connection:
            return connection.execute(query, values).fetchall()

    def count(self, query: str, *values: Any) -> int:
        """Return the number that a query gives."""
        return int(self.rows(query, *values)[0][0])

    def settle(self, within: float = 60.0) -> None:
        """Wait until nothing is left to answer or to send."""
        deadline = time.monotonic() + within
        while self.count(NOTHING_WAITS):
            assert time.monotonic() < deadline, "turns or deliveries still wait"
            time.sleep(0.1)


@dataclass
class Person:
    """Somebody's private chat with the bot."""

    world: World
    chat: int
    seen: int = field(default=0)

    def update(self, **content: Any) -> dict[str, Any]:
        """Build an update with a number of its own."""
        return {"update_id": next(_numbers), **content}

    def written(self, **content: Any) -> dict[str, Any]:
        """Build the update of a message."""
        chat = {"id": self.chat, "type": "private"}
        who = {"id": self.chat, "is_bot": False, "first_name": "Camille"}
        message = {"message_id": next(_numbers), "date": 0, "chat": chat, "from": who, **content}
        return self.update(message=message)

    def send(self, **content: Any) -> None:
        """Send a message, without waiting for what it leads to."""
        assert self.world.deliver(self.written(**content)).status_code == 200

    def say(self, text: str) -> list[str]:
        """Write; returns the texts that come back."""
        self.send(text=text)
        self.world.settle()
        return self.new()

    def press(self, reference: str) -> list[str]:
        """Press a button by what it carries; returns the texts that come back."""
        chat = {"id": self.chat, "type": "private"}
        who = {"id": self.chat, "is_bot": False, "first_name": "Camille"}
        message = {"message_id": 1, "date": 0, "chat": chat}
        pressed = {"id": f"p{next(_numbers)}", "from": who, "chat_instance": "x", "data": reference, "message": message}
        assert self.world.deliver(self.update(callback_query=pressed)).status_code == 200
        self.world.settle()
        return self.new()

    def received(self) -> list[dict[str, Any]]:
        """Return the messages that Telegram took for this chat, in order."""
        taken = [one.form for one in self.world.api.taken("/sendMessage")]
        return [form for form in taken if form["chat_id"] == str(self.chat)]

    def texts(self) -> list[str]:
        """Return their texts."""
        return [form["text"] for form in self.received()]

    def new(self) -> list[str]:
        """Return the texts that came since this was last asked."""
        found = self.texts()[self.seen :]
        self.seen += len(found)
        return found
