"""Finding trainings, events and places: the person asks for one kind."""

import re
from abc import ABC
from dataclasses import replace
from typing import ClassVar

from actions.any_training import before_interest
from actions.base import Reply, Slots
from actions.known import is_drawn
from actions.listening import ListeningAction
from actions.profile import kinds_wanted, serve_each
from actions.situations import services_named
from actions.suggest import suggest_only
from actions.turn import Turn
from knowledge_base import Item, Kind
from knowledge_base.french import fold

FOR_IT = re.compile(
    r"\b(?:pour|pr) (?:ca|sa|ce metier|ce boulot|y arriver)\b|\b(?:dans|de|en) (?:ce|cette) (?:domaine|secteur|metier"
    r"|boulot|taf|voie|branche|filiere)\b|\b(?:la )?dedans\b"
)

JOINTS = re.compile(r"\b(?:et|puis|aussi|plus|avec|ou alors)\b|[,;.?!+&]", re.IGNORECASE)


class FindOneKind(ListeningAction, ABC):
    """What the three searches share: keep what the message states, then propose that kind."""

    topic: ClassVar[Kind]
    needs_interest: ClassVar[bool] = False

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Propose, or ask the one thing without which the search means nothing."""
        slots = {**turn.slots, **changes}
        aim, kinds = self._aim(turn, slots), self.kinds(turn, changes)
        if aim and not kinds:
            return changes | suggest_only(turn, reply, self.services, slots, self.topic, aim=aim)
        if kinds:
            return serve_each(kinds, turn, reply, self.services, changes, aim=aim)
        if self.needs_interest and not is_drawn(slots):
            return changes | before_interest(turn, reply, self.services, slots)
        return changes | suggest_only(turn, reply, self.services, slots, self.topic)

    def _aim(self, turn: Turn, slots: Slots) -> Item | None:
        """Return the trade that it is for: the one pressed, or looked at, « et une formation pour ça ? »."""
        pressed = self.services.knowledge.item(str(turn.entities.get("item", "")))
        first = next((row["id"] for row in turn.slot("shown", []) if row["kind"] == "job_family"), "")
        looked_at = str(slots.get("chosen") or (first if FOR_IT.search(fold(turn.text)) else ""))
        if pressed or not looked_at.startswith("job-") or (is_drawn(slots) and not FOR_IT.search(fold(turn.text))):
            return pressed
        return self.services.knowledge.item(looked_at)

    def kinds(self, turn: Turn, changes: Slots) -> list[Kind]:
        """Return what is wanted where it is not, or not only, what this action finds.

        « une formation en cuisine et aussi un événement » wants both; « un forum des formations » is one thing.
        """
        wanted = kinds_wanted(turn) if turn.text else []
        if wanted and self.topic not in wanted:
            return wanted
        apart = [kinds_wanted(replace(turn, text=part)) for part in JOINTS.split(turn.text)] if len(wanted) > 1 else []
        several = {self.topic if self.topic in kinds else kinds[0] for kinds in apart if kinds}
        if len(several) > 1:
            return [kind for kind in wanted if kind in several]
        before: Kind | None = turn.slot("topic")
        moved = "place" in changes and not wanted and services_named(turn.text) == ([], [])
        if self.topic == "place" and moved and before in ("training", "event"):  # « j'ai déménagé, du coup y a quoi ? »
            return [before]
        return []


class ActionFindTraining(FindOneKind):
    """Trainings, for the interests known."""

    topic = "training"
    needs_interest = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_training"
