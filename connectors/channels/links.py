"""Our own addresses as they are seen from outside: on a page they have no host, in a messaging app they need one."""

import re

from connectors.schemas import Card, Message

# A host with a dot: platforms refuse a whole message for a link to anything else.
WEB = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


def is_web(url: str) -> bool:
    """Say whether a platform's button may lead there."""
    return WEB.fullmatch(url) is not None


def seen_from_outside(message: Message, public_url: str) -> Message:
    """Return the message with whole links, or without those that lead nowhere; a picture becomes what it shows."""
    cards = [_card(card, public_url.rstrip("/")) for card in message.cards]
    text = f"{message.text}\n{message.image.alt}" if message.image else message.text
    return message.model_copy(update={"cards": cards, "text": text, "image": None})


def _card(card: Card, base: str) -> Card:
    actions = []
    for action in card.actions:
        url = _whole(action.url, base)
        if action.payload is not None or url is not None:
            actions.append(action.model_copy(update={"url": url}))
    return card.model_copy(update={"actions": actions, "url": _whole(card.url, base)})


def _whole(url: str | None, base: str) -> str | None:
    if url is None or not url.startswith("/"):
        return url
    return f"{base}{url}" if base else None
