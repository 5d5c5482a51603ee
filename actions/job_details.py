"""A trade more closely: a day in it, how to get in, what it is like, its neighbours, two of them compared."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button, directive, payload, theme_buttons
from actions.explore_jobs import ActionNotForMe
from actions.guessing import show_named
from actions.item_details import ActionShowItem
from actions.known import is_drawn
from actions.near_trades import trades_next
from actions.pointing import pointed_at
from actions.profile import kinds_wanted, serve
from actions.services import Services
from actions.suggest import ask_for_interest, remember, suggest, suggest_only
from actions.texts import facets, trades
from actions.trade_aspects import OF_EACH, tell_aspect, tell_of_both, tell_of_each, ways_on
from actions.trades_meant import (
    COMPARED,
    MOST,
    jobs_meant,
    other_name,
    refuses_trade,
    show_card,
    shown_items,
    shown_jobs,
)
from actions.turn import Turn
from actions.understanding import facts_beside, understood
from knowledge_base import Item, Reason, Suggestion
from knowledge_base.french import fold

SEVERAL = re.compile(r"\b(?:metiers|boulots|jobs|trucs|idees)\b")
GOES_ON = re.compile(r"(?:et|ou|sinon|pour|dis moi plutot)\b")  # « et un coiffeur ? »
OF_TRAININGS = {"ask_way_in": "for_whom", "ask_conditions": "for_whom"}  # the same, asked of a training shown
ASPECT = "aspect:"  # what a subject that is no answer of ours begins with


class AboutOneJob(PisteAction, ABC):
    """What the questions about a trade share: which one is meant, and where to go from there."""

    hears = True
    asks: ClassVar[str]  # the intent that asks this

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Tell about the trade meant; of several shown, about the first, or of each when a line says it."""
        facts = facts_beside(turn, self.services)
        return facts | self._tell_meant(replace(turn, slots={**turn.slots, **facts}), reply)

    def _tell_meant(self, turn: Turn, reply: Reply) -> Slots:
        if refuses_trade(turn, self.services) and shown_jobs(turn):
            return ActionNotForMe(self.services).act(replace(turn, intent="not_for_me"), reply)
        meant = jobs_meant(turn, self.services) or shown_items(turn, self.services)
        if not meant:
            return self._unknown(turn, reply)
        asked = trades.asked_of_trade(turn.plain) if turn.named_jobs else []
        if len(asked) > 1 and len(meant) == 1 and any(one in WHOLE for one in asked):
            return tell_of_trade(asked, turn, reply, self.services)
        aspect = aspect_of(turn)
        if called := other_name(meant[0], turn):
            reply.say("utter_called", name=called, title=meant[0].title)
        changes: Slots = {"asked": None, "subject": f"{ASPECT}{aspect}" if aspect else None}
        if aspect in OF_EACH and len(meant) > 1:
            tell_of_each(meant, str(aspect), reply)
            return changes
        if aspect is None:
            changes |= self.tell(meant[0], turn, reply)
            changes |= show_card(meant[0], turn, reply) if self.asks == "ask_daily_life" else {}
        else:
            tell_aspect(meant[0], aspect, turn, reply)
        for other in meant[1:]:
            reply.offer(f"Plutôt : {other.title}", payload(self.asks, item=other.id))
        return changes | {"chosen": meant[0].id}

    def _unknown(self, turn: Turn, reply: Reply) -> Slots:
        """Say that the trade is not known by the name given, or ask what draws the person when none was."""
        told = understood(replace(turn, intent="inform"), self.services)
        if told.get("likes") and not turn.named_jobs and SEVERAL.search(turn.plain):  # « des métiers en logistique »
            return told | suggest(turn, reply, self.services, {**turn.slots, **told})
        things = [row for row in turn.slot("shown", []) if row["kind"] != "job_family"]
        if things and not turn.named_jobs and (facet := facets.asked(turn.plain) or OF_TRAININGS.get(self.asks)):
            pressed = {**turn.entities, "facet": facet if isinstance(facet, str) else facet.key}
            return ActionShowItem(self.services).act(replace(turn, entities=pressed), reply)
        likes = self.services.knowledge.wishes(turn.text, turn.spans).likes if turn.text and not turn.named_jobs else ()
        if named := show_named(turn, reply, self.services, {}):
            return named
        if called := next(filter(None, map(self.services.knowledge.job_called, likes)), None):
            return self._tell_meant(replace(turn, entities={**turn.entities, "item": called}), reply)
        if turn.named_jobs or (turn.text and not things):
            reply.say("utter_unknown_job", buttons=theme_buttons(4))
            return {"asked": "likes"}
        if is_drawn(turn.slots):  # « autre chose dans le même genre ? »
            return {"topic": None} | suggest(turn, reply, self.services, turn.slots, again=True)
        return ask_for_interest(turn, reply)

    @abstractmethod
    def tell(self, job: Item, turn: Turn, reply: Reply) -> Slots:
        """Answer about this trade."""


