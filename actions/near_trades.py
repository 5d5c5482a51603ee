"""Trades next to others: what is left to show when nothing more answers the wish itself."""

from collections.abc import Iterable, Sequence

from actions.base import Slots
from actions.services import Services
from knowledge_base import Reason, Suggestion

MOST = 3


def trades_next(ids: Iterable[str], services: Services, slots: Slots, seen: Sequence[str] = ()) -> list[Suggestion]:
    """Return the neighbours of trades, those of the first before the others, but for the refused and the `seen`."""
    left_out = {*(slots.get("refused") or ()), *seen}
    found: dict[str, Suggestion] = {}
    for one in ids:
        trade = services.knowledge.item(one)
        for code in trade.details.get("neighbours", ()) if trade else ():
            near = services.knowledge.item(f"job-{code}")
            if trade and near and near.id not in left_out:
                found.setdefault(near.id, Suggestion(near, 1.0, (Reason("alike", fact=trade.title),)))
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]
