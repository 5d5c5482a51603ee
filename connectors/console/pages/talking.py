"""Taking a conversation over, writing in it, giving it back; answers kept ready; links to a masked transcript."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from connectors import handovers
from connectors.api import InGateway
from connectors.console import annotations, audit, sharing, transcript
from connectors.console import texts_conversations as words
from connectors.console.guards import SignedIn, who_may
from connectors.console.opening import InHiding, Seen, counsellor_of
from connectors.console.pages.transcript import back, refused, sheet
from connectors.console.rendering import show
from connectors.console.rights import Act, Staff
from connectors.events import changes
from connectors.handovers import AlreadyTaken, NotHeld
from connectors.problems import Problem
from connectors.schemas import LONGEST_TEXT, storable

LONGEST_SUMMARY, LONGEST_LIKES = 600, 5
AIMS = ("", "job_family", "training", "event", "place")
router = APIRouter(include_in_schema=False)
Reader = Annotated[Staff, Depends(who_may(Act.READ))]
Talker = Annotated[Staff, Depends(who_may(Act.TALK))]
Keeper = Annotated[Staff, Depends(who_may(Act.ANNOTATE))]
Sharer = Annotated[Staff, Depends(who_may(Act.SHARE))]


@router.get("/conversations/{conversation}/flux", response_class=StreamingResponse)
async def follow(gateway: InGateway, staff: Reader, conversation: Seen) -> StreamingResponse:
    """Tell an open page that something was said or that the conversation changed hands; it asks for the rest."""
    return StreamingResponse(
        changes(gateway.pool, gateway.live, conversation),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.post("/conversations/{conversation}/prendre")
async def take(request: Request, gateway: InGateway, session: SignedIn, staff: Talker, conversation: Seen) -> Response:
    """Take the conversation: the bot is silent, the person is told who speaks."""
    now = gateway.clock.now()
    try:
        async with gateway.pool.connection() as connection:
            await handovers.take(connection, conversation, counsellor_of(staff), now)
            await audit.note(connection, now, staff, "take", conversation=conversation)
    except AlreadyTaken:
        return await refused(request, gateway, session, conversation, words.ALREADY_TAKEN)
    return back(conversation, "#ecrire")


@router.post("/conversations/{conversation}/messages")
async def write(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Talker,
    conversation: Seen,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Say something to the person."""
    text = str(storable(text)).replace("\r\n", "\n").strip()
    if not 0 < len(text) <= LONGEST_TEXT:
        return await refused(request, gateway, session, conversation, words.BAD_MESSAGE)
    try:
        async with gateway.pool.connection() as connection:
            await handovers.write(connection, conversation, counsellor_of(staff), text, gateway.clock.now())
    except NotHeld:
        return await refused(request, gateway, session, conversation, words.NOT_HELD)
    return back(conversation, "#ecrire")


@router.post("/conversations/{conversation}/frappe", status_code=204)
async def typing(gateway: InGateway, staff: Talker, conversation: Seen) -> Response:
    """Show the person that somebody is writing."""
    async with gateway.pool.connection() as connection:
        await handovers.tell_typing(connection, conversation, staff.id)
    return Response(status_code=204)


@router.post("/conversations/{conversation}/rendre")
async def hand_back(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Talker,
    conversation: Seen,
    summary: Annotated[str, Form()] = "",
    likes: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
    aim: Annotated[str, Form()] = "",
) -> Response:
    """Give the conversation back to the bot, with what it should know."""
    summary = " ".join(str(storable(summary)).split())
    liked = [" ".join(one.split()) for one in str(storable(likes)).split(",") if one.strip()][:LONGEST_LIKES]
    if len(summary) > LONGEST_SUMMARY or aim not in AIMS or any(len(one) > 100 for one in [*liked, place]):
        return await refused(request, gateway, session, conversation, words.BAD_SUMMARY)
    now = gateway.clock.now()
    left = handovers.Left(staff.name, summary, aim, tuple(liked), str(storable(place)).strip())
    try:
        async with gateway.pool.connection() as connection:
            await handovers.hand_back(connection, conversation, staff.id, left, now)
            await audit.note(connection, now, staff, "hand back", conversation=conversation)
    except NotHeld:
        return await refused(request, gateway, session, conversation, words.NOT_HELD)
    gateway.runner.kick(conversation)
    return back(conversation)


@router.post("/conversations/{conversation}/partager")
async def share(
    request: Request,
    gateway: InGateway,
    hiding: InHiding,
    session: SignedIn,
    staff: Sharer,
    conversation: Seen,
    days: Annotated[int, Form()] = 7,
) -> Response:
    """Make a link to the masked transcript; it is shown once."""
    if days not in sharing.LASTS:
        return await refused(request, gateway, session, conversation, words.BAD_DAYS)
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        token = await sharing.share(connection, conversation, staff, days, now)
        await audit.note(connection, now, staff, "share", conversation=conversation, detail=sharing.LASTS[days])
    address = str(gateway.settings.public_url or request.base_url).rstrip("/")
    return show(
        request, session, "shared.html", link=f"{address}/console/partage/{token}", lasts=sharing.LASTS[days],
        conversation=conversation,
    )  # fmt: skip


@router.post("/conversations/{conversation}/ne-plus-partager")
async def close_shares(gateway: InGateway, staff: Sharer, conversation: Seen) -> Response:
    """Close every link to the conversation."""
    async with gateway.pool.connection() as connection:
        await sharing.close_shares(connection, conversation)
        await audit.note(connection, gateway.clock.now(), staff, "unshare", conversation=conversation)
    return back(conversation)


@router.get("/partage/{token}")
async def shared(gateway: InGateway, hiding: InHiding, token: str) -> Response:
    """Show a shared transcript, masked, to whoever has the link."""
    async with gateway.pool.connection() as connection:
        conversation = await sharing.shared(connection, token, gateway.clock.now())
    if conversation is None:
        raise Problem(HTTPStatus.NOT_FOUND, words.NO_SHARE)
    await hiding.look(conversation)
    async with gateway.pool.connection() as connection:
        found = await transcript.read_masked(connection, conversation)
    return sheet(found, conversation, gateway)


@router.get("/reponses")
async def canned(request: Request, gateway: InGateway, session: SignedIn, staff: Keeper) -> Response:
    """Show the answers kept ready."""
    async with gateway.pool.connection() as connection:
        found = await annotations.canned_of(connection, staff)
    return show(request, session, "canned.html", canned=found, error="", title="", text="")


@router.post("/reponses")
async def keep_canned(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    title: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    answer: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Keep an answer ready, or change one."""
    async with gateway.pool.connection() as connection:
        if await annotations.keep_canned(connection, staff, answer, title, text, gateway.clock.now()):
            return RedirectResponse("/console/reponses", 303)
        found = await annotations.canned_of(connection, staff)
    return show(request, session, "canned.html", 422, canned=found, error=words.BAD_ANSWER, title=title, text=text)


@router.post("/reponses/{answer}/supprimer")
async def remove_canned(gateway: InGateway, staff: Keeper, answer: UUID) -> Response:
    """Remove an answer kept ready."""
    async with gateway.pool.connection() as connection:
        await annotations.remove_canned(connection, staff, answer)
    return RedirectResponse("/console/reponses", 303)
