"""LHEO: what is read of an action, what is refused, and the official schema where it stands beside."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import lheo
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item
from tests.unit.imports.samples import sample

KNOWN = Known(date(2026, 3, 1), date(2026, 2, 1), {"F1604": "F1602"}.get)

FORMATION = """<formation numero="F1" datemaj="20250110" href="https://exemple.fr/f1">
<domaine-formation><code-ROME>F1604</code-ROME><code-ROME>Z9999</code-ROME></domaine-formation>
<intitule-formation>POSE DE PLAQUES DE PLATRE</intitule-formation>
<objectif-formation>&lt;p&gt;Monter des &lt;b&gt;cloisons&lt;/b&gt;.&lt;/p&gt;
&lt;p&gt;Isoler.&lt;/p&gt;</objectif-formation>
<contenu-formation>Autre texte</contenu-formation>
<certifiante>1</certifiante>
<contact-formation><coordonnees><nom>Durand</nom><prenom>Zoé</prenom>
<courriel>zoe.durand@exemple.fr</courriel></coordonnees></contact-formation>
<code-niveau-entree>4</code-niveau-entree>
<certification><code-RNCP>37275</code-RNCP></certification>
<code-niveau-sortie>4</code-niveau-sortie>
<url-formation><urlweb>exemple.fr/platre</urlweb></url-formation>
{actions}
<organisme-formation-responsable><nom-organisme>Le Chantier</nom-organisme><raison-sociale>-</raison-sociale>
</organisme-formation-responsable>
</formation>"""
ADRESSE = """<adresse><ligne>3 rue des Fleurs</ligne><ligne>-</ligne><codepostal>59300</codepostal>
<ville>VALENCIENNES</ville><code-INSEE-commune>59606</code-INSEE-commune>
<geolocalisation><latitude>50.357</latitude><longitude>3.523</longitude></geolocalisation></adresse>"""
SESSION = """<session><periode><debut>20260907</debut><fin>20270226</fin></periode>
<periode-inscription><periode><debut>00000000</debut><fin>20260831</fin></periode></periode-inscription>
<etat-recrutement>1</etat-recrutement></session>"""
ACTION = {
    "numero": "A1",
    "publics": "<code-public-vise>80009</code-public-vise>",
    "obligatoire": "1",
    "modalite": "0",
    "conditions": "-",
    "lieu": f"<coordonnees><nom>Petit</nom><prenom>Léa</prenom><ligne>Atelier nord</ligne>{ADRESSE}</coordonnees>",
    "entrees": "0",
    "session": SESSION,
    "rest": "",
}
# A schema of ours, with the namespace of the official one.
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://lheo.gouv.fr/2.3"
 elementFormDefault="qualified"><xs:element name="formation"><xs:complexType><xs:sequence>
<xs:element name="intitule-formation" type="xs:string"/>
<xs:element name="action" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""


def action(**changes: str) -> str:
    said = ACTION | changes
    return f"""<action numero="{said["numero"]}">{said["publics"]}
