"""People on WhatsApp, Messenger, Instagram and by SMS: webhooks as they are signed, messages as they are taken."""

import hashlib
import hmac
import itertools
import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from connectors.channels.platform import reference_of
from tests.platforms import Asked, Refusal, StandIn
from tests.stack import Stack

APP_SECRET, VERIFY_TOKEN, NUMBER, PUBLIC_URL = (
    "secret-of-the-app",
    "word-of-ours",
    "555",
    "https://orientation.exemple.fr",
)
ACCOUNT, TWILIO_TOKEN = "AC" + "0" * 32, "token-of-twilio"
_numbers = itertools.count(1)
WAITING = """
SELECT (SELECT count(*) FROM people.turns WHERE state = 'waiting') + (SELECT count(*) FROM people.outbox)
"""


def settings_of(meta: StandIn, twilio: StandIn) -> dict[str, str]:
    """Return the environment of a Piste whose platforms are these stand-ins."""
    return {
        "PUBLIC_URL": PUBLIC_URL,
        "META_API": meta.url, "META_APP_SECRET": APP_SECRET, "META_VERIFY_TOKEN": VERIFY_TOKEN,
        "WHATSAPP_NUMBER_ID": NUMBER, "WHATSAPP_TOKEN": "w", "WHATSAPP_TEMPLATE": "piste_suite",
        "MESSENGER_TOKEN": "m", "INSTAGRAM_TOKEN": "i",
        "TWILIO_ACCOUNT": ACCOUNT, "TWILIO_TOKEN": TWILIO_TOKEN, "TWILIO_SENDER": "+33700000000",
        "TWILIO_API": twilio.url,
    }  # fmt: skip


@dataclass
class Driver(ABC):
    """One platform, as its people and its servers use it."""

    # The conversation of whoever was heard last.
    LATEST = "SELECT conversation_id FROM people.addresses ORDER BY heard_at DESC LIMIT 1"

    name: str
    stack: Stack
    api: StandIn

    def offered(self, title: str) -> str:
        """Return the payload under which a title was offered in the latest conversation."""
        with self.stack.database() as connection:
            row = connection.execute(
                f"SELECT payload FROM people.offers WHERE title = %s AND conversation_id = ({self.LATEST})", (title,)
            ).fetchone()
        assert row is not None
        return str(row[0])

    def person(self) -> str:
        """Return the address of somebody who never wrote."""
        return f"336{next(_numbers):08d}"

    @abstractmethod
    def request(self, address: str, content: dict[str, Any], *, forged: bool = False) -> dict[str, Any]:
        """Return what httpx must send to deliver something from an address."""

    @abstractmethod
    def words(self, text: str) -> dict[str, Any]:
        """Return the content of a text."""

    @abstractmethod
    def voice(self) -> dict[str, Any]:
        """Return the content of something that is not read."""

    @abstractmethod
    def texts_of(self, form: dict[str, Any]) -> list[str]:
        """Return what a message to somebody says."""

    @abstractmethod
    def address_of(self, form: dict[str, Any]) -> str:
        """Return whom a message is for."""

    @abstractmethod
    def press(self, title: str, payload: str) -> dict[str, Any]:
        """Return the content of a button pressed, or what stands for it."""

    def refused(self, status: int) -> Refusal:
        """Return a refusal as the platform makes them."""
        return Refusal(status, {"error": {"message": "no", "code": 1 if status >= 500 else 100}})

    def deliver(self, request: dict[str, Any]) -> httpx.Response:
        """Deliver, as the platform does."""
        return self.stack.people.post(f"/webhooks/{self.name}", **request)

    def received(self, address: str) -> list[str]:
        """Return the texts that the platform took for somebody, in order."""
        forms = [one.form for one in self.api.taken() if self.is_ours(one)]
        return [text for form in forms if self.address_of(form) == address for text in self.texts_of(form)]

    def is_ours(self, asked: Asked) -> bool:
        """Say whether a request was this platform's: two of them share an API."""
        return True

    def say(self, address: str, text: str) -> list[str]:
        """Write; returns the texts that come back."""
        return self.send(address, self.words(text))

    def send(self, address: str, content: dict[str, Any]) -> list[str]:
        """Send a content; returns the texts that come back."""
        before = len(self.received(address))
        assert self.deliver(self.request(address, content)).status_code == 200
        self.settle()
        return self.received(address)[before:]

    def count(self, query: str, *values: Any) -> int:
        """Return the number that a query gives."""
        with self.stack.database() as connection:
            row = connection.execute(query, values).fetchone()
        return int(row[0]) if row else 0

    def settle(self, within: float = 90.0) -> None:
        """Wait until nothing is left to answer or to send."""
        deadline = time.monotonic() + within
        while self.count(WAITING):
            assert time.monotonic() < deadline, "turns or deliveries still wait"
            time.sleep(0.1)


