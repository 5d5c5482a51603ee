"""Signing in and out, and choosing a password by a link."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from connectors import templating
from connectors.api import InGateway
from connectors.console import accounts, passwords, sessions
from connectors.console import texts_accounts as texts
from connectors.console.guards import SIGN_IN, SignedIn, check_form
from connectors.console.sessions import COOKIE
from connectors.forms import check_origin, is_https

HOME = "/console/"
router = APIRouter(include_in_schema=False)


def inside(path: str) -> str:
    """Return a page of the console to go on to; never one of another site."""
    return path if path.startswith(HOME) and "\\" not in path and "//" not in path else HOME


def form(status: int = 200, *, to: str = HOME, login: str = "", error: str = "", told: str = "") -> Response:
    """Render the sign-in."""
    return templating.page("console/sign_in.html", status, to=to, login=login, error=error, told=told)


@router.get("/connexion")
async def show_sign_in(vers: str = HOME, choisi: str = "") -> Response:
    """Show the form."""
    return form(to=inside(vers), told=texts.CHOSEN if choisi else "")


@router.post("/connexion")
async def sign_in(
    request: Request,
    gateway: InGateway,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    vers: Annotated[str, Form()] = HOME,
) -> Response:
    """Open a session; the same answer and time whether the account exists or not."""
    check_origin(request)
    now, address = gateway.clock.now(), request.client.host if request.client else "?"
    login = login.replace("\0", "")
    async with gateway.pool.connection() as connection:
        if await accounts.is_locked(connection, gateway.seal, login, address, now):
            return form(429, to=inside(vers), login=login, error=texts.LOCKED)
        account = await accounts.find(connection, login)
        if not passwords.fits(account.password_hash if account else None, password) or account is None:
            await accounts.count_failure(connection, gateway.seal, login, address, now)
            return form(422, to=inside(vers), login=login, error=texts.WRONG)
        if old := request.cookies.get(COOKIE):
            await sessions.close_session(connection, old)
        token = await sessions.open_session(connection, account.id, now)
    response = RedirectResponse(inside(vers), 303)
    response.set_cookie(COOKIE, token, path="/console", httponly=True, samesite="lax", secure=is_https(request))
    return response


@router.post("/deconnexion")
async def sign_out(request: Request, gateway: InGateway, session: SignedIn) -> Response:
    """Close the session."""
    await check_form(request, gateway, session)
    async with gateway.pool.connection() as connection:
        await sessions.close_session(connection, session.token)
    response = RedirectResponse(SIGN_IN, 303)
    response.delete_cookie(COOKIE, path="/console")
    return response


def choosing(status: int, *, token: str, login: str, error: str) -> Response:
    """Render the choice of a password; without a login, the link lets choose none."""
    return templating.page("console/password.html", status, token=token, login=login, error=error)


@router.get("/mot-de-passe/{token}")
async def show_choice(gateway: InGateway, token: str) -> Response:
    """Show the form; opening the link uses nothing up."""
    async with gateway.pool.connection() as connection:
        account = await accounts.account_of_link(connection, token, gateway.clock.now())
    if account is None:
        return choosing(404, token="", login="", error=texts.NO_LINK)
    return choosing(200, token=token, login=account.login, error="")


@router.post("/mot-de-passe/{token}")
async def choose(
    request: Request,
    gateway: InGateway,
    token: str,
    password: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Set the password; the link serves no more."""
    check_origin(request)
    async with gateway.pool.connection() as connection:
        account = await accounts.account_of_link(connection, token, gateway.clock.now())
        if account is None:
            return choosing(404, token="", login="", error=texts.NO_LINK)
        fault = (
            texts.PASSWORDS_DIFFER if password != again else passwords.fault_of(password, account.login, account.name)
        )
        if fault:
            return choosing(422, token=token, login=account.login, error=fault)
        await accounts.set_password(connection, account, passwords.hashed(password))
    return RedirectResponse(f"{SIGN_IN}?choisi=1", 303)
