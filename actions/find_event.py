"""Finding events: forums, workshops, visits, open days. Useful even before an interest is known."""

from dataclasses import replace

from actions.base import Reply, Slots
from actions.find_training import FindOneKind
from actions.profile import kinds_wanted
from actions.turn import Turn
from actions.understanding import when_said
from knowledge_base import Kind
from knowledge_base.periods import impossible_day, is_past


class ActionFindEvent(FindOneKind):
    """Events to come, near or online, when the person can."""

    topic = "event"

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_event"

    def kinds(self, turn: Turn, changes: Slots) -> list[Kind]:
        """Go on with trainings where nothing says an event: « ya un truc avec les voitures ? »."""
        kinds = super().kinds(turn, changes)
        goes_on = turn.slot("topic") == "training" and bool(changes.get("likes")) and "when" not in changes
        return ["training"] if goes_on and not kinds and turn.text and not kinds_wanted(turn) else kinds

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Search in the period that the message names, in any time to come when it names none."""
        if is_past(turn.text):
            reply.say("utter_past_event")
        if day := impossible_day(turn.text):
            reply.say("utter_no_such_day", day=day)
        if turn.slot("when") and not when_said(turn, self.services):
            turn = replace(turn, slots={**turn.slots, "when": None})
            return {"when": None} | super().act(turn, reply)
        return super().act(turn, reply)
