"""What a messaging platform must be able to do. Adding one is one file beside this one (docs/channels.md)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from fastapi import Request, Response

from connectors.schemas import Message

# One request to the platform, as JSON or form fields: a message may need several.
Part = dict[str, Any]


class Forged(Exception):
    """The signature or secret of a webhook is missing or wrong: answered 401, nothing stored."""


class Undeliverable(Exception):
    """The platform did not take a part now; it stays in the outbox. `retry_after`: seconds that it asks for."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Refused(Exception):
    """The platform will never take this part, whoever it is for: it is left out, so that the next ones leave."""


class Unreachable(Exception):
    """The platform says that this person can be written to no more: they blocked us, or their account is gone."""


@dataclass(frozen=True)
class Heard:
    """One thing that somebody sent: a text, a button pressed (`reference`), something not read, a stop, a start.

    `address` is the platform's own id of the person (a chat id, a telephone number); `delivery` its id of this message,
    by which the same one delivered twice is known.
    """

    address: str
    delivery: str
    text: str | None = None
    reference: str | None = None
    unread: str | None = None  # "voice", "image", "sticker"…: answered politely
    stopped: bool = False  # blocked, or unsubscribed by the platform's own means
    start: str | None = None  # the platform's « start » was pressed: the code that its link carried, or ""


class Platform(Protocol):
    """One platform: its settings are given to its constructor, so that it holds nothing but its clients."""

    name: str
    # How long after the person's last message anything may be said; then templates alone. None: always.
    window: timedelta | None

    async def greet(self, request: Request) -> Response:
        """Answer the platform's GET, by which it checks that the webhook is ours."""
        ...

    async def hear(self, request: Request) -> Sequence[Heard]:
        """Verify a webhook and read what people sent; raises Forged."""
        ...

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        """Write a message as the platform's requests, in order; outside the window, as templates."""
        ...

    async def send(self, address: str, part: Part) -> None:
        """Send one part; raises Undeliverable, Refused or Unreachable."""
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


def reference_of(payload: str) -> str:
    """Return what stands for a payload on a platform's button: payloads are longer than some platforms allow."""
    return hashlib.sha256(payload.encode()).hexdigest()[:24]
