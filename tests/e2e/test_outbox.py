"""Messages of a channel that is pushed to leave in order, and wait while its platform is away."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import UUID

import httpx
import pytest

from connectors import conversations
from connectors.clock import Clock
from connectors.database import make_pool
from connectors.outbox import Outbox, Undeliverable
from connectors.schemas import Message
from tests.stack import Stack


class Platform:
    """A stand-in of a messaging platform, over real HTTP."""

    def __init__(self) -> None:
        self.away = False
        self.received: list[str] = []
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if not platform.away:
                    platform.received.append(body["text"])
                self.send_response(503 if platform.away else 200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    async def deliver(self, conversation_id: UUID, message: Message) -> None:
        async with httpx.AsyncClient() as client:
            answered = await client.post(f"http://127.0.0.1:{self.server.server_port}", json={"text": message.text})
        if answered.status_code != 200:
            raise Undeliverable(f"platform answered {answered.status_code}")


@pytest.fixture
def platform() -> Iterator[Platform]:
    made = Platform()
    yield made
    made.server.shutdown()
    made.server.server_close()


async def test_what_cannot_be_delivered_waits_and_leaves_in_order(stack: Stack, platform: Platform) -> None:
    clock = Clock()
    pool = make_pool(stack.instance.database_url, 2, "test-outbox")
    await pool.open()
    try:
        outbox = Outbox(pool, clock, {"test": platform})
        async with pool.connection() as connection:
            identifier, _ = await conversations.open_conversation(
                connection, clock.now(), origin=None, locale=None, channel="test"
            )
            await conversations.add_message(connection, identifier, None, clock.now(), "user", "salut")
            await conversations.add_message(connection, identifier, None, clock.now(), "bot", "un")
        await outbox.deliver_due()
        assert platform.received == ["un"]

        platform.away = True
        async with pool.connection() as connection:
            for text in ("deux", "trois"):
                await conversations.add_message(connection, identifier, None, clock.now(), "bot", text)
        await outbox.deliver_due()
        platform.away = False
        await outbox.deliver_due()
        assert platform.received == ["un"], "a message just refused waits for its time"
        clock.offset = timedelta(seconds=5)
        await outbox.deliver_due()
        await outbox.deliver_due()
        assert platform.received == ["un", "deux", "trois"]
    finally:
        await pool.close()


async def test_a_web_conversation_leaves_nothing_in_the_outbox(stack: Stack) -> None:
    person = stack.open()
    person.say("salut")
    with stack.database() as connection:
        left = connection.execute(
            "SELECT count(*) FROM people.outbox WHERE conversation_id = %s", (person.id,)
        ).fetchone()
    assert left == (0,)
