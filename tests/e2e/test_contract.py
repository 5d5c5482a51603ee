"""The web API as docs/architecture.md promises it, bad input included."""

import json
import uuid

import httpx
import pytest

from tests.stack import Conversation, Stack

API = "/api/v1/conversations"


@pytest.fixture
def person(stack: Stack) -> Conversation:
    return stack.open()


def check_problem(answered: httpx.Response, status: int) -> None:
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"].startswith("application/problem+json")
    body = answered.json()
    assert body["status"] == status
    assert body["detail"].endswith((".", "?"))
    assert "Traceback" not in answered.text


def test_the_welcome_is_already_in_the_first_answer(stack: Stack) -> None:
    person = stack.open(locale="en", origin="affiche lycée")
    assert [message["seq"] for message in person.welcome] == list(range(1, len(person.welcome) + 1))
    assert "programme" in person.welcome[0]["text"]
    assert person.welcome[-1]["buttons"]


def test_an_unknown_join_code_still_opens_and_is_told(stack: Stack) -> None:
    person = stack.open(join_code="ABCDEF23")
    assert "code" in person.welcome[0]["text"]


def test_the_same_client_id_runs_once_and_answers_the_same(person: Conversation) -> None:
    body = {"client_id": "once", "text": "j'aime la cuisine"}
    first, again = person.post(body), person.post(body)
    assert first.json() == again.json()
    assert first.status_code == again.status_code == 200
    assert sum(message["author"] == "user" for message in person.messages()) == 1


def test_without_wait_the_message_is_accepted_and_answered_later(person: Conversation) -> None:
    accepted = person.post({"client_id": "later", "text": "salut"}, wait=False)
    assert accepted.status_code == 202
    assert set(accepted.json()) == {"message_id"}
    waited = person.post({"client_id": "later", "text": "salut"})
    assert waited.json()["message_id"] == accepted.json()["message_id"]
    assert waited.json()["replies"]


def test_messages_sent_at_once_are_answered_in_order(person: Conversation) -> None:
    for number in range(5):
        person.post({"client_id": str(number), "text": f"j'aime le sport numéro {number}"}, wait=False)
    last = person.post({"client_id": "last", "text": "merci"})
    assert last.json()["pending"] is False
    authors = [message["author"] for message in person.messages(after=len(person.welcome))]
    assert authors.count("user") == 6
    assert [message["seq"] for message in person.messages()] == list(range(1, len(person.messages()) + 1))


def test_a_button_is_stored_under_its_title_and_nothing_else_is_accepted(person: Conversation) -> None:
    button = person.welcome[-1]["buttons"][1]
    person.press(button["payload"])
    said = [message["text"] for message in person.messages() if message["author"] == "user"]
    assert said == [button["title"]]
    check_problem(person.post({"client_id": "x", "payload": "/restart"}), 422)


def test_a_slash_is_only_a_character(person: Conversation) -> None:
    person.say("j'aime la mécanique")
    person.say("/restart")
    assert "mécanique" in person.say("pourquoi ?")[0]["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"client_id": "a", "text": ', 400),
        ("[]", 422),
        ('{"client_id": "a"}', 422),
        ('{"client_id": "a", "text": "x", "payload": "y"}', 422),
        ('{"client_id": "a", "text": ""}', 422),
        ('{"client_id": "a", "text": " \\u200b \\n"}', 422),
        ('{"client_id": "a", "text": 12}', 422),
        ('{"text": "x"}', 422),
        (json.dumps({"client_id": "a" * 65, "text": "x"}), 422),
        (json.dumps({"client_id": "a", "text": "x" * 2001}), 413),
        (json.dumps({"client_id": "a", "text": "x" * 200_000}), 413),
    ],
)
def test_bad_messages_get_the_right_status_and_a_french_sentence(person: Conversation, body: str, status: int) -> None:
    headers = {**person.headers, "Content-Type": "application/json"}
    check_problem(person.client.post(f"{API}/{person.id}/messages?wait=true", content=body, headers=headers), status)


@pytest.mark.parametrize(
    "text", ["🙂🙃", "\x00a\ud800b".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "<b>x</b>"]
)
def test_odd_texts_are_normal_messages(person: Conversation, text: str) -> None:
    assert person.say(text)


