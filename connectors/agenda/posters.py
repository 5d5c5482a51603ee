"""QR codes and posters: what is printed at the door opens a conversation inside the event."""

import io
from http import HTTPStatus

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from connectors import join_codes, texts
from connectors.agenda.addresses import public_address
from connectors.agenda.shown import poster
from connectors.agenda.templates import TEMPLATES
from connectors.api import Gateway, InGateway
from connectors.knowledge import Event, find_event
from connectors.problems import Problem

ONE_HOUR = 3600  # seconds

router = APIRouter(include_in_schema=False)


@router.get("/qr.svg")
async def qr(request: Request, gateway: InGateway) -> Response:
    """Draw the code that opens Piste."""
    return drawn(gateway, f"{address_of(request, gateway)}/")


@router.get("/qr/{event_id:path}.svg")
async def event_qr(request: Request, gateway: InGateway, event_id: str) -> Response:
    """Draw the code that opens Piste inside an event."""
    event, code = await joined(gateway, event_id)
    if event is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_EVENT)
    return drawn(gateway, f"{address_of(request, gateway)}/?code={code}")


@router.get("/affiche")
async def general_poster(request: Request, gateway: InGateway) -> Response:
    """Show a poster that opens Piste itself."""
    known = {"poster": None, "code": None, "path": None, "address": shown_address(request, gateway)}
    return HTMLResponse(TEMPLATES.get_template("poster.html").render(known))


@router.get("/affiche/{event_id:path}")
async def event_poster(request: Request, gateway: InGateway, event_id: str) -> Response:
    """Show the poster of an event, with its code."""
    event, code = await joined(gateway, event_id)
    if event is None:
        return absent()
    known = {
        "poster": poster(event, gateway.clock.now()), "code": code, "path": event.path,
        "address": shown_address(request, gateway),
    }  # fmt: skip
    return HTMLResponse(TEMPLATES.get_template("poster.html").render(known), headers={"Cache-Control": "no-cache"})


@router.get("/rejoindre/{event_id:path}")
async def join(gateway: InGateway, event_id: str) -> Response:
    """Open Piste inside an event: its code is made when somebody first asks for it, not each time it is listed."""
    event, code = await joined(gateway, event_id)
    if event is None:
        return absent()
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
    return RedirectResponse(f"/?code={code}", HTTPStatus.SEE_OTHER, headers)


async def joined(gateway: Gateway, event_id: str) -> tuple[Event | None, str]:
    """Return an event to come and its code; None for one that is unknown, cancelled or over."""
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        event = await find_event(connection, event_id)
        if event is None or event.is_over(now):
            return None, ""
        return event, await join_codes.code_of(connection, event.id, now)


def absent() -> Response:
    """Say that an event is not announced any more, and where others are."""
    return HTMLResponse(TEMPLATES.get_template("absent.html").render(), HTTPStatus.NOT_FOUND)


def address_of(request: Request, gateway: Gateway) -> str:
    """Return the address that a code leads to."""
    return public_address(gateway.settings.public_url, str(request.base_url))


def shown_address(request: Request, gateway: Gateway) -> str:
    """Return that address as it is typed, without its scheme."""
    return address_of(request, gateway).partition("://")[2]


def drawn(gateway: Gateway, address: str) -> Response:
    """Draw an address as a QR code that survives a stain (level M), with its white margin."""
    made = io.BytesIO()
    segno.make_qr(address, error="m").save(made, kind="svg", scale=10, border=4, light="#fff", xmldecl=False)
    # An address taken from the request's host must not be kept for others.
    cached = f"public, max-age={ONE_HOUR}" if gateway.settings.public_url else "no-store"
    return Response(made.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": cached})
