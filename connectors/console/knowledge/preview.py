"""What people will get: the card, and for which sentences it comes at which rank."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.typed import Typed
from connectors.knowledge.library import Library
from connectors.knowledge.records import KnowledgeError, Record, Tried
from connectors.settings import Settings

logger = logging.getLogger(__name__)

MOST_SENTENCES = 10
LONGEST_SENTENCE = 300
PATIENCE = 5.0  # seconds


@dataclass(frozen=True)
class Preview:
    """A card as the bot makes it (None: it does not answer), sentences tried, and whether they are of our choosing."""

    card: dict[str, Any] | None
    tried: Sequence[Tried]
    given: bool


async def preview(settings: Settings, library: Library, record: Record, typed: Typed, now: datetime) -> Preview:
    """Look at a record, kept or not."""
    given = [line[:LONGEST_SENTENCE] for line in typed.lines("sentences", 2000)][:MOST_SENTENCES]
    try:
        sentences = given or await default_sentences(library, record)
        tried = await library.ask(lambda knowledge: knowledge.rehearse(record, sentences, now))
    except KnowledgeError as error:
        logger.warning("no rehearsal: %s", type(error).__name__)
        sentences, tried = given, []
    card = await card_of(settings, record, sentences[0] if sentences else "", now)
    return Preview(card, tried, bool(given))


async def default_sentences(library: Library, record: Record) -> list[str]:
    """Return five sentences to begin with: of its trades, or of its service."""
    service = getattr(record, "service", None)
    if service is None:
        return await library.ask(lambda knowledge: knowledge.sentences_for(record.item()))
    name = texts.SERVICES[service] if service in texts.SERVICES and service != "other" else texts.ANY_SERVICE
    town = texts.IN_TOWN.format(town=record.place.commune) if record.place else ""
    return [one.format(service=name, town=town).strip() for one in texts.SENTENCES_OF_PLACES]


async def card_of(settings: Settings, record: Record, said: str, now: datetime) -> dict[str, Any] | None:
    """Ask the action server, which makes every card, for this one."""
    told = {"kind": record.kind, "record": record.model_dump(mode="json"), "said": said, "now": now.isoformat()}
    headers = {"Authorization": f"Bearer {settings.actions_secret}"}
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answered = await client.post(f"{settings.actions_url}/card", json=told, headers=headers)
    except httpx.HTTPError as error:
        logger.warning("no card: %s", type(error).__name__)
        return None
    found: dict[str, Any] = answered.json() if answered.status_code == HTTPStatus.OK else {}
    return found or None
