"""Searching one kind of thing for a profile, for a trade aimed at, and but for what is refused by its name."""

from dataclasses import replace

from actions.beside_found import must_register, wants_free_entry
from actions.service_choice import service_id
from actions.services import Services
from actions.timing import stage
from actions.turn import Turn
from knowledge_base import Item, Kind, Profile, Reason, Suggestion
from knowledge_base.french import fold

SEARCHES = 4  # at most, while all that is found is refused
STEM = 6  # letters by which a word refused is found in a title


def found_of(known: Profile, turn: Turn, services: Services, kind: Kind, aim: Item | None) -> tuple[Suggestion, ...]:
    """Search one kind, for the job aimed at if there is one."""
    if aim is not None:
        known = replace(known, likes=(aim.title.split(" / ")[0],), dislikes=(), seen=frozenset())
    suggestions: tuple[Suggestion, ...] = ()
    free = wants_free_entry(turn, kind)
    for _ in range(SEARCHES):
        found = search(known, turn, services, kind)
        suggestions = tuple(
            one for one in found if not is_refused(one.item, known) and not (free and must_register(one.item))
        )
        if suggestions or not found:
            break
        known = replace(known, refused=known.refused | {one.item.id for one in found})
    return suggestions if aim is None else tuple(aimed_at(one, aim) for one in suggestions)


def search(known: Profile, turn: Turn, services: Services, kind: Kind) -> tuple[Suggestion, ...]:
    """Search one kind; of services, any when none of those that are this person's is here."""
    known = replace(known, event_type=services.knowledge.event_type(turn.text) if kind == "event" else None)
    with stage("knowledge"):
        found = services.knowledge.recommend(known, turn.now, (kind,))
        if kind == "place" and not found.places and known.services:
            found = services.knowledge.recommend(replace(known, services=()), turn.now, (kind,))
    return {"training": found.trainings, "event": found.events, "place": found.places}[kind]


def is_refused(item: Item, known: Profile) -> bool:
    """Say whether an item's title, organiser or service is what the person does not want: « pas en apprentissage »."""
    if service_id(str(item.details.get("service"))) in known.refused:
        return True
    apprenticeship = "apprentissage" if item.details.get("alternance") else ""
    named = fold(f"{item.title} {item.details.get('organiser') or ''} {apprenticeship}")
    return any(word[:STEM] in named for one in known.dislikes for word in fold(one).split() if len(word) >= STEM)


def aimed_at(suggestion: Suggestion, aim: Item) -> Suggestion:
    """Say that it leads to the job pointed at, instead of quoting words that nobody said."""
    others = [reason for reason in suggestion.reasons if reason.kind not in ("words", "family")]
    return replace(suggestion, reasons=(Reason("family", fact=aim.title), *others))
