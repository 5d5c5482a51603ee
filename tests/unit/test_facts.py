"""Facts that a sentence states: age, postcode, place, level, mobility, modality."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components.facts import facts_in

PLACES = {
    "dole": 24_000, "nice": 342_000, "lens": 30_000, "besancon": 128_000, "saint denis": 154_000, "planoise": 15_000,
    "lons le saunier": 17_000, "die": 4_700, "vienne": 30_000, "bains": 5_000, "paris": 2_100_000, "le mans": 146_000,
}  # fmt: skip
PIECES = [
    "j'ai", "g", "16", "ans", "17ans", "seize ans", "25000", "j'habite", "à", "pas", "Dole", "besac", "St-Denis",
    "nice", "die", "bac", "bac+2", "cap", "sans", "permis", "bus", "à distance", "en présentiel", "bts", "raté mon",
    ",", ".", "mon fils qui en a", "İ", "ß", "😀", "٣٣", "²", "Lons-le-Saunier", "quartier de", "depuis", "vingt et un",
]  # fmt: skip
SENTENCES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


def stated(said: str) -> dict[str, object]:
    return {fact.entity: fact.value for fact in facts_in(said, PLACES)}


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("j'ai 16 ans", 16), ("g 17ans", 17), ("seize ans", 16), ("j'ai vingt-quatre ans", 24), ("17", 17),
        ("19 piges", 19), ("ma fille a 15 ans", 15), ("j'ai 45 ans et c'est pour mon fils qui en a 18", 18),
        ("12 ans euh non 21 ans", 21), ("j'ai 24 ans, pas envie d'être avec des gamins de quinze ans", 24),
        ("ma fille de 15 ans", 15),
    ],
)  # fmt: skip
def test_the_age_is_that_of_the_person_to_be_guided(said: str, age: int) -> None:
    assert stated(said) == {"age": age}


@pytest.mark.parametrize(
    "said",
    [
        "dans 3 ans",
        "14 ans que je fais ce métier",
        "j'ai 20 ans d'expérience",
        "depuis 12 ans",
        "5 ans",
        "j'ai 99 ans",
        "1200 euros",
        "à 14h",
    ],
)
def test_other_numbers_are_no_age(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize("code", ["25000", "01000", "59300", "97400", "20090"])
def test_five_digits_of_a_department_are_a_postcode(code: str) -> None:
    assert stated(f"mon code postal c'est {code}") == {"postcode": code}


@pytest.mark.parametrize("said", ["00000", "99123", "06 12 34 56 78", "0612345678", "j'ai 25 chats", "123456"])
def test_other_digits_are_no_postcode(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ("jhabite dole", "dole", "jhabite dole"),
        ("slt je suis à Lens", "lens", "je suis à Lens"),
        ("Dole", "dole", "Dole"),
        ("planoise", "planoise", "planoise"),
        ("j'aime la photo, St-Denis", "saint denis", ", St-Denis"),
        ("j'habite Lons le Saunier", "lons le saunier", "j'habite Lons le Saunier"),
        ("je vis à lons-le-saunier", "lons le saunier", "vis à lons-le-saunier"),
        ("je viens de Die", "die", "je viens de Die"),
        ("besac", "besancon", "besac"),
        ("J’habite BESANÇON", "besancon", "J’habite BESANÇON"),
        ("j'ai grandi à Lens mais j'habite Dole", "dole", "j'habite Dole"),
        ("en fait j'habite à Dole, pas à Lens", "dole", "j'habite à Dole"),
        ("jhabite nice", "nice", "jhabite nice"),
        ("nice", "nice", "nice"),
        pytest.param(
            "j'habite au Mans", "le mans", "j'habite au Mans",
        ),
    ],
)  # fmt: skip
def test_a_place_is_recognised_after_a_cue_and_its_span_holds_the_cue(said: str, place: str, words: str) -> None:
    (fact,) = facts_in(said, PLACES)
    assert (fact.entity, fact.value, said[fact.start : fact.end]) == ("place", place, words)


def test_a_town_is_known_without_the_s_that_nobody_hears() -> None:
    [fact] = facts_in("jabite a valencienne", PLACES | {"valenciennes": 42_000})
    assert (fact.entity, fact.value) == ("place", "valenciennes")
    assert stated("j'habite à len") != {"place": "lens"}  # short names are too often other words


def test_a_town_we_do_not_know_is_still_where_somebody_lives() -> None:
    assert stated("moi j'habite à Trifouillis") == {"place": "trifouillis"}
    assert stated("j'aime Trifouillis") == {}


@pytest.mark.parametrize("said", ["j'habite à côté du lycée", "j'habite à deux pas d'ici", "j'habite à l'étranger"])
def test_where_somebody_lives_may_be_no_town(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    "said",
    [
        "nice ton appli frr",
        "plutôt die que vendre",
        "un métier qui vienne de loin",
        "je prends des bains",
        "pas à Dole",
    ],
)
def test_everyday_words_are_no_town_without_a_cue(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("sans diplôme", 0), ("j'ai raté mon bac", 0), ("je suis en troisième", 0), ("en terminale", 0),
        ("j'ai un CAP", 3), ("bac pro", 4), ("j'ai mon bac", 4), ("j'ai raté mon bts", 4), ("bts mco validé", 5),
        ("bac+2", 5), ("licence en poche", 6), ("bac + 3", 6), ("un master", 7), ("niveau bac+5", 7),
    ],
)  # fmt: skip
def test_the_level_is_that_of_the_diploma_held(said: str, level: int) -> None:
    assert stated(said) == {"level": level}


@pytest.mark.parametrize(
    "said",
    [
        "je veux faire un cap",
        "je cherche une licence",
        pytest.param(
            "un bts en alternance",
        ),
    ],
)
def test_a_diploma_that_is_looked_for_is_no_level(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    "said",
    ["g pas le permis", "sans voiture", "je prends le bus", "pas de caisse", "j'ai le permis mais pas de voiture"],
)
def test_without_a_car_is_understood(said: str) -> None:
    assert stated(said) == {"mobility": "no_car"}


@pytest.mark.parametrize("said", ["g le permis et une clio", "réparer des voitures", "conduire un bus"])
def test_a_car_or_a_taste_for_cars_says_nothing(said: str) -> None:
    assert stated(said) == {}


@pytest.mark.parametrize(
    ("said", "modality"),
    [
        ("à distance svp", "remote"),
        ("en télétravail", "remote"),
        ("en présentiel", "onsite"),
        ("pas à distance surtout", "onsite"),
    ],
)
def test_the_way_of_attending_is_understood(said: str, modality: str) -> None:
    assert stated(said) == {"modality": modality}


def test_several_facts_come_in_the_order_of_the_sentence_each_with_its_words() -> None:
    said = "slt moi c surtout cuisiner et g 16 ans, jhabite dole, pas de permis"
    found = [(fact.entity, said[fact.start : fact.end]) for fact in facts_in(said, PLACES)]
    assert found == [("age", "g 16 ans"), ("place", "jhabite dole"), ("mobility", "pas de permis")]


@settings(deadline=None, max_examples=300)
@given(SENTENCES)
def test_whatever_is_written_facts_stand_apart_within_the_text(said: str) -> None:
    found = facts_in(said, PLACES)
    assert all(0 <= fact.start < fact.end <= len(said) for fact in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(10 <= int(str(fact.value)) <= 75 for fact in found if fact.entity == "age")
