"""A knowledge base of a few lines, with a handful of items, for tests of actions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from knowledge_base import Item, Kind, Place, Profile, Reason, Recommendation, Suggestion
from knowledge_base.answers import Answer, Asked
from knowledge_base.french import fold
from knowledge_base.geography import fold_place
from knowledge_base.periods import Period, period_of
from knowledge_base.records import KINDS, Found
from knowledge_base.routing import services_for
from knowledge_base.wishes import Wishes, wishes_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BESANCON = Place("Besançon", 47.24, 6.02, commune="Besançon", department="25", postcode="25000")
SAINT_DENIS = Place("Saint-Denis", 48.94, 2.35, commune="Saint-Denis", department="93", postcode="93200")
FAR_SAINT_DENIS = Place("Saint-Denis", -20.88, 55.45, commune="Saint-Denis", department="974", postcode="97400")
VOUILLE = Place("Vouillé", 46.64, 0.17, commune="Vouillé")
OTHER_VOUILLE = Place("Vouillé", 46.32, -0.37, commune="Vouillé")


def item(kind: Kind, name: str, title: str, **known: Any) -> Item:
    """An item with what every card needs."""
    facts: dict[str, Any] = {"code": None, "text": f"{title}.", "source": "Exemple", "verified_at": NOW, "details": {}}
    return Item(id=f"{'job' if kind == 'job_family' else kind}-{name}", kind=kind, title=title, **(facts | known))


TRADE: dict[str, Any] = {
    "neighbours": ["D1102", "A1203"],
    "ways_in": {"0": "Sans diplôme, on commence à la plonge.", "3": "Avec un CAP, on est embauché."},
    "digital": "Une appli tient le stock.",
    "misconception": {"belief": "C'est toujours la nuit.", "truth": "Pas dans les cantines."},
    "conditions": {"outdoors": "never", "odd_hours": "often", "carrying": "sometimes", "screen": "never",
                   "contact": "sometimes", "together": "team"},
    "hard_sides": ["la chaleur", "rester debout"],
}  # fmt: skip
COOK = item("job_family", "G1602", "Personnel de cuisine", code="G1602", families=("G1602",), details=TRADE)
BAKER = item(
    "job_family", "D1102", "Boulanger / Boulangère de tradition", code="D1102", families=("D1102",), details=TRADE
)
GARDENER = item("job_family", "A1203", "Entretien des espaces verts", code="A1203", families=("A1203",))
BUTCHER = item("job_family", "D1101", "Boucherie", code="D1101", families=("D1101",))
FORUM = item(
    "event", "forum", "Forum des métiers", place=BESANCON, modality="onsite", starts_at=NOW + timedelta(days=3)
)
VISIT = item(
    "event", "visite", "Visite d'une cuisine", place=BESANCON, modality="onsite", starts_at=NOW + timedelta(days=5)
)
COURSE = item("training", "cap", "CAP cuisine", place=BESANCON, modality="onsite", entry_level=0)
OFFICE = item("place", "ml", "Mission Locale", place=BESANCON, modality="onsite", details={"service": "mission_locale"})
ITEMS = (COOK, BAKER, GARDENER, BUTCHER, FORUM, VISIT, COURSE, OFFICE)


@dataclass
class FakeKnowledge:
    """Answers with the first items of each kind that were neither seen nor refused; remembers the profiles given."""

    items: Sequence[Item] = ITEMS
    sure: bool = True
    meaningless: frozenset[str] = frozenset()
    unproposed: frozenset[str] = frozenset()  # ids known, though no wish finds them
    named: dict[str, list[Place]] = field(
        default_factory=lambda: {
            "besancon": [BESANCON],
            "25000": [BESANCON],
            "saint denis": [SAINT_DENIS, FAR_SAINT_DENIS],
            "vouille": [VOUILLE, OTHER_VOUILLE],
        }
    )
    asked: list[Profile] = field(default_factory=list)
    answered: list[tuple[Answer, float]] = field(default_factory=list)
    asked_where: list[tuple[str, Answer]] = field(default_factory=list)  # words, and the answer that they ask for

    def recommend(self, profile: Profile, now: datetime, kinds: Sequence[Kind] = KINDS) -> Recommendation:
        self.asked.append(profile)
        left = [one for one in self.items if one.id not in profile.refused | profile.seen | self.unproposed]
        if between := profile.between:
            left = [one for one in left if one.starts_at is None or between[0] <= one.starts_at < between[1]]
        reasons = tuple(Reason("words", words=like) for like in profile.likes[:1])

        def best(kind: Kind, *, wanted: bool) -> tuple[Suggestion, ...]:
            return tuple(Suggestion(one, 0.9, reasons) for one in left if wanted and one.kind == kind)[:2]

        return Recommendation(
            job_families=best("job_family", wanted=bool(profile.likes or profile.riasec)),
            trainings=best("training", wanted="training" in kinds),
            events=best("event", wanted="event" in kinds),
            places=best("place", wanted="place" in kinds),
            sure=self.sure,
        )

    def wishes(self, text: str, ignored: tuple[tuple[int, int], ...] = ()) -> Wishes:
        return wishes_of(text, ignored)

    def means_something(self, wish: str, at_least: float = 0.5) -> bool:
        return wish not in self.meaningless

    def job_called(self, name: str) -> str | None:
        found = self.search(name)
        return found[0].item_id if found else None

    def items_named(
        self, text: str, kind: Kind, now: datetime, place: Place | None = None
    ) -> list[tuple[Item, float | None]]:
        words = fold(text)
        return [(one, None) for one in self.items if one.kind == kind and fold(one.title) in words]

    def search(self, text: str, kind: Kind = "job_family", top: int = 10) -> list[Found]:
        words = fold(text).split()
        found = [one for one in self.items if one.kind == kind and any(word in fold(one.title) for word in words)]
        return [Found(one.id, one.code, one.title, 1.0) for one in found[:top]]

    @property
    def answers(self) -> dict[str, Answer]:
        return {one.id: one for one in (*(one for one, _ in self.answered), *(one for _, one in self.asked_where))}

    def answers_to(self, question: str, top: int = 3) -> list[tuple[Answer, float]]:
        return self.answered[:top]

    def asked_in(self, text: str, *, of_rights: bool = False, told: bool = False) -> list[Asked]:
        found = [(text.find(words), words, answer) for words, answer in self.asked_where if words in text]
        return [Asked(at, at + len(words), answer.id, 1.0) for at, words, answer in found]

    def services_for(self, age: int | None, situations: Collection[str]) -> list[str]:
        return services_for(age, situations)

    def period(self, text: str, now: datetime) -> Period | None:
        return period_of(text, now)

    def places_named(self, text: str) -> list[Place]:
        return self.named.get(fold_place(text), [])

    def offering(self, places: Sequence[Place]) -> list[Place]:
        return list(places)

    def event_type(self, text: str) -> str | None:
        return None

    def item(self, item_id: str) -> Item | None:
        return next((one for one in self.items if one.id == item_id), None)
