"""`/chat`: the whole conversation by forms, for browsers without JavaScript. A cookie of this page holds the token."""

import hashlib
import secrets
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Cookie, Form, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ValidationError

from connectors import conversations, problems, templating, texts
from connectors.api import Gateway, InGateway, accept, answer_of, authorised, begin
from connectors.problems import Problem
from connectors.recap import read_recap
from connectors.schemas import NewConversation, NewMessage

COOKIE = "piste_chat"

router = APIRouter(include_in_schema=False)
Kept = Annotated[str, Cookie(alias=COOKIE)]


async def held(gateway: Gateway, kept: str) -> UUID | None:
    """Return the conversation that a cookie opens, None where it opens none any more."""
    identifier, _, token = kept.partition(".")
    try:
        return await authorised(gateway, identifier, f"Bearer {token}")
    except Problem:
        return None


@router.get("/chat")
async def show(gateway: InGateway, kept: Kept = "", code: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Show the conversation, or how to begin one."""
    return await written(gateway, await held(gateway, kept), code=code)


async def written(
    gateway: Gateway, conversation: UUID | None, *, status: int = 200, error: str = "", text: str = "", code: str = ""
) -> Response:
    """Write the page. Each carries an id of its own, by which a form sent twice is known."""
    messages, state = None, "bot"
    if conversation is not None:
        async with gateway.pool.connection() as connection:
            messages = await conversations.read_messages(connection, conversation)
            state = await conversations.holder_of(connection, conversation)
    return templating.page(
        "chat.html", status, messages=messages, state=state, error=error, text=text, code=code,
        page_id=secrets.token_urlsafe(12), kinds=texts.KINDS,
    )  # fmt: skip


@router.post("/chat/commencer")
async def start(request: Request, gateway: InGateway, kept: Kept = "", code: Annotated[str, Form()] = "") -> Response:
    """Open a conversation, unless this browser holds one."""
    check_origin(request)
    if await held(gateway, kept) is not None:
        return back()
    try:
        gateway.opening.check(request.client.host if request.client else "?")
        wanted = NewConversation(locale="fr", origin="forms", join_code=code or None)
    except (Problem, ValidationError) as error:
        status, sentence = problems.told_of(error)
        return await written(gateway, None, status=status, error=sentence)
    identifier, token, turn_id = await begin(gateway, wanted)
    await answer_of(gateway, identifier, turn_id)
    response = back()
    response.set_cookie(
        COOKIE, f"{identifier}.{token}", path="/chat", httponly=True, samesite="strict", secure=is_https(request)
    )
    return response


@router.post("/chat/message")
async def send(
    request: Request,
    gateway: InGateway,
    kept: Kept = "",
    page: Annotated[str, Form(max_length=64)] = "",
    text: Annotated[str | None, Form()] = None,
    payload: Annotated[str | None, Form()] = None,
) -> Response:
    """Send what was written or pressed, wait for the answer, and show it."""
    check_origin(request)
    conversation = await held(gateway, kept)
    if conversation is None:
        return await written(gateway, None, status=404, error=texts.NO_CONVERSATION)
    once = hashlib.sha256(f"{page}\0{payload}\0{text}".encode(errors="replace")).hexdigest()
    try:
        gateway.speaking.check(str(conversation))
        asked = NewMessage(client_id=once, text=None if payload is not None else text or "", payload=payload)
        async with gateway.pool.connection() as connection:
            turn_id, _ = await accept(connection, gateway.clock, conversation, asked)
    except (Problem, ValidationError) as error:
        status, sentence = problems.told_of(error)
        return await written(gateway, conversation, status=status, error=sentence, text=text or "")
    await answer_of(gateway, conversation, turn_id)
    async with gateway.pool.connection() as connection:
        said = await conversations.read_messages(connection, conversation, turn_id=turn_id)
    return back(f"#m{said[0].seq}" if said else "#ecrire")


@router.get("/chat/donnees")
async def data(gateway: InGateway, kept: Kept = "") -> Response:
    """Download everything held."""
    conversation = await held(gateway, kept)
    if conversation is None:
        return await written(gateway, None, status=404, error=texts.NO_CONVERSATION)
    async with gateway.pool.connection() as connection:
        everything = jsonable_encoder(await conversations.export(connection, conversation))
    headers = {"Content-Disposition": 'attachment; filename="piste-mes-donnees.json"', "Cache-Control": "no-store"}
    return JSONResponse(everything, headers=headers)


@router.get("/chat/recap")
async def on_paper(gateway: InGateway, kept: Kept = "") -> Response:
    """Show what was said and proposed, to print."""
    conversation = await held(gateway, kept)
    if conversation is None:
        return await written(gateway, None, status=404, error=texts.NO_CONVERSATION)
    async with gateway.pool.connection() as connection:
        found = await read_recap(connection, conversation, gateway.clock.now())
    return templating.page("recap.html", recap=found, kinds=texts.KINDS)


@router.post("/chat/effacer")
async def erase(request: Request, gateway: InGateway, kept: Kept = "") -> Response:
    """Erase the conversation everywhere, and the cookie."""
    check_origin(request)
    conversation = await held(gateway, kept)
    if conversation is not None:
        async with gateway.pool.connection() as connection:
            await conversations.erase(connection, conversation)
    response = await written(gateway, None, error=texts.ERASED)
    response.delete_cookie(COOKIE, path="/chat")
    return response


def back(anchor: str = "") -> Response:
    """Return to the page, so that reloading it sends nothing again."""
    return RedirectResponse(f"/chat{anchor}", 303)


def is_https(request: Request) -> bool:
    """Say whether the person came by HTTPS, through a reverse proxy or not."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))


def check_origin(request: Request) -> None:
    """Refuse forms of other sites: browsers say where a form comes from, beside keeping the cookie from them."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Problem(HTTPStatus.FORBIDDEN, texts.OTHER_SITE)
