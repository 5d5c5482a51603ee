"""The catalogue of job families, as it is committed and as it is checked."""

from pathlib import Path

import pytest

from knowledge_base.catalogue import Family, load_families
from knowledge_base.catalogue.families import read_domain
from knowledge_base.catalogue.review import objections
from knowledge_base.errors import BadRecord
from knowledge_base.french import fold

GOOD = """
domain: M18
name: Informatique
families:
  - code: M1805
    title: "Développeur / Développeuse"
    riasec: IC
    neighbours: [M1810]
    titles: [Développeur web, Codeur, Testeur, Intégrateur, Game designer]
    names: [dev, codeur freelance, full stack developer, développeur mobile, devops, ingénieur logiciel]
    day: >-
      On écrit du code ligne après ligne, on lance, ça plante, on cherche l'erreur. L'après-midi, on montre ce qui
      marche à ceux qui l'ont demandé, et on note ce qui manque.
    phrases: [coder un jeu, faire un site, bidouiller, le python, scratch au collège, des mods minecraft]
    words: [code, clavier, bug, appli, site, jeu, serveur]
    ways_in: {0: "Une école du code sans diplôme.", 5: "Un BTS SIO."}
    digital: "Tout y est numérique, et une IA aide à écrire les parties ennuyeuses."
    misconception: {belief: "Il faut être un génie des maths.", truth: "La patience compte davantage."}
    conditions: {outdoors: never, odd_hours: never, carrying: never, screen: often, contact: sometimes, together: team}
    hard_sides: [rester assis, chercher longtemps une erreur]
"""
ALONE = GOOD.replace("neighbours: [M1810]", "neighbours: [M1805]")


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


def test_a_name_of_a_job_leads_to_one_family(catalogue: list[Family]) -> None:
    holders: dict[str, str] = {}
    for family in catalogue:
        for name in map(fold, family.names):
            assert holders.setdefault(name, family.code) == family.code, name


def test_a_reader_has_nothing_to_object_to(catalogue: list[Family]) -> None:
    assert list(objections(catalogue)) == []


def test_a_family_is_found_by_both_genders_its_names_its_phrases_its_words_and_its_day(tmp_path: Path) -> None:
    (family,) = load_families(written(tmp_path, ALONE))
    roles = [role for role, _ in family.texts()]
    assert ("title", "Développeur") in family.texts()
    assert ("title", "Développeuse") in family.texts()
    assert ("words", "code, clavier, bug") in family.texts()
    assert {role: roles.count(role) for role in roles} == {
        "title": 7,
        "name": 6,
        "phrase": 6,
        "words": 3,
        "day": 1,
        "hard": 1,
    }


@pytest.mark.parametrize(
    ("before", "after", "objection"),
    [
        ("La patience compte", "Un(e) bon(ne) développeur(se) patiente, ce qui compte", "inclusive typography"),
        ("La patience compte", "Il doit être patient, ce qui compte", "a gendered role"),
        ('{0: "Une école du code sans diplôme.", 5:', '{3: "Un CAP.", 5:', "level 0"),
        ("neighbours: [M1810]", "neighbours: [M1805]", "its own neighbour"),
    ],
)
def test_what_a_reader_would_object_to_is_named(tmp_path: Path, before: str, after: str, objection: str) -> None:
    families = read_domain(written(tmp_path, GOOD.replace(before, after, 1)) / "M18.yml")
    assert [found for found in objections(families) if objection in found]


def test_a_sentence_said_twice_is_named(tmp_path: Path) -> None:
    twice = GOOD + GOOD.split("families:\n")[1].replace("M1805", "M1806")
    families = read_domain(written(tmp_path, twice) / "M18.yml")
    found = " ".join(objections(families))
    assert all(f"M1806 and M1805: nearly the same {role}" in found for role in ("day", "phrase", "digital", "belief"))


@pytest.mark.parametrize("field", ["day", "phrases", "words", "ways_in", "digital", "misconception", "conditions"])
def test_a_gap_is_refused_by_the_familys_code(tmp_path: Path, field: str) -> None:
    written(tmp_path, GOOD.replace(f"    {field}:", f"    _{field}:", 1))
    with pytest.raises(BadRecord, match=rf"M1805\.{field}: Field required"):
        load_families(tmp_path)


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
    written(tmp_path, ALONE)
    written(tmp_path, ALONE, "M18-bis.yml")
    with pytest.raises(BadRecord, match=rf"^{tmp_path}:0: these families stand twice: M1805$"):
        load_families(tmp_path)
