"""From a profile to what to propose now: families that serve every wish, and what is near, dated and open to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.families import Ranking, rank_families
from knowledge_base.french import fold, plain_words
from knowledge_base.matching import FamilyMatcher
from knowledge_base.records import Item, Kind, Place, Profile, Reason, Recommendation, Suggestion
from knowledge_base.search import Hit, Query, encode_wishes, item_of, run
from knowledge_base.wishes import Wishes

# What somebody who has said no wish yet is taken to ask for.
ANYTHING = ("découvrir des métiers et des formations",)
FAMILIES = 3
RELATED = 10  # families that a training or an event may concern, the three proposed among them
OTHERS = 3
SURE_FROM = 0.5  # below this confidence, a question is better than a guess
DISTANCE_WEIGHT = 0.0008  # a kilometre costs this much score: 25 km weigh like a slightly worse match
NARROW = 3  # families up to which the first tells what an event or a training is about
REMOTE_KM = 15.0  # attending from home weighs like going this far: meeting people is the point where it is near
FAMILY_BONUS = 0.04  # an event or a training on a proposed family
WORD_STEM = 5  # letters from which two words of the same beginning are the same thing
CERTIFICATION_MALUS = 0.05  # a diploma says less than a course one can join


def recommend(
    pool: Pool, encoder: Encoder, matcher: FamilyMatcher, profile: Profile, now: datetime, kinds: Sequence[Kind]
) -> Recommendation:
    """Propose at most a handful of each kind; `sure` is false when no family clearly fits."""
    aims = _aims(encoder, matcher, profile)
    vectors = encode_wishes(encoder, profile.likes or ANYTHING)
    found = {
        kind: tuple(around(pool, encoder, profile, now, vectors, kind, aims.titles, aims.averse))
        for kind in ("training", "event", "place")
        if kind in kinds
    }
    return Recommendation(
        job_families=tuple(_families(pool, aims.ranking, aims.served, profile)),
        trainings=found.get("training", ()),
        events=found.get("event", ()),
        places=found.get("place", ()),
        sure=aims.ranking is not None
        and bool(aims.served)
        and (not profile.likes or aims.ranking.confidence >= SURE_FROM),
    )


def ranked(
    pool: Pool, encoder: Encoder, matcher: FamilyMatcher, profile: Profile, now: datetime, kind: Kind, top: int
) -> list[Suggestion]:
    """Return what would be proposed of one kind, as far down as `top` (40 at most)."""
    aims = _aims(encoder, matcher, profile)
    vectors = encode_wishes(encoder, profile.likes or ANYTHING)
    return around(pool, encoder, profile, now, vectors, kind, aims.titles, aims.averse, top)


@dataclass(frozen=True)
class Aims:
    """What a profile leads to: families served, those near it by code and title, those that it is averse to."""

    ranking: Ranking | None
    served: list[tuple[str, float]]
    titles: dict[str, str]
    averse: frozenset[str]


def _aims(encoder: Encoder, matcher: FamilyMatcher, profile: Profile) -> Aims:
    wishes = Wishes(profile.likes, profile.dislikes)
    said = profile.likes or profile.riasec
    ranking = rank_families(matcher, encoder, wishes, riasec=profile.riasec) if said else None
    averse = ranking.averse if ranking else frozenset()
    if profile.dislikes and not said:
        averse = rank_families(matcher, encoder, wishes).averse
    titles = {one.code: one.title for one in matcher.traits}
    left_out = {one.removeprefix("job-") for one in profile.refused | profile.seen}
    served = []
    if ranking:
        served = ranking.served(FAMILIES, left_out) if profile.likes else ranking.spread(FAMILIES, left_out)
    codes = _related(ranking, served, left_out)
    return Aims(ranking, served, {code: titles[code] for code in codes}, averse)


def _related(ranking: Ranking | None, served: list[tuple[str, float]], left_out: set[str]) -> list[str]:
    """Return codes of families near what was said, those proposed first."""
    near = ranking.best(RELATED, left_out) if ranking else []
    return list(dict.fromkeys([code for code, _ in served] + [code for code, score in near if score > 0]))[:RELATED]


def _families(
    pool: Pool, ranking: Ranking | None, served: list[tuple[str, float]], profile: Profile
) -> list[Suggestion]:
    if ranking is None:
        return []
    items = _items_by_code(pool, [code for code, _ in served])
    numbers = {code: number for number, code in enumerate(ranking.codes)}
    return [
        Suggestion(items[code], round(score, 4), _reasons(ranking, numbers[code], profile))
        for code, score in served
        if code in items
    ]


def _reasons(ranking: Ranking, number: int, profile: Profile) -> tuple[Reason, ...]:
    """Return the like that a family answers best; the quiz where nothing else was said."""
    if not profile.likes:
        return (Reason("interests"),) if profile.riasec else ()
    best = int(np.argmax(ranking.scores[1:, number])) if len(profile.likes) > 1 else 0
    return (Reason("words", words=profile.likes[best]),)


def _items_by_code(pool: Pool, codes: Sequence[str]) -> dict[str, Item]:
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT * FROM knowledge.items WHERE kind = 'job_family' AND code = ANY (%s)", (list(codes),)
        ).fetchall()
    return {row["code"]: item_of(row) for row in rows}


def around(
    pool: Pool,
    encoder: Encoder,
    profile: Profile,
    now: datetime,
    vectors: np.ndarray,
    kind: Kind,
    titles: Mapping[str, str],
    averse: frozenset[str] = frozenset(),
    top: int = OTHERS,
) -> list[Suggestion]:
    """Return trainings, events or places that suit the wishes and can be reached, nearer and better first.

    `titles`: the families wished for, by code, best first; what is about `averse` ones is left out.
    """
    codes = list(titles)
    query = Query(
        kind,
        profile.likes or ANYTHING,
        now,
        place=profile.place,
        without_car=profile.without_car,
        level=profile.level if kind == "training" else None,
        age=profile.age,
        modality=profile.modality if kind != "place" else None,  # « mes démarches sur internet »
        families=list(codes) if kind != "place" and codes else None,
        left_out=sorted(profile.refused | profile.seen),
        between=profile.between if kind == "event" else None,
        within_km=profile.within_km,
        services=profile.services if kind == "place" and profile.services else None,
    )
    hits = [
        hit
        for hit in run(pool, encoder, query, vectors)
        if is_for_residents_of(hit.item, profile.place) and not _is_about(averse, hit.item)
    ]
    _sort(hits, profile, query, codes)
    return [_suggestion(hit, profile, titles) for hit in hits[:top]]


def _is_about(averse: frozenset[str], item: Item) -> bool:
    """Say whether an item leads to averse families alone, or to few families and first of all to such a one."""
    few = item.families[:1] if len(item.families) <= NARROW else item.families
    return bool(few) and averse.issuperset(few)


def _sort(hits: list[Hit], profile: Profile, query: Query, codes: Sequence[str]) -> None:
    if query.kind == "event" and (query.between or not (profile.likes or profile.riasec)):
        # Asked for by date, or by nobody's taste: what comes first comes first, the nearer of one day before.
        hits.sort(key=lambda hit: (_day(hit.item), _effort(hit)))
    else:
        hits.sort(key=lambda hit: (_rank(hit.item, query.services), -_worth(hit, codes)))
    if profile.event_type:
        hits.sort(key=lambda hit: hit.item.details.get("type") != profile.event_type)  # « un job dating »


def is_for_residents_of(item: Item, place: Place | None) -> bool:
    """Say whether somebody of this place may have it: some schemes are for the residents of a region alone."""
    regions = (item.details.get("public") or {}).get("regions")
    return not regions or place is None or place.region is None or place.region in regions


def _day(item: Item) -> str:
    return item.starts_at.date().isoformat() if item.starts_at else ""


def _effort(hit: Hit) -> float:
    return REMOTE_KM if hit.item.modality == "remote" else hit.distance_km or 0.0


def _rank(item: Item, services: Sequence[str] | None) -> int:
    """Return how well a place serves the person's case: 0 for the service that is theirs first."""
    return services.index(item.details["service"]) if services else 0


