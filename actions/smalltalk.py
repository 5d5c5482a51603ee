"""Small talk that depends on what came before: yes, no, laughter."""

import re
from dataclasses import replace

from actions.answering import ASKS, sure_answer, tell, tell_likely
from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.fallback import FED_UP, START_OVER, ActionOutOfScope, comfort, start_over
from actions.follow_up import ASKED as OUTCOME
from actions.follow_up import tell_outcome
from actions.intake import ASKED as INTAKE
from actions.intake import drop
from actions.known import is_drawn
from actions.my_data import ERASE, confirm, erase
from actions.profile import WANTS_QUIZ, ActionInform, kinds_wanted, serve, tell_profile
from actions.services import Services
from actions.situations import services_named
from actions.suggest import suggest_only
from actions.turn import Turn
from actions.understanding import LIKING, facts_beside, understand
from knowledge_base.french import fold

SAID = {
    "goodbye": "utter_goodbye",
    "thank": "utter_thank",
    "how_are_you": "utter_how_are_you",
    "bot_challenge": "utter_bot_challenge",
    "insult": "utter_insult",
    "laugh": "utter_laugh",
    "ask_help": "utter_ask_help",
    "go_back": "utter_go_back",
    "ask_privacy": "utter_privacy",
    "export_data": "utter_export",
    "ask_answer": "utter_what_after",
    "withdraw_referral": "utter_no_referral",
}
OF_ME = re.compile(r"\b(?:sur|de) moi\b|\b(?:toujours|encore|garde) mes (?:infos?|reponses)\b")
ERASING = re.compile(r"\b(?:supprim|efface|detrui)\w*")
TASTES = {"likes", "dislikes"}
WISHING = re.compile(r"\bje (?:voudrais|veux|cherche)\b|\bj ?(?:veux|cherche)\b")
ITS_OWN = ("insult", "ask_privacy", "export_data", "ask_help")  # whatever else the message holds
CORRECTS = ("go_back", "thank", "how_are_you")  # facts told beside these are heard before they are
LEAST = 4  # words from which a message may hold more than small talk
# « merci pour l'autre fois », whatever it was taken for.
THANKS = re.compile(
    r"^(?:(?:ok|oki|okay|ah|bon|super|cool|parfait|top|trop bien|oui|non|mdr+|ptdr|lol|haha) )*"
    r"(?:merci|mrc|thx|thanks)\b"
)
THANKING = 7  # words
# Crying is no laughter, when nothing else is said.
CRYING = re.compile(r"^[\s😭😢😥😞😔😿🥺💔☹🙁😩😫😖😟]+$")
# « et si j'ai besoin d'aide sans appeler ? »: of people who help, not of what this program can do.
OF_PEOPLE = re.compile(
    r"\b(?:sans (?:appeler|telephoner|telephone|tel)|en vrai|en face|quelqu ?un|conseill\w+|pres de|pres d ici|un jour"
    r"|rendez vous|ou aller|a qui|sur place|recevoir|accueillir)\b"
)
# « la mission locale m'a rappelé », « j'ai rendez-vous au CIO », « toujours pas de réponse »: no address is asked.
IN_CONTACT = re.compile(
    r"\b(?:m a|ma|m ont|mont|j ai|jai|g|on a|ils ont) (?:\w+ )?(?:re?)?(?:appel|contact|repond|laiss|ecri|envoy)\w*"
    r"|\b(?:j ai|jai|g|on a|mon|un) (?:\w+ )?(?:rdv|rendez vous)\b|\bpas (?:de |eu de )?(?:reponse|nouvelles?)\b"
)
LOOSE = ("ask_answer", "withdraw_referral")  # « pas la mission locale »: a service named tells more than these


