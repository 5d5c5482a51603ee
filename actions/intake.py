"""A class to bring, a visit that a company offers: what it is about, how to answer, then kept for the team."""

import re
from abc import ABC
from dataclasses import replace
from typing import Any, ClassVar

from actions.answering import answer_aside, sure_answer, tell
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.item_details import ActionShowItem
from actions.pointing import pointed_at
from actions.profile import kinds_wanted, serve
from actions.services import Services
from actions.suggest import suggest_only
from actions.texts import facets
from actions.turn import Turn
from actions.understanding import understand, understood
from knowledge_base.french import fold

ASKED = "intake"  # what was last « asked »
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}\b")
INTENTS = {"class": "book_class", "visit": "offer_visit"}
ASKS = {"class": "utter_ask_class", "visit": "utter_ask_visit"}
HEARD = {"class": "utter_class_heard", "visit": "utter_visit_heard"}
QUOTED = 240  # characters of what was told, said back
TRAININGS = re.compile(r"\bformations?\b")
EVENTS = re.compile(r"\b(?:visit\w+|forums?|salons?|ateliers?|portes ouvertes|sorties?|evenements?|rencontres?)\b")
COMING = re.compile(r"\b(?:amener|emmener|venir|viens|visit\w*|inscri\w*|reserv\w*|accompagn\w*|places?)\b")
# « nous serions vingt-six, faut-il réserver ? », of an event that is shown.
MUST_BOOK = re.compile(r"\b(?:faut|doit|doivent|dois|devons|besoin)\b.{0,20}\b(?:reserv\w*|inscri\w*)\b")
# The words of such a question that are no part of what is looked for.
QUESTION = re.compile(
    r"\b(?:quell?es?|y a[- ]t[- ]il|formations?|(?:sont|est) (?:accessibles?|possibles?|ouvertes?)|existent)\b",
    re.IGNORECASE,
)
# How old pupils are when they leave a class.
PUPILS_NOW = {"6e|6eme|sixiemes?": 11, "5e|5eme|cinquiemes?": 12, "4e|4eme|quatriemes?": 13, "3e|3eme|troisiemes?": 14,
              "2nde|2de|secondes?": 15, "1re|1ere|premieres?": 16, "terminales?|tle": 17}  # fmt: skip
PUPILS = {"3e|3eme|troisiemes?": 16, "2nde|2de|secondes?": 16, "1re|1ere|premieres?": 17, "terminales?|tle": 18}
CLASS = re.compile(
    r"\b(?:classes?|eleves?|groupes?|lyceens?|collegiens?|etudiants?|jeunes|professeure?|prof|enseignante?)\b"
)
TELLING = 3  # words from which a message tells what it is about
# What is no answer, whatever was asked.
ELSEWHERE = frozenset(("stop", "go_back", "deny", "start_over", "ask_help", "ask_human", "find_event", "find_place",
                       "erase_data", "greet", "choose", "ask_details", "register", "ask_question", "find_training",
                       "explore_jobs", "thank", "ask_profile", "bot_challenge", "insult"))  # fmt: skip


class Intake(PisteAction, ABC):
    """What both share: the first message may tell all that is needed."""

    kind: ClassVar[str]

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Begin, or take what the message already tells."""
        if confirmed := turn.entities.get("confirmed"):
            return send(turn, reply, self.services) if confirmed == "yes" else drop(reply)
        if turn.text and is_waiting(turn):
            return hear(turn, reply, self.services)
        if self.kind == "class" and turn.slot("shown") and MUST_BOOK.search(fold(turn.text)):
            return ActionShowItem(self.services).act(replace(turn, intent="register"), reply)
        if self.kind == "class" and kinds_wanted(turn) == ["place"] and not CLASS.search(fold(turn.text)):
            changes = understood(turn, self.services)  # « qui peut nous recevoir, lui et moi ? »
            return changes | serve(turn, reply, self.services, {**turn.slots, **changes}, "place")
        answered, _ = answer_aside(
            turn, reply, self.services
        )  # « comment se passe le stage de juin pour mes élèves ? »
        if answered:
            return answered
        if self.kind == "class" and TRAININGS.search(fold(turn.text)) and not COMING.search(fold(turn.text)):
            return trainings_for(turn, reply, self.services)
        changes = understand(turn, self.services)
        told = turn.text if changes else ""
        slots = {**turn.slots, **changes, "likes": None, **pupils_age(turn, PUPILS_NOW)}
        # Visits that exist already, before one more is asked for.
        looks = self.kind == "class" and ("place" in changes or EVENTS.search(fold(turn.text)))
        shown = suggest_only(turn, reply, self.services, slots, "event") if looks else {}
        known = {"kind": self.kind, "told": told, "contact": contact_in(turn.text)}
        if told and not known["contact"]:
            reply.say(HEARD[self.kind], told=told[:QUOTED])
        place = {"place": changes["place"]} if "place" in changes else {}
        return shown | place | ask_next(turn, reply, known)


def trainings_for(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Show the trainings that a class may enter: « quelles formations dans l'industrie après la 3e ? »."""
    wish = QUESTION.sub(lambda words: " " * len(words[0]), turn.text)
    changes = understood(replace(turn, intent="find_training", text=wish), services)
    slots = {**turn.slots, **changes, **pupils_age(turn, PUPILS)}
    return changes | suggest_only(turn, reply, services, slots, "training")


