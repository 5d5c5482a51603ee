"""One turn as an action sees it: what was said, what is known, and the gateway's context."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Tracker

from actions.others import noticed_in
from actions.situations import services_named
from knowledge_base.french import fold, plain_words

# Entities that are no facts about the person; of the others only what rules hold for theirs is believed.
NAMED = ("date", "job")
# « le CIO de Valenciennes » tells where to look, though not where they live.
WHERE = ("place", "postcode")
SEARCHES = frozenset(("find_place", "find_event", "find_training", "ask_human", "choose", "ask_details", "register"))
ASKS_WHERE = re.compile(
    r"\b(?:je|j|on|il|elle) (?:\w+ )?(?:vais|va|peu[xt]|dois|doit) ou\b|\bou (?:aller|m |je|on|il faut)\b"
)
FOR_ANOTHER = "for_someone_else"
HARM = frozenset(("violence", "sexual_violence", "danger_at_home"))  # dangers done by somebody, who may be named


@dataclass(frozen=True)
class Turn:
    """A read-only view of the tracker."""

    intent: str
    text: str  # empty when a button was pressed
    entities: dict[str, Any]
    spans: tuple[tuple[int, int], ...]  # where facts and dates stand in the text, with their cues
    slots: dict[str, Any]
    context: dict[str, Any]
    confidence: float = 1.0  # of the intent; a button is sure
    likely: tuple[str, ...] = ()  # intents it may have, likeliest first, whatever was decided
    named_jobs: tuple[str, ...] = ()  # occupations named, of anybody
    answers: str = ""  # the action that spoke last before this message
    said_last: str = ""  # the response said last before this message
    noticed: dict[str, Any] = field(default_factory=dict)  # slots that the message itself changes: for whom, tu or vous

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        """Read the tracker's latest message."""
        message = tracker.latest_message or {}
        found = message.get("entities") or []
        context = message.get("metadata") or {}
        # Rasa gives a button's entities a position too: only the channel knows what was written and what was pressed.
        pressed = context.get("kind", "words") != "words"
        facts = [] if pressed else message.get("facts") or []
        intent = (message.get("intent") or {}).get("name") or ""
        # Who asks for somebody else tells of them: what is said of anybody counts then.
        written = str(message.get("text") or "")
        noticed = {} if pressed else noticed_in(written, tracker.slots, danger=intent in HARM)
        about = noticed.get("about") or tracker.slots.get("about")
        of_anybody = pressed or intent == FOR_ANOTHER or about == "other"
        searches = intent in SEARCHES or bool(services_named(written)[0] or ASKS_WHERE.search(fold(written)))
        searched = WHERE if searches and not any(one["entity"] in WHERE for one in facts) else ()
        told = [*found, *facts] if of_anybody else [
            *(one for one in found if one["entity"] in NAMED or one["entity"] in searched), *facts
        ]  # fmt: skip
        return cls(
            intent=intent,
            text="" if pressed else message.get("text") or "",
            entities={one["entity"]: one["value"] for one in told},
            spans=tuple(
                (one["start"], one["end"])
                for one in (told if of_anybody and not pressed else [*facts, *_dates(found)])
                if one["entity"] != "job"
            ),
            slots=dict(tracker.slots) | noticed,
            noticed=noticed,
            context=context,
            confidence=float((message.get("intent") or {}).get("confidence") or (1.0 if pressed else 0.0)),
            likely=tuple(one["name"] for one in message.get("intent_ranking") or []),
            named_jobs=() if pressed else tuple(_written(message, one) for one in found if one["entity"] == "job"),
            answers=_spoke_last(tracker.events),
            said_last=_said_last(tracker.events),
        )

    @property
    def now(self) -> datetime:
        """The gateway's clock, so that tests move time in one place."""
        given = self.context.get("now")
        return datetime.fromisoformat(given) if given else datetime.now(UTC)

    @property
    def plain(self) -> str:
        """What was written, folded, abbreviations spelt out: « c kan » reads « c est quand »."""
        return fold(plain_words(self.text))

    @property
    def vous(self) -> bool:
        """Whether the person wants to be called « vous »."""
        return self.slots.get("register") == "vous"

    def slot(self, name: str, default: Any = None) -> Any:
        """Return a slot's value, or the default where it is empty."""
        value = self.slots.get(name)
        return default if value is None else value


def _dates(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in entities if one["entity"] == "date"]


def _written(message: dict[str, Any], entity: dict[str, Any]) -> str:
    return str(message.get("text") or "")[entity["start"] : entity["end"]]


def _spoke_last(events: list[dict[str, Any]]) -> str:
    """Return the action that answered the message before this one."""
    named = (event["name"] for event in reversed(events) if event.get("event") == "action")
    return next((name for name in named if name != "action_listen"), "")


def _said_last(events: list[dict[str, Any]]) -> str:
    """Return the response that was said last, as Rasa notes it on what the bot uttered."""
    uttered = (event.get("metadata") or {} for event in reversed(events) if event.get("event") == "bot")
    return str(next(uttered, {}).get("utter_action") or "")