class ActionContinue(PisteAction):
    """« oui », « non » or « je sais pas »: an answer to what was asked, or a way to go on from what is known."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_continue"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take it as the answer, ask again what was asked, or offer ways on."""
        asked = turn.slot("asked")
        if is_thanks(turn) and not understand(turn, self.services):
            reply.say("utter_thank")
            return {}
        if (confirmed := self._confirmed(turn, reply)) is not None:
            return confirmed
        if understand(turn, self.services) or WANTS_QUIZ.search(fold(turn.text)):
            return ActionInform(self.services).act(turn, reply)
        if turn.intent == "deny" and (answer := sure_answer(turn, self.services)):  # « mes parents veulent pas »
            return tell(answer, turn, reply)
        if asked == "place" and turn.intent == "deny":
            ways = [button("À distance", "refine", modality="remote"), button("D'autres idées", "ask_more")]
            reply.say("utter_without_town", buttons=[*ways, button("Faire le test", "take_quiz")])
            return {"asked": None}
        if asked == "place" and (turn.intent != "dont_know" or is_drawn(turn.slots)):
            reply.say("utter_ask_place")
            return {}
        if turn.slot("shown"):
            trainings, events = button("Des formations", "find_training"), button("Des événements", "find_event")
            reply.say("utter_what_next", buttons=[button("Autre chose", "ask_more"), trainings, events])
            return {"asked": None}
        return self._begin(turn, reply)

    def _confirmed(self, turn: Turn, reply: Reply) -> Slots | None:
        """Do what a yes or a no was asked for; None when neither was."""
        asked, yes = turn.slot("asked"), turn.intent == "affirm"
        if turn.intent not in ("affirm", "deny"):
            return None
        if asked == OUTCOME:
            return tell_outcome(turn, reply, self.services, "went" if yes else "missed")
        if asked in (ERASE, START_OVER) and yes:
            return erase(reply) if asked == ERASE else start_over(reply)
        if asked in (ERASE, START_OVER):  # « euh non attends garde »
            ways = [button("Des idées de métiers", "explore_jobs"), button("Ce que tu sais de moi", "ask_profile")]
            reply.say("utter_nothing_erased", buttons=ways)
            return {"asked": None}
        return drop(reply) if asked == INTAKE and not yes else None  # « finalement non, annulez »

    def _begin(self, turn: Turn, reply: Reply) -> Slots:
        """Answer what « je trouve pas d'alternance » calls for, else offer the quiz and themes."""
        asked = turn.slot("asked")
        if not asked and (found := tell_likely(turn, reply, self.services, told=True)) is not None:
            return found
        quiz = button("Faire le test", "take_quiz")
        if turn.intent == "dont_know" or asked in ("likes", "likes_again"):
            reply.say("utter_no_idea", buttons=[quiz, *theme_buttons(4)])
            return {"asked": "likes"}
        reply.say("utter_ask_interest", buttons=[*theme_buttons(), quiz])
        return {"asked": "likes"}


class ActionReply(PisteAction):
    """What is always answered alike (thanks, help, insults), unless the message answers what was asked."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_reply"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take it as the answer to what was asked, or say what this intent gets."""
        if turn.intent == "laugh" and FED_UP.search(fold(turn.text)):  # « j'en peux plus » is not always laughter
            return comfort(turn, reply)
        if turn.intent == "thank" and WANTS_QUIZ.search(fold(turn.text)):
            return ActionInform(self.services).act(turn, reply)
        if turn.intent == "laugh" and CRYING.match(turn.text):
            reply.say("utter_crying")
            return {}
        if (meant := self._meant(turn, reply)) is not None:
            return meant
        told = told_of_oneself(turn, self.services)  # « t'es un robot ? moi j'ai 15 ans »
        reply.say(SAID[turn.intent])
        if turn.intent == "ask_privacy" and OF_ME.search(fold(turn.text)):
            tell_profile(reply, turn.slots)
        if turn.intent == "export_data" and ERASING.search(fold(turn.text)):
            return told | confirm(reply)
        return told

    def _meant(self, turn: Turn, reply: Reply) -> Slots | None:
        """Serve what the message asks beside these words, « oups, c'est le chat. je voudrais m'occuper de chevaux »."""
        in_contact = IN_CONTACT.search(turn.plain)
        if turn.intent in LOOSE and services_named(turn.text) != ([], []) and not in_contact:
            return suggest_only(turn, reply, self.services, turn.slots, "place")
        if (
            turn.intent in ("ask_help", "ask_privacy")
            and OF_PEOPLE.search(turn.plain)
            and "place" in kinds_wanted(turn)
        ):
            return serve(turn, reply, self.services, turn.slots, "place")
        if turn.intent in CORRECTS and told_of_oneself(turn, self.services):  # « oups, j'ai 13 ans »
            return ActionInform(self.services).act(replace(turn, intent="inform"), reply)
        if turn.intent in ITS_OWN or len(turn.text.split()) < LEAST:
            return None
        if kinds := kinds_wanted(turn):  # « finalement remontre-moi les formations »
            return serve(turn, reply, self.services, turn.slots, kinds[0])
        if (
            in_contact
            and services_named(turn.text)[0]
            and (found := tell_likely(turn, reply, self.services)) is not None
        ):
            return found
        asks = turn.intent in LOOSE or ASKS.search(fold(turn.text))  # « mdr le titre » asks nothing of titles
        if asks and (answer := sure_answer(turn, self.services)):
            return tell(answer, turn, reply)
        told = replace(turn, intent="inform")
        liked = LIKING.search(fold(turn.text)) or WISHING.search(fold(turn.text))
        tastes = TASTES & understand(told, self.services).keys() if liked or turn.intent in LOOSE else set()
        return ActionInform(self.services).act(told, reply) if tastes else None


def is_thanks(turn: Turn) -> bool:
    """Say whether a short message thanks."""
    return bool(THANKS.search(fold(turn.text))) and len(turn.text.split()) <= THANKING


def told_of_oneself(turn: Turn, services: Services) -> Slots:
    """Return the lasting facts told beside small talk: « à demain » is none."""
    facts = facts_beside(turn, services) if turn.text else {}
    return {name: value for name, value in facts.items() if name not in ("when", "situations")}


class ActionComplain(ActionOutOfScope):
    """« c'est nul »: sorry; « c'est nul, la ville c'est Vesoul » is heard all the same."""

    said = "utter_complain"

    def name(self) -> str:
        """Name in the domain."""
        return "action_complain"
