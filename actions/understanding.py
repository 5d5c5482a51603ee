"""What a message tells of the person, as slots: facts stated, a place, a period, wishes, a situation."""

from dataclasses import asdict
from typing import Any

from actions import texts
from actions.base import Reply, Slots
from actions.cards import button
from actions.services import Services
from actions.situations import situations_in
from actions.timing import stage
from actions.turn import Turn

MOST_LIKES = 3
AGES = {"under_15": 14, "15_17": 16, "18_25": 20, "26_plus": 30}
ABOUT_TIME = ("find_event", "refine")  # intents in which a day is looked for whether or not one was marked
# A message that says this takes back what was said before it.
CORRECTIONS = ("finalement", "en fait", "plutôt", "plutot", "non ", "nan ", "je me suis trompé", "change d'avis")


def understand(turn: Turn, services: Services) -> Slots:
    """Return the slots that this message changes, and `place_choice` when a place name is not certain."""
    changes = stated(turn.entities)
    changes |= _place(turn, services)
    changes |= when_said(turn, services)
    changes |= _wishes(turn, services)
    known = set(turn.slot("situations", []))
    if not (told := situations_in(turn.text)) <= known:
        changes["situations"] = sorted(told | known)
    changes = {name: value for name, value in changes.items() if value != turn.slot(name) or name == "place_choice"}
    if "likes" in changes or "dislikes" in changes:
        changes["seen"] = None
    return changes


def stated(entities: dict[str, Any]) -> Slots:
    """Return the slots that facts stated outright change: all but places and wishes."""
    changes: Slots = {}
    if "age" in entities:
        age = int(entities["age"])
        changes |= {"age": age, "age_group": age_group(age)}
    if entities.get("age_group") in AGES:
        changes |= {"age": AGES[entities["age_group"]], "age_group": entities["age_group"]}
    if isinstance(entities.get("level"), int):  # « Ulis », « titre pro »: words that name no level of the scale
        changes["level"] = entities["level"]
    if "mobility" in entities:
        changes["without_car"] = entities["mobility"] == "no_car"
    if "modality" in entities:
        changes["modality"] = entities["modality"]
    return changes


def when_said(turn: Turn, services: Services) -> Slots:
    """Return the period that a message names: it holds for events, and is kept while they are spoken of."""
    said = turn.text if "date" in turn.entities or turn.intent in ABOUT_TIME else ""
    period = services.knowledge.period(said, turn.now) if said else None
    if period is None:
        return {}
    return {"when": {"start": period.start.isoformat(), "end": period.end.isoformat(), "words": period.words}}


def age_group(age: int) -> str:
    """Return the group that rules and statistics use."""
    return "under_15" if age < 15 else "15_17" if age < 18 else "18_25" if age < 26 else "26_plus"


def _place(turn: Turn, services: Services) -> Slots:
    named = turn.entities.get("place") or turn.entities.get("postcode")
    if not named:
        return {}
    with stage("places"):
        found = services.knowledge.places_named(str(named))
        if len(found) > 1 and named != turn.entities.get("postcode", named):
            # « Saint-Denis, 93200 »: the postcode tells it from its namesakes.
            found = services.knowledge.places_named(str(turn.entities["postcode"])) or found
    if at := turn.entities.get("place_at"):
        found = [place for place in found if spot(place.latitude, place.longitude) == at]
    if len(found) == 1:
        return {"place": asdict(found[0])}
    return {"place_choice": [asdict(place) for place in found]}


def spot(latitude: float, longitude: float) -> str:
    """Write coordinates as a button carries them: namesakes may share everything else."""
    return f"{latitude:.3f} {longitude:.3f}"


def _wishes(turn: Turn, services: Services) -> Slots:
    if theme := turn.entities.get("theme"):
        return {"likes": [str(theme)]}
    if not turn.text:
        return {}
    wishes = services.knowledge.wishes(turn.text, turn.spans)
    with stage("wishes"):
        new_likes = [like for like in wishes.likes if services.knowledge.means_something(like)]
    changes: Slots = {}
    if new_likes:
        corrects = any(word in turn.text.lower() for word in CORRECTIONS)
        before = [] if corrects else [like for like in turn.slot("likes", []) if like not in new_likes]
        changes["likes"] = (new_likes + before)[:MOST_LIKES]
    if wishes.dislikes:
        before = [one for one in turn.slot("dislikes", []) if one not in wishes.dislikes]
        changes["dislikes"] = [*wishes.dislikes, *before][:MOST_LIKES]
    return changes


def tell_place_choice(turn: Turn, reply: Reply, choices: list[dict[str, Any]]) -> Slots:
    """Ask which of several places is meant, or for a postcode when none is known by that name."""
    if not choices:
        reply.say("utter_unknown_place")
    else:
        buttons = [
            button(
                choice_title(place),
                "inform",
                place=place["label"],
                place_at=spot(place["latitude"], place["longitude"]),
            )
            for place in choices
        ]
        reply.say("utter_which_place", buttons=buttons)
    return {"asked": "place"}


def choice_title(place: dict[str, Any]) -> str:
    """« Saint-Denis (93) », or the large town it is near where its department is not known."""
    if place["department"]:
        return f"{place['label']} ({place['department']})"
    return f"{place['label']} (près {texts.of(place['near'])})" if place["near"] else str(place["label"])
