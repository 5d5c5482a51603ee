"""A question about what is on the screen, though it was not taken for one: « il faut un diplôme pour entrer ? »."""

from actions.base import Reply, Slots
from actions.item_details import ActionShowItem
from actions.job_details import ActionAskConditions, jobs_meant
from actions.services import Services
from actions.texts import facets, trades
from actions.turn import Turn
from knowledge_base.french import fold

LONGEST = 10  # words: a longer message speaks of more than what is shown


def about_shown(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Answer it of the thing or the trade looked at; None when the message asks nothing of it."""
    said, shown = fold(turn.text), turn.slot("shown", [])
    if not said or not shown or len(said.split()) > LONGEST:
        return None
    things = [row for row in shown if row["kind"] != "job_family"]
    if things and facets.asked(said):
        return ActionShowItem(services).act(turn, reply)
    asks = trades.aspect_asked(said) or trades.IN_GENERAL.search(said)
    if not things and asks and jobs_meant(turn, services):
        return ActionAskConditions(services).act(turn, reply)
    return None
