"""For a son, a sister, a pupil: what they like and where they are, nothing that names them."""

from actions.base import Reply, Slots
from actions.known import is_drawn
from actions.profile import ActionInform
from actions.turn import Turn
from actions.understanding import understand


class ActionForSomeoneElse(ActionInform):
    """« c'est pour mon fils »: from here on, what is told of anybody is told of them."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_for_someone_else"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take what the message already tells, or say what is useful to know."""
        if turn.slot("about") == "other" and "who" in turn.noticed:
            reply.say("utter_for_whom")
        if understand(turn, self.services) or is_drawn(turn.slots):
            return super().act(turn, reply) | {"about": "other"}
        reply.say("utter_for_someone_else")
        return {"about": "other", "asked": "likes"}
