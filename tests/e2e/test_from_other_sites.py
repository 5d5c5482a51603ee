"""The API as other sites call it: allowed to all, with nothing but a conversation's own token."""

import httpx

from tests.stack import Stack

ORIGIN = {"Origin": "https://lycee.example"}


def test_a_browser_may_ask_from_any_site(stack: Stack) -> None:
    asked = ORIGIN | {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,last-event-id",
    }
    allowed = stack.people.options("/api/v1/conversations", headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in allowed.headers
    opened = stack.people.post("/api/v1/conversations", json={}, headers=ORIGIN)
    assert opened.headers["access-control-allow-origin"] == "*"
    refused = stack.people.get(f"/api/v1/conversations/{opened.json()['id']}/messages", headers=ORIGIN)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "*")


def test_scripts_come_compressed_and_events_as_they_happen(stack: Stack) -> None:
    script = stack.people.get("/static/widget/panel.js", headers=ORIGIN | {"Accept-Encoding": "gzip"})
    assert (script.headers["content-encoding"], script.headers["content-type"]) == (
        "gzip", "text/javascript; charset=utf-8",
    )  # fmt: skip
    person = stack.open()
    path = f"{stack.url}/api/v1/conversations/{person.id}/events"
    headers = person.headers | {"Last-Event-ID": "0", "Accept-Encoding": "gzip"}
    with httpx.stream("GET", path, headers=headers, timeout=5) as events:
        assert "content-encoding" not in events.headers
        assert next(line for line in events.iter_lines() if line.startswith("event: message"))


def test_a_browser_gets_its_errors_as_pages_and_a_program_as_json(stack: Stack) -> None:
    page = stack.people.get("/rien", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "Cette page n&#39;existe pas." in page.text
    assert stack.people.get("/rien").headers["content-type"] == "application/problem+json"
