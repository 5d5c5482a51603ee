"""The RNCP and RS, as CSV files that complete each other and as XML."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import rncp
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

FAMILIES: Callable[[str], str | None] = {"H2901": "H2901", "H2999": "H2901"}.get
KNOWN = Known(date(2026, 11, 22), date(2026, 11, 1), FAMILIES)
STANDARD = (
    "Id_Fiche;Numero_Fiche;Intitule;Abrege_Libelle;Nomenclature_Europe_Niveau;Nomenclature_Europe_Intitule;"
    "Date_Fin_Enregistrement;Actif\n"
)
FICHE = '1;RNCP12;"Tonnelier ; foudrier";CAP;NIV3;Niveau 3;31/08/2028;ACTIVE\n'
LISTS = {
    "Rome": "Numero_Fiche;Codes_Rome_Code\nRNCP12;H2999\nRNCP12;Z9999\nRNCP13;H2901\n",
    "Certificateurs": "Numero_Fiche;Nom_Certificateur\nRNCP12;MINISTERE DE L'AGRICULTURE\n",
    "VoixdAccès": "Numero_Fiche;Si_Jury\nRNCP12;Par expérience\nRNCP12;En contrat d’apprentissage\n",
    "Formacode": "Numero_Fiche;Formacode_Libelle\nRNCP12;22454 : Tonnellerie\n",
    "Nsf": "Numero_Fiche;Nsf_Intitule\nRNCP12;234 : Travail du bois\nRNCP13;234 : Travail du bois\n",
}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<FICHES{namespace}>
 <VERSION_FLUX>4</VERSION_FLUX>
 <FICHE>
  <ID_FICHE>1</ID_FICHE><NUMERO_FICHE>RNCP12</NUMERO_FICHE><INTITULE>Tonnelier</INTITULE>
  <ABREGE><CODE>CAP</CODE><LIBELLE>Certificat d'aptitude professionnelle</LIBELLE></ABREGE>
  <ETAT_FICHE>Publiée</ETAT_FICHE>
  <FORMACODES><FORMACODE><CODE>22454</CODE><LIBELLE>22454 : Tonnellerie</LIBELLE></FORMACODE></FORMACODES>
  <NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU><INTITULE>Niveau 3</INTITULE></NOMENCLATURE_EUROPE>
  <CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>Foudres de France</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>
  <CODES_ROME><ROME><CODE>H2901</CODE><LIBELLE>x</LIBELLE></ROME></CODES_ROME>
  <SI_JURY_FI>Oui</SI_JURY_FI><SI_JURY_CA>Non</SI_JURY_CA>
  <STATISTIQUES_PROMOTIONS>
   <STATISTIQUES_PROMOTION><ANNEE>2021</ANNEE><TAUX_INSERTION_GLOBAL_6MOIS>70</TAUX_INSERTION_GLOBAL_6MOIS></STATISTIQUES_PROMOTION>
   <STATISTIQUES_PROMOTION><ANNEE>2022</ANNEE><TAUX_INSERTION_GLOBAL_6MOIS>82</TAUX_INSERTION_GLOBAL_6MOIS></STATISTIQUES_PROMOTION>
   <STATISTIQUES_PROMOTION><ANNEE>2023</ANNEE></STATISTIQUES_PROMOTION>
  </STATISTIQUES_PROMOTIONS>
  <DATE_FIN_ENREGISTREMENT>31/08/2028</DATE_FIN_ENREGISTREMENT>
  <OBJECTIFS_CONTEXTE>&lt;p&gt;Le tonnelier&lt;/p&gt;&lt;p&gt;cintre le bois.&lt;/p&gt;</OBJECTIFS_CONTEXTE>
  <ACTIF>Oui</ACTIF>
 </FICHE>
 <FICHE><NUMERO_FICHE>RNCP13</NUMERO_FICHE><INTITULE>Foudrier</INTITULE><ACTIF>Non</ACTIF></FICHE>
</FICHES>
"""  # noqa: E501


def folder(path: Path, fiches: str = FICHE) -> Path:
    (path / "export_fiches_CSV_Standard_2026_01_01.csv").write_text(STANDARD + fiches)
    for name, content in LISTS.items():
        (path / f"export_fiches_CSV_{name}_2026_01_01.csv").write_text(content)
    return path


def read(path: Path) -> list[Outcome]:
    return list(rncp.read(open_source(path), KNOWN))


def items(found: list[Outcome]) -> list[Item]:
    return [one.entry.item for one in found if isinstance(one, Taken) and one.entry]


