"""The web API of docs/architecture.md: conversations, messages, events."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, StreamingResponse

from connectors import conversations, join_codes, metrics, offers, texts
from connectors.clock import Clock
from connectors.database import Connection, Pool
from connectors.events import event_stream
from connectors.limits import Limiter
from connectors.live import Live
from connectors.problems import Problem
from connectors.schemas import Accepted, Answered, Message, Messages, NewConversation, NewMessage, Opened
from connectors.seal import Seal
from connectors.settings import Settings
from connectors.turns import TurnRunner, apologise, wait_for

WELCOME = "/EXTERNAL_welcome"


@dataclass(frozen=True)
class Gateway:
    """Everything a request may use."""

    settings: Settings
    pool: Pool
    clock: Clock
    live: Live
    runner: TurnRunner
    opening: Limiter
    speaking: Limiter
    guessing: Limiter
    seal: Seal


def gateway_of(request: Request) -> Gateway:
    """Return the application's gateway."""
    found: Gateway = request.app.state.gateway
    return found


InGateway = Annotated[Gateway, Depends(gateway_of)]


async def authorised(
    gateway: InGateway, conversation_id: str, authorization: Annotated[str | None, Header()] = None
) -> UUID:
    """Check the conversation's token: 401 without a right one, 404 where it opens another conversation or none."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem(HTTPStatus.UNAUTHORIZED, texts.NO_TOKEN, {"WWW-Authenticate": "Bearer"})
    try:
        identifier = UUID(conversation_id)
    except ValueError:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_CONVERSATION) from None
    async with gateway.pool.connection() as connection:
        opens = await conversations.holds(connection, identifier, token.strip())
    if opens is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_CONVERSATION)
    if not opens:
        raise Problem(HTTPStatus.UNAUTHORIZED, texts.NO_TOKEN, {"WWW-Authenticate": "Bearer"})
    return identifier


Conversation = Annotated[UUID, Depends(authorised)]
router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


@router.post("", status_code=201)
async def open_conversation(
    request: Request, gateway: InGateway, asked: Annotated[NewConversation | None, Body()] = None
) -> Opened:
    """Open a conversation; the welcome is already in `replies`."""
    gateway.opening.check(request.client.host if request.client else "?")
    identifier, token, turn_id = await begin(gateway, asked or NewConversation())
    replies, _, _ = await answer_of(gateway, identifier, turn_id)
    return Opened(id=identifier, token=token, replies=replies)


async def begin(gateway: Gateway, wanted: NewConversation) -> tuple[UUID, str, UUID]:
    """Create a conversation with its welcome in line; returns its id, its token and the welcome's turn."""
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        identifier = await conversations.open_conversation(connection, now, origin=wanted.origin, locale=wanted.locale)
        token = await conversations.add_token(connection, identifier)
        if wanted.join_code is not None:
            event = await join_codes.event_of(connection, wanted.join_code, now)
            await conversations.join(connection, identifier, event.id if event else None, now)
        turn_id = await conversations.add_turn(connection, identifier, now, "event", WELCOME)
    return identifier, token, turn_id


@router.post("/{conversation_id}/messages", responses={200: {"model": Answered}, 202: {"model": Accepted}})
async def send_message(
    gateway: InGateway, conversation: Conversation, asked: NewMessage, wait: Annotated[bool, Query()] = False
) -> Response:
    """Store a message and have it answered. The same `client_id` again runs nothing and answers the same."""
    gateway.speaking.check(str(conversation))
    with metrics.stage("whole"):
        with metrics.stage("accept"):
            async with gateway.pool.connection() as connection:
                turn_id, message_id = await accept(connection, gateway.clock, conversation, asked)
        if not wait:
            gateway.runner.kick(conversation)
            return JSONResponse(jsonable_encoder(Accepted(message_id=message_id)), HTTPStatus.ACCEPTED)
        replies, state, pending = await answer_of(gateway, conversation, turn_id)
    body = Answered(message_id=message_id, state="counsellor" if state == "counsellor" else "bot", pending=pending,
                    replies=replies)  # fmt: skip
    return JSONResponse(jsonable_encoder(body))