def aspect_of(turn: Turn) -> str | None:
    """Return the one aspect that a message asks of a trade, or that was asked of another: « et sur coiffeur ? »."""
    if not turn.text or trades.IN_GENERAL.search(turn.plain):
        return None
    before = str(turn.slot("subject", ""))
    goes_on = before.startswith(ASPECT) and turn.named_jobs and GOES_ON.match(fold(turn.text))
    asked = trades.asked_of_trade(turn.plain)
    return before.removeprefix(ASPECT) if goes_on and not asked else trades.aspect_asked(turn.plain)


class ActionAskDailyLife(AboutOneJob):
    """« une journée c'est comment ? »."""

    asks = "ask_daily_life"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_daily_life"

    def tell(self, job: Item, turn: Turn, reply: Reply) -> Slots:
        """Tell of a day, where screens come in, and what is wrongly believed."""
        belief = job.details["misconception"]
        reply.say(
            "utter_daily_life", buttons=ways_on(job, "ask_daily_life"), title=job.title, day=job.text,
            digital=job.details["digital"], belief=belief["belief"], truth=belief["truth"],
        )  # fmt: skip
        return {}


class ActionAskWayIn(AboutOneJob):
    """« comment on devient… ? »."""

    asks = "ask_way_in"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_way_in"

    def tell(self, job: Item, turn: Turn, reply: Reply) -> Slots:
        """Tell the way in from the person's level, or from each level when it is not known."""
        ways = {int(level): text for level, text in job.details["ways_in"].items()}
        level = turn.entities["level"] if isinstance(turn.entities.get("level"), int) else turn.slot("level")
        lines = trades.way_in_from(ways, level)
        reply.say("utter_way_in", buttons=ways_on(job, "ask_way_in"), title=job.title, ways="\n".join(lines))
        known: Slots = {} if level is None or level == turn.slot("level") else {"level": level}
        if "training" in kinds_wanted(turn):
            return known | suggest_only(turn, reply, self.services, turn.slots, "training", aim=job)
        return known


class ActionAskConditions(AboutOneJob):
    """« c'est dehors ? », « ça paye bien ? »."""

    asks = "ask_conditions"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_conditions"

    def tell(self, job: Item, turn: Turn, reply: Reply) -> Slots:
        """Tell how the work is, what is hard in it, and that pay is not known."""
        reply.say(
            "utter_conditions", buttons=ways_on(job, "ask_conditions"), title=job.title,
            conditions=trades.conditions_of(job.details["conditions"]), hard=texts.listed(job.details["hard_sides"]),
        )  # fmt: skip
        return {}


class ActionAskNeighbours(AboutOneJob):
    """« des métiers qui ressemblent »."""

    asks = "ask_neighbours"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_neighbours"

    def _tell_meant(self, turn: Turn, reply: Reply) -> Slots:
        """« d'autres métiers autour des livres » names what is liked, not a trade to look around."""
        likes = self.services.knowledge.wishes(turn.text, turn.spans).likes if turn.text else ()
        if turn.named_jobs or trades.ALIKE.search(turn.plain) or pointed_at(turn, shown_jobs(turn)):
            likes = ()
        if any(map(self.services.knowledge.means_something, likes)):
            told = understood(replace(turn, intent="explore_jobs"), self.services)
            again = not told.get("likes")
            slots = {**turn.slots, **told}
            return {"topic": None} | told | suggest(turn, reply, self.services, slots, again=again)
        return super()._tell_meant(turn, reply)

    def tell(self, job: Item, turn: Turn, reply: Reply) -> Slots:
        """Show the trades next to this one that were not refused."""
        near = trades_next([job.id], self.services, turn.slots)
        if not near:
            reply.say("utter_no_more", buttons=[button("Des formations", "find_training")])
            return {}
        shown = [directive(near, turn.now, vous=turn.vous)]
        reply.say("utter_neighbours", directives=shown, buttons=ways_on(job, "ask_neighbours"), title=job.title)
        return remember(near, turn.slots)


