"""When the intent is not clear: what was said may still name a job; else say how to go on."""

from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.known import EMPTY
from actions.profile import ActionInform, understand
from actions.turn import Turn


class ActionRephrase(ActionInform):
    """Not understood: search what was said all the same, and otherwise offer ways on."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_rephrase"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Treat it as information if it holds some."""
        if turn.text and understand(turn, self.services):
            return super().act(turn, reply)
        reply.say("utter_rephrase", buttons=theme_buttons(4))
        return {}


class ActionStartOver(PisteAction):
    """Forget what was understood, and begin again."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_start_over"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Empty the profile, once the person has confirmed."""
        if turn.entities.get("confirmed") != "yes":
            yes, no = button("Oui, on efface", "start_over", confirmed="yes"), button("Non, on continue", "deny")
            reply.say("utter_confirm_start_over", buttons=[yes, no])
            return {}
        reply.say("utter_start_over", buttons=theme_buttons())
        return {**EMPTY, "asked": "likes"}
