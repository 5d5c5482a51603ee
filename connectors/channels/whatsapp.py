"""WhatsApp, by Meta's Cloud API. Free messages leave for 24 hours after the person's last; then one template.

Somebody is known by the id that Meta gives them for this business alone (`from_user_id`, since April 2026): a number
is not always told any more. https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from connectors import texts
from connectors.channels.meta import Graph, challenge, dictionaries, text_in, verified
from connectors.channels.platform import Heard, Part
from connectors.channels.wording import Choice, card_text, choices_of, clipped, in_full, pieces
from connectors.schemas import Button, CardAction, Message

logger = logging.getLogger(__name__)

# https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
LONGEST_TEXT, LONGEST_BODY = 4096, 1024
MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ROWS, LONGEST_ROW, LONGEST_DESCRIPTION = 10, 24, 72
LONGEST_PARAMETER = 600  # of a template, all of which holds 1,024
UNREAD = {
    "audio": "voice",
    "image": "image",
    "video": "video",
    "sticker": "sticker",
    "location": "location",
    "contacts": "contact",
    "document": "document",
    "order": "other",
    "unsupported": "other",
}


class WhatsApp:
    """Hears and speaks as one business number."""

    name = "whatsapp"
    window: timedelta | None = timedelta(hours=24)

    def __init__(
        self, *, number_id: str, token: str, app_secret: str, verify_token: str, template: str, api: str
    ) -> None:
        self._number_id = number_id
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._template = template
        self._graph = Graph(api, token)

    async def greet(self, request: Request) -> Response:
        """Answer Meta's check."""
        return challenge(request, self._verify_token)

    async def hear(self, request: Request) -> Sequence[Heard]:
        """Read what people sent: a webhook may group several; what was delivered or read is no news."""
        found = await verified(request, self._app_secret)
        heard: list[Heard] = []
        for entry in dictionaries(found, "entry"):
            for change in dictionaries(entry, "changes"):
                value = change.get("value")
                if text_in(value, "metadata", "phone_number_id") in (None, self._number_id):
                    heard += filter(None, map(read_message, dictionaries(value, "messages")))
                    note_failures(dictionaries(value, "statuses"))
        return heard

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        """Write the text, a message a card, and the buttons under the last of them."""
        if not in_window:
            return list(self._reopening(message))
        cards = [(card_text(card, with_links=True), card.title, card.actions) for card in message.cards]
        if not cards:
            return list(offering(message.text, "", pressable(message.buttons)))
        found = list(plain(message.text))
        for text, title, actions in cards:
            found += offering(text, title, pressable(actions))
        if message.buttons:
            found += offering("", "", pressable(message.buttons))
        return found

    def _reopening(self, message: Message) -> Iterator[Part]:
        """Say it by the template, on one line as its parameters must be: the person's answer opens 24 hours again."""
        said = " ".join(" ".join([message.text, *(card.title for card in message.cards)]).split())
        if self._template and said:
            parameters = [{"type": "text", "text": clipped(said, LONGEST_PARAMETER)}]
            yield {
                "type": "template",
                "template": {
                    "name": self._template,
                    "language": {"code": "fr"},
                    "components": [{"type": "body", "parameters": parameters}],
                },
            }

    async def send(self, address: str, part: Part) -> None:
        """Send one message, to a number or to Meta's id of somebody, such as FR.123."""
        to = {"recipient": address} if "." in address else {"to": address}
        body = {"messaging_product": "whatsapp", "recipient_type": "individual", **to, **part}
        await self._graph.post(f"/{self._number_id}/messages", body)

    async def close(self) -> None:
        """Close its connections."""
        await self._graph.close()


def read_message(message: dict[str, Any]) -> Heard | None:
    """Read one message; nothing of groups, of reactions, and of what WhatsApp itself notes in a chat."""
    address = text_in(message, "from_user_id") or text_in(message, "from")
    delivery, kind = text_in(message, "id"), text_in(message, "type")
    if not address or not delivery or not kind or "group_id" in message:
        return None
    text = text_in(message, "text", "body") if kind == "text" else text_in(message, kind, "caption") or None
    if text is not None:
        return Heard(address, delivery, text=text)
    return read_other(message, address, delivery, kind)


def read_other(message: dict[str, Any], address: str, delivery: str, kind: str) -> Heard | None:
    """Read what holds no text of the person's own."""
    if kind == "interactive":
        pressed = text_in(message, "interactive", "button_reply", "id") or text_in(
            message, "interactive", "list_reply", "id"
        )
        return Heard(address, delivery, reference=pressed) if pressed else None
    if kind == "button" and (said := text_in(message, "button", "text")):  # under a template
        return Heard(address, delivery, text=said)
    if kind == "request_welcome":
        return Heard(address, delivery, start="")
    return Heard(address, delivery, unread=UNREAD[kind]) if kind in UNREAD else None


def note_failures(statuses: Sequence[dict[str, Any]]) -> None:
    """Log that something taken was not delivered after all, by Meta's codes alone."""
    for status in statuses:
        if status.get("status") == "failed":
            codes = [error["code"] for error in dictionaries(status, "errors") if isinstance(error.get("code"), int)]
            logger.warning("channel whatsapp: taken, then not delivered: codes %s", codes)


def pressable(offered: Sequence[Button | CardAction]) -> list[Choice]:
    """Return what can be pressed, with labels as long as buttons hold, or rows of a list where they are many."""
    found = choices_of(offered, LONGEST_BUTTON)
    return found if len(found) <= MOST_BUTTONS else choices_of(offered, LONGEST_ROW)


def plain(text: str) -> Iterator[Part]:
    """Write a text, in as many messages as it needs."""
    for piece in pieces(text, LONGEST_TEXT):
        yield {"type": "text", "text": {"body": piece, "preview_url": False}}


def offering(text: str, title: str, choices: Sequence[Choice]) -> Iterator[Part]:
    """Write a text with buttons under it. One too long for that stands before them, and `title` is said again."""
    if not choices:
        yield from plain(text)
        return
    under = text
    legend = in_full(choices) if len(choices) <= MOST_BUTTONS else ""  # a list says its titles in full itself
    if len(under) + len(legend) + 1 > LONGEST_BODY or not under.strip():
        yield from plain(text)
        under = title or texts.CHOOSE
    body = {"text": clipped("\n".join(filter(None, (under, legend))), LONGEST_BODY)}
    if len(choices) <= MOST_BUTTONS:
        buttons = [{"type": "reply", "reply": {"id": one.reference, "title": one.label}} for one in choices]
        yield interactive("button", body, {"buttons": buttons})
        return
    for start in range(0, len(choices), MOST_ROWS):
        rows = [row(one) for one in choices[start : start + MOST_ROWS]]
        yield interactive("list", body, {"button": texts.CHOICES, "sections": [{"rows": rows}]})
        body = {"text": texts.MORE_CHOICES}


def interactive(kind: str, body: dict[str, str], action: dict[str, Any]) -> Part:
    """Write a message with something to press."""
    return {"type": "interactive", "interactive": {"type": kind, "body": body, "action": action}}


def row(choice: Choice) -> dict[str, str]:
    """Write a choice of a list, whole below where its title is cut."""
    made = {"id": choice.reference, "title": choice.label}
    if choice.label != choice.title:
        made["description"] = clipped(choice.title, LONGEST_DESCRIPTION)
    return made
