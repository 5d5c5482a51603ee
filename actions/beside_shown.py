"""What a message about what is shown names that is not among it: another town, a service, a training for a trade."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.base import Reply, Slots
from actions.profile import kinds_wanted
from actions.services import Services
from actions.situations import services_named
from actions.suggest import KINDS, suggest_only
from actions.texts import facets
from actions.turn import Turn
from actions.understanding import understood
from knowledge_base import Item, Kind
from knowledge_base.french import fold

SHORTEST_NAME = 5  # letters of a word that names
STEM = 5  # letters by which words are the same


def beside_shown(turn: Turn, reply: Reply, services: Services, shown: Sequence[Item]) -> Slots | None:
    """Search it; None when the message is about what is shown. `shown` are the items that it may be about."""
    changes = understood(turn, services)
    slots = {**turn.slots, **changes}
    for meaning in (_another_town, _another_service, _another_kind):
        if (search := meaning(turn, shown, changes)) is not None:
            asked, kind = search
            likes: Slots = (
                {"likes": list(asked.named_jobs)} if kind in ("training", "event") and asked.named_jobs else {}
            )
            return changes | likes | suggest_only(asked, reply, services, {**slots, **likes}, kind)
    return None


Search = tuple[Turn, Kind]


def _another_town(turn: Turn, shown: Sequence[Item], changes: Slots) -> Search | None:
    """« non, celui de Valenciennes »: the same search, for the same service, in the town named."""
    named, topic = fold(str(turn.entities.get("place") or "")), turn.slot("topic")
    there = any(one.place and named in fold(one.place.label) for one in shown)
    kind = topic or next((one.kind for one in shown), None)
    if not named or there or "place" not in changes or kind in (None, "job_family"):
        return None
    same = {one.details.get("service") for one in shown if one.kind == "place"}
    service = {"service": same.pop()} if len(same) == 1 and kind == "place" else {}
    return replace(turn, text="", entities={**turn.entities, **service}), kind


def _another_service(turn: Turn, shown: Sequence[Item], changes: Slots) -> Search | None:
    """« et le Greta ? », when neither is it shown nor does it organise what is."""
    wanted = services_named(turn.text)[0]
    organised = any(_words(one.details.get("organiser") or "") & _words(turn.plain) for one in shown)
    if not wanted or organised or any(one.details.get("service") in wanted for one in shown):
        return None
    return turn, "place"


def _another_kind(turn: Turn, shown: Sequence[Item], changes: Slots) -> Search | None:
    """« oui et la formation de soudeur ? », when no training shown is for it; « où dois-je m'adresser ? »."""
    said = _words(turn.plain)
    again = tuple(one for one in turn.slot("likes", []) if _words(one) & said)  # « oui et la formation soudeur ? »
    wishes = turn.named_jobs or tuple(changes.get("likes") or ()) or again
    kinds: list[Kind] = [kind for kind in ("training", "event") if KINDS[kind].search(turn.plain)]
    alike = [one for one in shown if kinds and one.kind == kinds[0]]
    if kinds and wishes and not any(_words(one.title) & _words(" ".join(wishes)) for one in alike):
        return replace(turn, named_jobs=wishes), kinds[0]
    wanted = [] if facets.asked(turn.plain) else kinds_wanted(turn)
    return (turn, wanted[0]) if wanted == ["place"] else None


def _words(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(rf"\w{{{SHORTEST_NAME},}}", fold(text))}
