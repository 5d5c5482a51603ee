"""Questions of rights and schemes: an answer of ours with its source, a choice of the likeliest, or who would know."""

from actions.about_shown import about_shown
from actions.answering import PROPOSED, goes_on, subject_buttons, tell
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.profile import kinds_wanted, serve
from actions.situations import services_named
from actions.suggest import suggest_only
from actions.timing import stage
from actions.turn import Turn
from knowledge_base.answers import LIKELY, SURE

FEW_WORDS = 6


class ActionAskQuestion(PisteAction):
    """« c'est payé combien l'alternance ? »: found by meaning among the answers."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_question"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Answer when sure, propose when likely, else say that it is not known and who to ask."""
        pressed = self.services.knowledge.answers.get(str(turn.entities.get("answer", "")))
        if pressed:
            return tell(pressed, turn, reply)
        if not turn.text:
            reply.say("utter_which_subject", buttons=subject_buttons())
            return {"asked": None}
        if turn.slot("topic") == "place" and services_named(turn.text)[0] and len(turn.text.split()) <= FEW_WORDS:
            return suggest_only(turn, reply, self.services, turn.slots, "place")  # « et France Travail ? »
        with stage("answers"):
            found = self.services.knowledge.answers_to(turn.text, PROPOSED)
        if found and found[0][1] >= SURE:
            return tell(found[0][0], turn, reply)
        if (going_on := goes_on(turn, self.services)) is not None:
            return tell(going_on, turn, reply)
        if (kinds := kinds_wanted(turn)) and len(turn.text.split()) <= FEW_WORDS:  # « et pour une formation ? »
            return serve(turn, reply, self.services, turn.slots, kinds[0])
        if (meant := about_shown(turn, reply, self.services)) is not None:
            return meant
        likely = [answer for answer, score in found if score >= LIKELY]
        if likely:
            buttons = [button(one.question, "ask_question", answer=one.id) for one in likely]
            reply.say("utter_which_question", buttons=[*buttons, button("Autre chose", "ask_human")])
            return {"asked": None}
        reply.say(
            "utter_no_answer",
            buttons=[button("Un endroit où aller", "find_place"), button("Parler à quelqu'un", "ask_human")],
        )
        return {"asked": None}
