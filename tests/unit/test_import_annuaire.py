"""The public directory of orientation services: names, addresses and phones as a person can use them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import annuaire
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.phones import phone_of
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 3, 1), date(2026, 2, 1))
HEADER = "id,type,type_label,name,insee,adresse,code_postal,ville,telephone,site,lat_commune,lon_commune"
ROW = {
    "id": "cio-59606-01",
    "type": "cio",
    "type_label": "CIO",
    "name": "Centre d\x92information et d\x92orientation (CIO) - Valenciennes",
    "insee": "59606",
    "adresse": '"45 rue de Mons - BP 12,59300,Valenciennes"',
    "code_postal": "59300",
    "ville": "Valenciennes",
    "telephone": "03 27 00 00 00",
    "site": "www.cio.example",
    "lat_commune": "50.36",
    "lon_commune": "3.52",
}


def outcomes(folder: Path, *changes: dict[str, str]) -> list[Outcome]:
    path = folder / "annuaire.csv"
    path.write_text("\n".join([HEADER, *(",".join((ROW | change).values()) for change in changes)]))
    return list(annuaire.read(open_source(path), KNOWN))


def place(folder: Path, **changes: str) -> Item:
    (found,) = outcomes(folder, changes)
    assert isinstance(found, Taken), found
    assert found.entry is not None
    return found.entry.item


def test_a_service_is_a_place_with_its_own_words_repaired(tmp_path: Path) -> None:
    found = place(tmp_path)
    assert found.id == "annuaire-cio-59606-01"
    assert found.title == "Centre d'information et d'orientation (CIO) - Valenciennes"
    assert "psychologue de l'Éducation nationale" in found.text
    assert (found.details["service"], found.details["url"]) == ("cio", "http://www.cio.example")
    assert found.details["place"] == {
        "address": "45 rue de Mons",
        "commune": "Valenciennes",
        "code_insee": "59606",
        "postcode": "59300",
        "latitude": 50.36,
        "longitude": 3.52,
    }
    assert found.verified_at is not None
    assert found.verified_at.date() == KNOWN.dated


def test_a_town_and_a_postcode_lost_with_its_zero_are_read_from_the_address(tmp_path: Path) -> None:
    found = place(
        tmp_path, insee="06088", adresse='"22 avenue Notre-Dame, 6045, Nice Cedex 3"', code_postal="", ville=""
    )
    site = found.details["place"]
    assert (site["address"], site["postcode"], site["commune"]) == ("22 avenue Notre-Dame", "06045", "Nice")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Marseille Cedex 8", "Marseille"),
        ("Nouméa cedex", "Nouméa"),
        ("Paris 13e arrondissement", "Paris"),
        ("ST GENIS LAVAL", "Saint-Genis-Laval"),
        ("POINTE A PITRE CEDEX", "Pointe-à-Pitre"),
        ("L'Isle-Jourdain", "L'Isle-Jourdain"),
    ],
)
def test_towns_are_written_without_cedex_nor_capitals(tmp_path: Path, written: str, read: str) -> None:
    assert place(tmp_path, ville=written).details["place"]["commune"] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+590 5 90 60 48 48", "+590 5 90 60 48 48"),
        ("08 09 36 12 12 / Numéro gris : service gratuit + prix d'un appel", "08 09 36 12 12"),
        ("0262 34 84 34", "02 62 34 84 34"),
        ("05 49  94 67 06", "05 49 94 67 06"),
        ("(687) 41 50 39", "+687 41 50 39"),
        ("06 08 34 30 67 02 40 02 68 63", "06 08 34 30 67"),
        ("+33123456789", "01 23 45 67 89"),
        ("3949", "3949"),
        ("09 62 66 27 35 09", None),
        ("", None),
    ],
)
def test_phones_can_be_called(written: str, read: str | None) -> None:
    assert phone_of(written) == read


def test_a_number_that_costs_more_is_told(tmp_path: Path) -> None:
    dear = place(tmp_path, telephone="08 20 20 62 59 / Numéro violet : service payant + prix d'un appel")
    assert dear.text.endswith("L'appel coûte plus qu'un appel normal.")


def test_names_that_carry_a_number_carry_their_street_instead(tmp_path: Path) -> None:
    address = '"Lycée X - 3 rue Y - BP 4,59300,Valenciennes"'
    assert place(tmp_path, name="Greta - Nord - Dax 40088-01", adresse=address).title == "Greta - Nord - Dax (3 rue Y)"


def test_missions_locales_say_their_ages_apart(tmp_path: Path) -> None:
    name = "Mission locale pour l'insertion professionnelle et sociale des jeunes (16-25 ans) - Arras"
    found = place(tmp_path, type="mission_locale", name=name)
    assert (found.title, found.age_min, found.age_max) == ("Mission locale - Arras", 16, 25)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "boulangerie"}, "type 'boulangerie' is not one of mission_locale, cij, cio"),
        ({"name": ""}, "name is empty"),
        ({"insee": "59"}, "insee '59' is not a commune's code"),
        ({"ville": "", "adresse": "3 rue Y"}, "ville is empty, and adresse '3 rue Y' names no town"),
        ({"lat_commune": "nord"}, "lat_commune 'nord' is not a number"),
        ({"lon_commune": "3.5,12"}, "13 cells for 12 columns"),
    ],
)
def test_what_is_plainly_wrong_is_refused_with_its_column_and_value(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    (found,) = outcomes(tmp_path, changes)
    assert isinstance(found, Refused)
    assert reason in found.reason
    assert (found.file, found.line) == ("annuaire.csv", 2)


def test_another_file_is_told_which_columns_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("nom,ville\nA,B\n")
    with pytest.raises(BadFile, match="lacks the columns id, type, name"):
        list(annuaire.read(open_source(path), KNOWN))


def test_every_row_of_the_real_sample_comes_in() -> None:
    found = list(annuaire.read(open_source(sample("places/orientation_places_geocoded_commune.csv")), KNOWN))
    assert not [one for one in found if isinstance(one, Refused)]
    items = [one.entry.item for one in found if isinstance(one, Taken) and one.entry]
    assert len(items) == len({one.id for one in items}) == 3761
    kinds = Counter(one.details["service"] for one in items)
    assert (kinds["information_jeunesse"], kinds["mission_locale"], kinds["cio"]) == (1017, 620, 457)
    assert sum(one.place is None for one in items) == 3  # the source places them nowhere
    assert not [
        one.title for one in items if "cedex" in (one.details["place"]["commune"]).lower() or "\x92" in one.title
    ]
