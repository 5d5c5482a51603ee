"""The inbox: `/console/conversations`."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from connectors import texts as gateway_texts
from connectors.api import InGateway
from connectors.console import inbox, masks, texts_conversations, views
from connectors.console.annotations import tags_in_use
from connectors.console.guards import SignedIn, who_may
from connectors.console.inbox import Filters
from connectors.console.rendering import show
from connectors.console.rights import Act, Staff

HERE = "/console/conversations"
router = APIRouter(include_in_schema=False)
Reader = Annotated[Staff, Depends(who_may(Act.READ))]
Keeper = Annotated[Staff, Depends(who_may(Act.ANNOTATE))]


@router.get("/conversations")
async def list_conversations(request: Request, gateway: InGateway, session: SignedIn, staff: Reader) -> Response:
    """Show what is asked for, the latest first."""
    filters = inbox.read_filters(dict(request.query_params))
    return show(request, session, "conversations.html", **await found(request, gateway, staff, filters))


async def found(request: Request, gateway: InGateway, staff: Staff, filters: Filters) -> dict[str, Any]:
    """Return what the page shows."""
    async with gateway.pool.connection() as connection:
        rows, more = await inbox.find(connection, staff, filters)
        counts = await inbox.counts(connection, staff)
        saved = await views.views_of(connection, staff.id)
        tags = await tags_in_use(connection, staff)
    asked = [(key, value) for key, value in request.query_params.items() if value and key != "avant"]
    following = urlencode([*asked, ("avant", inbox.cursor_of(rows[-1]))]) if more else ""
    return {
        "rows": rows, "counts": counts, "views": saved, "tags": tags, "filters": filters, "following": following,
        "query": urlencode(asked), "now": gateway.clock.now(), "most": inbox.COUNTED_TO, "themes": gateway_texts.THEMES,
        "words": texts_conversations, "pieces": masks.pieces, "short": inbox.short, "error": "",
    }  # fmt: skip


@router.get("/conversations/etat")
async def state(gateway: InGateway, staff: Reader) -> JSONResponse:
    """Return the counts and the moment of the latest change, by which an open inbox knows that it is out of date."""
    async with gateway.pool.connection() as connection:
        counts = await inbox.counts(connection, staff)
        rows, _ = await inbox.find(connection, staff, Filters(), page=1)
    latest = f"{rows[0].active_at.isoformat()} {rows[0].state} {rows[0].heard_seq}" if rows else ""
    return JSONResponse({"counts": counts, "latest": latest}, headers={"Cache-Control": "no-store"})


@router.post("/conversations/vues")
async def save_view(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    name: Annotated[str, Form()] = "",
    query: Annotated[str, Form()] = "",
) -> Response:
    """Keep the filters of the page under a name."""
    async with gateway.pool.connection() as connection:
        if await views.save(connection, staff.id, name, query, gateway.clock.now()):
            return RedirectResponse(f"{HERE}?{query}", 303)
    shown = await found(request, gateway, staff, Filters())
    return show(request, session, "conversations.html", 422, **shown | {"error": texts_conversations.VIEW_NAME})


@router.post("/conversations/vues/{view}/oublier")
async def forget_view(gateway: InGateway, staff: Keeper, view: UUID) -> Response:
    """Remove a view."""
    async with gateway.pool.connection() as connection:
        await views.forget(connection, staff.id, view)
    return RedirectResponse(HERE, 303)
