"""What is done with what people send on a platform: stored in one transaction, once however often it is delivered.

Words and buttons become turns, as through the API. Stop words, codes and what cannot be read are answered here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from pydantic import ValidationError

from connectors import api, continuations, conversations, join_codes, offers, texts
from connectors.api import Gateway
from connectors.channels import addresses
from connectors.channels.addresses import Address
from connectors.channels.platform import Heard, reference_of
from connectors.database import Connection
from connectors.problems import Problem
from connectors.schemas import NewMessage

STOPS = {"stop", "arret", "stop sms", "arret sms", "stopsms"}
STARTS = {"start", "unstop"}
ASKS_CODE = {"code"}

# A conversation that holds nothing but a welcome, and that nothing but this address opened.
ERASE_IF_BARE = """
UPDATE people.conversations c SET erase_at = %(now)s WHERE id = %(id)s
AND NOT EXISTS (SELECT FROM people.messages m WHERE m.conversation_id = c.id AND m.author = 'user')
AND NOT EXISTS (SELECT FROM people.tokens t WHERE t.conversation_id = c.id)
AND NOT EXISTS (SELECT FROM people.addresses a WHERE a.conversation_id = c.id)
"""


@dataclass(frozen=True)
class Listener:
    """Hears people on every platform."""

    gateway: Gateway

    async def listen(self, channel: str, heard: Heard) -> None:
        """Store what somebody sent, once, and have it answered."""
        key = self.gateway.seal.hash("address", channel, heard.address)
        try:
            self.gateway.speaking.check(key.hex())
        except Problem:
            return  # a flood: answering each of its messages would be another
        async with self.gateway.pool.connection() as connection:
            hearing = Hearing(self.gateway, connection, channel, heard, key, self.gateway.clock.now())
            conversation_id = await hearing.receive()
        if conversation_id is not None:
            self.gateway.runner.kick(conversation_id)


@dataclass(frozen=True)
class Hearing:
    """One thing that somebody sent, in the transaction that stores what it leads to."""

    gateway: Gateway
    connection: Connection
    channel: str
    heard: Heard
    key: bytes
    now: datetime

    @property
    def said(self) -> str:
        """The text, bare of case, accents and punctuation."""
        return offers.bare(self.heard.text or "")

    async def receive(self) -> UUID | None:
        """Carry it out; returns the conversation in which a turn may wait, None where nothing was to do."""
        delivery = self.gateway.seal.hash("delivery", self.channel, self.heard.delivery)
        if not await addresses.is_new(self.connection, self.channel, delivery, self.now):
            return None
        here = await addresses.find(self.connection, self.channel, self.key)
        if here is None or not await conversations.lock(self.connection, here.conversation_id):
            return await self._first_contact()
        if self.heard.stopped:
            await addresses.stop(self.connection, here, self.now)
            return None
        was_stopped = here.stopped_at is not None
        here = replace(here, heard_at=self.now, stopped_at=None)
        await addresses.put(self.connection, here)
        await self._answer(here, was_stopped=was_stopped)
        return here.conversation_id

    async def _first_contact(self) -> UUID | None:
        """Open a conversation with its welcome, inside the event or continuing the one that a code tells."""
        if self.heard.stopped or self.said in STOPS:
            return None
        sealed = self.gateway.seal.close(self.heard.address)
        code = continuations.read(self.heard.start or self.heard.text or "")
        if code and (target := await self._redeem(code)):
            await self._continue(Address(self.channel, self.key, sealed, target, self.now))
            return target
        identifier = await conversations.open_conversation(
            self.connection, self.now, origin=None, locale=None, channel=self.channel
        )
        here = Address(self.channel, self.key, sealed, identifier, self.now)
        await addresses.put(self.connection, here)
        joined = await self._join(here)
        await self._welcome(here)
        if code:
            await self._say(here, texts.CODE_UNKNOWN)
        elif self.heard.start is None and self.heard.reference is None and not joined:
            await self._answer(here, was_stopped=False)
        return identifier

    async def _welcome(self, here: Address) -> None:
        """Put the welcome in line, inside the event that « start » was pressed for."""
        if self.heard.start and continuations.read(self.heard.start) is None:
            event = await join_codes.event_of(self.connection, self.heard.start, self.now)
            await conversations.join(self.connection, here.conversation_id, event.id if event else None, self.now)
        await conversations.add_turn(self.connection, here.conversation_id, self.now, "event", api.WELCOME)

    async def _join(self, here: Address) -> bool:
        """Put a conversation inside the event whose code is the whole message: not every platform has links."""
        return await join_codes.join_by(self.connection, here.conversation_id, self.heard.text or "", self.now)

    async def _answer(self, here: Address, *, was_stopped: bool) -> None:
        """Do what was sent: a command is answered here, the rest becomes a turn."""
        heard = self.heard
        if code := continuations.read(heard.start or heard.text or ""):
            await self._use_code(here, code)
        elif heard.start is not None:
            await self._welcome(here)
        elif heard.unread is not None:
            await self._say(here, texts.UNREAD.get(heard.unread, texts.UNREAD_OTHER))
        elif self.said in STOPS:
            await addresses.forget_waiting(self.connection, here)
            await self._say(here, texts.STOPPED)
            await addresses.close(self.connection, here, self.now)
        elif was_stopped and self.said in STARTS:
            await self._say(here, texts.STARTED_AGAIN)
        elif self.said in ASKS_CODE:
            given = await continuations.give(self.connection, self.gateway.seal, here.conversation_id, self.now)
            await self._say(here, texts.CODE_GIVEN.format(code=given.code))
        elif await self._join(here):
            await self._welcome(here)
        else:
            await self._begin_turn(here)

    async def _begin_turn(self, here: Address) -> None:
        """Put words or a pressed button in line, as the API does; what it refuses is said."""
        try:
            payload = await self._offered(here) if self.heard.reference is not None else None
            text = self.heard.text if self.heard.reference is None else None
            client_id = self.gateway.seal.hash("client", self.channel, self.heard.delivery).hex()
            asked = NewMessage(client_id=client_id, text=text, payload=payload)
            await api.accept(self.connection, self.gateway.clock, here.conversation_id, asked, self.channel)
        except Problem as refused:
            await self._say(here, refused.detail)
        except ValidationError as error:
            too_long = any(one["type"] == "text_too_long" for one in error.errors(include_input=False))
            await self._say(here, texts.TOO_LONG if too_long else texts.BLANK)

    async def _offered(self, here: Address) -> str:
        """Return the payload that a button stands for; raises Problem for none that was offered here."""
        cursor = await self.connection.execute(
            "SELECT payload FROM people.offers WHERE conversation_id = %s", (here.conversation_id,)
        )
        for row in await cursor.fetchall():
            if reference_of(row["payload"]) == self.heard.reference:
                return str(row["payload"])
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, texts.NOT_OFFERED)

    async def _redeem(self, code: str) -> UUID | None:
        """Use a code up; returns its conversation, None where it is not live."""
        return await continuations.redeem(self.connection, self.gateway.seal, code, self.now)

    async def _use_code(self, here: Address, code: str) -> None:
        """Attach this address to the conversation of a code; the one it leaves is erased where it holds nothing."""
        try:
            self.gateway.guessing.check(here.key.hex())
        except Problem as refused:
            await self._say(here, refused.detail)
            return
        target = await self._redeem(code)
        if target is None:
            await self._say(here, texts.CODE_UNKNOWN)
            return
        await self._continue(replace(here, conversation_id=target))
        await self.connection.execute(ERASE_IF_BARE, {"now": self.now, "id": here.conversation_id})

    async def _continue(self, here: Address) -> None:
        """Write to an address from its new conversation, and say so there."""
        await conversations.lock(self.connection, here.conversation_id)
        await addresses.put(self.connection, here)
        await self._say(here, texts.CONTINUED_HERE)

    async def _say(self, here: Address, text: str) -> None:
        await conversations.add_message(self.connection, here.conversation_id, None, self.now, "system", text)
