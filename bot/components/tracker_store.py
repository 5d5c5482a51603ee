"""Trackers in PostgreSQL: one turn a transaction, and only the last turns read back.

Stock Rasa reads and replays the whole conversation at every message (51 ms at turn 5, 196 ms at turn 100). Here a
tracker is rebuilt from the state that its last few turns began with. Rasa's fail-safe store, which silently
carries on in memory when the database is gone, is set aside by the input channel.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Dict, Iterable, List, Optional, Text, Tuple

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection

# Turns replayed: what rules and memoization look back on. What must last longer lives in slots.
RECENT_TURNS = 4

# All of a turn's events in one statement, in their order; a statement each costs a round trip each.
INSERT_EVENTS = sa.text(
    "WITH added AS ("
    " INSERT INTO rasa.events (sender_id, type_name, timestamp, intent_name, action_name, data)"
    " SELECT one ->> 'sender', one ->> 'type', (one ->> 'timestamp')::float8, one ->> 'intent', one ->> 'action',"
    " one ->> 'data' FROM json_array_elements(CAST(:rows AS json)) WITH ORDINALITY AS rows (one, place)"
    " ORDER BY place RETURNING id"
    ") SELECT min(id) FROM added"
)
INSERT_TURN = sa.text(
    "INSERT INTO rasa.turns (sender_id, turn_id, first_event, began_with, answer)"
    " VALUES (:sender, :turn, :first_event, :began_with, :answer)"
)
OLDEST_RECENT_TURN = sa.text(
    "SELECT first_event, began_with FROM (SELECT first_event, began_with FROM rasa.turns WHERE sender_id = :sender"
    " ORDER BY first_event DESC LIMIT :recent) last_turns ORDER BY first_event LIMIT 1"
)
ANSWER = sa.text("SELECT answer FROM rasa.turns WHERE sender_id = :sender AND turn_id = :turn")
EVENTS_SINCE = sa.text("SELECT data FROM rasa.events WHERE sender_id = :sender AND id >= :first ORDER BY id")


class DuplicateTurn(Exception):
    """Another process saved this turn meanwhile."""


@dataclass
class Turn:
    """A turn being run: its id, the state it began with, and, once run, what to answer when it is asked again."""

    turn_id: Text
    began_with: Dict[Text, Any]
    answer: Dict[Text, Any]


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how many of its events are already in the database."""

    stored_events = 0
    turn: Optional[Turn] = None


