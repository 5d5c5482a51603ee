"""Short codes by which somebody goes on with a conversation elsewhere. Nothing else ever joins two places."""

import re
import secrets
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, Field

from connectors import conversations, texts
from connectors.api import Conversation, InGateway
from connectors.database import Connection
from connectors.join_codes import LETTERS
from connectors.problems import Problem
from connectors.schemas import printable
from connectors.seal import Seal

KEPT = timedelta(minutes=15)
HALF = f"[{LETTERS}]{{4}}"
# Letters and digits both: « serveuse » and « danseuse » are jobs, not codes.
TYPED = re.compile(rf"(?=.*[2-9])(?=.*[A-Z])({HALF})[\s.-]?({HALF})")

router = APIRouter(prefix="/api/v1", tags=["conversations"])


class Continuation(BaseModel):
    """Answer to `POST …/continuation`."""

    code: str
    expires_at: datetime


class Continue(BaseModel):
    """Body of `POST /api/v1/continuations`."""

    code: Annotated[str, Field(max_length=64), AfterValidator(printable)]


class Continued(BaseModel):
    """Answer to `POST /api/v1/continuations`: the same conversation, and one more token of it."""

    id: UUID
    token: str


@router.post("/conversations/{conversation_id}/continuation", status_code=HTTPStatus.CREATED)
async def give_code(gateway: InGateway, conversation: Conversation) -> Continuation:
    """Give a code that continues this conversation elsewhere, once, within 15 minutes; an earlier one is void."""
    gateway.speaking.check(str(conversation))
    async with gateway.pool.connection() as connection:
        return await give(connection, gateway.seal, conversation, gateway.clock.now())


@router.post("/continuations", status_code=HTTPStatus.CREATED)
async def use_code(request: Request, gateway: InGateway, asked: Continue) -> Continued:
    """Open the conversation that a code continues."""
    gateway.guessing.check(request.client.host if request.client else "?")
    code = read(asked.code)
    async with gateway.pool.connection() as connection:
        found = await redeem(connection, gateway.seal, code, gateway.clock.now()) if code else None
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, texts.CODE_UNKNOWN)
        return Continued(id=found, token=await conversations.add_token(connection, found))


def draw() -> str:
    """Draw a code, in the two halves that people read and type."""
    while True:
        drawn = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
        if TYPED.fullmatch(drawn):
            return drawn


def read(text: str) -> str | None:
    """Return the code that a text is, as people type it; None for a text that is no code."""
    typed = TYPED.fullmatch(text.strip().upper())
    return f"{typed[1]}-{typed[2]}" if typed else None


async def give(connection: Connection, seal: Seal, conversation_id: UUID, now: datetime) -> Continuation:
    """Give a conversation its code; the one before is void."""
    code, until = draw(), now + KEPT
    await connection.execute(
        "INSERT INTO people.continuations (hash, conversation_id, expires_at) VALUES (%s, %s, %s)"
        " ON CONFLICT (conversation_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
        (seal.hash("continuation", code), conversation_id, until),
    )
    return Continuation(code=code, expires_at=until)


async def redeem(connection: Connection, seal: Seal, code: str, now: datetime) -> UUID | None:
    """Use a code up; returns its conversation, None where it opens none or no longer."""
    cursor = await connection.execute(
        "DELETE FROM people.continuations n USING people.conversations c"
        " WHERE n.hash = %s AND n.expires_at > %s AND c.id = n.conversation_id AND c.erase_at IS NULL"
        " RETURNING n.conversation_id",
        (seal.hash("continuation", code), now),
    )
    row = await cursor.fetchone()
    return row["conversation_id"] if row else None


async def forget_expired(connection: Connection, now: datetime) -> None:
    """Forget the codes that open nothing any more."""
    await connection.execute("DELETE FROM people.continuations WHERE expires_at <= %s", (now,))
