"""What a refusal takes away, and what it leaves."""

import re
from itertools import pairwise

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.catalogue import load_families
from knowledge_base.matching.cues import marks, words_of
from knowledge_base.matching.refusals import HERE, Traits, preferred, refused

DESK = {"screen": "often", "outdoors": "never", "odd_hours": "never", "contact": "sometimes", "together": "both"}
YARD = {"screen": "never", "outdoors": "often", "odd_hours": "often", "contact": "never", "together": "team"}
FAMILIES = (
    Traits("M1203", "Comptable", DESK, ("les chiffres toute la journée",), "CI"),
    Traits("F1610", "Couvreur / Couvreuse", YARD, ("la hauteur", "le froid"), "RC"),
    Traits("K2107", "Professeur / Professeure", DESK, ("le bruit",), "SA"),
    Traits("H1206", "Ingénieur / Ingénieure", DESK, (), "IR"),
    Traits("A1503", "Toiletteur / Toiletteuse", YARD, ("les poils",), "RS"),
)
NOTHING = np.zeros(len(FAMILIES))


def lost(dislike: str, likes: tuple[str, ...] = (), scores: np.ndarray = NOTHING) -> set[str]:
    """Return the codes that a dislike takes away or puts off."""
    found = refused([dislike], likes, FAMILIES, scores[None], NOTHING)
    return {one.code for one, gone, cost in zip(FAMILIES, found.families, found.cost, strict=True) if gone or cost}


@pytest.mark.parametrize(
    ("dislike", "codes"),
    [
        ("la compta", {"M1203"}),
        ("le vertige", {"F1610"}),
        ("les longues études", {"H1206"}),
        ("prof", {"K2107"}),
        ("lécole", {"K2107"}),
        ("les chiens", {"A1503"}),
        ("travailler dehors", {"F1610", "A1503"}),
        ("le bruit", {"K2107"}),
        ("le poker", set()),
    ],
)
def test_a_sector_a_condition_and_a_hard_side_put_off_their_families(dislike: str, codes: set[str]) -> None:
    assert lost(dislike) == codes


def test_what_is_liked_in_the_same_words_is_not_put_off() -> None:
    assert lost("prof de maths devant une classe", likes=("enseigner",)).isdisjoint({"K2107"})
    assert lost("dehors la nuit", likes=("dehors",)) == lost("la nuit")


def test_what_answers_the_refused_words_best_is_never_proposed() -> None:
    scores = np.array([30.0, 22.0, 12.0, 0.0, -5.0])
    found = refused(["…"], (), FAMILIES, scores[None], NOTHING)
    assert found.families.tolist() == [True, True, False, False, False]
    assert found.cost[2] > 0 == found.cost[4]


def test_what_is_wanted_more_than_it_is_refused_is_kept_but_put_off() -> None:
    scores = np.array([30.0, 28.0, 0.0, 0.0, 0.0])
    wanted = np.array([10.0, 45.0, 0.0, 0.0, 0.0])
    found = refused(["…"], (), FAMILIES, scores[None], wanted)
    assert found.families.tolist() == [True, False, False, False, False]
    assert found.cost[1] > 0


def test_an_answer_that_is_noise_refuses_nothing() -> None:
    found = refused(["…"], (), FAMILIES, np.array([[2.9, 2.5, 0.0, -1.0, 1.0]]), NOTHING)
    assert not found.families.any()
    assert not found.cost.any()


def test_nothing_refused_takes_nothing_away() -> None:
    found = refused([], ("coudre",), FAMILIES, np.zeros((0, len(FAMILIES))), NOTHING)
    assert not found.families.any()
    assert not found.cost.any()


def test_a_precise_theme_stands_before_the_sector_that_holds_it() -> None:
    cook = (
        Traits("G1602", "Commis de cuisine", YARD, (), "RC"),
        Traits("G1603", "Équipier de fast-food", YARD, (), "RC"),
    )
    found = refused(["la restauration rapide"], (), cook, np.zeros((1, 2)), np.zeros(2))
    assert found.cost.tolist()[0] == 0 < found.cost.tolist()[1]


def test_a_condition_wished_for_is_preferred() -> None:
    outdoors = preferred(["travailler dehors"], FAMILIES)
    assert outdoors.tolist() == [-1, 1, -1, -1, 1]


def test_themes_cover_families_of_the_rome_and_conditions_are_the_catalogues() -> None:
    families = load_families()
    codes = tuple(family.code for family in families)
    titles = tuple(family.title for family in families)
    for theme in yaml.safe_load((HERE / "themes.yml").read_text()):
        named = (*theme["codes"], *theme.get("but", ()))
        assert [one for one in named if not any(code.startswith(one) for code in codes)] == [], theme
        assert all(any(title.startswith(one) for title in titles) for one in theme.get("titles", ())), theme
        assert theme["codes"] or theme.get("titles"), theme
    for condition in yaml.safe_load((HERE / "conditions.yml").read_text()):
        values = {getattr(family.conditions, condition["condition"]) for family in families}
        assert condition["value"] in values, condition


@pytest.mark.parametrize("name", ["nothing", "hearsay", "sour", "listing", "explains", "told", "experienced"])
def test_no_pattern_of_the_cues_is_written_with_a_word_unknown_to_the_shorthand(name: str) -> None:
    assert not re.search(r"(?<!\?P)<\w+>", words_of(name).pattern)


@given(st.text(alphabet=st.sampled_from("abceijlmnoprstuvx ',.!?👎"), max_size=60))
def test_marks_stand_in_order_and_none_over_another(plain: str) -> None:
    found = marks(plain)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(one.start < one.end for one in found)
