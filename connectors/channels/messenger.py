"""Messenger and Instagram, by Meta's Send API: the same webhooks and messages, with different limits.

Outside the 24 hours after the person's last message nothing is sent: Meta's tags for later messages do not cover what a
program says of itself.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from connectors import texts
from connectors.channels.links import is_web
from connectors.channels.meta import Graph, challenge, dictionaries, text_in, verified
from connectors.channels.platform import Heard, Part
from connectors.channels.wording import Choice, card_text, choices_of, clipped, in_full, pieces
from connectors.schemas import Card, Message

# https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies, …/template/button
LONGEST_TEXT = {"messenger": 2000, "instagram": 1000}  # characters; bytes of UTF-8 on Instagram
MOST_QUICK_REPLIES, MOST_BUTTONS, LONGEST_TITLE, LONGEST_TEMPLATE = 13, 3, 20, 640
LONGEST_AGAIN = LONGEST_TEMPLATE // 4  # characters of four bytes at most
GET_STARTED = "start"  # payload of the button under a first contact (docs/channels.md)
UNREAD = {"audio": "voice", "image": "image", "video": "video", "location": "location", "file": "document"}


class Messenger:
    """Hears and speaks as one page, `name` being messenger or instagram."""

    window: timedelta | None = timedelta(hours=24)

    def __init__(self, name: str, *, token: str, app_secret: str, verify_token: str, api: str) -> None:
        self.name = name
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._longest = LONGEST_TEXT[name]
        self._size: Callable[[str], int] = utf8 if name == "instagram" else len
        # In a browser Instagram shows neither quick replies nor buttons: there everything is text too, to be typed.
        self._shows_buttons = name != "instagram"
        self._graph = Graph(api, token)

    async def greet(self, request: Request) -> Response:
        """Answer Meta's check."""
        return challenge(request, self._verify_token)

    async def hear(self, request: Request) -> Sequence[Heard]:
        """Read what people sent; what was read, delivered or said by ourselves is no news."""
        found = await verified(request, self._app_secret)
        events = [one for entry in dictionaries(found, "entry") for one in dictionaries(entry, "messaging")]
        return [heard for heard in map(read_event, events) if heard]

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        """Write the text, a message a card, and the buttons under the last: any message after them hides them."""
        if not in_window:
            return []
        found = list(self._plain(message.text))
        for card in message.cards:
            found += self._card(card)
        choices = choices_of(message.buttons, LONGEST_TITLE)
        if choices:
            found += self._asking(found.pop()["text"] if found and not message.cards else "", choices)
        return found

    def _plain(self, text: str) -> Iterator[Part]:
        for piece in pieces(text, self._longest, self._size):
            yield {"text": piece}

    def _asking(self, text: str, choices: Sequence[Choice]) -> Iterator[Part]:
        """Write a text with quick replies; with buttons, which stay, where they are too many for those."""
        legend = in_full(choices, every=not self._shows_buttons)
        if len(choices) > MOST_QUICK_REPLIES:
            yield from self._plain("\n".join(filter(None, (text, legend))))
            yield from templates(texts.CHOOSE, texts.MORE_CHOICES, postbacks(choices))
            return
        said = "\n".join(filter(None, (text or texts.CHOOSE, legend)))
        if self._size(said) > self._longest:
            yield from self._plain("\n".join(filter(None, (text, legend))))
            said = texts.CHOOSE
        quick = [{"content_type": "text", "title": one.label, "payload": one.reference} for one in choices]
        yield {"text": said, "quick_replies": quick}

    def _card(self, card: Card) -> Iterator[Part]:
        """Write a card as text; what it offers as buttons, three a message."""
        text, title = card_text(card, with_links=not self._shows_buttons), clipped(card.title, LONGEST_AGAIN)
        buttons = postbacks(choices_of(card.actions, LONGEST_TITLE))
        buttons += [{"type": "web_url", "title": clipped(one.title, LONGEST_TITLE), "url": one.url}
                    for one in card.actions if one.url and is_web(one.url)]  # fmt: skip
        if not buttons or self._size(text) > LONGEST_TEMPLATE or not self._shows_buttons:
            yield from self._plain(text)
            text = title
        yield from templates(text, title, buttons)

    async def send(self, address: str, part: Part) -> None:
        """Send one message, in answer to the person's."""
        body = {"recipient": {"id": address}, "messaging_type": "RESPONSE", "message": part}
        await self._graph.post("/me/messages", body)

    async def close(self) -> None:
        """Close its connections."""
        await self._graph.close()


def postbacks(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """Write choices as buttons of a template."""
    return [{"type": "postback", "title": one.label, "payload": one.reference} for one in choices]


def templates(text: str, again: str, buttons: Sequence[dict[str, Any]]) -> Iterator[Part]:
    """Write buttons, three a message, under a text; under another where they go on."""
    for start in range(0, len(buttons), MOST_BUTTONS):
        payload = {"template_type": "button", "text": text, "buttons": list(buttons[start : start + MOST_BUTTONS])}
        yield {"attachment": {"type": "template", "payload": payload}}
        text = again


def utf8(text: str) -> int:
    """Count bytes."""
    return len(text.encode())


def read_event(event: dict[str, Any]) -> Heard | None:
    """Read one event; nothing of echoes, reactions, stories, and messages that were taken back."""
    address, message = text_in(event, "sender", "id"), event.get("message")
    if not address:
        return None
    if isinstance(event.get("postback"), dict):
        return read_press(event["postback"], address)
    if (ref := text_in(event, "referral", "ref")) is not None:  # an m.me link was followed
        return Heard(address, f"{address} {event.get('timestamp')}", start=ref)
    delivery = text_in(message, "mid")
    if not isinstance(message, dict) or not delivery or message.get("is_echo") or message.get("is_deleted"):
        return None
    return read_message(message, address, delivery)


def read_press(postback: dict[str, Any], address: str) -> Heard | None:
    """Read a button that was pressed; the first of all is « Get started »."""
    delivery, pressed = text_in(postback, "mid"), text_in(postback, "payload")
    if not delivery or not pressed:
        return None
    if pressed == GET_STARTED:
        return Heard(address, delivery, start=text_in(postback, "referral", "ref") or "")
    return Heard(address, delivery, reference=pressed)


def read_message(message: dict[str, Any], address: str, delivery: str) -> Heard | None:
    """Read a message that somebody sent."""
    attachments = dictionaries(message, "attachments")
    kind = text_in(attachments[0], "type") if attachments else None
    reply_to = message.get("reply_to")
    if kind == "story_mention" or (isinstance(reply_to, dict) and "story" in reply_to):
        return None
    if pressed := text_in(message, "quick_reply", "payload"):
        return Heard(address, delivery, reference=pressed)
    if (text := text_in(message, "text")) is not None:
        return Heard(address, delivery, text=text)
    if not attachments:
        return Heard(address, delivery, unread="other") if message.get("is_unsupported") else None
    payload = attachments[0].get("payload")
    if isinstance(payload, dict) and "sticker_id" in payload:
        return Heard(address, delivery, unread="sticker")
    return Heard(address, delivery, unread=UNREAD.get(kind or "", "other"))
