"""One turn of dialogue without Rasa: a tracker built as Rasa builds it, an action run, and what it said."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, cast

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.server import ACTIONS
from actions.services import Services
from actions.waiting import answered
from bot.components.facts import facts_in
from knowledge_base import KnowledgeBase
from tests.unit.fake_knowledge import NOW, FakeKnowledge

PLACES = {"besancon": 128_000, "saint denis": 154_000, "vouille": 3_000}
BUTTON = re.compile(r"^/(?P<intent>\w+)(?P<entities>\{.*\})?$")
Slots = dict[str, Any]


def read_domain() -> dict[str, Any]:
    """The domain as Rasa merges it: lists joined, mappings merged."""
    merged: dict[str, Any] = {"intents": [], "entities": [], "actions": [], "slots": {}, "responses": {}}
    for path in sorted((Path(__file__).parents[2] / "bot" / "domain").glob("*.yml")):
        for key, value in yaml.safe_load(path.read_text()).items():
            if isinstance(value, list):
                merged[key] += [next(iter(one)) if isinstance(one, dict) else one for one in value]
            elif key in ("slots", "responses"):
                merged[key] |= value
    return merged


DOMAIN = read_domain()
BY_NAME = {action().name(): action for action in ACTIONS}


@dataclass(frozen=True)
class Played:
    """What one action said, and the slots that it set."""

    messages: list[dict[str, Any]]
    slots: Slots

    @property
    def said(self) -> list[str]:
        return [message["response"] for message in self.messages]

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.messages for button in message["buttons"]]

    def directives(self, kind: str) -> list[dict[str, Any]]:
        found = [one for message in self.messages for one in (message["custom"] or {}).get("directives", [])]
        return [one for one in found if one["type"] == kind]

    @property
    def cards(self) -> list[str]:
        return [card["id"] for directive in self.directives("cards") for card in directive["cards"]]


def tracker(
    text: str,
    intent: str,
    entities: list[dict[str, Any]],
    slots: Slots | None,
    context: Slots,
    facts: Sequence[dict[str, Any]] = (),
) -> Tracker:
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": entities,
        "facts": list(facts),
        "metadata": {"now": NOW.isoformat()} | context,
    }
    return Tracker("someone", slots or {}, message, [], False, None, {}, None)


def said(text: str, slots: Slots | None = None, **context: Any) -> Tracker:
    """Somebody writes: the bot's own rules find the facts."""
    facts = [dict(vars(fact)) for fact in facts_in(text, PLACES)]
    return tracker(text, "inform", [], slots, context, facts)


def pressed(payload: str, slots: Slots | None = None, **context: Any) -> Tracker:
    """Somebody presses a button: Rasa 3.6 gives each of its entities the position of the whole JSON."""
    parts = BUTTON.match(payload)
    assert parts, payload
    start, end = parts.span("entities")
    given = json.loads(parts["entities"] or "{}")
    entities = [{"entity": name, "value": value, "start": start, "end": end} for name, value in given.items()]
    return tracker(payload, parts["intent"], entities, slots, {"kind": "payload"} | context)


async def play(action: str, turn: Tracker, knowledge: FakeKnowledge | None = None) -> Played:
    """Run an action; whatever it says must be in the domain, with its braces filled and its buttons understood."""
    fake = cast("KnowledgeBase", knowledge or FakeKnowledge())
    dispatcher = CollectingDispatcher()
    events = await BY_NAME[action](Services(fake), first=answered).run(dispatcher, turn, cast("DomainDict", {}))
    for message in dispatcher.messages:
        for variant in DOMAIN["responses"][message["response"]]:
            missing = {
                name for _, name, _, _ in Formatter().parse(variant["text"]) if name and message.get(name) is None
            }
            assert not missing, f"{message['response']} lacks {missing}"
    played = Played(dispatcher.messages, {event["name"]: event["value"] for event in events})
    assert set(played.slots) <= set(DOMAIN["slots"])
    for button in played.buttons:
        parts = BUTTON.match(button["payload"])
        assert parts, button
        assert parts["intent"] in DOMAIN["intents"], button
        assert set(json.loads(parts["entities"] or "{}")) <= set(DOMAIN["entities"]), button
    return played
