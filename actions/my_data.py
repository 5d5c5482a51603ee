"""What is kept of the person: erased on request, once they have confirmed."""

import re
from dataclasses import replace

from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.fallback import ActionRephrase
from actions.keeping import KEEPS
from actions.known import EMPTY
from actions.profile import ActionInform, forgotten, named_fact, tell_profile
from actions.turn import Turn
from actions.understanding import understand
from knowledge_base.french import fold

ALL = re.compile(r"\b(?:tout\w*|conversation|donnees|historique|compte|messages?)\b")
LEAST_SURE = 0.4  # how surely words must ask to erase where they do not say what
LIKED = re.compile(r"\b(?:que|ce que) (?:j|je|il|elle)\b")  # « oublie que j'aime la cuisine »: a fact, by its name
ERASE = "erase_data"  # what was last « asked »: whether to erase everything


class ActionEraseData(PisteAction):
    """« efface tout »."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_erase_data"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Ask once, then have the gateway erase everything."""
        if turn.entities.get("confirmed") == "yes" and turn.slot("asked") == ERASE:
            return erase(reply)  # a button of an earlier question asks again
        said = fold(turn.text)
        if KEEPS.search(said):  # « oublie pas que j'habite à Dole »
            return ActionInform(self.services).act(replace(turn, intent="inform"), reply)
        fact = named_fact(turn) if said and not ALL.search(said) else None
        if fact and ":" not in fact:  # « oublie ma ville »
            return self._forget(fact, turn, reply)
        if said and not ALL.search(said) and not LIKED.search(said) and understand(turn, self.services).get("dislikes"):
            return ActionInform(self.services).act(turn, reply)  # « oublie la cuisine »: a wish taken back
        if said and not fact and not ALL.search(said) and turn.confidence < LEAST_SURE:
            return ActionRephrase(self.services).act(turn, reply)
        return self._forget(fact, turn, reply) if fact else confirm(reply)

    @staticmethod
    def _forget(fact: str, turn: Turn, reply: Reply) -> Slots:
        changes = forgotten(replace(turn, entities={"forget": fact}))
        reply.say("utter_forgotten")
        tell_profile(reply, {**turn.slots, **changes})
        return changes


def confirm(reply: Reply) -> Slots:
    """Ask whether everything is to be erased."""
    yes, no = button("Oui, tout effacer", "erase_data", confirmed="yes"), button("Non, on continue", "deny")
    reply.say("utter_confirm_erase", buttons=[yes, no])
    return {"asked": ERASE}


def erase(reply: Reply) -> Slots:
    """Say that it is done, and know nothing any more; the gateway erases the rest once this is delivered."""
    reply.say("utter_erased", directives=[{"type": "erase"}])
    return {**EMPTY, "asked": None}
