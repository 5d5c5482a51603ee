"""A transcript: masked, revealed with a reason, annotated, printed, shared; and read by nobody else."""

import re
from datetime import timedelta

import pytest

from tests.console import World, now

LIKES = "j'ai 17 ans, j'aime réparer des vélos, j'habite à Besançon"


def path(conversation: str, rest: str = "") -> str:
    """Return a page of a conversation."""
    return f"/console/conversations/{conversation}{rest}"


def test_what_the_bot_understood_and_why_it_proposed_stand_there(world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    page = world.account(structure=ours).get(path(talking.id)).text
    assert "réparer des vélos" in page
    assert re.search(r"Compris : inform \(\d+ %\)", page)
    assert "place" in page
    assert "Besançon" in page
    assert "Métier, source" in page
    assert "partagée par la personne" in page


def test_another_structures_conversation_does_not_exist(world: World) -> None:
    ours, theirs = world.structure(), world.structure()
    talking = world.conversation(theirs, "shared", "salut")
    counsellor = world.account(structure=ours)
    for rest in ("", "/suite", "/flux", "/imprimer"):
        assert counsellor.get(path(talking.id, rest)).status_code == 404
    for rest in (
        "/prendre",
        "/messages",
        "/rendre",
        "/notes",
        "/etiquettes",
        "/attribuer",
        "/relu",
        "/partager",
        "/devoiler",
        "/frappe",
    ):
        assert counsellor.post(path(talking.id, rest), {"text": "x"}).status_code == 404, rest
    assert counsellor.get(path("n-importe")).status_code == 404


def test_the_duty_sees_flagged_conversations_of_no_structure_and_reveals_nothing(world: World) -> None:
    talking = world.conversation(None, "shared", "j'en ai marre, je veux mourir")
    calm = world.conversation(None, "shared", "salut")
    duty = world.account("counsellor", None, duty=True)
    page = duty.get(path(talking.id))
    assert page.status_code == 200
    assert "détresse" in page.text
    assert duty.get(path(calm.id)).status_code == 404
    assert duty.post(path(talking.id, "/devoiler"), {"reason": "une raison assez longue"}).status_code == 403
    assert len(world.audited("open", talking.id)) == 1, "each opening by the duty is kept"
    world.concern(talking, world.structure())
    assert duty.get(path(talking.id)).status_code == 404


def test_notes_tags_and_assignment_are_the_structures_own(world: World) -> None:
    ours, theirs = world.structure(), world.structure()
    talking = world.conversation(ours, "shared", "salut")
    world.concern(talking, theirs)
    mine, colleague, other = (
        world.account(structure=ours),
        world.account(structure=ours),
        world.account(structure=theirs),
    )
    assert mine.post(path(talking.id, "/notes"), {"text": "Vu au forum"}).status_code == 303
    assert mine.post(path(talking.id, "/etiquettes"), {"tags": "Vélo, CAP , vélo"}).status_code == 303
    assert mine.post(path(talking.id, "/attribuer"), {"to": str(colleague.id)}).status_code == 303
    assert mine.post(path(talking.id, "/attribuer"), {"to": str(other.id)}).status_code == 422
    page = colleague.get(path(talking.id)).text
    assert "Vu au forum" in page
    assert 'value="cap, vélo"' in page
    assert "Vu au forum" not in other.get(path(talking.id)).text
    assert "vélo" not in other.get(path(talking.id)).text
    (note,) = re.findall(r"/notes/([0-9a-f-]{36})/supprimer", mine.get(path(talking.id)).text)
    colleague.post(path(talking.id, f"/notes/{note}/supprimer"))
    assert "Vu au forum" in mine.get(path(talking.id)).text
    mine.post(path(talking.id, f"/notes/{note}/supprimer"))
    assert "Vu au forum" not in mine.get(path(talking.id)).text


def test_a_share_shows_the_masked_sheet_until_its_day(world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    counsellor = world.account(structure=ours)
    made = counsellor.post(path(talking.id, "/partager"), {"days": "7"})
    found = re.search(r"/console/partage/[\w-]+", made.text)
    assert found
    sheet = world.stack.people.get(found[0])
    assert sheet.status_code == 200
    assert "réparer des vélos" in sheet.text
    assert "Notes" not in sheet.text
    assert world.audited("share", talking.id)[0]["detail"] == "7 jours"
    with world.stack.database() as connection:
        connection.execute("UPDATE people.shares SET expires_at = %s", (now() - timedelta(minutes=1),))
    assert world.stack.people.get(found[0]).status_code == 404
    second = counsellor.post(path(talking.id, "/partager"), {"days": "1"})
    link = re.search(r"/console/partage/[\w-]+", second.text)
    assert link
    assert world.stack.people.get(link[0]).status_code == 200
    counsellor.post(path(talking.id, "/ne-plus-partager"))
    assert world.stack.people.get(link[0]).status_code == 404
    assert counsellor.post(path(talking.id, "/partager"), {"days": "3000"}).status_code == 422


def test_a_print_is_kept_in_the_journal(world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    assert world.account(structure=ours).get(path(talking.id, "/imprimer")).status_code == 200
    assert len(world.audited("print", talking.id)) == 1


@pytest.mark.parametrize("reason", ["", "court", "x" * 301])
def test_nothing_is_revealed_without_a_reason(world: World, reason: str) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    refused = world.account(structure=ours).post(path(talking.id, "/devoiler"), {"reason": reason})
    assert refused.status_code == 422
    assert world.audited("reveal", talking.id) == []


def test_what_an_erased_conversation_held_is_gone_from_the_console(world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    counsellor = world.account(structure=ours)
    counsellor.post(path(talking.id, "/notes"), {"text": "Vu au forum"})
    assert world.stack.people.delete(f"/api/v1/conversations/{talking.id}", headers=talking.headers).status_code == 204
    assert counsellor.get(path(talking.id)).status_code == 404
    with world.stack.database() as connection:
        for table in ("notes", "tags", "concerns", "shares", "calls", "conversation_words"):
            held = connection.execute(f"SELECT count(*) FROM people.{table} WHERE conversation_id = %s", (talking.id,))
            assert held.fetchone() == (0,), table
