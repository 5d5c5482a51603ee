"""Exploring job families: ideas, others, why, and « pas pour moi » that changes the list."""

import re
from dataclasses import replace
from typing import Any

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.guessing import guess_or_ask
from actions.known import is_drawn
from actions.listening import ListeningAction
from actions.pointing import pointed_at
from actions.profile import ActionInform, kinds_wanted, serve
from actions.services import Services
from actions.suggest import ask_for_interest, suggest, suggest_only
from actions.turn import Turn
from actions.understanding import understood
from knowledge_base.french import fold

OTHERS = re.compile(r"\b(?:autres?|dautres?|encore|differente?s?|nouvelles? idees?)\b")


MIXES = re.compile(
    r"\b(?:les (?:deux|2)|l un et l autre|a la fois|en meme temps|melange\w*|combin\w*|mix\w*|reuni\w*|alli\w*)\b"
)


class ActionExploreJobs(ListeningAction):
    """The person asks for ideas of jobs."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_explore_jobs"

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Suggest from what is known, or ask what they like."""
        if wanted := kinds_wanted(turn):
            return changes | serve(turn, reply, self.services, {**turn.slots, **changes}, wanted[0])
        changes["topic"] = None
        slots = {**turn.slots, **changes}
        if not is_drawn(slots):
            return guess_or_ask(turn, reply, self.services, changes)
        if len(slots["likes"] or ()) > 1 and MIXES.search(fold(turn.text)):  # « un truc qui fait les deux à la fois ? »
            slots["likes"] = [" et ".join(slots["likes"][:2])]
        if again := bool(OTHERS.search(fold(turn.text))):  # « autre chose dans la bouffe »: not what was just shown
            slots["seen"] = turn.slot("seen")
        return changes | suggest(turn, reply, self.services, slots, again=again)


class ActionAskMore(PisteAction):
    """« Autre chose »: the next ones, of the kind last spoken of."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_more"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Suggest what was not seen yet."""
        slots = turn.slots
        if not is_drawn(slots) and not slots.get("topic"):
            return ask_for_interest(turn, reply)
        if kind := slots.get("topic"):
            return suggest_only(turn, reply, self.services, slots, kind, again=True)
        return suggest(turn, reply, self.services, slots, again=True)


class ActionNotForMe(PisteAction):
    """« Pas pour moi »: remembered, and something else is proposed at once."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_not_for_me"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Refuse the items meant, keep any dislike that was said, and suggest again."""
        shown = turn.slot("shown", [])
        if not shown:  # « avec les bêtes mais pas véto » refuses nothing that we proposed
            told = understood(turn, self.services)
            return ActionInform(self.services).act(turn, reply) if told else ask_for_interest(turn, reply)
        if "who" in turn.noticed:  # « c'est pour ma fille, pas mon fils » refuses nothing of what was shown
            return self._go_on_for(turn, reply)
        meant = refused_of(turn, shown)
        if not meant and wishes_another(turn, self.services):  # « pas commerce, fleuriste ça me tente »
            return ActionInform(self.services).act(replace(turn, intent="inform"), reply)
        changes = understood(turn, self.services)
        if "likes" in changes:  # what is refused now is liked no more; nothing is added
            changes["likes"] = [one for one in turn.slot("likes", []) if one in (changes["likes"] or [])] or None
        if pointed_at(turn, shown):
            # « pas le deuxième » refuses an item, not what its words mean.
            changes.pop("dislikes", None)
            changes.pop("seen", None)
        changes["refused"] = list(dict.fromkeys([*turn.slot("refused", []), *meant]))
        slots = {**turn.slots, **changes}
        reply.say("utter_refusal_noted")
        if not is_drawn(slots):
            return changes | ask_for_interest(turn, reply)
        kind = slots.get("topic")
        if kind:
            return changes | suggest_only(turn, reply, self.services, slots, kind, again=True)
        return changes | suggest(turn, reply, self.services, slots, again=True)

    def _go_on_for(self, turn: Turn, reply: Reply) -> Slots:
        changes = understood(turn, self.services)
        slots = {**turn.slots, **changes}
        reply.say("utter_for_whom")
        if not is_drawn(slots):
            return changes | ask_for_interest(turn, reply)
        return changes | suggest(turn, reply, self.services, slots)


class ActionAskWhy(PisteAction):
    """« Pourquoi ? »: the reasons of what was just shown."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_why"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Repeat each reason, with its item."""
        shown = turn.slot("shown", [])
        if not shown:
            return ask_for_interest(turn, reply)
        meant = [row for row in shown if row["id"] == turn.slot("chosen")] or shown[:3]
        said = [(row["title"], texts.in_register(row["why"], vous=turn.vous)) for row in meant]
        reasons = "\n".join(f"{title} : {why[0].lower()}{why[1:]}" for title, why in said)
        reply.say(
            "utter_why",
            buttons=[button("Autre chose", "ask_more"), button("Pas pour moi", "not_for_me")],
            reasons=reasons,
        )
        return {}


def wishes_another(turn: Turn, services: Services) -> bool:
    """Say whether a message wishes for the trade that it names, and refuses something else."""
    wishes = services.knowledge.wishes(turn.text, turn.spans)
    liked = [name for name in turn.named_jobs if any(name in one for one in wishes.likes)]
    return bool(wishes.dislikes and liked)


def refused_of(turn: Turn, shown: list[dict[str, Any]]) -> list[str]:
    """Return the ids refused: the card pressed, « le deuxième », one named or just chosen, or all of the first kind.

    None where a trade is named that is not among them: « non, pas carrossier » refuses no event.
    """
    if item := turn.entities.get("item"):
        return [str(item)]
    if picked := pointed_at(turn, shown):
        return picked
    words = re.findall(r"\w+", turn.text.lower())
    named = [row["id"] for row in shown if any(part in words for part in re.findall(r"\w{5,}", row["title"].lower()))]
    if not named and turn.named_jobs:
        return []
    if not named and (chosen := turn.slot("chosen")):
        return [str(chosen)]
    return named or [row["id"] for row in shown if row["kind"] == shown[0]["kind"]]
