"""What is noticed in a message beside its facts: for whom, how they speak, another language, marks, services."""

from typing import Any

import pytest

from actions.foreign import is_foreign, likes_in
from actions.others import noticed_in
from actions.situations import services_named, situations_in
from actions.texts import facets, trades
from bot.components.markup import without_marks
from knowledge_base.everyday import everyday_codes, everyday_in
from knowledge_base.french import fold


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("aidez moi pour mon fils svp", {"about": "other", "who": "fils"}),
        ("mon petit frère a 20 ans il veut bosser", {"about": "other", "who": "frère"}),
        ("ma sœur est malentendante, elle a 24 ans", {"about": "other", "who": "sœur"}),
        ("comme ma mère j'aime coiffer", {}),
        ("moi j'aime la cuisine, mon frère il aime le foot", {}),
        ("Pourriez-vous me dire où aller ?", {"register": "vous"}),
        ("vous avez quoi comme métiers", {}),
        ("pourriez vous aider jsuis perdu tu vois", {}),
        ("c pr ma reuf elle kiffe le maquillage", {"about": "other", "who": "sœur"}),
        ("une élève à moi adore la chimie", {"about": "other", "who": "élève"}),
        ("Je cherche un métier pour ma fille de 20 ans", {"about": "other", "who": "fille"}),
        ("le fils de ma voisine cherche dans la maçonnerie", {"about": "other"}),
        ("je suis le papa de lina, elle a 14 ans et aime les animaux", {"about": "other"}),
        ("cest la maman de Tom il veut etre mecano", {"about": "other"}),
        ("je suis le frère de Kevin, il sait pas koi faire", {"about": "other"}),
        ("je suis maman de deux enfants et je cherche une formation", {}),
        ("je suis mère de famille, elle est dure cette reprise", {}),
        ("je suis la maman de lina et je cherche un métier pour moi", {}),
        ("je veux bosser pour mon cousin", {}),
        ("mon pote m'a dit de venir", {}),
        ("je vis avec ma copine à Metz", {}),
        ("Bonjour, j'ai 34 ans, je suis coiffeuse. Je voudrais changer de métier.", {"register": "vous"}),
        ("Bonjour, j'ai 16 ans et je voudrais devenir vétérinaire.", {}),
        ("Pourquoi me proposez-vous cela ?", {"register": "vous"}),
    ],
)
def test_for_whom_and_how_they_speak_is_noticed(text: str, noticed: dict[str, str]) -> None:
    assert noticed_in(text, {}) == noticed


def test_what_is_known_already_is_not_noticed_again() -> None:
    assert noticed_in("pour mon fils", {"about": "other", "who": "fils"}) == {}


SON = {"about": "other", "who": "fils", "likes": ["les animaux"], "age": 16}


@pytest.mark.parametrize(
    ("text", "slots", "noticed"),
    [
        ("c'est pour ma fille pas mon fils", SON, {"who": "fille"}),
        ("et elle a 18 ans pas 16", SON, {}),
        ("moi je pense que ça lui plairait", SON, {}),
        ("t'as d'autres idées ?", {"register": "vous"}, {"register": None}),
        ("dites-moi vous", {"register": "vous"}, {}),
    ],
)
def test_a_correction_keeps_what_is_known(text: str, slots: dict[str, Any], noticed: dict[str, Any]) -> None:
    assert noticed_in(text, slots) == noticed


def test_what_is_known_of_one_waits_while_another_is_spoken_of() -> None:
    aside = noticed_in("et pour moi ?", SON)
    assert aside == {
        "about": None, "who": None, "likes": None, "age": None,
        "people": {"fils": {"likes": ["les animaux"], "age": 16}},
    }  # fmt: skip
    back = noticed_in("bien, revenons à mon fils", SON | aside | {"age": 45})
    assert back["who"] == "fils"
    assert (back["likes"], back["age"]) == (["les animaux"], 16)
    assert back["people"] == {"moi": {"age": 45}}


@pytest.mark.parametrize(
    ("text", "likes"),
    [("I live in Lille and I like cooking", ["cuisine"]), ("busco trabajo de cocinero, me gusta", ["cuisine"])],
)
def test_another_language_is_known_and_a_little_served(text: str, likes: list[str]) -> None:
    assert is_foreign(text)
    assert likes_in(text) == likes


