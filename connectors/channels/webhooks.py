"""Where platforms deliver what people send: verified, stored, and answered to the platform at once."""

import logging
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from psycopg import InterfaceError, OperationalError
from psycopg_pool import PoolClosed, PoolTimeout

from connectors import texts
from connectors.api import InGateway
from connectors.channels.listening import Listener
from connectors.channels.platform import Forged, Platform
from connectors.problems import Problem

logger = logging.getLogger(__name__)

PREFIX = "/webhooks"
LARGEST_DELIVERY = 3 * 1024 * 1024  # bytes; WhatsApp's own limit, which groups what many people sent
AWAY = (OperationalError, InterfaceError, PoolTimeout, PoolClosed)  # the platform will deliver again

router = APIRouter(prefix=PREFIX, include_in_schema=False)


def platform_of(request: Request, name: str) -> Platform:
    """Return the platform of that name, where it is configured."""
    found: Platform | None = request.app.state.platforms.get(name)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NOT_FOUND)
    return found


@router.get("/{name}")
async def greet(request: Request, name: str) -> Response:
    """Let a platform check that this address is ours."""
    try:
        return await platform_of(request, name).greet(request)
    except Forged:
        raise Problem(HTTPStatus.UNAUTHORIZED, texts.FORGED) from None


@router.post("/{name}")
async def hear(request: Request, name: str, gateway: InGateway) -> Response:
    """Store what people sent; turns are run and answers leave by themselves afterwards."""
    platform = platform_of(request, name)
    try:
        everything = await platform.hear(request)
    except Forged:
        raise Problem(HTTPStatus.UNAUTHORIZED, texts.FORGED) from None
    for heard in everything:
        try:
            await Listener(gateway).listen(platform.name, heard)
        except AWAY:
            raise
        except Exception as error:  # delivered again it would fail again, and hold back what comes after it
            logger.error("channel %s: a message is lost: unexpected %s", name, type(error).__name__)
    return Response(status_code=HTTPStatus.OK)
