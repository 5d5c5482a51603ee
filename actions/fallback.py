"""When the intent is not clear: what was said may still name a job; else say how to go on."""

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
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
        reply.say("utter_rephrase", buttons=[button(theme, "inform", theme=theme) for theme in texts.THEMES[:4]])
        return {}


class ActionContinue(PisteAction):
    """« oui » or « non » with nothing asked that they could answer: go on from what is known."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_continue"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Ask again what was asked, or offer ways on."""
        asked = turn.slot("asked")
        if asked == "place":
            reply.say("utter_ask_place")
        elif asked == "age":
            reply.say("utter_ask_interest", buttons=[button(theme, "inform", theme=theme) for theme in texts.THEMES])
            return {"asked": "likes"}
        elif turn.slot("shown"):
            reply.say(
                "utter_what_next",
                buttons=[
                    button("Autre chose", "ask_more"),
                    button("Des formations", "find_training"),
                    button("Des événements", "find_event"),
                ],
            )
        else:
            reply.say("utter_ask_interest", buttons=[button(theme, "inform", theme=theme) for theme in texts.THEMES])
            return {"asked": "likes"}
        return {}
