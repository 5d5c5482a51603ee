"""From a profile to what to propose now: families that serve every wish, and what is near, dated and open to them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

import numpy as np

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.records import Kind, Profile, Reason, Recommendation, Suggestion
from knowledge_base.search import Hit, Query, encode_wishes, run

# What somebody who has said no wish yet is taken to ask for.
ANYTHING = ("découvrir des métiers et des formations",)
FAMILIES = 3
RELATED = 10  # families that a training or an event may concern, the three proposed among them
OTHERS = 3
# A family as near to a dislike as to the best like, within this much, is refused (docs/decisions/0003).
REFUSAL_MARGIN = 0.005
# How many of the families nearest to a dislike are refused whatever else they match.
REFUSED_BY_NAME = 3
# Families this much below the best one do not fit any more: in 95 % of golden queries the right one is within 0.026.
KEPT_WITHIN = 0.06
DISTANCE_WEIGHT = 0.0008  # a kilometre costs this much score: 25 km weigh like a slightly worse match
REMOTE_KM = 15.0  # attending from home weighs like going this far: meeting people is the point where it is near
FAMILY_BONUS = 0.04  # an event or a training on a proposed family


def recommend(
    pool: Pool, encoder: Encoder, profile: Profile, now: datetime, fits_from: float, kinds: Sequence[Kind]
) -> Recommendation:
    """Propose at most a handful of each kind; `sure` is false when no family clearly fits."""
    vectors = encode_wishes(encoder, [*(profile.likes or ANYTHING), *profile.dislikes])
    near = job_families(pool, encoder, profile, now, vectors, top=RELATED) if profile.likes else []
    families = near[:FAMILIES]
    codes = [hit.item.code for hit in near if hit.item.code]
    sure = bool(families) and max(families[0].scores[: len(profile.likes)]) >= fits_from
    found = {
        kind: tuple(around(pool, encoder, profile, now, vectors, kind, codes))
        for kind in ("training", "event", "place")
        if kind in kinds
    }
    return Recommendation(
        job_families=tuple(_suggestion(hit, profile, codes) for hit in families),
        trainings=found.get("training", ()),
        events=found.get("event", ()),
        places=found.get("place", ()),
        sure=sure,
    )


def job_families(
    pool: Pool, encoder: Encoder, profile: Profile, now: datetime, vectors: np.ndarray, top: int = FAMILIES
) -> list[Hit]:
    """Return families that serve each like in turn, without those refused by name or by a dislike."""
    wishes = [*profile.likes, *profile.dislikes]
    hits = run(pool, encoder, Query("job_family", wishes, now, limit=600), vectors)
    likes = len(profile.likes)
    refused = _refused(hits, likes) | profile.refused | profile.seen
    kept = [hit for hit in hits if hit.item.id not in refused and hit.item.code not in refused]
    by_like = [_fitting(hits, kept, number)[:top] for number in range(likes)]
    chosen: dict[str, Hit] = {}
    for row in zip_longest(*by_like):
        for hit in row:
            if hit is not None:
                chosen.setdefault(hit.item.id, hit)
    return list(chosen.values())[:top]


def _fitting(hits: list[Hit], kept: list[Hit], number: int) -> list[Hit]:
    """Return the families kept that answer a wish about as well as the best of all does, best first."""
    best = max((hit.scores[number] for hit in hits), default=0.0)
    near = [hit for hit in kept if hit.scores[number] >= best - KEPT_WITHIN]
    return sorted(near, key=lambda hit: -hit.scores[number])


def _refused(hits: list[Hit], likes: int) -> set[str]:
    """Ids of the families that a dislike names: among its nearest, or nearer to it than to any like."""
    refused: set[str] = set()
    for number in range(likes, len(hits[0].scores) if hits else 0):
        nearest = sorted(hits, key=lambda hit: -hit.scores[number])[:40]
        by_name = {hit.item.id for hit in nearest[:REFUSED_BY_NAME]}
        refused |= {
            hit.item.id
            for hit in nearest
            if hit.scores[number] >= max(hit.scores[:likes]) - REFUSAL_MARGIN
            or (hit.item.id in by_name and hit.scores[number] >= max(hit.scores[:likes]) - 4 * REFUSAL_MARGIN)
        }
    return refused


def around(
    pool: Pool,
    encoder: Encoder,
    profile: Profile,
    now: datetime,
    vectors: np.ndarray,
    kind: Kind,
    codes: Sequence[str],
    top: int = OTHERS,
) -> list[Suggestion]:
    """Return trainings, events or places that suit the wishes and can be reached, nearer and better first."""
    likes = profile.likes or ANYTHING
    query = Query(
        kind,
        likes,
        now,
        place=profile.place,
        without_car=profile.without_car,
        level=profile.level if kind == "training" else None,
        age=profile.age,
        modality=profile.modality,
        families=list(codes) if kind != "place" and codes else None,
    )
    hits = run(pool, encoder, query, vectors[: len(likes)])
    left = [hit for hit in hits if hit.item.id not in profile.refused | profile.seen]
    left.sort(key=lambda hit: -_worth(hit, codes))
    return [_suggestion(hit, profile, codes) for hit in left[:top]]


def _worth(hit: Hit, codes: Sequence[str]) -> float:
    shared = [codes.index(code) for code in hit.item.families if code in codes]
    # The nearer the family, the more it counts: all of the bonus for the first, a tenth of it for the last.
    bonus = FAMILY_BONUS * (1 - min(shared) / RELATED) if shared else 0.0
    effort = REMOTE_KM if hit.item.modality == "remote" else hit.distance_km or 0.0
    return max(hit.scores) + bonus - DISTANCE_WEIGHT * effort


def _suggestion(hit: Hit, profile: Profile, codes: Sequence[str]) -> Suggestion:
    best = max(range(len(profile.likes) or 1), key=lambda number: hit.scores[number])
    reasons = [Reason("words", words=profile.likes[best])] if profile.likes else []
    item = hit.item
    if item.kind != "job_family":
        shared = [code for code in codes if code in item.families]
        reasons += [Reason("family", fact=shared[0])] if shared else []
        reasons += _circumstances(hit, profile)
    return Suggestion(item, round(hit.scores[best], 4), tuple(reasons), _kilometres(hit.distance_km))


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
