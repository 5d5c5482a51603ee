"""Which families a dislike refuses, what a distance costs, and why something is proposed."""

from typing import Any

import pytest

from knowledge_base.recommend import (
    DISTANCE_WEIGHT,
    FAMILY_BONUS,
    REMOTE_KM,
    _suggestion,
    _worth,
    is_for_residents_of,
)
from knowledge_base.records import Kind, Modality, Place, Profile, Reason, Suggestion
from knowledge_base.search import Hit
from tests.unit.fake_knowledge import item

HERE = Place("Planoise (Besançon)", 47.22, 5.96)


def hit(name: str, *scores: float, kind: Kind = "job_family", distance: float | None = None, **known: Any) -> Hit:
    return Hit(item(kind, name, name.title(), **known), scores, distance)


def suggested(one: Hit, *codes: str, **known: Any) -> Suggestion:
    return _suggestion(one, Profile(**known), {code: code for code in codes})


def kinds_of(suggestion: Suggestion) -> list[str]:
    return [reason.kind for reason in suggestion.reasons]


def test_a_kilometre_costs_a_little_and_a_proposed_family_is_worth_more() -> None:
    near, far = hit("a", 0.9, kind="event", distance=2.0), hit("b", 0.9, kind="event", distance=30.0)
    assert _worth(near, ()) - _worth(far, ()) == pytest.approx(28 * DISTANCE_WEIGHT)
    family = hit("c", 0.9, kind="event", distance=2.0, families=("G1602",))
    assert _worth(family, ("G1602",)) - _worth(near, ("G1602",)) == pytest.approx(FAMILY_BONUS)
    assert _worth(family, ("M1805",)) == _worth(near, ())


@pytest.mark.parametrize(
    ("modality", "distance", "effort"),
    [("remote", None, REMOTE_KM), ("remote", 400.0, REMOTE_KM), ("onsite", 10.0, 10.0), ("onsite", None, 0.0)],
)
def test_attending_from_home_weighs_like_a_short_way(modality: Modality, distance: float | None, effort: float) -> None:
    assert _worth(hit("a", 0.9, kind="event", distance=distance, modality=modality), ()) == pytest.approx(
        0.9 - effort * DISTANCE_WEIGHT
    )


def test_the_words_that_matched_best_are_the_reason_and_a_dislike_never_is() -> None:
    one = suggested(hit("cook", 0.85, 0.90, 0.99), likes=("le sport", "cuisiner"), dislikes=("servir",))
    assert one.reasons == (Reason("words", words="cuisiner"),)
    assert one.score == 0.90


@pytest.mark.parametrize(("title", "quoted"), [("Soigner un animal", True), ("Forum de la mer", False)])
def test_what_is_only_near_does_not_quote_somebody(title: str, *, quoted: bool) -> None:
    event = Hit(item("event", "forum", title), (0.8,), 3.0)
    one = suggested(event, place=HERE, likes=("les animo",))
    assert ("words" in kinds_of(one)) is quoted
    assert "near" in kinds_of(one)


def test_without_a_like_there_are_no_words_to_repeat() -> None:
    assert kinds_of(suggested(hit("forum", 0.8, kind="event"))) == []


def test_an_event_on_a_proposed_family_says_which() -> None:
    one = suggested(hit("forum", 0.8, kind="event", families=("I1401", "M1805")), "M1805", "I1401", likes=("coder",))
    assert Reason("family", fact="M1805") in one.reasons


def test_near_names_the_place_of_the_person_and_keeps_a_decimal() -> None:
    one = suggested(hit("forum", 0.8, kind="event", distance=3.14159), place=HERE)
    assert one.reasons == (Reason("near", fact="Planoise (Besançon)"),)
    assert one.distance_km == 3.1


def test_what_is_attended_from_home_is_never_said_to_be_near() -> None:
    one = suggested(hit("webinar", 0.8, kind="event", distance=3.0, modality="remote"), place=HERE)
    assert kinds_of(one) == ["remote"]


@pytest.mark.parametrize(
    ("entry", "level", "told"), [(0, None, True), (0, 4, True), (3, 4, True), (3, None, False), (None, 4, False)]
)
def test_the_level_is_a_reason_only_where_it_is_known(entry: int | None, level: int | None, *, told: bool) -> None:
    one = suggested(hit("cap", 0.8, kind="training", entry_level=entry), level=level)
    assert one.reasons == ((Reason("level", fact=str(entry)),) if told else ())


@pytest.mark.parametrize(
    ("reachable", "needed", "told"), [(True, True, True), (True, False, False), (None, True, False)]
)
def test_going_without_a_car_is_told_to_who_has_none(reachable: bool | None, *, needed: bool, told: bool) -> None:
    one = suggested(hit("forum", 0.8, kind="event", without_car=reachable), without_car=needed)
    assert kinds_of(one) == (["without_car"] if told else [])


@pytest.mark.parametrize(("region", "fits"), [("44", True), ("27", False), (None, True)])
def test_a_scheme_for_residents_of_a_region_is_for_them_alone(region: str | None, *, fits: bool) -> None:
    scheme = item("training", "scheme", "Formation", details={"public": {"regions": ["44"]}})
    assert is_for_residents_of(scheme, Place("Dole", 47.1, 5.5, region=region)) == fits
