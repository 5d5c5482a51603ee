"""A human in the conversation, from both sides."""

import time
from datetime import timedelta

from tests.console import SignedIn, World, now
from tests.stack import Conversation

HERE = "j'ai 17 ans, j'aime réparer des vélos, j'habite à Besançon"
CALLS = 'ask_human{"confirmed": "yes"}'


def path(talking: Conversation, rest: str = "") -> str:
    """Return a page of a conversation."""
    return f"/console/conversations/{talking.id}{rest}"


def waiting_for(world: World) -> tuple[Conversation, SignedIn]:
    """Return a conversation whose person called, and a counsellor of the structure called."""
    with world.stack.database() as connection:
        connection.execute("UPDATE people.structures SET departments = '{}'")  # those of other tests answer no more
    ours = world.structure(departments=("25",))
    counsellor = world.account(structure=ours)
    counsellor.get("/console/")
    talking = world.conversation(None, "shared", HERE)
    offered = talking.say("je veux parler à quelqu'un")
    (pressed,) = [b["payload"] for message in offered for b in message["buttons"] if CALLS in b["payload"]]
    assert "lira notre conversation" in offered[0]["text"]
    assert counsellor.get(path(talking)).status_code == 404, "not before the person's word"
    talking.press(pressed)
    assert counsellor.get(path(talking)).status_code == 200
    return talking, counsellor


def latest(talking: Conversation) -> dict[str, str]:
    """Return the last message."""
    return talking.messages()[-1]


def until(talking: Conversation, author: str, after: int) -> dict[str, str]:
    """Wait for a message of somebody after a seq."""
    for _ in range(100):
        found = [one for one in talking.messages(after) if one["author"] == author]
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"nothing of {author}")


def test_a_call_is_answered_by_a_person_and_given_back_to_the_bot(world: World) -> None:
    talking, counsellor = waiting_for(world)
    assert talking.id in counsellor.get("/console/conversations?etat=waiting").text
    assert counsellor.post(path(talking, "/prendre")).status_code == 303
    assert latest(talking)["author"] == "system"
    assert "Samia" in latest(talking)["text"]
    answered = talking.post({"client_id": "one", "text": "merci d'être là"}).json()
    assert (answered["state"], answered["pending"], answered["replies"]) == ("counsellor", False, [])
    assert counsellor.post(path(talking, "/messages"), {"text": "Bonjour ! <b>Dis-moi</b>"}).status_code == 303
    said = latest(talking)
    assert (said["author"], said["author_name"], said["text"]) == ("counsellor", "Samia", "Bonjour ! <b>Dis-moi</b>")
    seq = int(said["seq"])
    left = {
        "summary": "On regarde les formations en soudure.",
        "likes": "la soudure",
        "place": "Dole",
        "aim": "training",
    }
    assert counsellor.post(path(talking, "/rendre"), left).status_code == 303
    back = until(talking, "bot", seq)
    assert "On regarde les formations en soudure." in back["text"]
    profile = talking.client.get(f"/api/v1/conversations/{talking.id}/export", headers=talking.headers).json()[
        "profile"
    ]
    assert "la soudure" in profile["likes"]
    assert profile["place"].startswith("Dole")
    assert talking.say("et des événements ?"), "the bot answers again"
    assert [one["staff_id"] for one in world.audited("take", talking.id)] == [counsellor.id]


def test_nobody_comes_and_the_bot_says_so(world: World) -> None:
    talking, _ = waiting_for(world)
    seq = int(latest(talking)["seq"])
    with world.stack.database() as connection:
        connection.execute(
            "UPDATE people.calls SET asked_at = %s WHERE conversation_id = %s",
            (now() - timedelta(minutes=6), talking.id),
        )
    assert "Personne n'est libre" in until(talking, "bot", seq)["text"]
    with world.stack.database() as connection:
        cursor = connection.execute(
            "SELECT waiting_since, (SELECT given_up_at IS NOT NULL FROM people.calls k WHERE k.conversation_id = c.id)"
            " FROM people.conversations c WHERE id = %s",
            (talking.id,),
        )
        assert cursor.fetchone() == (None, True)


def test_who_came_and_went_silent_gives_the_word_back(world: World) -> None:
    talking, counsellor = waiting_for(world)
    counsellor.post(path(talking, "/prendre"))
    talking.post({"client_id": "one", "text": "tu es là ?"})
    seq = int(latest(talking)["seq"])
    with world.stack.database() as connection:
        connection.execute(
            "UPDATE people.messages SET created_at = created_at - interval '7 minutes' WHERE conversation_id = %s",
            (talking.id,),
        )
        connection.execute(
            "UPDATE people.conversations SET taken_at = taken_at - interval '8 minutes' WHERE id = %s", (talking.id,)
        )
    assert "de nouveau Piste" in until(talking, "bot", seq)["text"]
    refused = counsellor.post(path(talking, "/messages"), {"text": "me revoilà"})
    assert (refused.status_code, "plus cette conversation" in refused.text) == (422, True)


def test_two_counsellors_do_not_hold_the_same_conversation(world: World) -> None:
    talking, first = waiting_for(world)
    second = world.account(structure=first.structure, name="Marc")
    assert first.post(path(talking, "/prendre")).status_code == 303
    refused = second.post(path(talking, "/prendre"))
    assert (refused.status_code, "déjà pris" in refused.text) == (422, True)
    assert second.post(path(talking, "/messages"), {"text": "bonjour"}).status_code == 422
    assert second.post(path(talking, "/rendre")).status_code == 422


def test_where_nobody_is_at_work_nobody_is_promised(world: World) -> None:
    world.structure(departments=("39",))
    talking = world.conversation(None, "shared", "j'habite à Dole")
    said = talking.say("je veux parler à quelqu'un")
    assert "personne ne peut te rejoindre" in said[0]["text"]
    assert not any(CALLS in b["payload"] for message in said for b in message["buttons"])


def test_who_joins_an_event_is_told_who_reads(world: World) -> None:
    ours = world.structure("Forum de l'emploi de Dole", kind="organiser")
    with world.stack.database() as connection:
        (event,) = connection.execute(
            "SELECT id FROM knowledge.items WHERE kind = 'event' AND collection = 'demo' AND starts_at > now()"
            " AND NOT cancelled ORDER BY starts_at DESC LIMIT 1"
        ).fetchone() or ("",)
        connection.execute(
            "INSERT INTO people.join_codes VALUES ('KPDMZ7', %s, now()) ON CONFLICT DO NOTHING", (event,)
        )
        (code,) = connection.execute("SELECT code FROM people.join_codes WHERE event_id = %s", (event,)).fetchone() or (
            "",
        )
        connection.execute(
            "INSERT INTO people.structure_events VALUES (%s, %s)"
            " ON CONFLICT (event_id) DO UPDATE SET structure_id = excluded.structure_id",
            (event, ours),
        )
    talking = world.stack.open(join_code=code)
    assert any("Forum de l'emploi de Dole" in message["text"] for message in talking.welcome)
    assert talking.id in world.account(structure=ours).get("/console/conversations").text