class PostgresTrackerStore(TrackerStore):
    """Named in `endpoints.yml`; `url` is a PostgreSQL address."""

    def __init__(
        self, domain: Optional[Domain], host: Text, event_broker: Optional[EventBroker] = None, **kwargs: Any
    ) -> None:
        """Prepare a pool of checked connections; the database need not be up yet."""
        super().__init__(domain, event_broker, **kwargs)
        self._engine = sa.create_engine(
            host,
            pool_pre_ping=True,
            pool_size=8,
            connect_args={
                "connect_timeout": 3,
                "options": "-c statement_timeout=10000",
                "application_name": "piste-bot",
            },
        )

    def answer_of(self, sender_id: Text, turn_id: Text) -> Optional[Dict[Text, Any]]:
        """Return what this turn was answered, if it was run before."""
        with self._engine.connect() as connection:
            return self._answer(connection, sender_id, turn_id)

    async def retrieve(self, sender_id: Text) -> Optional[StoredTracker]:
        """Rebuild a tracker from its last turns."""
        with self._engine.connect() as connection:
            return self._recent(connection, sender_id)

    def begin(self, sender_id: Text, turn_id: Text) -> Tuple[Optional[Dict[Text, Any]], Optional[StoredTracker]]:
        """Return what this turn was answered if it was run before, else the tracker: over one connection."""
        with self._engine.connect() as connection:
            answer = self._answer(connection, sender_id, turn_id)
            return answer, None if answer is not None else self._recent(connection, sender_id)

    async def retrieve_full_tracker(self, conversation_id: Text) -> Optional[DialogueStateTracker]:
        """Rebuild a tracker from all its events: for inspection, never for a turn."""
        with self._engine.connect() as connection:
            events = self._events_since(connection, conversation_id, 0)
        return self._tracker(conversation_id, events) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what is new, with its turn, in one transaction."""
        already = getattr(tracker, "stored_events", 0)
        turn: Optional[Turn] = getattr(tracker, "turn", None)
        new_events = list(tracker.events)[already:]
        if not new_events:
            return
        try:
            with self._engine.begin() as connection:
                rows = json.dumps([row_of(tracker.sender_id, event) for event in new_events], ensure_ascii=False)
                first_event = connection.execute(INSERT_EVENTS, {"rows": rows}).scalar_one()
                if turn is not None:
                    connection.execute(INSERT_TURN, turn_row(tracker.sender_id, turn, first_event))
        except sa.exc.IntegrityError as error:
            raise DuplicateTurn(turn.turn_id if turn else "") from error.orig
        if isinstance(tracker, StoredTracker):
            tracker.stored_events = len(tracker.events)

    async def delete(self, sender_id: Text) -> None:
        """Forget a conversation."""
        with self._engine.begin() as connection:
            for table in ("events", "turns"):
                connection.execute(
                    sa.text(f"DELETE FROM rasa.{table} WHERE sender_id = :sender"), {"sender": sender_id}
                )

    async def keys(self) -> Iterable[Text]:
        """Return the ids of every conversation."""
        with self._engine.connect() as connection:
            return [row.sender_id for row in connection.execute(sa.text("SELECT DISTINCT sender_id FROM rasa.turns"))]

    @staticmethod
    def _answer(connection: Connection, sender_id: Text, turn_id: Text) -> Optional[Dict[Text, Any]]:
        row = connection.execute(ANSWER, {"sender": sender_id, "turn": turn_id}).first()
        return row.answer if row else None

    def _recent(self, connection: Connection, sender_id: Text) -> Optional[StoredTracker]:
        first_event, events = 0, []
        turn = connection.execute(OLDEST_RECENT_TURN, {"sender": sender_id, "recent": RECENT_TURNS}).first()
        if turn is not None:
            first_event, events = turn.first_event, events_from(turn.began_with)
        events += self._events_since(connection, sender_id, first_event)
        return self._tracker(sender_id, events) if events else None

    def _tracker(self, sender_id: Text, events: List[Event]) -> StoredTracker:
        slots = self.domain.slots if self.domain else []
        tracker = StoredTracker.from_events(sender_id, events, slots, sender_source=None, domain=self.domain)
        assert isinstance(tracker, StoredTracker)  # noqa: S101 (Rasa's annotation names the base class)
        tracker.stored_events = len(tracker.events)
        return tracker

    @staticmethod
    def _events_since(connection: Connection, sender_id: Text, first_event: int) -> List[Event]:
        rows = connection.execute(EVENTS_SINCE, {"sender": sender_id, "first": first_event})
        loaded = (event_of(json.loads(row.data)) for row in rows)
        return [event for event in loaded if event is not None]


def state_of(tracker: DialogueStateTracker) -> Dict[Text, Any]:
    """Return what a later turn must know of everything said before: slots and the active loop."""
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    return {"slots": slots, "active_loop": tracker.active_loop.name if tracker.active_loop else None}


def events_from(state: Dict[Text, Any]) -> List[Event]:
    """Return events that bring an empty tracker to a state, as if it had just listened."""
    events: List[Event] = [SessionStarted()]
    events += [SlotSet(name, value) for name, value in state["slots"].items()]
    if state["active_loop"]:
        events.append(ActiveLoop(state["active_loop"]))
    return [*events, ActionExecuted(ACTION_LISTEN_NAME)]


# Rasa looks through every class that there is at each event read: a twentieth of a turn.
event_type = lru_cache(maxsize=None)(Event.resolve_by_type)


def event_of(data: Dict[Text, Any]) -> Optional[Event]:
    """Return the event that `as_dict` described, as `Event.from_parameters` does."""
    kind = event_type(data.get("event"))
    return kind._from_parameters(data) if kind else None


def row_of(sender_id: Text, event: Event) -> Dict[Text, Any]:
    """Turn an event into a row of Rasa's own table."""
    data = event.as_dict()
    return {
        "sender": sender_id,
        "type": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent": event.intent.get("name") if isinstance(event, UserUttered) else None,
        "action": data.get("name"),
        "data": json.dumps(data, ensure_ascii=False),
    }


def turn_row(sender_id: Text, turn: Turn, first_event: int) -> Dict[Text, Any]:
    """Turn a turn into a row of `rasa.turns`."""
    return {
        "sender": sender_id,
        "turn": turn.turn_id,
        "first_event": first_event,
        "began_with": json.dumps(turn.began_with, ensure_ascii=False),
        "answer": json.dumps(turn.answer, ensure_ascii=False),
    }
