"""The catalogue of job families, as it is committed and as it is checked."""

from pathlib import Path

import pytest

from knowledge_base.catalogue import Family, load_families
from knowledge_base.errors import BadRecord

RICH = ("M18", "I14", "G16", "I16", "H29")
GOOD = """
domain: M18
name: Informatique
families:
  - {code: M1805, title: "Développeur / Développeuse", riasec: IC, titles: [Développeur web],
     day: On code., phrases: [coder un jeu]}
"""


@pytest.fixture(scope="module")
def catalogue() -> list[Family]:
    return load_families()


def written(folder: Path, text: str, name: str = "M18.yml") -> Path:
    (folder / name).write_text(text)
    return folder


def test_every_family_of_the_rome_stands_once(catalogue: list[Family]) -> None:
    codes = [family.code for family in catalogue]
    assert len(codes) == 532
    assert codes == sorted(set(codes))


def test_every_family_has_a_title_a_domain_and_riasec_letters(catalogue: list[Family]) -> None:
    for family in catalogue:
        assert family.title
        assert family.domain_name
        assert family.code.startswith(family.domain)
        assert 1 <= len(family.riasec) <= 2
        assert set(family.riasec) <= set("RIASEC")


@pytest.mark.parametrize("domain", RICH)
def test_the_domains_asked_about_most_have_a_day_and_phrases_of_ours(catalogue: list[Family], domain: str) -> None:
    families = [family for family in catalogue if family.domain == domain]
    assert families
    poor = [family.code for family in families if not family.day or len(family.phrases) < 8]
    assert poor == []


def test_a_family_is_found_by_both_genders_its_phrases_and_its_day(tmp_path: Path) -> None:
    (family,) = load_families(written(tmp_path, GOOD))
    assert family.texts() == [
        ("title", "Développeur"),
        ("title", "Développeuse"),
        ("title", "Développeur web"),
        ("phrase", "coder un jeu"),
        ("day", "On code."),
    ]


def test_no_text_of_a_family_stands_twice_under_the_same_role(catalogue: list[Family]) -> None:
    twice = [
        family.code
        for family in catalogue
        if len({t for t in family.texts() if t[0] == "title"}) != sum(r == "title" for r, _ in family.texts())
    ]
    assert twice == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("riasec: IC", "riasec: XY", "riasec"),
        ("code: M1805", "code: M185", "code"),
        ("code: M1805", "code: K1805", "is not of domain M18"),
        ("title:", "titel:", "titel"),
        ("domain: M18", "domain: 18M", "domain"),
        ("families:", "families: [", "expected"),
        (GOOD, "", "valid dictionary"),
    ],
)
def test_a_bad_file_is_refused_with_its_path_and_its_fault(tmp_path: Path, before: str, after: str, fault: str) -> None:
    written(tmp_path, GOOD.replace(before, after, 1))
    with pytest.raises(BadRecord, match=rf"(?s)^{tmp_path}/M18\.yml:.*{fault}"):
        load_families(tmp_path)


def test_a_family_written_twice_is_refused_by_its_code(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, "M18-bis.yml")
    with pytest.raises(BadRecord, match=rf"^{tmp_path}:0: these families stand twice: M1805$"):
        load_families(tmp_path)
