"""Which service for whom."""

import pytest

from actions.situations import situations_in
from actions.texts.services import FOR_WHOM, NAMES
from knowledge_base.routing import rules, services_for


@pytest.mark.parametrize(
    ("age", "said", "first"),
    [
        (14, "je suis en 3e", "cio"),
        (17, "je vais plus au lycee", "mission_locale"),
        (19, "j'ai arrêté les cours", "mission_locale"),
        (17, "chui en terminale", "cio"),
        (28, "j'ai 28 ans et un enfant, je suis au chomage", "plie"),
        (34, "demandeur d'emploi", "france_travail"),
        (40, "je veux changer de métier", "greta"),
        (22, "j'ai une RQTH", "cap_emploi"),
        (None, "g pas d'ordi", "espace_numerique"),
        (None, "je suis au lycée", "cio"),
        (15, "", "cio"),
    ],
)
def test_the_service_for_a_case(age: int | None, said: str, first: str) -> None:
    assert services_for(age, situations_in(said))[0] == first


def test_when_too_little_is_known_no_service_is_preferred() -> None:
    assert services_for(None, ()) == []


@pytest.mark.parametrize("said", ["j'aime l'informatique", "je veux devenir prof de collège ?", "salut"])
def test_little_is_read_into_other_words(said: str) -> None:
    assert "disability" not in situations_in(said)
    assert "no_computer" not in situations_in(said)


def test_every_service_of_the_rules_has_a_name_and_a_reason() -> None:
    named = {rule.service for rule in rules()}
    assert named <= set(NAMES)
    assert named <= set(FOR_WHOM)