def test_a_fiche_is_completed_by_the_other_files(tmp_path: Path) -> None:
    (found,) = items(read(folder(tmp_path)))
    assert (found.id, found.code, found.title) == ("rncp-RNCP12", "RNCP12", "CAP Tonnelier ; foudrier")
    assert (found.families, found.exit_level) == (("H2901",), 3)
    assert found.details["certification"] is True
    assert found.details["alternance"] is True
    assert found.details["entry_text"] == "En apprentissage, en faisant reconnaître son expérience (VAE)"
    assert found.text == "Domaine : Tonnellerie. Délivré par : Ministère de l'Agriculture."
    assert found.details["url"] == "https://www.francecompetences.fr/recherche/rncp/12/"
    assert found.valid_until
    assert found.valid_until.date() == date(2028, 8, 31)
    assert found.verified_at
    assert found.verified_at.date() == date(2026, 11, 1)


def test_a_zip_is_read_like_its_folder(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in folder(tmp_path / "csv").iterdir():
            archive.write(one, one.name)
    assert items(read(packed)) == items(read(tmp_path / "csv"))


def test_a_fiche_of_the_rs_without_level_or_ways_is_kept(tmp_path: Path) -> None:
    (found,) = items(read(folder(tmp_path, "1;RS7;Souder l'inox;;;;31/08/2028;ACTIVE\n")))
    assert (found.title, found.code, found.exit_level) == ("Souder l'inox", "RS7", None)
    assert found.source_url == "https://www.francecompetences.fr/recherche/rs/7/"
    assert "alternance" not in found.details
    assert "entry_text" not in found.details


def test_the_field_of_study_stands_in_for_missing_subjects(tmp_path: Path) -> None:
    (found,) = items(read(folder(tmp_path, "1;RNCP13;Foudrier;;;Niveau 4;31/08/2028;ACTIVE\n")))
    assert (found.text, found.exit_level) == ("Domaine : Travail du bois.", 4)


@pytest.mark.parametrize(
    ("fiche", "reason"),
    [
        ("1;12;A;;;;;ACTIVE", "Numero_Fiche '12' is no code"),
        ("1;RNCP12; ;;;;;ACTIVE", "Intitule is empty"),
        ("1;RNCP12;A;;;;31/02/2025;ACTIVE", "Date_Fin_Enregistrement: date '31/02/2025' does not exist"),
        ("1;RNCP12;A;;;;;INACTIVE", "fiche INACTIVE, and Date_Fin_Enregistrement ''"),
        ("1;RNCP12;A;;;;31/12/2030;INACTIVE", "'31/12/2030' does not say that it is over"),
    ],
)
def test_a_fiche_that_cannot_be_used_says_why(tmp_path: Path, fiche: str, reason: str) -> None:
    (one,) = read(folder(tmp_path, f"{fiche}\n"))
    assert isinstance(one, Refused)
    assert (one.file, one.line) == ("export_fiches_CSV_Standard_2026_01_01.csv", 2)
    assert reason in one.reason


def test_an_inactive_fiche_is_kept_with_its_past_end(tmp_path: Path) -> None:
    (found,) = items(read(folder(tmp_path, "1;RNCP12;Tonnelier;CAP;;;31/08/2020;INACTIVE\n")))
    assert found.valid_until
    assert found.valid_until.date() == date(2020, 8, 31)


@pytest.mark.parametrize("missing", ["Standard", "Rome"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    (folder(tmp_path) / f"export_fiches_CSV_{missing}_2026_01_01.csv").unlink()
    with pytest.raises(BadFile, match=rf"no file named \*_{missing.lower()}_\*.csv. Remedy: give the whole folder"):
        read(tmp_path)


@pytest.mark.parametrize("namespace", ["", ' xmlns="urn:rncp"'])
def test_the_xml_says_the_same_and_more(tmp_path: Path, namespace: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(XML.replace("{namespace}", namespace))
    taken, refused = read(path)
    (found,) = items([taken])
    assert (found.id, found.title, found.families, found.exit_level) == ("rncp-RNCP12", "CAP Tonnelier", ("H2901",), 3)
    assert found.text == "Le tonnelier cintre le bois. Domaine : Tonnellerie. Délivré par : Foudres de France."
    assert found.details["alternance"] is False
    assert found.details["entry_text"] == "À l'école ou à l'université"
    outcomes = found.details["outcomes"]
    assert (outcomes["year"], outcomes["rate"]) == (2022, 0.82)
    assert isinstance(refused, Refused)
    assert (refused.file, refused.line) == ("export.xml", 22)
    assert "fiche INACTIVE" in refused.reason


def test_an_xml_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text("<offres><offre/></offres>")
    with pytest.raises(BadFile, match=r"holds no FICHE\. Remedy"):
        read(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "formations.json"
    path.write_text('{"formations": []}')
    with pytest.raises(BadFile, match=r"no file named \*_standard_\*.csv. Remedy"):
        read(path)


def test_the_real_sample_comes_in_whole() -> None:
    path = sample("trainings/export-fiches-csv-2024-02-22_sample.zip")
    found = items(read(path))
    assert len(found) == 9
    assert {one.code: one.exit_level for one in found}["RNCP509"] == 3
    assert [one.title for one in found if one.code == "RNCP509"] == ["CAP Agent vérificateur d'appareils extincteurs"]
