"""Reading the profile from the slots, which hold its truth."""

from datetime import datetime
from typing import Any

from actions.texts import profile
from knowledge_base import Place, Profile

Slots = dict[str, Any]

AGES = {"under_15": 14, "15_17": 16, "18_25": 20, "26_plus": 30}  # an age of each group, where none was said

EMPTY = dict.fromkeys(
    (
        "likes",
        "dislikes",
        "refused",
        "seen",
        "place",
        "age",
        "age_group",
        "level",
        "without_car",
        "modality",
        "shown",
        "chosen",
        "asked",
        "topic",
        "riasec",
        "quiz",
        "when",
        "situations",
        "about",
        "misses",
        "within_km",
        "intake",
        "outcomes",
        "subject",
        "who",
        "people",
        "danger",
        "told_french",
    )
)


def profile_of(slots: dict[str, Any]) -> Profile:
    """Read the profile from the slots."""
    return Profile(
        likes=tuple(slots.get("likes") or ()),
        dislikes=tuple(slots.get("dislikes") or ()),
        refused=frozenset(slots.get("refused") or ()),
        seen=frozenset(slots.get("seen") or ()),
        place=Place(**slots["place"]) if slots.get("place") else None,
        age=age_of(slots),
        level=slots.get("level"),
        without_car=bool(slots.get("without_car")),
        modality=slots.get("modality"),
        riasec=slots.get("riasec") or "",
        services=tuple(slots.get("services") or ()),
        between=_between(slots.get("when")),
        within_km=slots.get("within_km"),
    )


def age_of(slots: Slots) -> int | None:
    """Return the age said, or one of the group pressed."""
    return slots.get("age") or AGES.get(slots.get("age_group") or "")


def _between(when: dict[str, str] | None) -> tuple[datetime, datetime] | None:
    return (datetime.fromisoformat(when["start"]), datetime.fromisoformat(when["end"])) if when else None


def is_drawn(slots: Slots) -> bool:
    """Say whether something is known of what draws the person: their words, or the quiz."""
    return bool(slots.get("likes") or slots.get("riasec"))


COPIED = ("likes", "dislikes", "refused", "riasec", "age", "age_group", "level", "without_car", "modality", "place",
          "register")  # fmt: skip


def profile_directive(slots: Slots) -> dict[str, Any]:
    """Return the directive that gives the gateway its read-only copy, as facts and as sentences."""
    place = slots.get("place") or {}
    facts = {name: slots.get(name) for name in COPIED}
    return {
        "type": "profile",
        "facts": facts
        | {"place": place.get("label"), "department": place.get("department"), "told": profile.profile_lines(slots)},
    }
