"""The agenda's page and its data: one search, shown as HTML or as JSON."""

import hashlib
from collections import defaultdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from connectors import texts
from connectors.agenda import finding
from connectors.agenda.addresses import content_policy, public_address
from connectors.agenda.asked import Asked, read_leniently
from connectors.agenda.data import Agenda, agenda_of
from connectors.agenda.searching import search, widened
from connectors.agenda.templates import TEMPLATES
from connectors.agenda.themes import Overview
from connectors.agenda.towns import towns_in
from connectors.api import Gateway, InGateway
from connectors.problems import Problem

KM_CHOICES = (5, 10, 20, 30, 50, 100)
DAY = 86_400  # seconds

router = APIRouter()


@router.get("/agenda", include_in_schema=False)
async def page(request: Request, gateway: InGateway) -> Response:
    """Show the agenda; any site may frame this page, which sets no cookie and holds nothing of anybody."""
    asked, wrong = read_leniently(request.query_params)
    now = gateway.clock.now()
    overview: Overview = request.app.state.agenda_overview
    choices = await overview.choices(now)
    async with gateway.pool.connection() as connection:
        found = await search(connection, asked, now)
        wider = await widened(connection, asked, found, now) if not found.count else []
    if asked.near and not found.towns:
        wrong["near"] = texts.NO_TOWN
    known = {
        "asked": asked,
        "wrong": defaultdict(str, wrong),
        "found": found,
        "wider": wider,
        "choices": choices,
        "settings": gateway.settings,
        "km_choices": sorted({*KM_CHOICES, asked.km}),
        "counted": finding.COUNTED,
        "filters": asked.filters(),
        "unread": texts.BAD_FIELD in wrong.values(),
    }
    return answer(request, TEMPLATES.get_template("agenda.html").render(known), "text/html", page_headers(gateway))


def page_headers(gateway: Gateway) -> dict[str, str]:
    """Allow any site to frame the page, and the map's tiles, if there are any, to be fetched."""
    tiles = gateway.settings.map_tiles
    headers = {"Content-Security-Policy": content_policy(tiles), "Cache-Control": "no-cache"}
    # Servers of tiles ask which site shows them; without any, the page tells nobody where somebody comes from.
    return headers | ({"Referrer-Policy": "strict-origin"} if tiles else {})


@router.get("/api/v1/agenda", tags=["events"], response_model=Agenda)
async def data(request: Request, gateway: InGateway, asked: Annotated[Asked, Query()]) -> Response:
    """Return events to come, the soonest first: public data, which any site may read."""
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        found = await search(connection, asked, now)
    if asked.near and not found.towns:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, texts.NO_TOWN_API)
    base = public_address(gateway.settings.public_url, str(request.base_url))
    body = agenda_of(asked, found, base).model_dump_json(by_alias=True)
    headers = {
        "Cache-Control": "public, max-age=15",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
    }
    return answer(request, body, "application/json", headers)


@router.get("/agenda/villes.json", include_in_schema=False)
async def towns(
    gateway: InGateway,
    south: Annotated[float, Query(ge=-90, le=90)],
    north: Annotated[float, Query(ge=-90, le=90)],
    west: Annotated[float, Query(ge=-720, le=720)],
    east: Annotated[float, Query(ge=-720, le=720)],
) -> Response:
    """Return the largest towns of a box, for a map without tiles."""
    async with gateway.pool.connection() as connection:
        known = await towns_in(connection, {"south": south, "north": north, "west": west, "east": east})
    return JSONResponse(
        [[one.name, one.latitude, one.longitude] for one in known], headers={"Cache-Control": f"public, max-age={DAY}"}
    )


def answer(request: Request, body: str, media_type: str, headers: dict[str, Any]) -> Response:
    """Answer with the body's tag, or that it is the one already there."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    headers = headers | {"ETag": tag}
    held = request.headers.get("if-none-match", "")
    if any(one.strip().removeprefix("W/") == tag for one in held.split(",")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
