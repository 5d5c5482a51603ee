"""Towns and streets as people write them."""

import pytest

from knowledge_base.importers.towns import site_in, street_of, town_name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("SAINT-DENIS CEDEX 2", "Saint-Denis"),
        ("LE BOURGET", "Le Bourget"),
        ("L'HAŸ-LES-ROSES", "L'Haÿ-les-Roses"),
        ("Besançon", "Besançon"),
    ],
)
def test_towns_are_written_as_people_write_them(written: str, read: str) -> None:
    assert town_name(written) == read


def test_an_address_tells_its_town_when_a_postcode_stands_by_it() -> None:
    assert site_in("Nancy (54000)") == {"commune": "Nancy", "postcode": "54000", "label": None, "address": None}
    assert site_in("Amphi B") is None
    cedex = site_in("CFA, 3 rue X, 38000 GRENOBLE CEDEX 9, France")
    assert cedex == {"commune": "Grenoble", "postcode": "38000", "label": "CFA", "address": "3 rue X"}


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("15, boulevard X,Paris", "15, boulevard X"),
        ("2 bis avenue x paris 75008", "2 bis avenue x"),
        ("12 rue de Paris", "12 rue de Paris"),
        ("75008 Paris", None),
    ],
)
def test_the_town_is_not_said_twice(address: str, street: str | None) -> None:
    assert street_of(address, "Paris", "75008") == street