<niveau-entree-obligatoire>{said["obligatoire"]}</niveau-entree-obligatoire>
<modalites-enseignement>{said["modalite"]}</modalites-enseignement>
<conditions-specifiques>{said["conditions"]}</conditions-specifiques>
<lieu-de-formation>{said["lieu"]}</lieu-de-formation>
<modalites-entrees-sorties>{said["entrees"]}</modalites-entrees-sorties>
{said["session"]}{said["rest"]}</action>"""


def stream(*formations: str) -> str:
    body = "".join(formations)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="http://www.lheo.org/2.2"><offres>{body}</offres></lheo>'
    )


def outcomes(folder: Path, text: str) -> list[Outcome]:
    path = folder / "offre.xml"
    path.write_text(text)
    return list(lheo.read(open_source(path), KNOWN))


def items(folder: Path, *actions: str, formation: str = FORMATION) -> list[Item]:
    found = outcomes(folder, stream(formation.format(actions="".join(actions))))
    assert all(isinstance(one, Taken) for one in found), found
    return [one.entry.item for one in found if isinstance(one, Taken) and one.entry]


def refusal(folder: Path, *actions: str, formation: str = FORMATION) -> str:
    (found,) = outcomes(folder, stream(formation.format(actions="".join(actions))))
    assert isinstance(found, Refused)
    return found.reason


def test_each_action_becomes_a_training_with_what_the_formation_says(tmp_path: Path) -> None:
    first, second = items(tmp_path, action(), action(numero="A2", modalite="1"))
    assert (first.id, second.id) == ("lheo-F1-A1", "lheo-F1-A2")
    assert first.title == "Pose de plaques de plâtre"
    assert first.text == "Monter des cloisons. Isoler."
    assert first.families == ("F1602",)
    assert (first.code, first.entry_level, first.exit_level) == ("RNCP37275", 3, 3)
    assert (first.modality, second.modality) == ("onsite", "hybrid")
    assert first.details["organiser"] == "Le Chantier"
    assert first.details["labels"] == ["formation certifiante"]
    assert first.details["url"] == "http://exemple.fr/platre"
    assert first.source_url == "https://exemple.fr/f1"
    assert first.verified_at is not None
    assert first.verified_at.date() == date(2025, 1, 10)


def test_the_site_is_the_training_s_and_never_a_person(tmp_path: Path) -> None:
    (found,) = items(tmp_path, action())
    site = found.details["place"]
    assert (site["label"], site["address"], site["commune"]) == ("Atelier nord", "3 rue des Fleurs", "Valenciennes")
    assert (site["latitude"], site["longitude"], site["code_insee"]) == (50.357, 3.523, "59606")
    assert not any(name in str(found) for name in ("Petit", "Léa", "Durand", "Zoé", "zoe.durand"))


@pytest.mark.parametrize(("latitude", "longitude"), [("47", "0"), ("48", "2.0"), ("0.0", "0.0"), ("40.41", "-3.70")])
def test_coordinates_that_are_round_or_abroad_are_not_meant(tmp_path: Path, latitude: str, longitude: str) -> None:
    lieu = ACTION["lieu"].replace("50.357", latitude).replace("3.523", longitude)
    (found,) = items(tmp_path, action(lieu=lieu))
    assert found.place is None
    assert found.details["place"]["postcode"] == "59300"


def test_a_postcode_in_place_of_the_insee_code_is_not_taken_for_one(tmp_path: Path) -> None:
    (found,) = items(tmp_path, action(lieu=ACTION["lieu"].replace("59606", "59300")))
    assert "code_insee" not in found.details["place"]


def test_dates_of_zeros_and_nines_are_unknown_and_closed_sessions_are_not_taken(tmp_path: Path) -> None:
    closed = SESSION.replace("20260907", "20260401").replace("recrutement>1<", "recrutement>2<")
    endless = SESSION.replace("20260907", "20261005").replace("20270226", "99999999")
    (found,) = items(tmp_path, action(session=SESSION + closed + endless))
    assert found.details["sessions"] == [
        {"starts_on": "2026-09-07", "ends_on": "2027-02-26", "register_by": "2026-08-31"},
        {"starts_on": "2026-10-05", "register_by": "2026-08-31"},
    ]


def test_where_one_enters_at_any_time_it_is_valid_until_the_last_end(tmp_path: Path) -> None:
    (permanent,) = items(tmp_path, action(entrees="1"))
    assert permanent.details["sessions"] == []
    assert permanent.valid_until is not None
    assert permanent.valid_until.date() == date(2027, 2, 26)
    (undated,) = items(
        tmp_path, action(session=SESSION.replace("20260907", "00000000").replace("20270226", "99999999"))
    )
    assert undated.details["sessions"] == []
    assert undated.valid_until is None


def test_an_advised_level_shuts_nobody_out_and_is_told(tmp_path: Path) -> None:
    (found,) = items(tmp_path, action(obligatoire="0", conditions="Permis B"))
    assert found.entry_level is None
    assert found.details["entry_text"] == "niveau CAP conseillé ; Permis B"


@pytest.mark.parametrize(
    ("code", "entry", "leaves"),
    [
        *[("0", None, None), ("1", 0, None), ("2", 0, None), ("3", 0, None), ("4", 3, 3), ("5", 4, 4), ("6", 5, 5)],
        *[("7", 6, 6), ("8", 7, 7), ("11", 0, None), ("13", 3, 3), ("15", 5, 5), ("18", 8, 8), ("42", None, None)],
    ],
)
def test_levels_follow_the_table_of_lheo(tmp_path: Path, code: str, entry: int | None, leaves: int | None) -> None:
    text = FORMATION.replace("entree>4<", f"entree>{code}<").replace("sortie>4<", f"sortie>{code}<")
    (found,) = items(tmp_path, action(), formation=text)
    assert (found.entry_level, found.exit_level) == (entry, leaves)


def test_price_public_duration_and_alternance_are_read(tmp_path: Path) -> None:
    rest = "<frais-restants>Aucun</frais-restants><prix-total-TTC>1200,50</prix-total-TTC>"
    hours = "<nombre-heures-total>600</nombre-heures-total><nombre-heures-entreprise>150</nombre-heures-entreprise>"
    publics = "<code-public-vise>82027</code-public-vise><code-public-vise>99999</code-public-vise>"
    (found,) = items(tmp_path, action(rest=rest + hours, publics=publics))
    assert found.details["price"] == {"euros": 1200.5, "text": "Aucun"}
    assert found.details["duration"] == "600 heures, dont 150 en entreprise"
    assert found.details["public"] == {"text": "Contrat d'apprentissage"}
    assert found.details["alternance"] is True


@pytest.mark.parametrize(
    ("until", "public", "funding"),
    [("20271231", "3", "éligible au CPF"), ("20191231", "3", None), ("20271231", "1", None)],
)
def test_the_cpf_pays_while_its_list_holds_for_everyone(
    tmp_path: Path, until: str, public: str, funding: str | None
) -> None:
    extras = f"""<extras info="eligibilite-cpf"><extra info="fin-validite">{until}</extra>
