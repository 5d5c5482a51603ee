"""What ministries write in capitals, and the kinds of diplomas."""

import pytest

from knowledge_base.importers.capitals import named, readable, repaired
from knowledge_base.importers.certifications import with_kind, written_title


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("BANQUE (BTS) ", "BTS Banque"),
        ("METIERS DE L'ELECTRICITE (BAC PRO)", "Bac pro Métiers de l'électricité"),
        ("LETTRES (LIC LMD LE MANS)", "Licence Lettres (Le Mans)"),
        ("CHIMIE (LP ORLEANS)", "Licence professionnelle Chimie (Orléans)"),
        ("SPECIALITE GOLF (BP JEPS)", "BPJEPS spécialité golf"),
        ("AMBULANCIER (DIPLÔ\x94ME D'ETAT)", "Ambulancier (diplôme d'État)"),
        ("MANAGER (CCI FRANCE - RESEAU X)", "Manager (CCI France - Réseau X)"),
        ("BRONZIER OPTION A : CISELEUR (CAP)", "CAP Bronzier option A : ciseleur"),
        ("STAPS:ENTRAINEMENT (MASTER)", "Master STAPS : entraînement"),
        ("INGENIEUR DIPLOME DE L'UNIVERSITE DE LILLE", "Ingénieur diplômé de l'université de Lille"),
        ("TECHNICIEN(NE) EN SOUDAGE (TP", "Titre professionnel Technicien(ne) en soudage"),
        ("IMPRESSION 3D II", "Impression 3D II"),
    ],
)
def test_titles_are_written_as_one_reads_them(shouted: str, written: str) -> None:
    assert written_title(shouted) == written


def test_the_kind_comes_first_once() -> None:
    assert with_kind("Banque", "BTS") == "BTS Banque"
    assert with_kind("BTS Banque", "BTS") == "BTS Banque"
    assert with_kind("Agent d'appareils", "CAP") == "CAP Agent d'appareils"
    assert with_kind("Master de droit", "MASTER") == "Master de droit"
    assert with_kind("Chargé de projet", "DipViGrL") == "Chargé de projet"
    assert with_kind("Soudeur", "TP") == "Titre professionnel Soudeur"


def test_what_does_not_shout_is_left_alone() -> None:
    assert readable("Technicien en Réseaux") == "Technicien en Réseaux"
    assert readable("BTS MCO") == "BTS MCO"
    assert readable("SECURITE INCENDIE") == "Sécurité incendie"


def test_names_keep_their_acronyms() -> None:
    assert named("CNAM") == "CNAM"
    assert named("MINISTERE DE L'AGRICULTURE") == "Ministère de l'Agriculture"


def test_damaged_characters_are_mended() -> None:
    assert repaired("D¿UN  ELEVAGE\nDÂ\x92UN D?UN VÊ\x8aTEMENT") == "D'UN ELEVAGE D'UN D'UN VÊTEMENT"
    assert repaired("Pourquoi ?") == "Pourquoi ?"
