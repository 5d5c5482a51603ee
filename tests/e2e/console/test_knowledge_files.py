"""Files that a structure imports: read first, loaded whole, its own; hostile ones are refused in a sentence."""

import io
import re
import time
import zipfile
from datetime import date, timedelta

import httpx
import pytest

from tests.console import SignedIn, World
from tests.e2e.console.kept_items import cards, words

HERE = "/console/savoirs/importer"
SOON = (date.today() + timedelta(days=20)).strftime("%d/%m/%Y")  # noqa: DTZ011
HEADER = "type;identifiant;titre;résumé;source;commune;code postal;date;heures;modalité"


def table(*rows: str) -> bytes:
    """Return a CSV of rows after our header."""
    return "\n".join((HEADER, *rows)).encode()


def workshop(key: str, title: str, day: str = SOON) -> str:
    """Return a row of an event in Dole."""
    return f"atelier;{key};{title};On essaie pour de vrai.;Nous;Dole;39100;{day};14h-16h;sur place"


def send(someone: SignedIn, body: bytes, name: str = "ateliers.csv", **form: str) -> httpx.Response:
    """Upload a file; returns the answer."""
    asked = {"format": "csv", "encoding": "utf-8-sig", **form}
    return someone.post(HERE, asked, files={"file": (name, body)})


def report(someone: SignedIn, answered: httpx.Response, limit: float = 60.0) -> tuple[str, str]:
    """Return the address of a file's report and what it says once it is done."""
    assert answered.status_code == 303, words(answered.text)
    path, deadline = answered.headers["Location"], time.monotonic() + limit
    while time.monotonic() < deadline:
        said = words(someone.get(path).text)
        if "en train d'être" not in said:
            return path, said
        time.sleep(0.5)
    raise AssertionError("never done")


def items_of(world: World, title: str) -> list[tuple[str, str]]:
    """Return (id, collection) of the items of a title."""
    with world.stack.database() as connection:
        return connection.execute("SELECT id, collection FROM knowledge.items WHERE title = %s", (title,)).fetchall()


def test_a_file_is_read_first_then_loaded_and_found(world: World, keeper: SignedIn) -> None:
    rows = table(workshop("a1", "Atelier parfumerie"), workshop("a2", "Atelier mal daté", "31/02/2027"))
    path, said = report(keeper, send(keeper, rows))
    assert "Lignes lues 2 Seraient gardées 1 Seraient refusées 1" in said
    assert re.search(r"ateliers\.csv:3: .*31/02/2027", said), said
    assert not items_of(world, "Atelier parfumerie")
    _, said = report(keeper, keeper.post(path))
    assert "Chargé" in said, said
    item, collection = items_of(world, "Atelier parfumerie")[0]
    assert item in cards(world.stack.open().say("un atelier de parfumerie à Dole"))
    with world.stack.database() as connection:
        whose = connection.execute("SELECT structure_id FROM people.structure_events WHERE event_id = %s", (item,))
        assert whose.fetchall() == [(keeper.structure,)]
    assert collection in world.audited("knowledge_imported")[0]["detail"]
    assert "Atelier parfumerie" in words(keeper.get(f"/console/savoirs/{item}").text)  # read only
    page = keeper.get(HERE).text
    leave = re.search(r'href="([^"]+/ensemble/[^"]+)"', page)
    assert leave
    assert keeper.post(leave[1]).status_code == 303
    assert not items_of(world, "Atelier parfumerie")


def test_replacing_a_set_asks(world: World, keeper: SignedIn) -> None:
    path, _ = report(keeper, send(keeper, table(workshop("b1", "Atelier poterie"))))
    report(keeper, keeper.post(path))
    path, said = report(keeper, send(keeper, table(workshop("b2", "Atelier tissage"))))
    assert "Remplacer l'ensemble déjà chargé" in said
    refused = keeper.post(path)
    assert refused.status_code == 422
    assert items_of(world, "Atelier poterie")
    report(keeper, keeper.post(path, {"replace": "yes"}))
    assert items_of(world, "Atelier tissage")
    assert not items_of(world, "Atelier poterie")


def test_two_structures_whose_files_are_called_alike_take_nothing_from_each_other(
    world: World, keeper: SignedIn
) -> None:
    other = world.account("supervisor", world.structure())
    for someone in (keeper, other):
        path, _ = report(someone, send(someone, table(workshop("c1", f"Atelier de {someone.id.hex[:8]}"))))
        report(someone, someone.post(path))
    assert items_of(world, f"Atelier de {keeper.id.hex[:8]}")
    assert items_of(world, f"Atelier de {other.id.hex[:8]}")
    assert other.get(path).status_code == 200
    assert keeper.get(path).status_code == 404
    assert keeper.post(path).status_code == 404


def test_what_another_set_holds_stays_there(world: World, keeper: SignedIn) -> None:
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:same@exemple.fr\nSUMMARY:{title}\n"
        "DTSTART:20300314T130000Z\nDTEND:20300314T150000Z\nLOCATION:39100 Dole\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    path, _ = report(keeper, send(keeper, calendar.format(title="Nuit des étoiles").encode(), "a.ics", format="ics"))
    report(keeper, keeper.post(path))
    thief = world.account("supervisor", world.structure())
    _, said = report(thief, send(thief, calendar.format(title="Volé").encode(), "b.ics", format="ics"))
    assert "'Volé' is already in the set" in said
    assert "Rien ne serait gardé" in said


def bomb() -> bytes:
    """Return a zip of 20 kB that unpacks to 20 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", b"a" * 20_000_000)
    return made.getvalue()


HOSTILE = {
    "a zip bomb": (bomb(), "x.zip", "more than 1,000,000 bytes|zip bomb"),
    "a huge line": (table("x" * 1_500_000), "x.csv", "a line of more than"),
    "another encoding": (table(workshop("d", "Café")).decode().encode("windows-1252"), "x.csv", "is not utf-8"),
    "zero bytes": (b"\0" * 5000, "x.csv", "zero bytes"),
    "no table at all": (b"%PDF-1.7 bonjour", "x.pdf", "Remedy"),
    "an unknown column": (b"type;identifiant;titre;source;prixx\n", "x.csv", "near 'prix'"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(keeper: SignedIn, what: str) -> None:
    body, name, why = HOSTILE[what]
    _, said = report(keeper, send(keeper, body, name))
    assert "Ce fichier ne peut pas être pris" in said
    assert re.search(why, said), said


def test_a_file_too_large_empty_or_of_no_format_is_refused_at_once(keeper: SignedIn) -> None:
    large = send(keeper, b"x" * (11 * 1024 * 1024))
    assert large.status_code == 413
    assert "10 Mo au plus" in words(large.text)
    assert send(keeper, b"").status_code == 422
    assert send(keeper, b"x", format="laposte").status_code == 422  # national: the installation's alone
    assert send(keeper, b"x", encoding="utf-16").status_code == 422
    without_length = keeper.client.post(HERE, content=iter([b"x"]), headers={"Content-Type": "text/csv"})
    assert without_length.status_code == 413


def test_a_name_full_of_tricks_is_a_name(world: World, keeper: SignedIn) -> None:
    name = "../../<script>alert(1)</script>.csv"
    path, said = report(keeper, send(keeper, table(workshop("e1", "Atelier <script>x</script>")), name))
    assert "Seraient gardées 1" in said
    for page in (path, HERE):
        assert "<script>" not in keeper.get(page).text.partition("<main")[2]
