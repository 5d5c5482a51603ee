"""Small talk that depends on what came before: yes, no, laughter."""

from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.fallback import START_OVER, start_over
from actions.follow_up import ASKED as OUTCOME
from actions.follow_up import tell_outcome
from actions.my_data import ERASE, erase
from actions.safety import SAFETY, stay
from actions.turn import Turn
from actions.waiting import answered


class ActionContinue(PisteAction):
    """« oui », « non » or « je sais pas »: an answer to what was asked, or a way to go on from what is known."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_continue"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take it as the answer, ask again what was asked, or offer ways on."""
        asked = turn.slot("asked")
        if (taken := answered(turn, reply, self.services)) is not None:
            return taken
        if asked == SAFETY:
            return stay(reply)
        if asked == OUTCOME and turn.intent in ("affirm", "deny"):
            return tell_outcome(turn, reply, "went" if turn.intent == "affirm" else "missed")
        if asked == ERASE and turn.intent == "affirm":
            return erase(reply)
        if asked == START_OVER and turn.intent == "affirm":
            return start_over(reply)
        if asked == "place":
            reply.say("utter_ask_place")
            return {}
        if turn.slot("shown"):
            trainings, events = button("Des formations", "find_training"), button("Des événements", "find_event")
            reply.say("utter_what_next", buttons=[button("Autre chose", "ask_more"), trainings, events])
            return {"asked": None}
        reply.say("utter_ask_interest", buttons=theme_buttons())
        return {"asked": "likes"}


class ActionLaugh(PisteAction):
    """Laughter, which after distress is not taken as such."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_laugh"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Laugh along, or stay."""
        if turn.slot("asked") == SAFETY:
            return stay(reply)
        reply.say("utter_laugh")
        return {}
