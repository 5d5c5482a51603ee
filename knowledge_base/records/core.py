"""The library's vocabulary: what is known (Item), who asks (Profile), and what is proposed (Suggestion)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["job_family", "training", "event", "place", "campaign", "need"]
Modality = Literal["onsite", "remote", "hybrid"]
# What is proposed to a person; campaigns group events, and companies' needs are shown by the follow-up alone.
KINDS: tuple[Kind, ...] = ("job_family", "training", "event", "place")


@dataclass(frozen=True)
class Place:
    """A point with a name people use. Coordinates are WGS 84 degrees."""

    label: str
    latitude: float
    longitude: float
    commune: str | None = None
    department: str | None = None
    postcode: str | None = None
    near: str | None = None  # a large town by which one tells it from its namesakes
    region: str | None = None  # INSEE code


@dataclass(frozen=True)
class Item:
    """Anything that can be proposed. `details` holds the rest of its record, as its file or importer gave it."""

    id: str
    kind: Kind
    code: str | None
    title: str
    text: str
    families: tuple[str, ...] = ()
    place: Place | None = None
    modality: Modality | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    entry_level: int | None = None
    exit_level: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    without_car: bool | None = None
    source: str | None = None
    source_url: str | None = None
    verified_at: datetime | None = None
    valid_until: datetime | None = None  # never proposed afterwards; without it, for a time after `verified_at`
    cancelled: bool = False
    demo: bool = False
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """What is known of the person, in their own words where they spoke them."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()  # ids of items they said no to
    seen: frozenset[str] = frozenset()  # ids already shown, left out when they ask for something else
    place: Place | None = None
    age: int | None = None
    level: int | None = None  # RNCP scale: 0 without diploma, 3 CAP, 4 bac, 5 bac+2, 6 bac+3, 7 bac+5
    without_car: bool = False
    modality: Modality | None = None
    riasec: str = ""  # the person's types, the strongest first, when a quiz told
    services: tuple[str, ...] = ()  # kinds of place that serve this person, best first; any when empty
    event_type: str | None = None  # of the events wished for, as records name it, if the person said
    between: tuple[datetime, datetime] | None = None  # when events must take place, if the person said
    within_km: float | None = None  # how far to look, if the person said closer or further


@dataclass(frozen=True)
class Reason:
    """Why something is proposed, as data: the words of the person that matched, or a fact."""

    kind: Literal["words", "family", "near", "remote", "level", "without_car", "age", "service", "interests", "alike"]
    words: str | None = None
    fact: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """An item, how well it fits (about 0.8 to 1.1, comparable within one kind), and why."""

    item: Item
    score: float
    reasons: tuple[Reason, ...]
    distance_km: float | None = None


@dataclass(frozen=True)
class Recommendation:
    """What to propose now, best first. `sure` is false when nothing known clearly fits what was said."""

    job_families: tuple[Suggestion, ...] = ()
    trainings: tuple[Suggestion, ...] = ()
    events: tuple[Suggestion, ...] = ()
    places: tuple[Suggestion, ...] = ()
    sure: bool = True


@dataclass(frozen=True)
class Found:
    """One answer of a plain search."""

    item_id: str
    code: str | None
    title: str
    score: float


@dataclass(frozen=True)
class Tried:
    """A sentence: at which rank an item came (None: not among those looked at), and the titles that came first."""

    sentence: str
    rank: int | None
    first: tuple[str, ...]