def test_a_lone_surrogate_is_stored_without_it(person: Conversation) -> None:
    headers = {**person.headers, "Content-Type": "application/json"}
    raw = b'{"client_id": "s", "text": "salut \\ud800 \\u0000"}'
    answered = person.client.post(f"{API}/{person.id}/messages?wait=true", content=raw, headers=headers)
    assert answered.status_code == 200, answered.text


def test_tokens_open_their_own_conversation_only(stack: Stack, person: Conversation) -> None:
    other = stack.open()
    path = f"{API}/{person.id}/messages"
    check_problem(person.client.get(path), 401)
    check_problem(person.client.get(path, headers={"Authorization": "Bearer wrong"}), 401)
    check_problem(person.client.get(path, headers=other.headers), 404)
    check_problem(person.client.get(f"{API}/{uuid.uuid4()}/messages", headers=person.headers), 404)
    check_problem(person.client.get(f"{API}/not-an-id/messages", headers=person.headers), 404)


def test_wrong_opening_requests(stack: Stack) -> None:
    with stack.client() as client:
        check_problem(client.post(API, content="{", headers={"Content-Type": "application/json"}), 400)
        check_problem(client.post(API, json={"origin": "x" * 65}), 422)
        check_problem(client.get("/nowhere"), 404)
        check_problem(client.put(API), 405)
        assert client.post(API).status_code == 201


def test_events_carry_messages_and_resume(person: Conversation) -> None:
    path = f"{API}/{person.id}/events"
    person.say("salut")
    headers = {**person.headers, "Last-Event-ID": str(len(person.welcome))}
    with person.client.stream("GET", path, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        seen = []
        for line in stream.iter_lines():
            if line.startswith("data: ") and '"seq"' in line:
                seen.append(json.loads(line.removeprefix("data: ")))
            if len(seen) == 2:
                break
    assert [message["author"] for message in seen] == ["user", "bot"]
    assert seen[0]["seq"] == len(person.welcome) + 1


def test_everything_held_can_be_exported_and_erased(stack: Stack) -> None:
    person = stack.open()
    person.say("j'aime la cuisine et j'ai 17 ans")
    held = person.client.get(f"{API}/{person.id}/export", headers=person.headers).json()
    assert len(held["messages"]) == len(person.messages())
    assert held["profile"]["age_group"] == "15_17"
    assert person.client.delete(f"{API}/{person.id}", headers=person.headers).status_code == 204
    check_problem(person.client.get(f"{API}/{person.id}/messages", headers=person.headers), 404)
    with stack.database() as connection:
        for table, column in (
            ("people.messages", "conversation_id::text"),
            ("rasa.events", "sender_id"),
            ("rasa.turns", "sender_id"),
        ):
            left = connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", (person.id,)).fetchone()
            assert left == (0,), table


def test_a_flood_is_told_to_wait(stack: Stack) -> None:
    person = stack.open()
    statuses = {}
    for number in range(400):
        answered = person.post({"client_id": "same", "text": "salut"}, wait=False)
        statuses[answered.status_code] = answered
        if answered.status_code == 429:
            break
        assert number < 399
    check_problem(statuses[429], 429)
    assert int(statuses[429].headers["retry-after"]) >= 1


def test_pages_health_and_metrics_answer(stack: Stack) -> None:
    with stack.client() as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json()["parts"] == {"database": True, "bot": True, "actions": True}
        assert "piste_stage_seconds" in client.get("/metrics").text
        assert client.get("/metrics", headers={"X-Forwarded-For": "8.8.8.8"}).status_code == 403
        assert "Piste" in client.get("/").text
        assert "http" not in client.get("/docs").text.replace("http://www.w3.org", "")


def test_no_log_holds_a_word_that_was_said(stack: Stack) -> None:
    person = stack.open()
    person.say("j'aime les zygomorphes de Quincampoix et mon numéro est le 0611223344")
    person.say("zygomorphes" * 150)
    logs = [path for path in stack.instance.logs.glob("*") if path.is_file()]
    assert len(logs) >= 5
    for path in logs:
        content = path.read_text(errors="replace")
        for word in ("zygomorphes", "0611223344", "cuisin", "mécanique", "bidouiller", person.token):
            assert word not in content, f"{path.name} holds « {word} »"
