"""The plain CSV: each kind of row, what its columns accept, and what is refused with its column and value."""

import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.errors import BadFile
from knowledge_base.importers import csv as plain_csv
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item

KNOWN = Known(date(2026, 3, 1), date(2026, 2, 1), {"M1805": "M1805", "I1401": "I1401", "I1499": "I1401"}.get)
BASE = {"identifiant": "7", "titre": "Un titre", "source": "Asso du coin"}
TRAINING = BASE | {"type": "formation", "commune": "Lille", "code postal": "59000"}
EVENT = BASE | {"type": "forum", "commune": "Lille", "date": "14/03/2026", "heures": "10h-17h"}
PLACE = BASE | {"type": "lieu", "commune": "Lille"}


def written(path: Path, *rows: dict[str, str], delimiter: str = ";") -> Path:
    """Write rows under the union of their columns, every cell quoted."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    path.write_text("\n".join(quoted), encoding="utf-8")
    return path


def outcomes(folder: Path, *rows: dict[str, str], delimiter: str = ";") -> list[Outcome]:
    return list(plain_csv.read(open_source(written(folder / "sorties.csv", *rows, delimiter=delimiter)), KNOWN))


def item(folder: Path, row: dict[str, str]) -> Item:
    (found,) = outcomes(folder, row)
    assert isinstance(found, Taken), found
    assert found.entry is not None
    return found.entry.item


def reason(folder: Path, row: dict[str, str]) -> str:
    (found,) = outcomes(folder, row)
    assert isinstance(found, Refused), found
    assert (found.file, found.line) == ("sorties.csv", 2)
    return found.reason


def test_a_row_with_the_four_required_columns_alone_is_taken(tmp_path: Path) -> None:
    found = item(tmp_path, BASE | {"type": "lieu"})
    assert (found.id, found.kind, found.title, found.source) == (
        "csv-sorties-lieu-7",
        "place",
        "Un titre",
        "Asso du coin",
    )
    assert found.verified_at is not None
    assert found.verified_at.date() == KNOWN.dated
    assert found.details["service"] == "other"


def test_a_training_fills_its_columns(tmp_path: Path) -> None:
    row = TRAINING | {
        "résumé": "On apprend à souder.",
        "codes rome": "I1499| M1805|Z9999",
        "niveau d'entrée": "sans diplôme",
        "niveau de sortie": "BAC+2",
        "modalité": "Hybride",
        "labels": "Qualiopi|Grande école du numérique",
        "code rncp": "RNCP37275",
        "sessions": "07/09/2026 | 2026-11-02|lundi 4 janvier 2027",
        "durée": "6 mois",
        "alternance": "oui",
        "prix": "gratuit",
        "financement": "Région",
        "organisateur": "L'Atelier",
        "âge min": "16",
        "âge max": "25",
        "sans voiture": "non",
        "valable jusqu'au": "31/12/2026",
        "vérifié le": "2026-01-31",
    }
    found = item(tmp_path, row)
    assert (found.kind, found.text, found.families) == ("training", "On apprend à souder.", ("I1401", "M1805"))
    assert (found.entry_level, found.exit_level, found.modality, found.code) == (0, 5, "hybrid", "RNCP37275")
    assert found.details["labels"] == ["Qualiopi", "Grande école du numérique"]
    assert [one["starts_on"] for one in found.details["sessions"]] == ["2026-09-07", "2026-11-02", "2027-01-04"]
    assert (found.details["alternance"], found.without_car) == (True, False)
    assert (found.age_min, found.age_max) == (16, 25)
    assert found.details["price"] == {"text": "gratuit"}
    assert found.valid_until == datetime(2026, 12, 31, 23, 59, 59, tzinfo=PARIS)
    assert found.verified_at is not None
    assert found.verified_at.date() == date(2026, 1, 31)


def test_an_event_fills_its_columns(tmp_path: Path) -> None:
    row = EVENT | {
        "date": "du 12 au 14 mars 2026",
        "exposants": "Lycée A|CFA B",
        "places": "120",
        "inscription": "au guichet",
        "inscription obligatoire": "oui",
        "inscription url": "https://exemple.fr/s",
        "à apporter": "ton CV",
        "annulé": "oui",
    }
    found = item(tmp_path, row)
    assert (found.kind, found.details["type"]) == ("event", "forum")
    assert found.starts_at == datetime(2026, 3, 12, 10, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 3, 14, 17, tzinfo=PARIS)
    assert found.cancelled
    assert found.details["exhibitors"] == ["Lycée A", "CFA B"]
    assert found.details["registration"] == {"required": True, "url": "https://exemple.fr/s", "text": "au guichet"}
    assert (found.details["seats"], found.details["bring"]) == (120, "ton CV")


def test_days_with_one_hour_last_until_the_end_of_the_last(tmp_path: Path) -> None:
    found = item(tmp_path, EVENT | {"date": "du 12 au 14 mars 2026", "heures": "10h"})
    assert found.starts_at == datetime(2026, 3, 12, 10, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 3, 14, 23, 59, 59, tzinfo=PARIS)
    assert item(tmp_path, EVENT | {"heures": "10h"}).ends_at is None


def test_two_files_may_name_their_rows_alike(tmp_path: Path) -> None:
    for name in ("Mission locale.csv", "CIO d'Été.csv"):
        written(tmp_path / name, PLACE)
    found = list(plain_csv.read(open_source(tmp_path), KNOWN))
    assert [one.entry.item.id for one in found if isinstance(one, Taken) and one.entry] == [
        "csv-cio-d-ete-lieu-7",
        "csv-mission-locale-lieu-7",
    ]


def test_the_names_of_columns_are_read_however_they_are_typed(tmp_path: Path) -> None:
    row = {unicodedata.normalize("NFD", " Résumé "): "Vu", "Valable  jusqu’au": "31/12/2026", "": "rien"}
    found = item(tmp_path, PLACE | row)
    assert found.text == "Vu"
    assert found.valid_until is not None


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("commmune", r"sorties\.csv:1: unknown column 'commmune' \(near 'commune'\)\. Remedy"),
        ("qwxz", r"sorties\.csv:1: unknown column 'qwxz'\. Remedy"),
        ("TITRE", r"two columns named 'titre'\. Remedy"),
    ],
)
def test_a_column_that_is_not_known_is_refused_with_the_nearest(tmp_path: Path, column: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        outcomes(tmp_path, PLACE | {column: "x"})


def test_a_place_fills_its_columns(tmp_path: Path) -> None:
    row = PLACE | {
        "lieu": "La Ruche",
        "latitude": "50,63",
        "longitude": "3.06",
        "service": "cio",
        "rendez-vous": "les deux",
        "horaires": "9h-17h",
        "équipement": "imprimante|wifi",
        "téléphone": "03 20 00 00 00",
        "courriel": "a@b.fr",
    }
    found = item(tmp_path, row)
    assert found.place is not None
    assert (found.place.label, found.place.latitude, found.place.longitude) == ("La Ruche", 50.63, 3.06)
    assert (found.details["service"], found.details["appointment"]) == ("cio", "both")
    assert found.details["equipment"] == ["imprimante", "wifi"]


@pytest.mark.parametrize(
    ("kind", "event_type"),
    [
        ("forum", "forum"),
        ("Salon", "forum"),
        ("atelier", "workshop"),
        ("visite", "visit"),
        ("Portes ouvertes", "open_day"),
        ("job dating", "job_dating"),
        ("webinaire", "webinar"),
        ("réunion d'information", "meeting"),
    ],
)
def test_the_documented_types_of_events_are_known(tmp_path: Path, kind: str, event_type: str) -> None:
    assert item(tmp_path, EVENT | {"type": kind}).details["type"] == event_type


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    (found,) = outcomes(tmp_path, PLACE | {"résumé": "a, b ; c\td"}, delimiter=delimiter)
    assert isinstance(found, Taken)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (PLACE | {"type": "boulangerie"}, "type 'boulangerie' is not one of formation, lieu, forum"),
        (PLACE | {"type": ""}, "type '' is not one of"),
        (PLACE | {"identifiant": ""}, "identifiant is empty"),
        (PLACE | {"url": "javascript:alert(1)"}, "url 'javascript:alert(1)' is no address that begins with http://"),
        (PLACE | {"url source": "exemple.fr"}, "url source 'exemple.fr' is no address"),
        (EVENT | {"inscription url": "mailto:a@b.fr"}, "inscription url 'mailto:a@b.fr' is no address"),
        (PLACE | {"âge min": "26", "âge max": "16"}, "public: from 26 years to 16"),
        (PLACE | {"titre": "  "}, "title"),
        (PLACE | {"source": ""}, "source.name"),
        (PLACE | {"latitude": "nord", "longitude": "3"}, "latitude 'nord' is not a number"),
        (PLACE | {"latitude": "nan", "longitude": "3"}, "latitude"),
        (PLACE | {"latitude": "91", "longitude": "3"}, "place.latitude '91.0': Input should be less than"),
        (
            PLACE | {"rendez-vous": "peut-être"},
            "rendez-vous 'peut-être' is not one of sans rendez-vous",
        ),
        (PLACE | {"âge min": "seize"}, "âge min 'seize' is not a whole number"),
        (PLACE | {"âge min": "-1"}, "âge min '-1' is not a whole number"),
        (PLACE | {"âge max": "200"}, "public.age_max '200'"),
        (PLACE | {"sans voiture": "vrai"}, "sans voiture 'vrai' is neither oui nor non"),
        (PLACE | {"vérifié le": "14 mars"}, "date '14 mars' has no year"),
        (PLACE | {"valable jusqu'au": "31/02/2026"}, "date '31/02/2026' does not exist"),
        (TRAINING | {"niveau d'entrée": "bac+12"}, "niveau d'entrée 'bac+12' is not one of sans diplôme, cap, bac"),
        (TRAINING | {"sessions": "bientôt"}, "date 'bientôt' has no year"),
        (TRAINING | {"modalité": "zoom"}, "modalité 'zoom' is not one of sur place, à distance, hybride"),
        (EVENT | {"date": ""}, "date '' has no year"),
        (EVENT | {"date": "mardi 14 mars 2026"}, "is a samedi"),
        (EVENT | {"date": "du 15 au 12 mars 2026"}, "end before they begin"),
        (EVENT | {"heures": ""}, "heures is empty"),
        (EVENT | {"heures": "25h"}, "hour '25h' does not exist"),
        (EVENT | {"heures": "17h-10h"}, "ends (14/03/2026 10:00) before it starts (14/03/2026 17:00)"),
        (EVENT | {"places": "²"}, "places '²' is not a whole number"),
        (EVENT | {"places": "9" * 5000}, "is not a whole number"),
    ],
)
def test_what_a_column_does_not_accept_is_refused_with_its_value(
    tmp_path: Path, row: dict[str, str], said: str
) -> None:
    assert said in reason(tmp_path, row)


def test_one_wrong_row_does_not_keep_the_others_out(tmp_path: Path) -> None:
    found = outcomes(tmp_path, PLACE, PLACE | {"type": "?"}, PLACE | {"identifiant": "8"})
    assert [type(one) for one in found] == [Taken, Refused, Taken]


def test_a_row_with_too_many_cells_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('type,identifiant,titre,source\nlieu,1,"sur\ndeux lignes",S\nlieu,2,T,S,de trop\n')
    first, second = plain_csv.read(open_source(path), KNOWN)
    assert isinstance(first, Taken)
    assert second == Refused("a.csv", 4, "5 cells for 4 columns")


def test_a_file_without_the_required_columns_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nom;ville\nA;B\n")
    with pytest.raises(BadFile, match="lacks the columns type, identifiant, titre, source"):
        list(plain_csv.read(open_source(path), KNOWN))


def test_a_file_saved_by_excel_in_windows_1252_is_told_how_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("type;identifiant;titre;source\nlieu;1;Été;S\n".encode("cp1252"))
    with pytest.raises(BadFile, match=r"a\.csv:2: byte 0xc9 is not utf-8.*--encoding windows-1252"):
        list(plain_csv.read(open_source(path), KNOWN))
    (found,) = plain_csv.read(open_source(path, "windows-1252"), KNOWN)
    assert isinstance(found, Taken)


def test_a_folder_s_files_are_all_read(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", PLACE)
    written(tmp_path / "b.CSV", PLACE | {"identifiant": "8"})
    assert len(list(plain_csv.read(open_source(tmp_path), KNOWN))) == 2


ODD = ["forum", "lieu", "formation", "14/03/2026", "10h-17h", "1e999", "nan", "²", "-0", "0h", "1/1/0001", "31/12/9999"]
CELLS = st.dictionaries(
    st.sampled_from(plain_csv.COLUMNS),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30) | st.sampled_from(ODD),
)


@given(CELLS)
@settings(max_examples=60, deadline=None)
def test_whatever_the_cells_hold_a_row_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, row: Any) -> None:
    for base in (TRAINING, EVENT, PLACE):
        (found,) = outcomes(tmp_path_factory.mktemp("cells"), base | row)
        assert isinstance(found, Taken | Refused)
