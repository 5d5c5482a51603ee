"""Saying suggestions: job families first, then what is near, then the one question that would help."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from actions import texts
from actions.base import Reply, Slots
from actions.beside_found import subject_of, tell_accessible, trades_beside
from actions.cards import button, directive, theme_buttons
from actions.known import profile_of
from actions.near_trades import trades_next
from actions.searching import found_of
from actions.service_choice import services_of, services_refused, tell_services_elsewhere
from actions.services import Services
from actions.situations import services_named
from actions.timing import stage
from actions.turn import Turn
from knowledge_base import Item, Kind, Place, Reason, Recommendation, Suggestion
from knowledge_base.french import fold

KINDS: dict[Kind, re.Pattern[str]] = {
    "training": re.compile(r"\b(?:formations?|ecoles?|cfa|cours|diplomes?|cap|bts|bac pro)\b"),
    "event": re.compile(
        r"\b(?:forums?|salons?|evenements?|visites?|ateliers?|portes? ouvertes?|journees?|jobs? dating)\b"
    ),
    "place": re.compile(r"\b(?:endroits?|lieux?|missions? locales?|cio|adresses?)\b"),
    "job_family": re.compile(r"\b(?:metiers?|boulots?|tafs?|jobs?|idees?)\b"),
}
NEXT = [button("Autre chose", "ask_more"), button("Pourquoi ?", "ask_why"), button("Pas pour moi", "not_for_me")]
FURTHER: dict[Kind, str] = {
    "training": "Des formations plus loin", "event": "Des événements plus loin", "place": "Un endroit plus loin",
}  # fmt: skip
RESPONSES: dict[Kind, str] = {"training": "utter_trainings", "event": "utter_events", "place": "utter_places"}
NOTHING: dict[Kind, str] = {"training": "utter_no_training", "event": "utter_no_event", "place": "utter_no_place"}
# Said where a place is known: asking for it again would be asking what was already said.
NOTHING_HERE: dict[Kind, str] = {
    "training": "utter_no_training_here", "event": "utter_no_event_here", "place": "utter_no_place_here",
}  # fmt: skip
FAR = 60.0  # kilometres from which what was asked for by name is said to be elsewhere
NEARBY_OF_EACH = 2
MOST_NAMED = 3
RELATING = ("words", "family", "near", "without_car")  # reasons that say what it has to do with this person


def suggest(turn: Turn, reply: Reply, services: Services, slots: Slots, *, again: bool = False) -> Slots:
    """Propose families, and events and trainings once the place is known; then ask for what is missing."""
    event = joined(turn, services)
    if event is not None and not slots.get("place") and event.place is not None:
        slots = {**slots, "place": asdict(event.place)}  # where the person stands, not where they live: it is not kept
    known = profile_of(slots)
    with stage("knowledge"):
        # What was seen is left out when something else is asked for, not when a new fact comes.
        known = known if again else replace(known, seen=frozenset())
        found = services.knowledge.recommend(known, turn.now, ("training", "event"))
    if not found.sure and not slots.get("shown"):
        return not_sure(reply)
    families = found.job_families or beside_seen(turn, services, slots, again=again)
    if not families:
        return no_more(reply)
    place_known = bool(slots.get("place"))
    if place_known and not again and only_moved(turn, slots) and already_shown(found, turn):
        return remember(nearby(turn, reply, found, slots), slots) | {"asked": None}
    reply.say(
        families_said(found, slots),
        buttons=None if place_known else NEXT,
        directives=[directive(families, turn.now, vous=turn.vous)],
        likes=texts.listed([texts.quoted(like) for like in slots.get("likes") or ()]),
    )
    shown = list(families)
    asked = None
    if event is not None and not again:
        tell_here(reply, event)
    if place_known:
        shown += nearby(turn, reply, found, slots)
    else:
        reply.say("utter_ask_place")
        asked = "place"
    return remember(shown, slots) | {"asked": asked}


def joined(turn: Turn, services: Services) -> Item | None:
    """Return the event in which the conversation was opened, by the code on its poster."""
    return services.knowledge.item(str(turn.context["event"])) if turn.context.get("event") else None


def tell_here(reply: Reply, event: Item) -> None:
    """Say whom to meet at the event where the person is."""
    exhibitors = texts.listed(event.details.get("exhibitors") or [])
    if exhibitors:
        reply.say("utter_here", title=event.title, exhibitors=exhibitors)


def beside_seen(turn: Turn, services: Services, slots: Slots, *, again: bool) -> list[Suggestion]:
    """Return trades next to those seen, for who asks for more than what answers the wish."""
    seen = [one for one in slots.get("seen") or () if one.startswith("job-")] if again else []
    return trades_next(seen, services, slots, seen)


def families_said(found: Recommendation, slots: Slots) -> str:
    """Return the response that tells why these trades."""
    if not found.job_families:
        return "utter_families_beside"
    return "utter_families" if slots.get("likes") else "utter_families_of_types"


def only_moved(turn: Turn, slots: Slots) -> bool:
    """Say whether a message changes nothing of what the person likes, and asks for no trades."""
    return turn.intent != "explore_jobs" and slots.get("likes") == turn.slot("likes")


def already_shown(found: Recommendation, turn: Turn) -> bool:
    """Say whether these very families were shown: a new place or level changes what is near, not them."""
    seen = set(turn.slot("seen", []))
    return bool(seen) and {one.item.id for one in found.job_families} <= seen


def nearby(turn: Turn, reply: Reply, found: Recommendation, slots: Slots) -> list[Suggestion]:
    """Propose what can be joined near the person, each kind represented."""
    around = [*related(found.events)[:NEARBY_OF_EACH], *related(found.trainings)[:NEARBY_OF_EACH]]
    label = slots["place"]["label"]
    if around:
        reply.say(
            "utter_nearby",
            buttons=NEXT,
            directives=[directive(around, turn.now, vous=turn.vous)],
            place=label,
        )
    else:
        reply.say("utter_nothing_near", buttons=NEXT, place=label)
    return around


def related(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Leave out what is proposed only because it can be followed from anywhere."""
    return [one for one in suggestions if any(reason.kind in RELATING for reason in one.reasons)]


