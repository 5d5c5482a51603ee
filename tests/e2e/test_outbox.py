"""Messages for a messaging platform leave in order, part by part, and wait while it is away."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import httpx
import pytest
from fastapi import Request, Response

from connectors import conversations
from connectors.channels import addresses
from connectors.channels.platform import Heard, Part, Refused, Undeliverable, Unreachable
from connectors.clock import Clock
from connectors.database import Pool, make_pool
from connectors.outbox import Outbox
from connectors.schemas import Message
from connectors.seal import Seal
from tests.platforms import Refusal, StandIn
from tests.stack import Stack

DAY = timedelta(hours=24)


class Simple:
    """A platform of one part a line, whose API is the stand-in."""

    name = "simple"
    window: timedelta | None = DAY

    def __init__(self, url: str) -> None:
        self._url = url

    async def greet(self, request: Request) -> Response:
        raise NotImplementedError

    async def hear(self, request: Request) -> Sequence[Heard]:
        raise NotImplementedError

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        return [{"text": line} for line in message.text.split("\n")] if in_window else [{"text": "MODÈLE"}]

    async def send(self, address: str, part: Part) -> None:
        async with httpx.AsyncClient() as client:
            try:
                answered = await client.post(f"{self._url}/{address}", json=part)
            except httpx.HTTPError as error:
                raise Undeliverable(type(error).__name__) from error
        if answered.status_code == HTTPStatus.FORBIDDEN:
            raise Unreachable
        if answered.status_code == HTTPStatus.BAD_REQUEST:
            raise Refused("400")
        if answered.status_code != HTTPStatus.OK:
            raise Undeliverable(str(answered.status_code), float(answered.headers.get("Retry-After", "1")))

    async def close(self) -> None:
        raise NotImplementedError


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    made = StandIn()
    yield made
    made.close()


@dataclass
class World:
    """An outbox of the test's own, with its clock."""

    pool: Pool
    outbox: Outbox
    stand_in: StandIn
    clock: Clock = field(default_factory=Clock)
    seal: Seal = field(default_factory=lambda: Seal("a secret"))

    async def person(self, address: str) -> UUID:
        async with self.pool.connection() as connection:
            identifier = await conversations.open_conversation(
                connection, self.clock.now(), origin=None, locale=None, channel="simple"
            )
            key = self.seal.hash("address", "simple", f"{address} {identifier}")
            here = addresses.Address("simple", key, self.seal.close(address), identifier, self.clock.now())
            await addresses.put(connection, here)
        return identifier

    async def say(self, conversation: UUID, *texts: str, author: str = "bot") -> None:
        async with self.pool.connection() as connection:
            for text in texts:
                await conversations.add_message(connection, conversation, None, self.clock.now(), author, text)

    async def stopped(self, conversation: UUID) -> bool:
        async with self.pool.connection() as connection:
            address = await addresses.latest(connection, conversation, "simple")
        return address is not None and address.stopped_at is not None

    def said(self, address: str = "a") -> list[str]:
        return [one.form["text"] for one in self.stand_in.taken(f"/{address}")]


@asynccontextmanager
async def world_of(stack: Stack, stand_in: StandIn) -> AsyncIterator[World]:
    clock, seal = Clock(), Seal("a secret")
    pool = make_pool(stack.instance.database_url, 10, "test-outbox")
    await pool.open()
    try:
        outbox = Outbox(pool, clock, seal, Simple(stand_in.url))
        yield World(pool, outbox, stand_in, clock, seal)
    finally:
        await pool.close()


async def test_what_cannot_be_delivered_waits_and_leaves_in_order(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        person = await world.person("a")
        await world.say(person, "salut", author="user")
        await world.say(person, "un\ndeux")
        await world.outbox.deliver_due()
        assert world.said() == ["un", "deux"]

        stand_in.go_away()
        await world.say(person, "trois", "quatre")
        await world.outbox.deliver_due()
        stand_in.come_back()
        await world.outbox.deliver_due()
        assert world.said() == ["un", "deux"], "a message just refused waits for its time"
        world.clock.offset = timedelta(seconds=5)
        await world.outbox.deliver_due()
        await world.outbox.deliver_due()
        assert world.said() == ["un", "deux", "trois", "quatre"]


async def test_a_message_resumes_at_the_part_that_was_refused(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        person = await world.person("a")
        stand_in.refuse(Refusal(429, headers={"Retry-After": "30"}), after=1)
        await world.say(person, "un\ndeux\ntrois")
        await world.outbox.deliver_due()
        assert world.said() == ["un"]
        world.clock.offset = timedelta(seconds=29)
        await world.outbox.deliver_due()
        assert world.said() == ["un"], "the platform asked for 30 seconds"
        world.clock.offset = timedelta(seconds=31)
        await world.outbox.deliver_due()
        assert world.said() == ["un", "deux", "trois"]


async def test_a_part_that_is_refused_for_good_holds_back_nothing(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        person = await world.person("a")
        stand_in.refuse(Refusal(400))
        await world.say(person, "un\ndeux", "trois")
        await world.outbox.deliver_due()
        assert world.said() == ["deux", "trois"]


async def test_nothing_is_sent_to_who_blocked_us_until_they_write_again(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        person = await world.person("a")
        stand_in.refuse(Refusal(403))
        await world.say(person, "un", "deux")
        await world.outbox.deliver_due()
        await world.say(person, "trois")
        await world.outbox.deliver_due()
        assert world.said() == []
        assert await world.stopped(person)


async def test_outside_the_window_templates_alone_are_sent(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        person = await world.person("a")
        world.clock.offset = DAY + timedelta(minutes=1)
        await world.say(person, "un rappel")
        await world.outbox.deliver_due()
        assert world.said() == ["MODÈLE"]


async def test_one_conversation_that_waits_keeps_no_other_waiting(stack: Stack, stand_in: StandIn) -> None:
    async with world_of(stack, stand_in) as world:
        people = [await world.person(name) for name in "abcdefghijkl"]
        stand_in.refuse(Refusal(500), 3)
        for person in people:
            await world.say(person, "un", "deux")
        await world.outbox.deliver_due()
        everything = [world.said(name) for name in "abcdefghijkl"]
        assert everything.count(["un", "deux"]) == 9
        assert everything.count([]) == 3


async def test_a_web_conversation_leaves_nothing_in_the_outbox(stack: Stack) -> None:
    person = stack.open()
    person.say("salut")
    with stack.database() as connection:
        left = connection.execute(
            "SELECT count(*) FROM people.outbox WHERE conversation_id = %s", (person.id,)
        ).fetchone()
    assert left == (0,)
