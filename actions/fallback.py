"""When the intent is not clear: what was said may still name a job; else help, each time another way."""

import re
from typing import ClassVar

from actions.answering import asked_aside
from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.foreign import is_foreign
from actions.guessing import found_otherwise
from actions.interests_quiz import begin, stop
from actions.job_details import ActionAskDailyLife
from actions.keeping import KEEPS
from actions.known import EMPTY
from actions.profile import ActionInform, kinds_wanted, serve
from actions.quiz_answers import ASKED as QUIZ
from actions.quiz_words import wants_test_again
from actions.resuming import resume, resumes, show_again
from actions.texts import WISHES
from actions.trades_meant import wanted_jobs
from actions.turn import Turn
from actions.understanding import LIKING, understand
from knowledge_base.french import fold

# « je veux arrêter le lycée »: not the conversation.
FED_UP = re.compile(r"\b(?:lycee|ecole|cours|etudes?|college|fac|bac|cap|bts|boulot|taf|travail|patron|alternance)\b")
LIVES = re.compile(r"\b(?:habite|vi[st]|suis|sui|viens|demenage\w*|pres de|loge) ?")
SURELY = 0.6  # from which what is no business of ours is, though a town is named
OFFERED = 2  # likely wishes named
START_OVER = "start_over"  # what was last « asked »: whether to forget everything


class ActionRephrase(ActionInform):
    """Not understood: search what was said all the same; else two likely wishes, then themes, then people."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_rephrase"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Treat it as information if it holds some."""
        if wanted_jobs(turn, strictly=True) and not kinds_wanted(turn) and not LIKING.search(turn.plain):
            return ActionAskDailyLife(self.services).act(turn, reply) | {"misses": None}
        if turn.text and (kinds_wanted(turn) or understand(turn, self.services) or asked_aside(turn, self.services)):
            return super().act(turn, reply) | {"misses": None}
        if is_foreign(turn.text):
            reply.say("utter_french_only", buttons=theme_buttons(6))
            return {"asked": "likes"}
        if (found := found_otherwise(turn, reply, self.services)) is not None:
            return found | {"misses": None}
        misses = (turn.slot("misses", 0) if turn.answers == self.name() else 0) + 1
        likely = [one for one in turn.likely if one in WISHES][:OFFERED]
        if misses == 1 and len(likely) == OFFERED:
            buttons = [button(WISHES[one], one) for one in likely]
            reply.say("utter_which_wish", buttons=[*buttons, button("Autre chose", "nlu_fallback")])
        elif misses % 2:
            reply.say("utter_rephrase" if misses == 1 else "utter_ask_people", buttons=self._ways(misses))
        else:
            reply.say("utter_another_way", buttons=theme_buttons(4))
        return {"misses": misses}

    def _ways(self, misses: int) -> list[dict[str, str]]:
        if misses == 1:
            return theme_buttons(4)
        people, place = button("Parler à quelqu'un", "ask_human"), button("Un endroit où aller", "find_place")
        return [people, place, button("On repart de zéro", "start_over")]


class ActionOutOfScope(ActionInform):
    """Neither jobs nor trainings: say so, unless it answers what was asked or states a fact."""

    said: ClassVar[str] = "utter_out_of_scope"

    def name(self) -> str:
        """Name in the domain."""
        return "action_out_of_scope"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Say what can be done here instead."""
        told = understand(turn, self.services)
        # « il fait quel temps demain à Besançon ? » names a town, and tells nothing; « Besançon » may answer « où ? ».
        named_only = set(told) <= {"place", "place_choice", "when"} and turn.slot("asked") != "place"
        if named_only and not kinds_wanted(turn) and not LIVES.search(turn.plain) and turn.confidence >= SURELY:
            told = {}
        if kinds_wanted(turn) or told or asked_aside(turn, self.services):
            return super().act(turn, reply)
        if is_foreign(turn.text):
            reply.say("utter_french_only", buttons=theme_buttons(6))
            return {"asked": "likes"}
        if turn.confidence < SURELY and (found := found_otherwise(turn, reply, self.services)) is not None:
            return found
        reply.say(self.said)
        return {}


class ActionRepeat(PisteAction):
    """« répète »: what was shown last, again; else what can be done here, more simply."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_repeat"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Show the cards again."""
        if kinds := kinds_wanted(turn):
            return serve(turn, reply, self.services, turn.slots, kinds[0])
        if (shown := show_again(turn, reply, self.services)) is not None:
            return shown
        reply.say("utter_repeat")
        return {}


class ActionStop(PisteAction):
    """« stop », « j'arrête là »: the quiz if one is being taken, else the conversation for now."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_stop"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Stop without insisting, with a way to come back."""
        if turn.slot("asked") == QUIZ:
            return stop(turn, reply, self.services)
        if FED_UP.search(fold(turn.text)):
            return comfort(turn, reply)
        reply.say(
            "utter_stop",
            buttons=[button("Des idées de métiers", "explore_jobs"), button("Ce que tu sais faire", "ask_help")],
        )
        return {"asked": None}


class ActionStartOver(PisteAction):
    """Forget what was understood, and begin again."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_start_over"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Empty the profile, once the person has confirmed; « recommencer le test » is about the test alone."""
        if wants_test_again(turn.text):
            return begin(turn, reply, self.services)
        if resumes(turn) and (resumed := resume(turn, reply, self.services)) is not None:
            return resumed  # « si en vrai, reprends avec la vente »
        if KEEPS.search(fold(turn.text)):  # « recommence pas tout hein »
            if (shown := show_again(turn, reply, self.services)) is not None:
                return shown
            reply.say("utter_ask_help")
            return {}
        # A button of an earlier question asks again.
        if turn.entities.get("confirmed") != "yes" or turn.slot("asked") != START_OVER:
            yes, no = button("Oui, on efface", "start_over", confirmed="yes"), button("Non, on continue", "deny")
            reply.say("utter_confirm_start_over", buttons=[yes, no])
            return {"asked": START_OVER}
        return start_over(reply)


def comfort(turn: Turn, reply: Reply) -> Slots:
    """Answer « je veux arrêter le lycée, j'en peux plus »: what exists otherwise, and people to talk to."""
    ways = [
        button("Sans l'école, c'est possible ?", "ask_question", answer="return_to_school"),
        button("En parler à quelqu'un", "ask_human"),
        button("Faire le test", "take_quiz"),
    ]
    reply.say("utter_fed_up", buttons=ways)
    return {"asked": "likes", "situations": sorted({*turn.slot("situations", []), "dropped_out"})}


def start_over(reply: Reply) -> Slots:
    """Forget the profile and say so."""
    reply.say("utter_start_over", buttons=theme_buttons())
    return {**EMPTY, "asked": "likes"}
