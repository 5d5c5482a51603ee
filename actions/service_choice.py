"""Which service is for whom: the one named or pressed, else those for the case, but for those not wanted."""

from collections.abc import Sequence

from actions import texts
from actions.base import Reply, Slots
from actions.known import age_of
from actions.services import Services
from actions.situations import services_named
from actions.texts.services import NAMES
from actions.turn import Turn
from knowledge_base import Suggestion

ANYBODY = ("information_jeunesse", "france_services")  # services for whoever comes


def tell_services_elsewhere(reply: Reply, wanted: Sequence[str], found: Sequence[Suggestion]) -> None:
    """Say which service is made for this case when none of it is known near: the ones shown only know where it is."""
    known = {one.item.details.get("service") for one in found}
    names = [NAMES[one] for one in wanted if one in NAMES]
    if names and tuple(wanted) != ANYBODY and not known & set(wanted):
        reply.say("utter_service_elsewhere", services=texts.listed(names, "ou"))


def service_id(service: str) -> str:
    """Name a kind of service among the ids of what is refused."""
    return f"service:{service}"


def services_refused(turn: Turn, slots: Slots) -> Slots:
    """Keep the services that a message does not want, until it asks for them: « pas la Mission Locale »."""
    named, refused = services_named(turn.text)
    before = list(slots.get("refused") or ())
    wanted = {service_id(one) for one in named}
    after = [one for one in dict.fromkeys([*before, *map(service_id, refused)]) if one not in wanted]
    return {"refused": after} if after != before else {}


def services_of(turn: Turn, services: Services, slots: Slots) -> list[str]:
    """Return the kinds of place that serve this person: the one pressed or named, else those for their case."""
    if pressed := turn.entities.get("service"):
        return [str(pressed)]
    named, refused = services_named(turn.text)
    if named:
        return named
    unwanted = {*refused, *(one.removeprefix("service:") for one in slots.get("refused") or ())}
    fitting = services.knowledge.services_for(age_of(slots), slots.get("situations") or ())
    return [one for one in fitting if one not in unwanted] or [one for one in ANYBODY if one not in unwanted]
