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
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import TextClause

# Turns replayed: what rules and memoization look back on. What must last longer lives in slots.
RECENT_TURNS = 4

# One statement before a turn, one after it: each costs a round trip, and is a transaction of its own.
BEFORE_TURN = sa.text(
    "WITH last_turns AS (SELECT first_event, began_with FROM rasa.turns WHERE sender_id = :sender"
    " ORDER BY first_event DESC LIMIT :recent),"
    " oldest AS (SELECT first_event, began_with FROM last_turns ORDER BY first_event LIMIT 1)"
    " SELECT (SELECT answer FROM rasa.turns WHERE sender_id = :sender AND turn_id = :turn) AS answer,"
    " (SELECT began_with FROM oldest) AS began_with,"
    " ARRAY(SELECT data FROM rasa.events WHERE sender_id = :sender"
    " AND id >= coalesce((SELECT first_event FROM oldest), 0) ORDER BY id) AS events"
)
ADDED = (
    "WITH added AS ("
    " INSERT INTO rasa.events (sender_id, type_name, timestamp, intent_name, action_name, data)"
    " SELECT one ->> 'sender', one ->> 'type', (one ->> 'timestamp')::float8, one ->> 'intent', one ->> 'action',"
    " one ->> 'data' FROM json_array_elements(CAST(:rows AS json)) WITH ORDINALITY AS rows (one, place)"
    " ORDER BY place RETURNING id)"
)
SAVE_EVENTS = sa.text(f"{ADDED} SELECT min(id) FROM added")
SAVE_TURN = sa.text(
    f"{ADDED} INSERT INTO rasa.turns (sender_id, turn_id, first_event, began_with, answer)"
    " SELECT :sender, :turn, min(id), CAST(:began_with AS jsonb), CAST(:answer AS jsonb) FROM added"
)
ANSWER = sa.text("SELECT answer FROM rasa.turns WHERE sender_id = :sender AND turn_id = :turn")
KEYS = sa.text("SELECT DISTINCT sender_id FROM rasa.turns")
DELETE = sa.text(
    "WITH gone AS (DELETE FROM rasa.turns WHERE sender_id = :sender) DELETE FROM rasa.events WHERE sender_id = :sender"
)
ALL_EVENTS = sa.text("SELECT data FROM rasa.events WHERE sender_id = :sender ORDER BY id")


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
        """Prepare a pool of connections; the database need not be up yet."""
        super().__init__(domain, event_broker, **kwargs)
        self._engine = sa.create_engine(
            host,
            pool_size=8,
            isolation_level="AUTOCOMMIT",  # each statement stands by itself
            connect_args={
                "connect_timeout": 3,
                "options": "-c statement_timeout=10000",
                "application_name": "piste-bot",
            },
        )

    def answer_of(self, sender_id: Text, turn_id: Text) -> Optional[Dict[Text, Any]]:
        """Return what this turn was answered, if it was run before."""
        return next((row.answer for row in self._run(ANSWER, sender=sender_id, turn=turn_id)), None)

    async def retrieve(self, sender_id: Text) -> Optional[StoredTracker]:
        """Rebuild a tracker from its last turns."""
        return self.begin(sender_id, "")[1]

    def begin(self, sender_id: Text, turn_id: Text) -> Tuple[Optional[Dict[Text, Any]], Optional[StoredTracker]]:
        """Return what this turn was answered if it was run before, else the tracker."""
        [row] = self._run(BEFORE_TURN, sender=sender_id, turn=turn_id, recent=RECENT_TURNS)
        if row.answer is not None or not row.events:
            return row.answer, None
        began_with = events_from(row.began_with) if row.began_with else []
        return None, self._tracker(sender_id, began_with + loaded(row.events))

    async def retrieve_full_tracker(self, conversation_id: Text) -> Optional[DialogueStateTracker]:
        """Rebuild a tracker from all its events: for inspection, never for a turn."""
        events = loaded([row.data for row in self._run(ALL_EVENTS, sender=conversation_id)])
        return self._tracker(conversation_id, events) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what is new, with its turn, in one statement: all of it or nothing."""
        already = getattr(tracker, "stored_events", 0)
        turn: Optional[Turn] = getattr(tracker, "turn", None)
        new_events = list(tracker.events)[already:]
        if not new_events:
            return
        rows = json.dumps([row_of(tracker.sender_id, event) for event in new_events], ensure_ascii=False)
        try:
            if turn is None:
                self._run_once(SAVE_EVENTS, {"rows": rows})  # nothing tells whether they were saved already
            else:
                self._run(SAVE_TURN, rows=rows, **turn_row(tracker.sender_id, turn))
        except sa.exc.IntegrityError as error:
            raise DuplicateTurn(turn.turn_id if turn else "") from error.orig
        if isinstance(tracker, StoredTracker):
            tracker.stored_events = len(tracker.events)

    async def delete(self, sender_id: Text) -> None:
        """Forget a conversation."""
        self._run(DELETE, sender=sender_id)

    async def keys(self) -> Iterable[Text]:
        """Return the ids of every conversation."""
        return [row.sender_id for row in self._run(KEYS)]

    def _run(self, statement: TextClause, **values: Any) -> List[Row]:
        """Run a statement; once more where its connection was lost, as when the server was restarted.

        A turn that was saved all the same is then refused as a duplicate.
        """
        try:
            return self._run_once(statement, values)
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._run_once(statement, values)

    def _run_once(self, statement: TextClause, values: Dict[Text, Any]) -> List[Row]:
        with self._engine.connect() as connection:
            result = connection.execute(statement, values)
            return result.all() if result.returns_rows else []

    def _tracker(self, sender_id: Text, events: List[Event]) -> StoredTracker:
        slots = self.domain.slots if self.domain else []
        tracker = StoredTracker.from_events(sender_id, events, slots, sender_source=None, domain=self.domain)
        assert isinstance(tracker, StoredTracker)  # noqa: S101 (Rasa's annotation names the base class)
        tracker.stored_events = len(tracker.events)
        return tracker


def loaded(rows: Iterable[Text]) -> List[Event]:
    """Return the events of stored rows, but for kinds that are not known any more."""
    events = (event_of(json.loads(data)) for data in rows)
    return [event for event in events if event is not None]


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


def turn_row(sender_id: Text, turn: Turn) -> Dict[Text, Any]:
    """Turn a turn into a row of `rasa.turns`."""
    return {
        "sender": sender_id,
        "turn": turn.turn_id,
        "began_with": json.dumps(turn.began_with, ensure_ascii=False),
        "answer": json.dumps(turn.answer, ensure_ascii=False),
    }