def pupils_age(turn: Turn, ages: dict[str, int]) -> Slots:
    """Return the age of the class that a message names, for a search; it is not kept, since nobody said theirs."""
    age = next((age for words, age in ages.items() if re.search(rf"\b(?:{words})\b", fold(turn.text))), None)
    return {"age": age} if age else {}


class ActionBookClass(Intake):
    """« je suis prof, je veux amener ma classe »."""

    kind = "class"

    def name(self) -> str:
        """Name in the domain."""
        return "action_book_class"


class ActionOfferVisit(Intake):
    """« notre entreprise peut accueillir des jeunes »."""

    kind = "visit"

    def name(self) -> str:
        """Name in the domain."""
        return "action_offer_visit"


def is_waiting(turn: Turn) -> bool:
    """Say whether this message answers what a booking still needs."""
    return bool(turn.slot("intake")) and turn.slot("asked") == ASKED and turn.intent not in ELSEWHERE


def hear(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Add what the message tells, then ask for what is missing."""
    known: dict[str, Any] = dict(turn.slot("intake"))
    asks = facets.asked(turn.plain) and pointed_at(turn, turn.slot("shown", [])) and not contact_in(turn.text)
    if asks:  # « la première : peut-on inscrire toute la classe ? »
        return ActionShowItem(services).act(turn, reply)
    if "?" in turn.text and not contact_in(turn.text) and (answer := sure_answer(turn, services)):
        return tell(answer, turn, reply) | ask_next(turn, reply, known)  # « et si je veux un apprenti, qui voir ? »
    if known["told"] and known["contact"] and turn.intent == "affirm":
        return send(turn, reply, services)
    if found := contact_in(turn.text):
        known["contact"] = found
    rest = without_contact(turn.text)
    if len(rest.split()) >= TELLING or (rest and not found):
        known["told"] = ", ".join(part for part in (known["told"], rest) if part)
    asked = asked_of_shown(turn, reply, services)
    if rest and rest != known["told"] and not known["contact"] and not asked:
        reply.say("utter_intake_added", added=rest)
    return asked | ask_next(turn, reply, known)


def asked_of_shown(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Answer what is asked of the events shown meanwhile: « nous serions vingt-six, faut-il réserver ? »."""
    things = any(row["kind"] == "event" for row in turn.slot("shown", []))
    asks = "?" in turn.text and facets.asked(turn.plain)
    return ActionShowItem(services).act(turn, reply) if things and asks else {}


def ask_next(turn: Turn, reply: Reply, known: dict[str, Any]) -> Slots:
    """Ask for the one thing that is missing, or whether to send."""
    intent = INTENTS[known["kind"]]
    drops = button("Laisser tomber", intent, confirmed="no")
    events = button("Voir les événements", "find_event")
    if not known["told"]:
        reply.say(ASKS[known["kind"]], buttons=[events, drops])
    elif not known["contact"]:
        reply.say("utter_ask_contact", buttons=[events, drops])
    else:
        sends = button("Oui, garder", intent, confirmed="yes")
        reply.say("utter_confirm_intake", buttons=[sends, drops], told=known["told"], contact=known["contact"])
    return {"intake": known, "asked": ASKED}


def send(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Have it kept, and show what is already planned."""
    known = turn.slot("intake")
    if not known or not known["told"] or not known["contact"]:
        reply.say("utter_intake_over", buttons=[button("Voir les événements", "find_event")])
        return {"intake": None, "asked": None}
    reply.say("utter_intake_kept", directives=[{"type": "intake", **known}])
    return {"intake": None} | suggest_only(turn, reply, services, {**turn.slots, "likes": None}, "event")


def drop(reply: Reply) -> Slots:
    """Forget it."""
    ways = [button("Voir les événements", "find_event"), button("Un endroit où aller", "find_place")]
    reply.say("utter_intake_dropped", buttons=ways)
    return {"intake": None, "asked": None}


def contact_in(text: str) -> str:
    """Return the mail address or the phone that a message leaves, empty when it leaves none."""
    found = MAIL.search(text) or PHONE.search(text)
    return found[0].strip() if found else ""


def without_contact(text: str) -> str:
    """Return what a message tells beside how to answer it."""
    return " ".join(PHONE.sub(" ", MAIL.sub(" ", text)).split())
