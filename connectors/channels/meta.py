"""What WhatsApp, Messenger and Instagram share: Meta's signatures, its check of a webhook, and its Graph API."""

import hashlib
import hmac
import json
from http import HTTPStatus
from typing import Any

import httpx
from fastapi import Request, Response

from connectors.channels.platform import Forged, Refused, Undeliverable, Unreachable

PATIENCE = 15.0  # seconds
WAIT_FOR_SOMEBODY = 60.0  # seconds between tries of what only a person can put right
# https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes and …/messenger-platform/error-codes
TOO_FAST = {4, 17, 32, 613, 80006, 80007, 130429, 131048, 131056}
AWAY = {-1, 1, 2, 1200, 131000, 131016, 131057}
NOT_ALLOWED = {0, 3, 10, 190, *range(200, 300), 131005}
TOO_LATE = {2018278, 2534022}  # subcodes of 10: outside the 24 hours, which is nothing to put right
# Restricted, unpaid, unverified: nothing leaves until somebody has put it right, and nothing is lost meanwhile.
CLOSED = {33, 368, 131031, 131037, 131042, 131045}
NOBODY = {551, 131026}  # left, blocked us, never there
NOBODY_SUBCODES = {2018001, 1545041}


async def verified(request: Request, app_secret: str) -> Any:
    """Return a webhook's body once its signature is that of our application; None for what is no JSON."""
    body = await request.body()
    made = hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", "").encode(), f"sha256={made}".encode()):
        raise Forged
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def challenge(request: Request, verify_token: str) -> Response:
    """Answer the check that Meta makes when the webhook's address is given."""
    asked = request.query_params
    if asked.get("hub.mode") != "subscribe" or not hmac.compare_digest(
        asked.get("hub.verify_token", "").encode(), verify_token.encode()
    ):
        raise Forged
    return Response(asked.get("hub.challenge", ""), media_type="text/plain")


class Graph:
    """One account of Meta's API."""

    def __init__(self, api: str, token: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=api, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE, follow_redirects=False
        )

    async def post(self, path: str, body: dict[str, Any]) -> None:
        """Send; raises Undeliverable, Refused or Unreachable."""
        try:
            answered = await self._client.post(path, json=body)
        except httpx.HTTPError as error:
            raise Undeliverable(type(error).__name__) from None
        if answered.status_code != HTTPStatus.OK:
            self._fail(answered)

    def _fail(self, answered: httpx.Response) -> None:
        code, subcode = error_of(answered)
        if answered.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in TOO_FAST:
            wait = answered.headers.get("Retry-After", "")
            raise Undeliverable(f"asks to wait, code {code}", float(wait) if wait.isdecimal() else None)
        if code in NOBODY or subcode in NOBODY_SUBCODES:
            raise Unreachable
        if subcode in TOO_LATE:
            raise Refused(f"answered {answered.status_code}, code {code}/{subcode}: outside the 24 hours")
        if code in CLOSED:
            raise Undeliverable(f"account closed, code {code}. Remedy: Meta's business settings", WAIT_FOR_SOMEBODY)
        if answered.status_code == HTTPStatus.UNAUTHORIZED or code in NOT_ALLOWED:
            told = f"access refused, code {code}. Remedy: the token and its permissions (docs/channels.md)"
            raise Undeliverable(told, WAIT_FOR_SOMEBODY)
        if answered.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in AWAY:
            raise Undeliverable(f"answered {answered.status_code}, code {code}")
        raise Refused(f"answered {answered.status_code}, code {code}")

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def error_of(answered: httpx.Response) -> tuple[int | None, int | None]:
    """Return Meta's code and subcode, without the words around them, which may repeat a number or a name."""
    try:
        told = answered.json()["error"]
        code, subcode = told.get("code"), told.get("error_subcode")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, None
    return (code if isinstance(code, int) else None), (subcode if isinstance(subcode, int) else None)


def dictionaries(found: Any, name: str) -> list[dict[str, Any]]:
    """Return the dictionaries of a list in a webhook, whatever else stands there."""
    listed = found.get(name) if isinstance(found, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def text_in(found: Any, *names: str) -> str | None:
    """Return a text at the end of a path in a webhook, None where something else stands."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None
