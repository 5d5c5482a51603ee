"""Questions of rights and schemes: an answer of ours with its source, a choice of the likeliest, or who would know."""

import re
from dataclasses import replace

from actions.answering import (
    BESIDE,
    PROPOSED,
    goes_on,
    is_about_last_answer,
    offer_others,
    searches,
    subject_buttons,
    tell,
    tell_all,
    tell_or_ask,
    without_asked,
)
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.profile import ActionInform, kinds_wanted, serve
from actions.situations import services_named
from actions.suggest import named_items, suggest_only
from actions.texts import facets
from actions.timing import stage
from actions.turn import Turn
from actions.understanding import LIKING, OF_WISHES, facts_beside, understood
from knowledge_base import Kind
from knowledge_base.answers import LIKELY, SURE, Answer, Asked
from knowledge_base.french import fold

FEW_WORDS = 6
TOLD_AT_LENGTH = 40  # words
DATES = re.compile(r"\bdates?\b")
TO_FIND_IT = re.compile(
    r"\bcomment\b.{0,20}\b(?:l|la|le|les) (?:trouve|contacte|joins|joindre|appelle|trouver|contacter)"
)
WISHES = re.compile(r"\b(?:je |j ?)(?:voudrai\w*|veu[xt]|vx|cherche\w*|vise|reve|compte)\b|\bprojet\b")
# How surely words must ask for an answer to be about something else than the one just given.
NAMED_ANEW = 0.5
GOES_ON = re.compile(r"^(?:(?:et|mais|ok|donc|alors|du coup) )+(?:ca|on|c est|il|elle|ils|elles|y)\b")
CLEARLY = 0.1  # by how much a part must be surer than the whole to be believed against it


def turn_waits_for(turn: Turn) -> Kind | None:
    """Return the kind searched when a town was last asked for."""
    topic: Kind | None = turn.slot("topic")
    return topic if turn.slot("asked") == "place" else None


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
        if sought := self._sought(turn):
            return suggest_only(turn, reply, self.services, turn.slots, sought)
        found, asked = self._found(turn)
        if (near := self._nearer(turn, found)) is not None:
            return tell(near, turn, reply)
        if asked:
            changes = tell_all([self.services.knowledge.answers[one.answer] for one in asked], turn, reply)
            return changes | self._rest(without_asked(turn, asked), reply)
        if found and found[0][1] >= SURE:
            changes = facts_beside(turn, self.services) | tell(found[0][0], turn, reply)
            offer_others([one for one in found[1:] if one[1] >= BESIDE * found[0][1]], reply)
            return changes
        if (going_on := goes_on(turn, self.services)) is not None:
            return tell(going_on, turn, reply)
        kinds = kinds_wanted(turn)
        if kinds and (kinds == ["place"] or len(turn.text.split()) <= FEW_WORDS):  # « et pour une formation ? »
            facts = facts_beside(turn, self.services)
            return facts | serve(turn, reply, self.services, {**turn.slots, **facts}, kinds[0])
        likely = [(answer, score) for answer, score in found if score >= LIKELY]
        return tell_or_ask(likely, turn, reply) if likely else self._unanswered(turn, reply)

    def _sought(self, turn: Turn) -> Kind | None:
        """Return the kind that is looked for rather than asked about."""
        named = services_named(turn.text)[0] and len(turn.text.split()) <= FEW_WORDS  # « et France Travail ? »
        if turn.slot("topic") == "place" and (named or TO_FIND_IT.search(turn.plain)):
            return "place"
        dated = (facets.asked(turn.plain) or DATES.search(turn.plain)) and named_items(
            turn, self.services, turn.slots, "event"
        )
        return "event" if dated else None  # « c'est quoi Open GEN, il y a des dates ? »

    def _unanswered(self, turn: Turn, reply: Reply) -> Slots:
        if "training" in kinds_wanted(turn) and len(turn.text.split()) >= TOLD_AT_LENGTH:
            # Who tells everything at once looks for something.
            told = understood(replace(turn, intent="find_training"), self.services)
            return told | serve(turn, reply, self.services, {**turn.slots, **told}, "training")
        reply.say(
            "utter_no_answer",
            buttons=[button("Un endroit où aller", "find_place"), button("Parler à quelqu'un", "ask_human")],
        )
        return {"asked": None}

    def _nearer(self, turn: Turn, found: list[tuple[Answer, float]]) -> Answer | None:
        """« et on est payé combien ? », right after the service civique: of it, and not of anything that is paid."""
        said, last = turn.plain, str(turn.slot("subject", ""))
        leans = len(said.split()) <= FEW_WORDS + 2 and GOES_ON.search(said) and is_about_last_answer(turn)
        if not leans or (found and found[0][1] >= NAMED_ANEW):
            return None
        near = goes_on(turn, self.services)
        theme = last.split("_")[0]
        return near if near and near.id.split("_")[0] == theme else None

    def _found(self, turn: Turn) -> tuple[list[tuple[Answer, float]], list[Asked]]:
        """Return the likeliest answers to the whole message, and what its parts ask if that says more or surer."""
        knowledge = self.services.knowledge
        with stage("answers"):
            found = knowledge.answers_to(turn.text, PROPOSED)
            asked = knowledge.asked_in(turn.text)
        surest = max((one.score for one in asked), default=0.0)
        whole = found[0] if found else None
        agrees = bool(whole and asked and whole[0].id == asked[0].answer)
        if len(asked) > 1 or agrees or whole is None or whole[1] < SURE or surest > whole[1] + CLEARLY:
            return found, asked
        return found, []

    def _rest(self, rest: Turn, reply: Reply) -> Slots:
        """Serve what is wished beside the question: « c quoi un cfa et ya des trucs en boulangerie ? »."""
        if not rest.text:
            return {}
        rest = replace(rest, intent="inform")
        changes = understood(rest, self.services)
        waits = turn_waits_for(rest)
        if waits and changes.get("place"):  # who was asked where they are is shown what is there
            return changes | serve(rest, reply, self.services, {**rest.slots, **changes}, waits)
        # « y en a qui parlent du CEJ, ça rapporte combien ? », « après vingt ans de magasin »: no wishes.
        wishes = LIKING.search(fold(rest.text)) or WISHES.search(fold(rest.text)) or searches(rest)
        if not wishes:
            changes = {name: value for name, value in changes.items() if name not in OF_WISHES}
        if changes.get("likes") or kinds_wanted(rest):
            return ActionInform(self.services).go_on(rest, reply, changes)
        return changes