<extra info="public">{public}</extra><extra info="inter-branche">1</extra></extras></session>"""
    (found,) = items(tmp_path, action(session=SESSION.replace("</session>", extras)))
    assert found.details.get("funding") == funding


def test_an_offer_without_number_is_known_by_what_it_says(tmp_path: Path) -> None:
    unnumbered = FORMATION.replace(' numero="F1"', "")
    (first,) = items(tmp_path, action(), formation=unnumbered)
    (again,) = items(tmp_path, action(), formation=unnumbered)
    (other,) = items(tmp_path, action(session=SESSION.replace("20260907", "20260908")), formation=unnumbered)
    assert first.id == again.id != other.id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"session": SESSION.replace("20260907", "20261332")}, "periode/debut: date '20261332' does not exist"),
        ({"session": SESSION.replace("20270226", "20260101")}, "periode/fin 20260101 is before its debut 20260907"),
        ({"session": SESSION.replace("ent>1<", "ent>3<")}, "etat-recrutement '3' (suspendu): no session"),
        ({"lieu": ACTION["lieu"].replace("VALENCIENNES", "-")}, "lieu-de-formation/coordonnees/adresse/ville is empty"),
        ({"rest": "<prix-total-TTC>cher</prix-total-TTC>"}, "prix-total-TTC 'cher' is not a number"),
    ],
)
def test_what_is_plainly_wrong_is_refused_with_its_name_and_value(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    assert reason in refusal(tmp_path, action(**changes))


def test_a_remote_training_needs_no_town(tmp_path: Path) -> None:
    (found,) = items(tmp_path, action(modalite="2", lieu=""))
    assert (found.modality, found.place) == ("remote", None)


def test_a_formation_without_title_or_action_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "formation has no action"
    untitled = FORMATION.replace("POSE DE PLAQUES DE PLATRE", " ")
    assert refusal(tmp_path, action(), formation=untitled) == "intitule-formation is empty"


def test_a_file_without_formation_is_not_lheo(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds no formation\. Remedy"):
        outcomes(tmp_path, "<rss><channel/></rss>")


VALID = f"<formation><intitule-formation>Soudure</intitule-formation>{action()}</formation>"
INVALID = "\n\n<formation>\n<intitule-formation>Soudure</intitule-formation>\n<akction/>\n</formation>"


def test_formations_are_held_to_the_schema_beside_the_file_and_the_others_come_in(tmp_path: Path) -> None:
    (tmp_path / "lheo_2.3.xsd").write_text(SCHEMA)
    refused, taken = outcomes(tmp_path, stream(INVALID, VALID))
    assert isinstance(taken, Taken)
    assert isinstance(refused, Refused)
    assert refused.line == 6
    assert refused.reason == "Element 'akction': This element is not expected. Expected is ( action )"


def test_the_schema_is_found_in_a_folder_and_in_a_zip(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "offre.xml").write_text(stream(INVALID))
    (folder / "LHEO_2.3.xsd").write_text(SCHEMA)
    with ZipFile(tmp_path / "set.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    for path in (folder, tmp_path / "set.zip"):
        (found,) = lheo.read(open_source(path), KNOWN)
        assert isinstance(found, Refused)


def test_a_schema_that_is_none_stops_the_import(tmp_path: Path) -> None:
    (tmp_path / "lheo.xsd").write_text("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><oops/></xs:schema>")
    with pytest.raises(BadFile, match=r"lheo\.xsd.*is no XML schema .*Remedy"):
        outcomes(tmp_path, stream(VALID))


def test_the_real_samples_come_in_or_are_refused_by_the_official_schema() -> None:
    (onisep,) = lheo.read(open_source(sample("trainings/exemple-bts-onisep.xml")), KNOWN)
    assert isinstance(onisep, Taken)
    assert onisep.entry is not None
    assert onisep.entry.item.title == "BTS négociation et relation client"
    (intercarif,) = lheo.read(open_source(sample("trainings/intercarif-data-test.xml")), KNOWN)
    assert isinstance(intercarif, Refused)
    assert intercarif.line == 14
    assert "'coordonneFs'" in intercarif.reason
