"""Golden searches: wishes in young people's words, and what must come of them. Written before any tuning."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from knowledge_base import KnowledgeBase, Profile

HERE = Path(__file__).parent
# What the first version reaches on families with phrases of ours and without (docs/decisions/0003).
HIT_AT_1, HIT_AT_5 = 0.64, 0.86
REFUSED_IN_TOP_3 = 2


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open() as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def test_wishes_find_their_families(knowledge: KnowledgeBase) -> None:
    first = five = 0
    rows = rows_of("youth.tsv")
    missed = []
    for row in rows:
        found = [one.code for one in knowledge.search(row["text"], top=5)]
        wanted = set(row["codes"].split(","))
        first += found[0] in wanted
        five += bool(wanted & set(found))
        missed += [] if wanted & set(found) else [row["text"]]
    assert first / len(rows) >= HIT_AT_1, first / len(rows)
    assert five / len(rows) >= HIT_AT_5, missed


def test_what_is_refused_is_not_proposed(knowledge: KnowledgeBase) -> None:
    shown = []
    for row in rows_of("refusals.tsv"):
        wishes = knowledge.wishes(row["text"])
        profile = Profile(likes=wishes.likes, dislikes=wishes.dislikes)
        found = knowledge.recommend(profile, datetime.now(UTC), ()).job_families
        refused = tuple(row["refused"].split(","))
        shown += [(row["text"], one.item.code) for one in found if (one.item.code or "").startswith(refused)]
    assert len({text for text, _ in shown}) <= REFUSED_IN_TOP_3, shown


def test_past_events_are_never_proposed(knowledge: KnowledgeBase) -> None:
    profile = Profile(likes=("le numérique",))
    now = datetime.now(UTC)
    events = knowledge.recommend(profile, now, ("event",)).events
    assert events
    latest = max(one.item.starts_at for one in events if one.item.starts_at)
    assert not [one for one in knowledge.recommend(profile, latest, ("event",)).events if one.item.starts_at == latest]
    assert all(one.item.starts_at and one.item.starts_at > now for one in events)


def test_level_and_distance_filter_what_is_proposed(knowledge: KnowledgeBase) -> None:
    besancon = knowledge.places_named("Besançon")[0]
    profile = Profile(likes=("l'informatique",), place=besancon, level=0, without_car=True)
    found = knowledge.recommend(profile, datetime.now(UTC), ("training",)).trainings
    assert found
    for one in found:
        assert one.item.entry_level in (None, 0)
        assert one.distance_km is None or one.distance_km <= 20 or one.item.modality == "remote"


def test_rank_orders_any_corpus_with_the_same_matcher(knowledge: KnowledgeBase) -> None:
    corpus = [("a", "boulanger"), ("b", "développeur web"), ("c", "aide-soignant")]
    ranked = list(knowledge.rank([("1", "coder des sites"), ("2", "faire du pain")], corpus, top=3))
    assert [answers[0][0] for answers in ranked] == ["b", "a"]
    assert all(len(answers) == 3 for answers in ranked)


def test_a_postcode_and_a_name_find_the_same_town(knowledge: KnowledgeBase) -> None:
    assert knowledge.places_named("59300")[0].label == "Valenciennes"
    assert knowledge.places_named("25000")[0].label == "Besançon"
    assert knowledge.places_named("planoise")[0].label == "Planoise (Besançon)"
    assert len(knowledge.places_named("saint denis")) == 2
    assert knowledge.places_named("trifouillis") == []