class Meta(Driver):
    """What Meta's three have in common: JSON, signed."""

    def request(self, address: str, content: dict[str, Any], *, forged: bool = False) -> dict[str, Any]:
        body = json.dumps(self.envelope(address, content)).encode()
        made = hmac.new((APP_SECRET + "x" * forged).encode(), body, hashlib.sha256).hexdigest()
        return {"content": body, "headers": {"X-Hub-Signature-256": f"sha256={made}"}}

    @abstractmethod
    def envelope(self, address: str, content: dict[str, Any]) -> dict[str, Any]:
        """Return a webhook around a content."""


class WhatsApp(Meta):
    """WhatsApp Cloud API."""

    def envelope(self, address: str, content: dict[str, Any]) -> dict[str, Any]:
        who = {"from_user_id" if "." in address else "from": address}
        message = {**who, "id": f"wamid.{next(_numbers)}", "timestamp": "0", **content}
        value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, "messages": [message]}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"value": value}]}]}

    def words(self, text: str) -> dict[str, Any]:
        return {"type": "text", "text": {"body": text}}

    def voice(self) -> dict[str, Any]:
        return {"type": "audio", "audio": {"id": "1"}}

    def press(self, title: str, payload: str) -> dict[str, Any]:
        reply = {"id": reference_of(payload), "title": title[:20]}
        return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}

    def is_ours(self, asked: Asked) -> bool:
        return asked.path == f"/{NUMBER}/messages"

    def address_of(self, form: dict[str, Any]) -> str:
        return str(form.get("recipient") or form["to"])

    def texts_of(self, form: dict[str, Any]) -> list[str]:
        if form["type"] == "template":
            return [form["template"]["components"][0]["parameters"][0]["text"]]
        return [form["text"]["body"] if form["type"] == "text" else form["interactive"]["body"]["text"]]


class Page(Meta):
    """Messenger, Instagram."""

    def envelope(self, address: str, content: dict[str, Any]) -> dict[str, Any]:
        event = {"sender": {"id": address}, "recipient": {"id": "1"}, "timestamp": 0}
        event |= {name: {"mid": f"m_{next(_numbers)}", **value} for name, value in content.items()}
        return {"object": "page", "entry": [{"id": "1", "time": 0, "messaging": [event]}]}

    def words(self, text: str) -> dict[str, Any]:
        return {"message": {"text": text}}

    def voice(self) -> dict[str, Any]:
        return {"message": {"attachments": [{"type": "audio", "payload": {"url": "https://x.y/z"}}]}}

    def press(self, title: str, payload: str) -> dict[str, Any]:
        return {"postback": {"title": title, "payload": reference_of(payload)}}

    def is_ours(self, asked: Asked) -> bool:
        return asked.headers["authorization"] == f"Bearer {self.name[0]}"

    def address_of(self, form: dict[str, Any]) -> str:
        return str(form["recipient"]["id"])

    def texts_of(self, form: dict[str, Any]) -> list[str]:
        message = form["message"]
        return [message["text"] if "text" in message else message["attachment"]["payload"]["text"]]


class Sms(Driver):
    """SMS by Twilio."""

    def person(self) -> str:
        return "+" + super().person()

    def request(self, address: str, content: dict[str, Any], *, forged: bool = False) -> dict[str, Any]:
        form = {"From": address, "To": "+33700000000", "MessageSid": f"SM{next(_numbers)}", "NumMedia": "0", **content}
        token = TWILIO_TOKEN + "x" * forged
        made = RequestValidator(token).compute_signature(f"{PUBLIC_URL}/webhooks/sms", form)
        kind = "application/x-www-form-urlencoded"
        return {"content": urlencode(form), "headers": {"X-Twilio-Signature": made, "Content-Type": kind}}

    def words(self, text: str) -> dict[str, Any]:
        return {"Body": text}

    def press(self, title: str, payload: str) -> dict[str, Any]:
        return self.words(title)

    def voice(self) -> dict[str, Any]:
        return {"Body": "", "NumMedia": "1", "MediaContentType0": "audio/amr"}

    def address_of(self, form: dict[str, Any]) -> str:
        return str(form["To"])

    def texts_of(self, form: dict[str, Any]) -> list[str]:
        return [form["Body"]]
