"""One turn as an action sees it: what was said, what is known, and the gateway's context."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Tracker


@dataclass(frozen=True)
class Turn:
    """A read-only view of the tracker."""

    intent: str
    text: str  # empty when a button was pressed
    entities: dict[str, Any]
    spans: tuple[tuple[int, int], ...]  # where the facts stand in the text
    slots: dict[str, Any]
    context: dict[str, Any]

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        """Read the tracker's latest message."""
        message = tracker.latest_message or {}
        found = message.get("entities") or []
        said = message.get("text") or ""
        context = message.get("metadata") or {}
        # Rasa gives a button's entities a position too: only the channel knows what was written and what was pressed.
        pressed = context.get("kind", "words") != "words"
        return cls(
            intent=(message.get("intent") or {}).get("name") or "",
            text="" if pressed else said,
            entities={entity["entity"]: entity["value"] for entity in found},
            spans=() if pressed else tuple((entity["start"], entity["end"]) for entity in found if "start" in entity),
            slots=dict(tracker.slots),
            context=context,
        )

    @property
    def now(self) -> datetime:
        """The gateway's clock, so that tests move time in one place."""
        given = self.context.get("now")
        return datetime.fromisoformat(given) if given else datetime.now(UTC)

    def slot(self, name: str, default: Any = None) -> Any:
        """Return a slot's value, or the default where it is empty."""
        value = self.slots.get(name)
        return default if value is None else value
