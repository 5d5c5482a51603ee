"""Errors as RFC 9457 problem+json, each with one French sentence that says what to do; as a page where one is read."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from psycopg import InterfaceError, OperationalError
from psycopg_pool import PoolClosed, PoolTimeout
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from connectors import templating, texts

logger = logging.getLogger(__name__)


class Problem(Exception):
    """A request that cannot be answered; `detail` is shown to people."""

    def __init__(self, status: HTTPStatus, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.detail = detail
        self.headers = headers


def response(
    request: Request | None, status: HTTPStatus, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """Build the body: a page for a browser that asks for one outside the API."""
    if request and "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
        page = templating.page("error.html", status.value, detail=detail, path=request.url.path)
        page.headers.update(headers or {})
        return page
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return JSONResponse(body, status.value, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error in this form. Logs name the kind of error and the route, never a person's words."""

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> Response:
        return response(request, error.status, error.detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return response(request, *told(error.errors()))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        known = {HTTPStatus.NOT_FOUND: texts.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED: texts.NOT_ALLOWED}
        headers = dict(error.headers) if error.headers else None
        detail = known.get(status, texts.NOT_JSON if status == HTTPStatus.BAD_REQUEST else texts.UNEXPECTED)
        return response(request, status, detail, headers)

    async def unavailable(request: Request, error: Exception) -> Response:
        logger.error("database unavailable: %s on %s", type(error).__name__, route_of(request))
        return response(request, HTTPStatus.SERVICE_UNAVAILABLE, texts.UNAVAILABLE, {"Retry-After": "2"})

    for kind in (OperationalError, InterfaceError, PoolTimeout, PoolClosed):
        app.add_exception_handler(kind, unavailable)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        logger.error("unexpected %s on %s", type(error).__name__, route_of(request))
        return response(request, HTTPStatus.INTERNAL_SERVER_ERROR, texts.UNEXPECTED)


def route_of(request: Request) -> str:
    """Name the route by its template: a path may hold a conversation's id."""
    return getattr(request.scope.get("route"), "path", "?")


def told(errors: Any) -> tuple[HTTPStatus, str]:
    """Tell broken JSON (400) and too long a text (413) from a wrong shape (422)."""
    first = errors[0]
    if first["type"] == "json_invalid":
        return HTTPStatus.BAD_REQUEST, texts.NOT_JSON
    if first["type"] == "text_too_long":
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, texts.TOO_LONG
    known = {"blank": texts.BLANK, "both": texts.BOTH}
    where = ".".join(str(part) for part in first["loc"] if part != "body") or "corps"
    return HTTPStatus.UNPROCESSABLE_ENTITY, known.get(first["type"], texts.WRONG_SHAPE.format(where=where))


def told_of(error: Problem | ValidationError) -> tuple[HTTPStatus, str]:
    """Return what a page says of a refusal: the same status and sentence as the API."""
    return (error.status, error.detail) if isinstance(error, Problem) else told(error.errors())


def too_large() -> Response:
    """Answer a body that no message needs."""
    return response(None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, texts.TOO_LONG)
