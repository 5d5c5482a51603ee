"""SMS. Plain text in the alphabet of telephones, buttons as words to answer. Whoever carries them is a `Provider`.

A single character outside GSM 03.38 makes a message of 160 characters one of 70. Of French, é è à ù are there, not ê ç
œ « »: these are written as the nearest ones (docs/decisions/0022 has what that saves).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Protocol

from fastapi import Request, Response

from connectors import texts
from connectors.channels.platform import Heard, Part
from connectors.channels.wording import pieces
from connectors.schemas import Card, Message

NUMBER = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)  # E.164
# GSM 03.38 (3GPP TS 23.038): its basic alphabet, and the characters that count for two.
ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€")
NEAREST = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-",
                         "•": "-", "·": "-", "œ": "oe", "Œ": "OE", "\u00a0": " ", "\u202f": " ", "À": "A", "È": "E",
                         "Ù": "U"})  # fmt: skip
MOST_NUMBERS = 9  # `connectors/offers.py` reads one digit
SEGMENT, WIDE_SEGMENT, MOST_SEGMENTS = 153, 67, 3


class Provider(Protocol):
    """Who carries SMS: how its webhooks are verified and read, and how one text is sent."""

    async def read(self, request: Request) -> Sequence[Heard]:
        """Verify a webhook and read what somebody sent; raises Forged."""
        ...

    async def send(self, number: str, text: str) -> None:
        """Send a text; raises Undeliverable, Refused or Unreachable."""
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


class Sms:
    """Hears and speaks by one provider."""

    name = "sms"
    window: timedelta | None = None

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def greet(self, request: Request) -> Response:
        """No provider checks anything by GET."""
        return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED)

    async def hear(self, request: Request) -> Sequence[Heard]:
        """Read what the provider delivers; nothing of senders that cannot be answered, names and short codes."""
        return [heard for heard in await self._provider.read(request) if NUMBER.fullmatch(heard.address)]

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        """Write all of it as text, three segments a message at most."""
        said = "\n\n".join(filter(None, [message.text, *numbered(message.cards), answers(message)]))
        return [{"text": piece} for piece in pieces(spelt(said), MOST_SEGMENTS * SEGMENT, units)]

    async def send(self, address: str, part: Part) -> None:
        """Send one message."""
        await self._provider.send(address, part["text"])

    async def close(self) -> None:
        """Close its connections."""
        await self._provider.close()


def numbered(cards: Sequence[Card]) -> Iterator[str]:
    """Write cards in few words: what, where or when, why, where to look. What several share is said once.

    The numbers count each kind from one, as the dialogue does: « me le rappeler 1 » is the first event.
    """
    seen: Counter[str] = Counter()
    whys: set[str] = set()
    for card in cards:
        seen[card.kind] += 1
        links = [action.url.removeprefix("tel:") for action in card.actions if action.url and ".ics" not in action.url]
        why = None if card.why in whys else card.why
        whys.add(card.why)
        example = texts.EXAMPLE.capitalize() if card.demo else None
        lines = [f"{seen[card.kind]}. {card.title}", card.subtitle, why, *links[:2], example]
        yield "\n".join(line for line in lines if line)
    if cards:
        yield texts.SHORT_SOURCE.format(source=" ; ".join(dict.fromkeys(card.source for card in cards)))


def answers(message: Message) -> str:
    """Write what can be answered: buttons by number, or by their words where a number means a card."""
    titles = [button.title for button in message.buttons]
    if not message.cards:
        return "\n".join(
            f"{number if number <= MOST_NUMBERS else '-'} {title}" for number, title in enumerate(titles, 1)
        )
    pressed = dict.fromkeys(action.title for card in message.cards for action in card.actions if action.payload)
    examples = ", ".join(f"{title} 1" for title in pressed)
    lines = [texts.REPLY_NUMBER.format(examples=examples)] if examples else []
    return "\n".join(lines + ([f"{texts.REPLY} : {', '.join(titles)}"] if titles else []))


def spelt(text: str) -> str:
    """Write a text in the alphabet of telephones where it has a near letter; other alphabets stay as they are."""
    unquoted = re.sub(r"«\s*|\s*»", '"', text)
    return "".join(_letters(unquoted.translate(NEAREST)))


def _letters(text: str) -> Iterator[str]:
    for character in text:
        if character in ALPHABET or character in DOUBLE:
            yield character
            continue
        bare = unicodedata.normalize("NFKD", character)[0]
        if bare in ALPHABET:
            yield bare
        elif unicodedata.category(character) not in ("So", "Sk", "Cf", "Mn", "Cs", "Cc"):  # signs and pictures
            yield character


def units(text: str) -> int:
    """Return the size of a text in characters of a segment: wide ones cost more than twice as much."""
    if all(character in ALPHABET or character in DOUBLE for character in text):
        return len(text) + sum(character in DOUBLE for character in text)
    wide = len(text.encode("utf-16-le")) // 2
    return -(-wide * SEGMENT // WIDE_SEGMENT)
