"""A person to talk to: called into the conversation where somebody can come, else a service that answers, its phone."""

from dataclasses import asdict
from typing import Any, ClassVar

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.known import is_drawn
from actions.listening import ListeningAction
from actions.services import Services
from actions.suggest import suggest, suggest_only
from actions.turn import Turn
from actions.understanding import facts_beside
from knowledge_base import Kind

ASKED = "human"  # what was last « asked »: whether to call somebody in
ELSEWHERE = (button("Plutôt un endroit où aller", "find_place"), button("Continuer ici", "explore_jobs"))
# What is said where the person's town is known, and where it is not.
NOBODY = ("utter_nobody_came", "utter_nobody_came_where")
LEFT = ("utter_human_left", "utter_human_left_where")


class ActionAskHuman(ListeningAction):
    """« je veux parler à quelqu'un »."""

    topic = "place"
    said: ClassVar[str] = "utter_ask_human"
    asked_where: ClassVar[str] = "utter_ask_human_where"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_human"

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Offer to call somebody in where somebody is there, else show who answers near the person."""
        if turn.entities.get("confirmed") == "yes":
            return changes | call(turn, reply, self.services)
        if turn.context.get("human"):
            return changes | offer_call(turn, reply)
        return changes | elsewhere(turn, reply, self.services, {**turn.slots, **changes}, self.said, self.asked_where)


def offer_call(turn: Turn, reply: Reply) -> Slots:
    """Say who would come and read: nobody is called in without the person's word."""
    reply.say(
        "utter_call_human",
        buttons=[button("Oui, appelle", "ask_human", confirmed="yes"), *ELSEWHERE],
        who=who_comes(turn),
    )
    return {"asked": ASKED}


def who_comes(turn: Turn) -> str:
    """Name who could come now, as the gateway tells it."""
    structure = (turn.context.get("human") or {}).get("structure")
    return texts.SOMEBODY_OF.format(structure=structure) if structure else texts.SOMEBODY


def elsewhere(turn: Turn, reply: Reply, services: Services, slots: Slots, said: str, asked_where: str) -> Slots:
    """Show who answers near the person; ask where that is, when it is not known."""
    if slots.get("place"):
        reply.say(said)
        shown = suggest_only(turn, reply, services, slots, "place")
        reply.offer("Un endroit où aller", "/find_place")
        return shown
    ways = [button("Un endroit où aller", "find_place"), button("Continuer ici", "explore_jobs")]
    reply.say(asked_where, buttons=ways)
    return {"asked": "place", "topic": "place"}


def hear_call(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Take « oui » or « non » as the answer to whether somebody is to be called in."""
    if turn.slot("asked") != ASKED or turn.intent not in ("affirm", "deny"):
        return None
    facts = facts_beside(turn, services)
    if turn.intent == "affirm":
        return facts | call(turn, reply, services)
    reply.say("utter_no_call", buttons=list(ELSEWHERE))
    return facts | {"asked": None}


def call(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Call somebody in; where nobody is left who could come, say so."""
    if not turn.context.get("human"):
        return elsewhere(turn, reply, services, turn.slots, *NOBODY)
    reply.say("utter_human_called", directives=[{"type": "handoff"}])
    return {"asked": None}


class ActionNobodyCame(PisteAction):
    """The gateway begins this turn when nobody came in time, or who came went silent."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_nobody_came"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Say so plainly, and who else answers."""
        said, asked_where = LEFT if turn.entities.get("came") else NOBODY
        return elsewhere(turn, reply, self.services, turn.slots, said, asked_where)


class ActionHandedBack(PisteAction):
    """The gateway begins this turn when a counsellor gives the conversation back."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_handed_back"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take up what the counsellor left: their words, what the person likes, where they live, what comes next."""
        left: dict[str, Any] = turn.context.get("handback") or {}
        changes = self._learned(turn, left)
        slots = {**turn.slots, **changes}
        said = "utter_handed_back_with" if left.get("summary") else "utter_handed_back"
        reply.say(said, by=left.get("by") or texts.SOMEBODY, summary=left.get("summary") or "")
        aim: Kind | None = left.get("aim") or None
        if aim in ("training", "event", "place"):
            return changes | suggest_only(turn, reply, self.services, slots, aim)
        if aim == "job_family" and is_drawn(slots):
            return changes | suggest(turn, reply, self.services, slots)
        reply.offer("Des métiers", "/explore_jobs")
        reply.offer("Un événement", "/find_event")
        reply.offer("Une formation", "/find_training")
        return changes | {"asked": None}

    def _learned(self, turn: Turn, left: dict[str, Any]) -> Slots:
        changes: Slots = {}
        likes = [like for like in left.get("likes") or () if like not in turn.slot("likes", [])]
        if likes:
            changes |= {"likes": [*turn.slot("likes", []), *likes], "seen": None}
        found = self.services.knowledge.places_named(str(left["place"])) if left.get("place") else []
        if len(found) == 1:
            changes["place"] = asdict(found[0])
        return changes
