"""Is it alive, is it ready, how fast is it."""

import hmac
import ipaddress
from http import HTTPStatus

import httpx
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors import texts
from connectors.api import InGateway
from connectors.problems import Problem

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Say that this process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(request: Request, gateway: InGateway) -> JSONResponse:
    """Say of each part whether it answers; 503 unless all do."""
    parts = {
        "database": await database_is_ready(gateway),
        "bot": await request.app.state.bot.is_ready(),
        "actions": await actions_are_ready(gateway.settings.actions_url),
    }
    status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"ready": all(parts.values()), "parts": parts}, status)


async def database_is_ready(gateway: InGateway) -> bool:
    """Ask the database for nothing."""
    try:
        async with gateway.pool.connection() as connection:
            await connection.execute("SELECT 1")
    except (DatabaseError, PoolTimeout):
        return False
    return True


async def actions_are_ready(url: str) -> bool:
    """Ask the action server for its health."""
    try:
        async with httpx.AsyncClient(timeout=2.0) as client:
            return (await client.get(f"{url}/health")).status_code == HTTPStatus.OK
    except httpx.HTTPError:
        return False


@router.get("/metrics")
async def measure(request: Request, gateway: InGateway) -> Response:
    """Prometheus text: from loopback, or with METRICS_TOKEN."""
    token = gateway.settings.metrics_token
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not (is_loopback(request) or (token and hmac.compare_digest(shown, token))):
        raise Problem(HTTPStatus.FORBIDDEN, texts.METRICS_CLOSED)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def is_loopback(request: Request) -> bool:
    """Say whether the caller is this machine itself, not a proxy speaking for somebody."""
    if request.client is None or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