def suggest_only(
    turn: Turn,
    reply: Reply,
    services: Services,
    slots: Slots,
    kind: Kind,
    *,
    aim: Item | None = None,
    again: bool = False,
) -> Slots:
    """Propose one kind only: the person asked for it. `aim` is the job family they want it for."""
    if aim is None and (told := tell_named(turn, reply, services, slots, kind)) is not None:
        return told
    if kind == "place" and not slots.get("place") and turn.slot("asked") != "place":
        reply.say("utter_ask_place_for_help", buttons=[button("Des idées de métiers", "explore_jobs")])
        return {"asked": "place", "topic": kind}
    changed = services_refused(turn, slots) if kind == "place" else {}
    slots = {**slots, **changed}
    if kind == "place":
        slots["services"] = services_of(turn, services, slots)
    known = profile_of(slots)
    known = known if again else replace(known, seen=frozenset())
    suggestions = found_of(known, turn, services, kind, aim)
    if not suggestions and kind == "event" and slots.get("when"):
        reply.say("utter_no_event_then", when=slots["when"]["words"])
        return {"when": None} | suggest_only(turn, reply, services, {**slots, "when": None}, kind, aim=aim, again=again)
    if not suggestions:
        return changed | nothing_found(reply, slots, kind)
    return changed | propose(turn, reply, services, slots, kind, suggestions)


def tell_named(turn: Turn, reply: Reply, services: Services, slots: Slots, kind: Kind) -> Slots | None:
    """Show what the message asks for by its own name; None when it names nothing, or only a kind of thing far away."""
    if kind == "place" and not slots.get("place") and services_named(turn.text)[0]:  # « france travail »
        return None
    named = named_items(turn, services, slots, kind)
    far = bool(slots.get("place")) and all((one.distance_km or 0) > FAR for one in named)
    loosely = kind == "place" or services.knowledge.event_type(turn.text)  # « un job dating » is a kind, not a name
    if not named or (far and loosely):
        return None
    reply.say(
        "utter_named_far" if far else "utter_named",
        buttons=NEXT,
        directives=[directive(named, turn.now, vous=turn.vous)],
        place=texts.of(slots["place"]["label"]) if far else "",
    )
    chosen = {"chosen": named[0].item.id} if len(named) == 1 else {}
    return remember(named, slots) | {"asked": None, "topic": kind} | chosen


