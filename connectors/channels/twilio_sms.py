"""SMS by Twilio: one number, or one messaging service.

Sources: www.twilio.com/docs/usage/security (signatures), …/docs/messaging/guides/webhook-request, …/docs/api/errors.
"""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import parse_qsl

import httpx
from fastapi import Request
from twilio.request_validator import RequestValidator

from connectors.channels.platform import Forged, Heard, Refused, Undeliverable, Unreachable

PATIENCE = 15.0  # seconds
STOPPED, NO_SUCH_NUMBER = 21610, {21211, 21612, 21614}
# Refused until somebody has put the account right: its token, its sender, the countries it may write to.
NOT_ALLOWED = {20003, 20404, 21408, 21603, 21606, 21659, 21660, 21703, 21704, 21705}
WAIT_FOR_SOMEBODY = 60.0  # seconds between tries meanwhile
UNREAD = {"audio": "voice", "video": "video", "image": "image"}  # by the first half of a media type


class Twilio:
    """`sender` is a number, or a messaging service (MG…)."""

    def __init__(self, *, account: str, token: str, sender: str, public_url: str, api: str) -> None:
        self._path = f"/2010-04-01/Accounts/{account}/Messages.json"
        self._sender = {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        self._public_url = public_url.rstrip("/")
        self._validator = RequestValidator(token)
        self._client = httpx.AsyncClient(base_url=api, auth=(account, token), timeout=PATIENCE)

    async def read(self, request: Request) -> Sequence[Heard]:
        """Read one message: Twilio signs the address as it was given to it, with the fields."""
        body = (await request.body()).decode("ascii", "replace")
        form = dict(parse_qsl(body, keep_blank_values=True))
        url = f"{self._public_url}{request.url.path}"
        if not self._validator.validate(url, form, request.headers.get("X-Twilio-Signature", "")):
            raise Forged
        heard = read_form(form)
        return (heard,) if heard else ()

    async def send(self, number: str, text: str) -> None:
        """Send a text."""
        try:
            answered = await self._client.post(self._path, data={**self._sender, "To": number, "Body": text})
        except httpx.HTTPError as error:
            raise Undeliverable(type(error).__name__) from None
        if not answered.is_success:
            fail(answered)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def read_form(form: dict[str, str]) -> Heard | None:
    """Read the fields of a message; to stop words Twilio itself has answered already."""
    address, delivery = form.get("From"), form.get("MessageSid")
    if not address or not delivery:
        return None
    if form.get("OptOutType") == "STOP":
        return Heard(address, delivery, stopped=True)
    if not form.get("Body") and form.get("NumMedia", "0") != "0":
        media = form.get("MediaContentType0", "").split("/")[0]
        return Heard(address, delivery, unread=UNREAD.get(media, "other"))
    # « YES » is a word that starts again to Twilio (OptOutType START), and an answer here.
    return Heard(address, delivery, text=form.get("Body", ""))


def fail(answered: httpx.Response) -> None:
    """Say what a refusal means; Twilio's words, which may repeat a number, are not looked at."""
    code = code_of(answered)
    if code == STOPPED or code in NO_SUCH_NUMBER:
        raise Unreachable
    if answered.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        wait = answered.headers.get("Retry-After", "")
        raise Undeliverable("asks to wait", float(wait) if wait.isdecimal() else None)
    if answered.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or code in NOT_ALLOWED:
        told = f"refused, code {code}. Remedy: the account's token, sender and countries (docs/channels.md)"
        raise Undeliverable(told, WAIT_FOR_SOMEBODY)
    if answered.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Undeliverable(f"answered {answered.status_code}")
    raise Refused(f"answered {answered.status_code}, code {code}")


def code_of(answered: httpx.Response) -> int | None:
    """Return Twilio's code of an error."""
    try:
        code = answered.json().get("code")
    except (ValueError, AttributeError):
        return None
    return code if isinstance(code, int) else None
