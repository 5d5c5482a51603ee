"""Onisep's initial trainings."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import onisep_formations
from knowledge_base.importers.onisep_words import domains
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1))
HEADER = (
    '"code CNIS";"sigle type formation";"libellé type formation";"libellé formation principal";"sigle formation";'
    'durée;"code RNCP";"niveau RNCP";"libellé niveau RNCP";tutelle;"lien site onisep.fr";domaine/sous-domaine\n'
)
PAGE = "http://www.onisep.fr/http/redirection/formation/slug/FOR.12"


def outcomes(path: Path, row: str) -> list[Outcome]:
    path = path / "formations.csv"
    path.write_text("\ufeff" + HEADER + row + "\n")
    return list(onisep_formations.read(open_source(path), KNOWN))


def item(path: Path, row: str) -> Item:
    (one,) = outcomes(path, row)
    assert not isinstance(one, Refused)
    assert one.entry
    return one.entry.item


def test_a_training_keeps_its_level_code_duration_and_page(tmp_path: Path) -> None:
    domain = "bois/bois| mer/pêche - navigation"
    row = f";BTS;brevet;bts tonnellerie;;2 ans;1234;3;niveau 5 (bac + 2);non renseigné;{PAGE};{domain}"
    found = item(tmp_path, row)
    assert (found.id, found.title, found.code) == ("onisep-formations-FOR.12", "Bts tonnellerie", "RNCP1234")
    assert (found.exit_level, found.source_url, found.details["url"]) == (5, PAGE, PAGE)
    assert found.details["duration"] == "2 ans"
    assert found.details["certification"] is True
    assert found.text == "Brevet. Domaines : bois ; mer (pêche, navigation)."
    assert found.verified_at
    assert found.verified_at.date() == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("old", "label", "level"),
    [("1", "niveau 7 (bac + 5)", 7), ("5", "niveau 3 (niveau CAP)", 3), ("0", "non inscrit au RNCP", None),
     ("", "non renseigné", None), ("8", "niveau 8 (doctorat)", 8)],
)  # fmt: skip
def test_the_level_is_read_in_the_label_not_on_the_old_scale(
    tmp_path: Path, old: str, label: str, level: int | None
) -> None:
    assert item(tmp_path, f";;;Essai;;;;{old};{label};;{PAGE};").exit_level == level


def test_a_training_outside_the_rncp_has_no_code(tmp_path: Path) -> None:
    assert item(tmp_path, f";;;Essai;;;;0;non inscrit au RNCP;;{PAGE};").code is None


def test_a_page_without_a_number_gets_an_id_that_stays(tmp_path: Path) -> None:
    first, second = (item(tmp_path, ";;;Essai;;1 an;;0;;;;").id for _ in range(2))
    assert first == second
    assert first.startswith("onisep-formations-")


@pytest.mark.parametrize(
    ("row", "reason"),
    [(f";;;;;;;;;;{PAGE};", "libellé formation principal is empty"), (f";;;Essai;;;N12;;;;{PAGE};", "code RNCP 'N12'")],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, row: str, reason: str) -> None:
    (one,) = outcomes(tmp_path, row)
    assert isinstance(one, Refused)
    assert (one.file, one.line) == ("formations.csv", 2)
    assert reason in one.reason


def test_a_short_name_that_the_title_lacks_is_told(tmp_path: Path) -> None:
    assert item(tmp_path, f";;licence;Tonneaux;ENT;;;;;;{PAGE};").text == "Licence. Sigle : ENT."
    assert item(tmp_path, f";;licence;Tonneaux (ENT);ENT;;;;;;{PAGE};").text == "Licence."


def test_domains_are_grouped_and_generalities_left_out() -> None:
    assert domains("sport/sport") == "Domaine : sport"
    assert domains("bois/a| bois/b| mer/mer (généralités)") == "Domaines : bois (a, b) ; mer"
    assert domains("") == ""


def test_a_long_list_of_domains_is_cut_at_a_word(tmp_path: Path) -> None:
    many = "| ".join(f"domaine/partie{number}" for number in range(200))
    text = item(tmp_path, f";;;Essai;;;;;;;{PAGE};{many}").text
    assert len(text) <= 600
    assert text.endswith(" …")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{\n "formations": []\n}\n')
    with pytest.raises(BadFile, match="lacks the columns libellé formation principal"):
        list(onisep_formations.read(open_source(path), KNOWN))


def test_the_real_set_comes_in_whole() -> None:
    path = sample("trainings/ideo-formations_initiales_en_france_2022.csv")
    found = list(onisep_formations.read(open_source(path), KNOWN))
    items = [one.entry.item for one in found if not isinstance(one, Refused) and one.entry]
    assert (len(found), len(items), len({one.id for one in items})) == (6086, 6086, 6086)
    assert sum(one.exit_level is None for one in items) == 2126 + 25
    assert sum(one.code is None for one in items) == 3093
    assert max(len(one.text) for one in items) <= 600
