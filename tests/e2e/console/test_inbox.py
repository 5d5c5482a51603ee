"""The inbox: what stands in it, for whom, and how it is searched."""

import re
import uuid
from typing import Any

import pytest

from tests.console import SignedIn, World

LIKES = "j'ai 17 ans, j'aime réparer des vélos, j'habite à Besançon"


def listed(someone: SignedIn, query: str = "") -> list[str]:
    """Return the conversations on the page, in order."""
    answered = someone.get(f"/console/conversations?{query}")
    assert answered.status_code == 200, answered.text
    return re.findall(r'href="/console/conversations/([0-9a-f-]{36})"', answered.text)


def counts(someone: SignedIn) -> dict[str, Any]:
    """Return what the page's counts follow."""
    found: dict[str, Any] = someone.get("/console/conversations/etat").json()["counts"]
    return found


def test_a_structure_sees_what_concerns_it_the_latest_first(world: World) -> None:
    ours, theirs = world.structure(), world.structure()
    first, second = world.conversation(ours, "shared", "salut"), world.conversation(ours, "event", "coucou")
    world.conversation(theirs, "shared", "bonjour")
    counsellor = world.account(structure=ours)
    assert listed(counsellor) == [second.id, first.id]
    first.say("j'aime la cuisine")
    assert listed(counsellor) == [first.id, second.id]
    assert world.account("administrator", ours).get("/console/conversations").status_code == 403


def test_filters_and_words_find_conversations(world: World) -> None:
    ours = world.structure()
    bikes = world.conversation(ours, "shared", LIKES)
    other = world.conversation(
        ours, "shared", "schtroumpfer le machin qui fait bidule", "hmf grr 3 x 9 la", "zzz kkk pppp"
    )
    counsellor = world.account(structure=ours)
    assert listed(counsellor, "departement=25") == [bikes.id]
    assert listed(counsellor, "etat=unclear") == [other.id]
    assert listed(counsellor, "theme=reparation") == [bikes.id]
    assert listed(counsellor, "canal=sms") == []
    assert listed(counsellor, "du=2020-01-01&au=2020-02-01") == []
    counsellor.get(f"/console/conversations/{bikes.id}")  # which has its words looked at now
    assert listed(counsellor, "q=r%C3%A9parer+v%C3%A9lo") == [bikes.id]
    assert listed(counsellor, "q=boulangerie") == []


@pytest.mark.parametrize(
    "query", ["du=demain", "etat=n'importe", "a=pape", "avant=zz", "q=%27%22%28%26%7C", "q=%00", "departement=%FF"]
)
def test_what_cannot_be_read_is_left_out_and_said(world: World, query: str) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", "salut")
    answered = world.account(structure=ours).get(f"/console/conversations?{query}")
    assert answered.status_code == 200
    if query.startswith(("du", "etat", "a=")):
        assert "laissé de côté" in answered.text
        assert talking.id in answered.text


def test_pages_follow_each_other_without_a_gap_or_a_repeat(world: World) -> None:
    ours = world.structure()
    with world.stack.database() as connection:
        for _ in range(120):
            identifier = uuid.uuid4()
            connection.execute(
                "INSERT INTO people.conversations (id, channel, created_at, active_at) VALUES (%s, 'web', now(),"
                " now() - interval '1 hour')",
                (identifier,),
            )
            connection.execute("INSERT INTO people.concerns VALUES (%s, %s, 'shared', now())", (ours, identifier))
    counsellor, seen, query = world.account(structure=ours), [], ""
    while True:
        page = counsellor.get(f"/console/conversations?{query}").text
        seen += re.findall(r'href="/console/conversations/([0-9a-f-]{36})"', page)
        following = re.search(r'href="/console/conversations\?([^"]*)" rel="next"', page)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 120


def test_counts_tell_what_waits_is_unread_and_mine(world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", "salut")
    counsellor = world.account(structure=ours)
    assert counts(counsellor) == {"waiting": 0, "flagged": 0, "unread": 1, "mine": 0}
    counsellor.get(f"/console/conversations/{talking.id}")
    assert counts(counsellor)["unread"] == 0
    counsellor.post(f"/console/conversations/{talking.id}/attribuer", {"to": str(counsellor.id)})
    assert counts(counsellor)["mine"] == 1
    assert listed(counsellor, "a=me") == [talking.id]
    talking.say("j'en ai marre, je veux mourir")
    assert counts(counsellor) == {"waiting": 0, "flagged": 1, "unread": 1, "mine": 1}
    counsellor.post(f"/console/conversations/{talking.id}/relu", {"done": "oui"})
    assert counts(counsellor)["flagged"] == 0
    assert listed(counsellor, "etat=reviewed") == [talking.id]


def test_views_are_kept_and_forgotten_by_their_owner_alone(world: World) -> None:
    ours = world.structure()
    mine, colleague = world.account(structure=ours), world.account(structure=ours)
    kept = mine.post("/console/conversations/vues", {"name": "Celles du 25", "query": "departement=25&avant=x"})
    assert kept.status_code == 303
    page = mine.get("/console/conversations").text
    assert 'href="/console/conversations?departement=25"' in page
    assert "Celles du 25" not in colleague.get("/console/conversations").text
    (view,) = re.findall(r"/vues/([0-9a-f-]{36})/oublier", page)
    colleague.post(f"/console/conversations/vues/{view}/oublier")
    assert "Celles du 25" in mine.get("/console/conversations").text
    mine.post(f"/console/conversations/vues/{view}/oublier")
    assert "Celles du 25" not in mine.get("/console/conversations").text
    refused = mine.post("/console/conversations/vues", {"name": " " * 3, "query": ""})
    assert (refused.status_code, "Donnez un nom" in refused.text) == (422, True)