def _worth(hit: Hit, codes: Sequence[str]) -> float:
    shared = [codes.index(code) for code in hit.item.families if code in codes]
    # The nearer the family, the more it counts: all of the bonus for the first, a tenth of it for the last.
    bonus = FAMILY_BONUS * (1 - min(shared) / RELATED) if shared else 0.0
    malus = CERTIFICATION_MALUS if hit.item.details.get("certification") else 0.0
    return max(hit.scores) + bonus - malus - DISTANCE_WEIGHT * _effort(hit)


def _suggestion(hit: Hit, profile: Profile, titles: Mapping[str, str]) -> Suggestion:
    best = max(range(len(profile.likes) or 1), key=lambda number: hit.scores[number])
    shared = [title for code, title in titles.items() if code in hit.item.families]
    reasons = [Reason("family", fact=shared[0])] if shared else []
    reasons += _circumstances(hit, profile)
    if hit.item.kind == "place" and hit.item.details.get("service") in profile.services:
        reasons.insert(0, Reason("service", fact=hit.item.details["service"]))
    elif profile.likes and (shared or not reasons or _names(hit.item, profile.likes[best])):
        reasons.insert(0, Reason("words", words=profile.likes[best]))
    return Suggestion(hit.item, round(hit.scores[best], 4), tuple(reasons), _kilometres(hit.distance_km))


def _names(item: Item, like: str) -> bool:
    """Say whether an item speaks of a like in its own words: what is only near is no reason to quote somebody."""
    said = {word[:WORD_STEM] for word in fold(plain_words(like)).split() if len(word) >= WORD_STEM}
    return any(word[:WORD_STEM] in said for word in fold(f"{item.title} {item.text}").split())


def _circumstances(hit: Hit, profile: Profile) -> list[Reason]:
    """Facts beside the wish that make it doable: near, remote, open at this level, no car needed."""
    item = hit.item
    found = []
    if item.modality == "remote":
        found.append(Reason("remote"))
    elif hit.distance_km is not None and profile.place:
        found.append(Reason("near", fact=profile.place.label))
    if item.entry_level == 0 or (profile.level is not None and item.entry_level is not None):
        found.append(Reason("level", fact=str(item.entry_level)))
    if profile.without_car and item.without_car:
        found.append(Reason("without_car"))
    return found


def _kilometres(distance: float | None) -> float | None:
    return None if distance is None else round(distance, 1)
