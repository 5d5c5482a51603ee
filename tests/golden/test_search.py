"""Golden searches: wishes in young people's words, and what must come of them.

Written before any tuning, by others than those who wrote the catalogue. `*_dev.tsv` were looked at while tuning,
`*_heldout.tsv` never.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase, Profile
from knowledge_base.evaluation import Case, interval, read_cases, read_texts
from knowledge_base.families import rank_families
from knowledge_base.wishes import Wishes

HERE = Path(__file__).parent
HIT_AT_1, HIT_AT_5 = 0.75, 0.93  # reached when the 95 % interval reaches them
LABELS_AT_1, LABELS_AT_5 = 0.75, 0.92  # without ROME's titles; with them 0.80 and 0.95 (docs/decisions/0009)
# At most 2 of 40; the larger and harder sets, 8 of 160.
REFUSED_IN_TOP_3 = {"refusals": 2, "refusals_dev": 2, "refusals_heldout": 2, "refusals_more": 8}
LOST_IN_SMS = 0.05
TAKEN_FOR_A_WISH = 0.30  # share of small talk and noise; measured 0.25 (docs/decisions/0009)
TASTES_TAKEN = 0.94  # measured 0.97


def ranks(knowledge: KnowledgeBase, cases: list[Case]) -> list[int]:
    return [case.rank([one.code or "" for one in knowledge.search(case.text, top=10)]) for case in cases]


@pytest.mark.parametrize("name", ["youth_dev", "youth_heldout"])
def test_wishes_find_their_families(knowledge: KnowledgeBase, name: str) -> None:
    found = ranks(knowledge, read_cases(HERE / f"{name}.tsv"))
    for limit, bar in ((1, HIT_AT_1), (5, HIT_AT_5)):
        hits = sum(0 < rank <= limit for rank in found)
        assert interval(hits, len(found))[1] >= bar, hits / len(found)


@pytest.mark.parametrize("name", ["job_labels_dev", "job_labels_heldout"])
def test_jobs_are_found_by_the_names_that_schools_give_them(knowledge: KnowledgeBase, name: str) -> None:
    found = ranks(knowledge, read_cases(HERE / f"{name}.tsv"))
    for limit, bar in ((1, LABELS_AT_1), (5, LABELS_AT_5)):
        hits = sum(0 < rank <= limit for rank in found)
        assert interval(hits, len(found))[1] >= bar, hits / len(found)


def test_sms_french_finds_almost_as_well_as_plain_french(knowledge: KnowledgeBase) -> None:
    cases = read_cases(HERE / "sms_pairs.tsv")
    hits = {
        kind: sum(0 < rank <= 5 for rank in ranks(knowledge, [case for case in cases if case.kind == kind]))
        for kind in ("plain", "sms")
    }
    assert len(cases) >= 300
    assert hits["plain"] - hits["sms"] < LOST_IN_SMS * len(cases) / 2, hits


@pytest.mark.parametrize("name", sorted(REFUSED_IN_TOP_3))
def test_what_is_refused_is_not_found_first(knowledge: KnowledgeBase, name: str) -> None:
    shown = [
        case.text
        for case in read_cases(HERE / f"{name}.tsv")
        if any((one.code or "").startswith(case.refused) for one in knowledge.search(case.text, top=3))
    ]
    assert len(shown) <= REFUSED_IN_TOP_3[name], shown


def test_what_is_refused_is_not_proposed(knowledge: KnowledgeBase) -> None:
    shown = []
    for case in read_cases(HERE / "refusals.tsv"):
        wishes = knowledge.wishes(case.text)
        profile = Profile(likes=wishes.likes, dislikes=wishes.dislikes)
        found = knowledge.recommend(profile, datetime.now(UTC), ()).job_families
        shown += [case.text for one in found if (one.item.code or "").startswith(case.refused)]
    assert len(set(shown)) <= REFUSED_IN_TOP_3["refusals"], shown


def test_what_says_no_wish_is_asked_about(knowledge: KnowledgeBase) -> None:
    texts = read_texts(HERE / "nothing.tsv")
    matcher, encoder = knowledge.matcher.get(), knowledge.encoder
    taken = [text for text in texts if rank_families(matcher, encoder, Wishes((text,))).confidence >= 0.5]
    assert len(taken) <= TAKEN_FOR_A_WISH * len(texts), taken


def test_a_bare_taste_is_enough(knowledge: KnowledgeBase) -> None:
    tastes = read_texts(HERE / "tastes.tsv")
    missed = [text for text in tastes if not knowledge.means_something(text)]
    assert len(missed) <= (1 - TASTES_TAKEN) * len(tastes), missed


def test_two_interests_are_both_served(knowledge: KnowledgeBase) -> None:
    profile = Profile(likes=("m'occuper des chevaux", "réparer des voitures"))
    found = {one.item.code for one in knowledge.recommend(profile, datetime.now(UTC), ()).job_families}
    assert found & {"A1403", "A1501", "A1502", "G1403", "G1204"}, found
    assert found & {"I1604", "I1606", "I1607"}, found


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


def test_a_title_is_found_in_either_gender_and_any_spelling(knowledge: KnowledgeBase) -> None:
    corpus = [("a", "conducteur de bus/conductrice de bus"), ("b", "mécanicien de bus"), ("c", "infirmier/ère")]
    asked = [("1", "Conducteur / Conductrice d'autobus"), ("2", "infirmière"), ("3", "mécanicien(ne) bus")]
    assert [answers[0][0] for answers in knowledge.rank(asked, corpus, top=1)] == ["a", "c", "b"]


def test_a_postcode_and_a_name_find_the_same_town(knowledge: KnowledgeBase) -> None:
    assert knowledge.places_named("59300")[0].label == "Valenciennes"
    assert knowledge.places_named("25000")[0].label == "Besançon"
    assert knowledge.places_named("planoise")[0].label == "Planoise (Besançon)"
    assert len(knowledge.places_named("saint denis")) == 2
    assert knowledge.places_named("trifouillis") == []