def tell_of_trade(aspects: Sequence[str], turn: Turn, reply: Reply, services: Services) -> Slots:
    """Tell several things asked of a trade at once, the first three; one alone as its own action does."""
    whole = [WHOLE[one](services) for one in aspects if one in WHOLE][:MOST]
    single = [one for one in aspects if one not in WHOLE]
    if len(aspects) == 1 or not whole:
        return (whole[0] if whole else ActionAskConditions(services)).act(turn, reply)
    job = (jobs_meant(turn, services) or shown_items(turn, services))[0]
    changes: Slots = {"chosen": job.id, "asked": None}
    for action in whole:
        changes |= action.tell(job, turn, reply)
    for aspect in single[: MOST - len(whole)]:
        tell_aspect(job, aspect, turn, reply)
    return changes


class ActionCompareJobs(PisteAction):
    """« lequel des deux ? »."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_compare_jobs"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Set two trades side by side: those named, else the first two shown."""
        kind = next((one for one in kinds_wanted(turn) if one != "place"), None)
        if kind:  # « j'hésite entre cuisine et mécanique, montre les formations des deux »
            told = understood(replace(turn, intent=f"find_{kind}"), self.services)
            return told | serve(turn, reply, self.services, {**turn.slots, **told}, kind)
        meant = jobs_meant(turn, self.services, many=True)
        if len(meant) == 1 and (facet := FACETS.get(turn.answers)) and GOES_ON.match(fold(turn.text)):
            return facet(self.services).tell(meant[0], turn, reply) | {"chosen": meant[0].id, "asked": None}
        if len(meant) == 1 and len(turn.named_jobs) == COMPARED:  # « éduc spé ou moniteur éducateur ? »
            names = texts.listed([*map(texts.quoted, turn.named_jobs)])
            reply.say("utter_same_family", title=meant[0].title, names=names)
            return ActionAskWayIn(self.services).tell(meant[0], turn, reply) | {"chosen": meant[0].id, "asked": None}
        aspect = None if turn.named_jobs else aspect_of(turn)
        if aspect and turn.said_last == "utter_comparison" and len(both := shown_items(turn, self.services)) > 1:
            return tell_of_both(both[:COMPARED], aspect, turn, reply)
        last = self.services.knowledge.item(str(turn.slot("chosen", "")))
        if len(meant) == 1 and last and last.kind == "job_family" and last.id != meant[0].id:
            meant = [last, *meant]
        for row in shown_jobs(turn):
            if len(meant) < COMPARED and row["id"] not in {one.id for one in meant}:
                item = self.services.knowledge.item(row["id"])
                meant += [item] if item else []
        if len(meant) < COMPARED:
            reply.say("utter_compare_what", buttons=[button("Des idées de métiers", "explore_jobs")])
            return {"asked": None}
        first, second = meant[:COMPARED]
        buttons = [button(f"Une journée : {one.title}", "ask_daily_life", item=one.id) for one in (first, second)]
        reply.say("utter_comparison", buttons=buttons, comparison=trades.compared(first, second))
        compared = [Suggestion(one, 1.0, (Reason("family", fact=one.title),)) for one in (first, second)]
        return remember(compared, turn.slots) | {"asked": None}


FACETS: dict[str, Callable[[Services], AboutOneJob]] = {
    "action_ask_daily_life": ActionAskDailyLife,
    "action_ask_way_in": ActionAskWayIn,
    "action_ask_conditions": ActionAskConditions,
    "action_ask_neighbours": ActionAskNeighbours,
}


WHOLE: dict[str, Callable[[Services], AboutOneJob]] = {
    "day": ActionAskDailyLife,
    "way_in": ActionAskWayIn,
    "conditions": ActionAskConditions,
    "neighbours": ActionAskNeighbours,
}