@pytest.mark.parametrize(
    "text", ["j'aime la cuisine", "le job dating c'est quand", "je veux faire du coaching", "ok me"]
)
def test_french_is_not_taken_for_another_language(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<b>danse</b>", "danse"),
        ("**la** `mode` https://exemple.fr/x?y", "la mode"),
        ("<script>alert(1)", "alert(1)"),
        ("j'adore <3", "j'adore <3"),
        ("du c# et du c++", "du c# et du c++"),
        ("moins < que", "moins que"),
    ],
)
def test_marks_are_taken_out_in_place(text: str, left: str) -> None:
    plain = without_marks(text)
    assert len(plain) == len(text)
    assert " ".join(plain.split()) == left


@pytest.mark.parametrize(
    ("text", "named", "refused"),
    [
        ("c'est où le CIO de Dole ?", ["cio"], []),
        ("qui peut m'aider mais pas la mission locale", [], ["mission_locale"]),
        ("et pôle emploi alors", ["france_travail"], []),
        ("un endroit où aller", [], []),
    ],
)
def test_services_are_named_or_refused(text: str, named: list[str], refused: list[str]) -> None:
    assert services_named(text) == (named, refused)


@pytest.mark.parametrize(
    ("text", "situation"),
    [("j'ai arrêté l'école", "dropped_out"), ("je sais pas me servir d'internet", "no_computer"),
     ("un dossier caf", "paperwork"), ("je cherche un patron", "wants_employer"), ("je suis sourde", "disability")],
)  # fmt: skip
def test_a_case_told_is_heard(text: str, situation: str) -> None:
    assert situation in situations_in(text)


@pytest.mark.parametrize(
    ("text", "facet"),
    [("faut ramener quoi", "bring"), ("c'est payant ?", "price"), ("c'est où exactement", "address"),
     ("il est à quelle heure", "hours"),
     ("faut s'inscrire ?", "register"), ("ça dure longtemps", "duration"), ("un beau métier", None)],
)  # fmt: skip
def test_what_is_asked_of_an_event_is_known(text: str, facet: str | None) -> None:
    found = facets.asked(fold(text))
    assert (found.key if found else None) == facet


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("ça paye bien ?", "pay"),
        ("y a des filles maçons ?", "for_all"),
        ("et la nuit ?", "odd_hours"),
        ("le salaire et la nuit", None),
    ],
)
def test_one_aspect_of_a_trade_is_asked_at_a_time(text: str, aspect: str | None) -> None:
    assert trades.aspect_asked(fold(text)) == aspect


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        ("mécano", "I1604"),
        ("j'aime la mécanique", "I1604"),
        ("le numérique", "I1401"),
        ("les gâteaux", "D1104"),
        ("etre dehors", "A1203"),
    ],
)
def test_a_broad_word_means_its_everyday_sense(wish: str, first: str) -> None:
    assert everyday_codes(wish)[0] == first


def test_a_precise_wish_is_left_to_the_matcher() -> None:
    assert not everyday_codes("réparer des vieux tracteurs de collection")


def test_several_broad_words_mean_each_in_turn() -> None:
    repair, people = everyday_codes("réparer"), everyday_codes("m'occuper des enfants")
    assert list(everyday_codes("réparer ou m'occuper des enfants"))[:2] == [repair[0], people[0]]
    assert not everyday_codes("réparer, et les licornes de mon village")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("jsuis a fond ac les bébés, jgarde mes cousins", ["bébés"]),
        ("je fais du mma je frappe fort, yaurait un métier là dedans ?", ["mma"]),
        ("quand je dessine je pense à rien", ["je dessine"]),
        ("jhabite au dessus d'une gare, sans voiture, et j'ai un bébé", []),
        ("mon père est militaire", []),
        ("on m'a dit de venir ici car il y a des gens sympas", []),
    ],
)
def test_broad_words_are_found_inside_a_sentence(said: str, words: list[str]) -> None:
    assert everyday_in(said) == words