def propose(
    turn: Turn, reply: Reply, services: Services, slots: Slots, kind: Kind, suggestions: Sequence[Suggestion]
) -> Slots:
    """Show what was found of a kind; then ask where the person is, if that is not known."""
    if kind == "place":
        tell_services_elsewhere(reply, slots["services"], suggestions)
    missing_place = not slots.get("place") and kind != "place"
    apart = kind != "place" and slots.get("likes") and not any(is_about_wish(one) for one in suggestions)
    reply.say(
        "utter_nothing_exact" if apart else RESPONSES[kind],
        buttons=None if missing_place else NEXT,
        directives=[directive(suggestions, turn.now, vous=turn.vous)],
        count=texts.counted(len(suggestions), kind),
        around=texts.around(slots.get("place"), slots.get("when") if kind == "event" else None),
        likes=texts.listed([texts.quoted(like) for like in slots.get("likes") or ()], "ou"),
    )
    tell_accessible(turn, reply, kind, NEXT)
    trades = trades_beside(turn, reply, services, slots, NEXT) if apart and kind == "training" else []
    if missing_place:
        reply.say("utter_ask_place")
    return remember([*suggestions, *trades], slots) | {"asked": "place" if missing_place else None, "topic": kind}


def is_about_wish(suggestion: Suggestion) -> bool:
    """Say whether something is proposed for what the person likes, not only because it is near or open to all."""
    return any(reason.kind in ("words", "family", "interests") for reason in suggestion.reasons)


def nothing_found(reply: Reply, slots: Slots, kind: Kind) -> Slots:
    """Say that there is none, near the place that is known, and what else can be done."""
    others = [one for one in NOTHING if one != kind]
    ways = [button(texts.NEXT_STEPS[f"find_{one}"], f"find_{one}") for one in others]
    here = (slots.get("place") or {}).get("label")
    if here and not slots.get("within_km"):
        ways.insert(0, button(FURTHER[kind], "refine", reach="further", kind=kind))
    reply.say(
        NOTHING_HERE[kind] if here else NOTHING[kind], buttons=[*ways, button("Des idées de métiers", "explore_jobs")],
        place=texts.of(here) if here else "", subject=subject_of(slots, kind),
    )  # fmt: skip
    return {"asked": None if here else "place", "topic": kind}


def named_items(turn: Turn, services: Services, slots: Slots, kind: Kind) -> list[Suggestion]:
    """Return what the message asks for by its own name, in its order."""
    if not turn.text:
        return []
    place = Place(**slots["place"]) if slots.get("place") else None
    refused = services_named(turn.text)[1]
    with stage("knowledge"):
        found = services.knowledge.items_named(turn.text, kind, turn.now, place)
    found = [one for one in found if one[0].details.get("service") not in refused]
    return [Suggestion(item, 1.0, named_as(item, turn), distance) for item, distance in found[:MOST_NAMED]]


def named_as(item: Item, turn: Turn) -> tuple[Reason, ...]:
    """Return the name as the reason where it was said to the letter."""
    name = str(item.details.get("campaign") or item.title)
    return (Reason("words", words=name),) if fold(name) in fold(turn.text) else ()


def not_sure(reply: Reply) -> Slots:
    """Nothing known clearly fits: ask rather than guess."""
    buttons = theme_buttons(6)
    reply.say("utter_not_sure", buttons=buttons)
    return {"asked": "likes", "likes": None}


def no_more(reply: Reply) -> Slots:
    """Everything that fits was shown: say so, and offer another door."""
    buttons = [button("Des formations", "find_training"), button("Des événements", "find_event")]
    buttons += theme_buttons(4)
    reply.say("utter_no_more", buttons=buttons)
    return {"asked": "likes"}


def ask_for_interest(turn: Turn, reply: Reply, kind: Kind | None = None) -> Slots:
    """Ask what the person is drawn to, to find a `kind` or ideas; never in the same words twice running."""
    again = turn.slot("asked") == "likes"
    first = "utter_ask_interest_for_training" if kind == "training" else "utter_ask_interest"
    reply.say("utter_ask_interest_again" if again else first, buttons=theme_buttons())
    return {"asked": "likes_again" if again else "likes"}


def remember(shown: Sequence[Suggestion], slots: Slots) -> Slots:
    """Keep what was shown, so that « pourquoi ? », « pas pour moi » and « autre chose » know what they speak of."""
    seen = list(dict.fromkeys([*(slots.get("seen") or []), *(one.item.id for one in shown)]))
    rows = [row_of(one, slots) for one in shown]
    return {"shown": rows, "seen": seen, "chosen": None}


def row_of(shown: Suggestion, slots: Slots) -> dict[str, Any]:
    """Return what is kept of something shown."""
    return {
        "id": shown.item.id,
        "kind": shown.item.kind,
        "code": shown.item.code,
        "title": shown.item.title,
        "why": texts.why(shown, vous=slots.get("register") == "vous"),
        "distance_km": shown.distance_km,
    }
