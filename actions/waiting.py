"""What a message means where it stands, whatever it was taken for.

It answers what was last asked (the quiz, a booking), stays with a danger told, goes on about the last answer, asks
something of what is on the screen, or takes up again what was shown. A press does what its button says.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from actions import answering, safety
from actions.about_shown import about_named, about_shown, about_trade
from actions.base import Reply, Slots
from actions.cards import button
from actions.coming_back import is_back, of_code, remembered
from actions.counsellor import hear_call
from actions.follow_up import going, reminder_again, reminder_wanted
from actions.guessing import names_ours
from actions.intake import hear, is_waiting
from actions.interests_quiz import serve, take
from actions.quiz_answers import asked_of_quiz, heard
from actions.quiz_words import refuses_test, wants_test_again
from actions.reminders import ways_on
from actions.resuming import taken_up
from actions.services import Services
from actions.situations import services_named
from actions.someone_else import named_again, several
from actions.suggest import suggest_only
from actions.texts import facets
from actions.trades_meant import wanted_jobs
from actions.turn import Turn
from actions.understanding import facts_beside, stated, understood
from knowledge_base.answers import SURE
from knowledge_base.french import fold

# « montre-moi la plus proche », right after what a service is for.
WHERE = re.compile(
    r"\b(?:l[ae] )?plus (?:proche|pres)\b|(?:^|\b(?:et|mais|ok|alors) )(?:ou|laquelle) (?:est|c est|sont|y aller)\b"
    r"|\bc est ou\b(?! c est)|\badresses?\b"
)
# Messages taken for these may be plain questions of rights; what is said of a reminder or of danger never is.
MAY_ASK_RIGHTS = frozenset(
    """
    inform explore_jobs find_training find_event compare_jobs ask_way_in ask_conditions ask_help tell_outcome
    nlu_fallback out_of_scope complain dont_know for_someone_else find_place
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
OF_PLACES = frozenset(("phone", "address", "hours"))
SEARCHES = frozenset(("find_training", "find_event", "find_place"))
Meaning = Callable[[Turn, Reply, Services], Slots | None]

FEW = 6  # words
ANYBODY_THERE = re.compile(
    r"\b(?:y ?a|il y a|y a t il) (?:quelqu ?un+|qqn|qq1|du monde|une vraie personne|un humain)\b"
)
# « tu vas m'écrire quand même ? », « vous allez m'envoyer des messages ? »
WILL_WRITE = re.compile(
    r"\b(?:(?:tu |vous )?(?:va|vas|allez)|(?:tu|vous)(?: ne)?) (?:pas |plus |encore |quand meme )*(?:me |m |nous )?"
    r"(?:m?ecrire|m?ecriras|m?envoyer|m?enverras|me contacter|me relancer|me spammer|m?ecrirez|m?enverrez)\b"
    r"(?! (?:une?|le|la|mon|ma) (?:lettre|cv|mail|liste))"
)
# « dois-je vous communiquer son nom ? »: asked of us, not of a service.
NAME_NEEDED = re.compile(
    r"\b(?:dois|doit|faut|fo|oblige\w*|besoin|voulez|veux|demandez|demandes"
    r"|je (?:te|vous) (?:donne|laisse|envoie|passe|file|communique))\b.{0,40}"
    r"\b(?:son|sa|mon|ma|mes|ses|leurs?|notre|nos) (?:vrai )?"
    r"(?:nom|prenom|identite|coordonnees|portable|numero|telephone|tel|mail|adresse)\b"
)
AFTER = re.compile(
    r"^(?:et )?apres\b.*\b(?:suite|quoi|rentr\w*|passe)\b"
    r"|(?<!pour )\b(?:aura|avoir|une|la) (?:vraiment )?(?:une )?suite\b"
)


