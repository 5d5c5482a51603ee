"""What every request of the console passes: who is signed in, may they, and does the form come from our page."""

import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from connectors.api import InGateway
from connectors.console import sessions, texts
from connectors.console.rights import Act, Staff, may
from connectors.console.sessions import COOKIE, Session
from connectors.problems import Problem
from connectors.seal import Seal

SIGN_IN = "/console/connexion"
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF"


def csrf_of(seal: Seal, token: str) -> str:
    """Return what a session's forms carry: made of the session, so that another site cannot know it."""
    return seal.hash("csrf", token).hex()


async def signed_in(request: Request, gateway: InGateway) -> Session:
    """Return the session of this browser; without one, a page leads to the sign-in and comes back here."""
    token = request.cookies.get(COOKIE, "")
    async with gateway.pool.connection() as connection:
        session = await sessions.find_session(connection, token, gateway.clock.now()) if token else None
    if session is None:
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            raise Problem(HTTPStatus.SEE_OTHER, texts.SIGN_IN, {"Location": f"{SIGN_IN}?vers={quote(here, safe='')}"})
        raise Problem(HTTPStatus.UNAUTHORIZED, texts.SIGN_IN)
    return session


SignedIn = Annotated[Session, Depends(signed_in)]


async def check_form(request: Request, gateway: InGateway, session: SignedIn) -> None:
    """Refuse what changes something and does not come from a page of this session."""
    if request.method in ("GET", "HEAD"):
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None:
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if not hmac.compare_digest(given.encode(), csrf_of(gateway.seal, session.token).encode()):
        raise Problem(HTTPStatus.FORBIDDEN, texts.STALE_FORM)


def who_may(act: Act) -> Callable[..., Awaitable[Staff]]:
    """Return the dependency that gives somebody who may do this, and refuses anybody else."""

    async def allowed(session: SignedIn, _: Annotated[None, Depends(check_form)]) -> Staff:
        if not may(session.staff, act):
            raise Problem(HTTPStatus.FORBIDDEN, texts.NOT_YOURS)
        return session.staff

    return allowed