async def accept(
    connection: Connection, clock: Clock, conversation: UUID, asked: NewMessage, channel: str = conversations.WEB
) -> tuple[UUID, UUID]:
    """Store a message and its turn, once a `client_id`; returns both ids. Replies leave by `channel` from then on."""
    if not await conversations.lock(connection, conversation):
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_CONVERSATION)
    if known := await conversations.find_turn(connection, conversation, asked.client_id):
        return known
    now = clock.now()
    kind, said, shown = "words", asked.text or "", asked.text
    if asked.payload is not None:
        kind, said = "payload", asked.payload
        shown = await conversations.offered_title(connection, conversation, asked.payload)
    elif payload := await offers.typed(connection, conversation, said):
        kind, said = "payload", payload
    elif await join_codes.join_by(connection, conversation, said, now):
        kind, said = "event", WELCOME
    if shown is None:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, texts.NOT_OFFERED)
    turn_id = await conversations.add_turn(connection, conversation, now, kind, said, asked.client_id)
    message_id = await conversations.add_message(connection, conversation, turn_id, now, "user", shown)
    await connection.execute(
        "UPDATE people.conversations SET active_at = %s, channel = %s WHERE id = %s", (now, channel, conversation)
    )
    return turn_id, message_id


async def answer_of(gateway: Gateway, conversation: UUID, turn_id: UUID) -> tuple[list[Message], str, bool]:
    """Wait for a turn's answer; returns the replies, who holds the conversation, and whether the answer is to come.

    If the bot cannot answer now, or not in time, one system sentence says that the answer will come by itself.
    """

    async def is_settled() -> bool:
        async with gateway.pool.connection() as connection:
            _, turn = await conversations.state_of(connection, conversation, turn_id)
        return turn is None or turn.state == "answered" or turn.apologised

    gateway.runner.kick(conversation)
    settled = await wait_for(gateway.live, conversation, gateway.settings.wait_seconds, is_settled)
    async with gateway.pool.connection() as connection:
        await conversations.lock(connection, conversation)
        state, turn = await conversations.state_of(connection, conversation, turn_id)
        pending = turn is not None and turn.state == "waiting"
        if turn is not None and pending and not settled and not turn.apologised:
            await apologise(connection, turn, gateway.clock.now())
        replies = await conversations.read_messages(connection, conversation, turn_id=turn_id)
    return replies, state, pending


@router.get("/{conversation_id}/messages")
async def list_messages(
    gateway: InGateway, conversation: Conversation, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Messages:
    """Return the messages after a seq, in order."""
    async with gateway.pool.connection() as connection:
        return Messages(messages=await conversations.read_messages(connection, conversation, after=after))


@router.get("/{conversation_id}/events", response_class=StreamingResponse)
async def follow_events(
    request: Request,
    gateway: InGateway,
    conversation: Conversation,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Stream what happens: `message`, `typing`, `state`. Resumes after `Last-Event-ID`, else begins now."""
    async with gateway.pool.connection() as connection:
        now_at = await conversations.last_seq(connection, conversation)
    after = int(last_event_id) if last_event_id and last_event_id.isdigit() else now_at
    stream: AsyncIterator[str] = event_stream(gateway.pool, gateway.live, conversation, min(after, now_at))
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


@router.get("/{conversation_id}/export")
async def export_conversation(gateway: InGateway, conversation: Conversation) -> dict[str, Any]:
    """Return everything held about the conversation."""
    async with gateway.pool.connection() as connection:
        return await conversations.export(connection, conversation)


@router.delete("/{conversation_id}", status_code=204)
async def erase_conversation(gateway: InGateway, conversation: Conversation) -> Response:
    """Erase the conversation everywhere."""
    async with gateway.pool.connection() as connection:
        await conversations.erase(connection, conversation)
    return Response(status_code=HTTPStatus.NO_CONTENT)