def answered(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Answer the message so; None when it speaks of something else, and for a press."""
    found = (meaning(turn, reply, services) for meaning in (MEANINGS if turn.text else ()))
    return next((one for one in found if one is not None), None)


def _of_quiz(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if wants_test_again(turn.text) or (turn.intent == "take_quiz" and refuses_test(turn.text)):
        return None
    if choice := heard(turn):
        return stated(turn.entities) | take(turn, reply, services, choice)
    wanted = asked_of_quiz(turn)
    return serve(turn, reply, services, wanted) if wanted else None


def _of_intake(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    return hear(turn, reply, services) if is_waiting(turn) else None


def _anybody_there(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    said = re.sub(r"(\w)\1{2,}", r"\1", turn.plain)
    if len(said.split()) > FEW or not ANYBODY_THERE.search(said):
        return None
    reply.say("utter_bot_challenge")
    reply.offer("Parler à quelqu'un", "/ask_human")
    return {}


def _will_write(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if not WILL_WRITE.search(turn.plain):
        return None
    coming = turn.context.get("reminders")
    reply.say("utter_messages_coming" if coming else "utter_no_messages", buttons=ways_on())
    return {}


def _name_needed(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if not NAME_NEEDED.search(turn.plain) or services_named(turn.text)[0] or turn.slot("intake"):
        return None
    reply.say("utter_no_name_needed")
    return {}


def _in_emergency(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    return safety.in_emergency(turn, reply)


def _in_danger(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    return safety.stay(turn, reply) if safety.is_waiting(turn) else None


def _of_last_answer(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    last = services.knowledge.answers.get(str(turn.slot("subject", "")))
    if last and last.place and turn.answers == "action_ask_question" and WHERE.search(turn.plain):
        pressed = replace(turn, text="", entities={**turn.entities, "service": last.place})
        return suggest_only(pressed, reply, services, turn.slots, "place")
    goes_on = turn.intent != "ask_question" and answering.is_about_last_answer(turn)  # a question looks further first
    found = answering.goes_on(turn, services) if goes_on else None
    return answering.tell(found, turn, reply) if found else None


def _how_long_kept(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« et si j'ai 14 ans ? », right after how long everything is kept."""
    if turn.said_last != "utter_privacy" or "age" not in turn.entities or len(turn.text.split()) > FEW:
        return None
    told = stated(turn.entities)
    young = told["age_group"] == "under_15"
    ways = [button("Continuer", "explore_jobs"), button("Tout effacer", "erase_data")]
    reply.say("utter_under_15" if young else "utter_kept_three_months", buttons=ways)
    return told


def _of_rights(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« jcherche un patron pour mon apprentissage »: no taste, no fact, and an answer of ours tells it."""
    if turn.intent == "ask_way_in" and not wanted_jobs(turn, strictly=True):  # « j'étais infirmière en Syrie, mon … »
        found = services.knowledge.answers_to(turn.text, 1) if turn.named_jobs else []
        if found and found[0][1] >= SURE:
            return facts_beside(turn, services) | answering.tell(found[0][0], turn, reply)
    if turn.intent not in MAY_ASK_RIGHTS or (turn.intent == "tell_outcome" and turn.slot("shown")):
        return None
    facts = facts_beside(turn, services)
    if facts.keys() - {"place", "situations", "when"} - ({"level"} if not turn.slot("shown") else set()):
        return None
    wishes = understood(turn, services)
    if wishes.get("dislikes"):  # « pas garde de parc »: of trades
        return None
    if turn.intent in SEARCHES and "place" in turn.entities and names_ours(turn, services):
        return None  # « école de la 2e chance vers Valenciennes »
    answer = answering.evident_answer(turn, services, wishes.get("likes") or ())
    if answer and turn.intent == "find_place" and not answering.is_sure(turn, services):
        return None  # « aide-moi à faire mon CV » is answered, « qui peut m'aider ? » is shown where
    return facts | answering.tell(answer, turn, reply) if answer else None


def _of_service(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« laisse, jvoulais juste le numéro du CIO »: where it is and how it is called, whatever it was taken for."""
    facet = facets.asked(turn.plain)
    if facet is None or facet.key not in OF_PLACES or not services_named(turn.text)[0] or turn.intent == "find_place":
        return None
    facts = facts_beside(turn, services)
    return facts | suggest_only(turn, reply, services, {**turn.slots, **facts}, "place")


def _what_after(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if not AFTER.search(fold(turn.text)):
        return None
    reply.say("utter_what_after")
    return {}


MEANINGS: tuple[Meaning, ...] = (
    _in_emergency,
    is_back,
    _of_quiz,
    _of_intake,
    _in_danger,
    hear_call,
    _anybody_there,
    several,
    named_again,
    _will_write,
    _name_needed,
    _how_long_kept,
    of_code,
    remembered,
    reminder_again,
    reminder_wanted,
    going,
    about_named,
    _of_service,
    _of_last_answer,
    taken_up,
    about_trade,
    about_shown,
    _of_rights,
    _what_after,
)
