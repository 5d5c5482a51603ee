"""« Mon récap »: what was understood and what was proposed, on one page to bring to an appointment."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel

from connectors.api import Conversation, InGateway
from connectors.database import Connection
from connectors.schemas import Card

STATIC = Path(__file__).parent / "static"
# What fits on a sheet beside the rest, the latest shown first.
MOST = {"job_family": 3, "training": 2, "event": 3, "place": 2}

router = APIRouter()

SHOWN = """
SELECT card FROM people.messages, jsonb_array_elements(cards) WITH ORDINALITY AS c (card, place)
WHERE conversation_id = %s ORDER BY seq DESC, place
"""


class Recap(BaseModel):
    """What the page shows: facts understood, a sentence each, and the cards shown last that were not refused."""

    written_at: datetime
    told: list[str]
    cards: list[Card]


@router.get("/recap", include_in_schema=False)
async def page() -> FileResponse:
    """Serve the page, which reads its conversation's recap itself: no token stands in an address."""
    return FileResponse(STATIC / "recap.html")


@router.get("/api/v1/conversations/{conversation_id}/recap", tags=["conversations"])
async def recap(gateway: InGateway, conversation: Conversation) -> Recap:
    """Return what was understood and proposed, for one printed page."""
    async with gateway.pool.connection() as connection:
        return await read_recap(connection, conversation, gateway.clock.now())


async def read_recap(connection: Connection, conversation: UUID, now: datetime) -> Recap:
    """Gather the recap of a conversation: no item twice, none refused, no event that is over."""
    cursor = await connection.execute("SELECT profile FROM people.conversations WHERE id = %s", (conversation,))
    row = await cursor.fetchone()
    profile = row["profile"] if row else {}
    refused = set(profile.get("refused") or ())
    cursor = await connection.execute(SHOWN, (conversation,))
    latest: dict[str, Card] = {}
    for one in await cursor.fetchall():
        card = Card.model_validate(one["card"])
        if card.id not in refused and (card.starts_at is None or card.starts_at > now):
            latest.setdefault(card.id, card)
    kept = [card for kind, most in MOST.items() for card in [c for c in latest.values() if c.kind == kind][:most]]
    return Recap(written_at=now, told=profile.get("told") or [], cards=kept)
