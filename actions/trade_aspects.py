"""One thing asked of a trade, or of several: its conditions, its pay; and what may be asked next."""

from collections.abc import Sequence

from actions import texts
from actions.base import Reply
from actions.cards import button, payload
from actions.texts import trades
from actions.turn import Turn
from knowledge_base import Item

OF_EACH = (*trades.CONDITIONS, "together")  # aspects that a line says
ASPECTS = {"for_all": "utter_for_all", "belief": "utter_belief", "pay": "utter_pay"}


def tell_aspect(job: Item, aspect: str, turn: Turn, reply: Reply) -> None:
    """Say the one thing that is asked of a trade."""
    belief = job.details["misconception"]
    when = trades.hours_asked(turn.plain) if aspect == "odd_hours" else ""
    title = f"{job.title}, {when}" if when else job.title
    facts = {"title": title, "belief": belief["belief"], "truth": belief["truth"]}
    facts["hard"] = texts.listed(job.details["hard_sides"])
    if aspect in OF_EACH:
        facts["conditions"] = trades.condition(job.details["conditions"], aspect)
    reply.say(ASPECTS.get(aspect, "utter_condition"), buttons=ways_on(job, ""), **facts)


def tell_of_each(jobs: Sequence[Item], aspect: str, reply: Reply) -> None:
    """Say the one thing that is asked of several trades, a line each."""
    lines = [f"{one.title} : {trades.condition(one.details['conditions'], aspect)}." for one in jobs]
    ways = [button(f"Une journée : {one.title}", "ask_daily_life", item=one.id) for one in jobs]
    reply.say("utter_condition_of_each", buttons=ways, lines="\n".join(lines))


def tell_of_both(jobs: Sequence[Item], aspect: str, turn: Turn, reply: Reply) -> dict[str, None]:
    """Say one thing of each of the trades just compared: « lequel paye le plus ? »."""
    if aspect in OF_EACH:
        tell_of_each(jobs, aspect, reply)
    else:
        tell_aspect(jobs[0], aspect, turn, reply)
    for other in jobs[1:]:
        reply.offer(f"Et {other.title} ?", payload("ask_conditions", item=other.id))
    return {"asked": None}


def ways_on(job: Item, but: str) -> list[dict[str, str]]:
    """Return what else may be asked about a trade."""
    ways = {
        "ask_daily_life": "Une journée",
        "ask_way_in": "Comment y entrer",
        "ask_conditions": "Les conditions",
        "ask_neighbours": "Des métiers proches",
    }
    found = [button(title, intent, item=job.id) for intent, title in ways.items() if intent != but]
    return [*found, button("M'y former", "find_training", item=job.id)]
