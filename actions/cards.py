"""From a suggestion to the card of docs/architecture.md."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from actions import texts
from actions.texts import items
from knowledge_base import Item, Suggestion


def directive(suggestions: Sequence[Suggestion], now: datetime, *, vous: bool = False) -> dict[str, Any]:
    """Return the directive that shows cards, best first."""
    return {"type": "cards", "cards": [card(one, now, vous=vous) for one in suggestions]}


def card(suggestion: Suggestion, now: datetime, *, vous: bool = False) -> dict[str, Any]:
    """Build one card as things are now; what is not known is null."""
    item = suggestion.item
    return {
        "kind": item.kind,
        "id": item.id,
        "code": item.code,
        "title": item.title,
        "subtitle": items.subtitle(item),
        "text": item.text or None,
        "why": texts.why(suggestion, vous=vous),
        "facts": items.facts(item, now),
        "url": item.details.get("url"),
        "source": item.source,
        "verified_at": item.verified_at.isoformat() if item.verified_at else None,
        "distance_km": suggestion.distance_km,
        "starts_at": item.starts_at.astimezone(texts.PARIS).isoformat() if item.starts_at else None,
        "ends_at": item.ends_at.astimezone(texts.PARIS).isoformat() if item.ends_at else None,
        "modality": None if item.kind == "job_family" else item.modality,
        "demo": item.demo,
        "actions": card_actions(item),
    }


def card_actions(item: Item) -> list[dict[str, str | None]]:
    """Return what one can do with a card: each action has exactly one of payload and url."""
    found: list[dict[str, str | None]] = []
    if item.kind == "job_family":
        found.append(_press("M'y former", "find_training", item=item.id))
    registration = item.details.get("registration") or {}
    if url := registration.get("url") or item.details.get("url"):
        found.append(
            {"title": "S'inscrire" if registration.get("url") else "Voir le site", "payload": None, "url": url}
        )
    if item.kind == "event":
        found.append({"title": "Mettre à l'agenda", "payload": None, "url": f"/api/v1/events/{quote(item.id)}.ics"})
        found.append(_press("Me le rappeler", "remind_me", item=item.id))
    if phone := registration.get("phone") or item.details.get("phone"):
        found.append({"title": "Appeler", "payload": None, "url": f"tel:{phone.replace(' ', '')}"})
    found.append(_press("Pas pour moi", "not_for_me", item=item.id))
    return found


def _press(title: str, intent: str, **entities: str) -> dict[str, str | None]:
    return {"title": title, "payload": payload(intent, **entities), "url": None}


def payload(intent: str, **entities: str) -> str:
    """Write what a button sends: Rasa reads it as an intent with entities."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def button(title: str, intent: str, **entities: str) -> dict[str, str]:
    """Build a button."""
    return {"title": title, "payload": payload(intent, **entities)}


def theme_buttons(count: int | None = None) -> list[dict[str, str]]:
    """Return buttons of themes to begin from."""
    return [button(theme, "inform", theme=theme) for theme in texts.THEMES[:count]]
