"""One conversation: `/console/conversations/ID`, what was said, and what counsellors add to it."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from connectors import templating
from connectors import texts as gateway_texts
from connectors.api import Gateway, InGateway
from connectors.console import annotations, audit, inbox, sharing, texts, transcript
from connectors.console import texts_conversations as words
from connectors.console.guards import SignedIn, who_may
from connectors.console.opening import InHiding, Seen
from connectors.console.rendering import show
from connectors.console.rights import Act, Staff, acts_of
from connectors.problems import Problem

SHORTEST_REASON, LONGEST_REASON = 10, 300
router = APIRouter(include_in_schema=False)
Reader = Annotated[Staff, Depends(who_may(Act.READ))]
Keeper = Annotated[Staff, Depends(who_may(Act.ANNOTATE))]
Revealer = Annotated[Staff, Depends(who_may(Act.REVEAL))]


def back(conversation: UUID, part: str = "") -> RedirectResponse:
    """Lead back to the transcript."""
    return RedirectResponse(f"/console/conversations/{conversation}{part}", 303)


@router.get("/conversations/{conversation}")
async def show_transcript(
    request: Request, gateway: InGateway, hiding: InHiding, session: SignedIn, staff: Reader, conversation: Seen
) -> Response:
    """Show the conversation, which counts as read; that the duty opened it is kept."""
    await hiding.look(conversation)
    if staff.structure_id is None:
        async with gateway.pool.connection() as connection:
            await audit.note(connection, gateway.clock.now(), staff, "open", conversation=conversation)
    return show(request, session, "transcript.html", **await shown(gateway, staff, conversation))


async def refused(request: Request, gateway: Gateway, session: SignedIn, conversation: UUID, error: str) -> Response:
    """Show the conversation again, with what was wrong in a form."""
    values = await shown(gateway, session.staff, conversation)
    return show(request, session, "transcript.html", 422, **values | {"error": error})


async def shown(gateway: Gateway, staff: Staff, conversation: UUID) -> dict[str, Any]:
    """Return what the page shows."""
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        found = await transcript.read(connection, conversation, staff, now)
        if found is None:  # erased a moment ago
            raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
        await annotations.mark_read(connection, conversation, found.head["last_seq"])
        return {
            "conversation": found.head, "lines": found.lines, "told": found.told, "revealed": found.revealed,
            "notes": await annotations.notes_of(connection, conversation, staff),
            "tags": await annotations.tags_of(connection, conversation, staff),
            "colleagues": await annotations.colleagues(connection, staff),
            "canned": await annotations.canned_of(connection, staff),
            "shares": await sharing.shares_of(connection, conversation, now),
            "lasts": sharing.LASTS, "acts": acts_of(staff), "words": words, "themes": gateway_texts.THEMES,
            "kinds": gateway_texts.KINDS, "short": inbox.short(conversation), "now": now, "error": "",
        }  # fmt: skip


@router.get("/conversations/{conversation}/suite")
async def what_follows(
    gateway: InGateway, hiding: InHiding, staff: Reader, conversation: Seen, after: Annotated[int, Query(ge=0)] = 0
) -> HTMLResponse:
    """Return what was said after a seq, as the page shows it: an open page adds it at its end."""
    await hiding.look(conversation)
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        found = await transcript.read(connection, conversation, staff, now, after=after)
        if found is not None:
            await annotations.mark_read(connection, conversation, found.head["last_seq"])
    return templating.page(
        "console/lines.html", lines=found.lines if found else [], conversation=found.head if found else None,
        acts=acts_of(staff), kinds=gateway_texts.KINDS, words=words,
    )  # fmt: skip


@router.post("/conversations/{conversation}/devoiler")
async def reveal(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Revealer,
    conversation: Seen,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Show what is hidden to who says why, for a quarter of an hour; the reason is kept."""
    reason = " ".join(reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        return await refused(request, gateway, session, conversation, words.REASON)
    async with gateway.pool.connection() as connection:
        await audit.note(connection, gateway.clock.now(), staff, "reveal", conversation=conversation, detail=reason)
    return back(conversation)


@router.post("/conversations/{conversation}/notes")
async def add_note(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    conversation: Seen,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Keep a note for the structure's people."""
    async with gateway.pool.connection() as connection:
        if await annotations.add_note(connection, conversation, staff, text, gateway.clock.now()):
            return back(conversation, "#notes")
    return await refused(request, gateway, session, conversation, words.BAD_NOTE)


@router.post("/conversations/{conversation}/notes/{note}/supprimer")
async def remove_note(gateway: InGateway, staff: Keeper, conversation: Seen, note: UUID) -> Response:
    """Remove a note of one's own."""
    async with gateway.pool.connection() as connection:
        await annotations.remove_note(connection, conversation, staff, note)
    return back(conversation, "#notes")


@router.post("/conversations/{conversation}/etiquettes")
async def set_tags(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    conversation: Seen,
    tags: Annotated[str, Form()] = "",
) -> Response:
    """Put these tags in place of those there."""
    async with gateway.pool.connection() as connection:
        if await annotations.set_tags(connection, conversation, staff, tags):
            return back(conversation)
    return await refused(request, gateway, session, conversation, words.BAD_TAGS)


@router.post("/conversations/{conversation}/attribuer")
async def assign(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    conversation: Seen,
    to: Annotated[str, Form()] = "",
) -> Response:
    """Give the conversation to a colleague, or to nobody."""
    async with gateway.pool.connection() as connection:
        if await annotations.assign(connection, conversation, staff, to):
            return back(conversation)
    return await refused(request, gateway, session, conversation, words.BAD_COLLEAGUE)


@router.post("/conversations/{conversation}/relu")
async def review(gateway: InGateway, staff: Keeper, conversation: Seen, done: Annotated[str, Form()] = "") -> Response:
    """Mark as reviewed, or as to be."""
    async with gateway.pool.connection() as connection:
        await annotations.review(connection, conversation, staff, gateway.clock.now(), done=done == "oui")
    return back(conversation)


@router.get("/conversations/{conversation}/imprimer")
async def print_transcript(
    gateway: InGateway, hiding: InHiding, staff: Annotated[Staff, Depends(who_may(Act.SHARE))], conversation: Seen
) -> Response:
    """Show the masked transcript alone, to be printed or kept as PDF; that it was is kept."""
    await hiding.look(conversation)
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        found = await transcript.read_masked(connection, conversation)
        await audit.note(connection, now, staff, "print", conversation=conversation)
    return sheet(found, conversation, gateway)


def sheet(found: transcript.Transcript | None, conversation: UUID, gateway: Gateway) -> Response:
    """Render a masked transcript without anything around it."""
    return templating.page(
        "console/sheet.html", lines=found.lines if found else [], conversation=found.head if found else {},
        told=found.told if found else [], short=inbox.short(conversation), words=words, kinds=gateway_texts.KINDS,
        now=gateway.clock.now(), acts=set(),
    )  # fmt: skip
