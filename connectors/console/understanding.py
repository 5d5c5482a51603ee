"""What the bot understood at each turn, read from the dialogue engine's own events."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from connectors.database import Connection

LIKELY = 3  # intents shown beside the one that was taken
# Slots that say how the dialogue stands, not what was understood of the person.
OF_THE_DIALOGUE = frozenset(
    ("shown", "seen", "asked", "topic", "requested_slot", "session_started_metadata", "quiz", "chosen")
)

EVENTS = """
SELECT type_name, data::jsonb AS data FROM rasa.events
WHERE sender_id = %s AND type_name IN ('user', 'slot') ORDER BY id
"""


@dataclass
class Understood:
    """One turn: the intent and how surely, others it may have been, entities and slots as (name, value)."""

    intent: str
    confidence: float
    others: list[tuple[str, float]]
    entities: list[tuple[str, str]]
    slots: dict[str, str] = field(default_factory=dict)


async def understood_of(connection: Connection, conversation_id: UUID) -> dict[UUID, Understood]:
    """Return what was understood of each turn of a conversation, by the turn's id."""
    cursor = await connection.execute(EVENTS, (str(conversation_id),))
    found: dict[UUID, Understood] = {}
    current: Understood | None = None
    for row in await cursor.fetchall():
        event = row["data"]
        if row["type_name"] == "user":
            current = _read(event)
            if identifier := _uuid(event.get("message_id")):
                found[identifier] = current
        elif current is not None and event["name"] not in OF_THE_DIALOGUE:
            current.slots[event["name"]] = told(event.get("value"))
    return found


def _read(event: Mapping[str, Any]) -> Understood:
    parsed = event.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    ranking = [(one["name"], float(one["confidence"])) for one in parsed.get("intent_ranking") or ()]
    return Understood(
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        others=[one for one in ranking if one[0] != intent.get("name")][:LIKELY],
        entities=[(str(one.get("entity")), told(one.get("value"))) for one in parsed.get("entities") or ()],
    )


def told(value: Any) -> str:
    """Write a slot's value on a line: a place by its name, a list with commas, nothing as a dash."""
    if value is None or value == []:
        return "–"
    if isinstance(value, dict):
        return str(value.get("label") or json.dumps(value, ensure_ascii=False))
    if isinstance(value, list):
        return ", ".join(told(one) for one in value)
    return str(value)


def _uuid(given: object) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None
