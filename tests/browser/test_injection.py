"""Script, HTML and style from a person, an imported item or a counsellor never run: they are shown as text."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talking import answered, say, welcomed
from tests.stack import Conversation, Stack

RUN = "window.__ran = (window.__ran || 0) + 1"
MARKUP = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f'"><svg onload="{RUN}">',
    f"<a href='javascript:{RUN}'>clic</a>",
    "<style>* { display: none !important }</style>",
    "{{ 7 * 7 }} ${7 * 7} </textarea></title><h1>gros</h1>",
    f"javascript:{RUN}",
)
ALL = " ".join(MARKUP)
PUT_IN = """
WITH next AS (UPDATE people.conversations SET last_seq = last_seq + 1 WHERE id = %s RETURNING last_seq)
INSERT INTO people.messages
    (id, conversation_id, seq, author, author_name, text, buttons, cards, image, created_at)
SELECT %s, %s, last_seq, %s, %s, %s, %s, %s, %s, now() FROM next
"""
UNSAFE = (f"javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", "vbscript:x", f" java\nscript:{RUN}", "//")


def card(kind: str) -> dict[str, Any]:
    """A card with markup in every field that a feed or a form could fill."""
    now = datetime.now(UTC).isoformat()
    actions = [{"title": ALL, "payload": None, "url": url} for url in UNSAFE]
    return {
        "kind": kind, "id": ALL, "code": ALL, "title": ALL, "subtitle": ALL, "text": ALL, "why": ALL, "source": ALL,
        "facts": [{"label": ALL, "value": ALL}], "url": UNSAFE[0], "verified_at": now, "distance_km": 1.0,
        "starts_at": now, "ends_at": None, "modality": None, "demo": True,
        "actions": [*actions, {"title": ALL, "payload": "/x", "url": None}],
    }  # fmt: skip


def put_in(stack: Stack, conversation: str) -> None:
    """Store what a counsellor and a hostile feed would say, as the gateway would."""
    cards = json.dumps([card("event"), card("job_family")])
    buttons = json.dumps([{"title": ALL, "payload": "/y"}])
    image = json.dumps({"url": "javascript:" + RUN, "alt": ALL})
    with stack.database() as connection:
        for author in ("counsellor", "bot", "system"):
            connection.execute(
                PUT_IN, (conversation, uuid.uuid4(), conversation, author, ALL, ALL, buttons, cards, image)
            )
        connection.execute("SELECT pg_notify('people', %s)", (conversation,))


def nothing_ran(page: Page) -> None:
    assert page.evaluate("() => window.__ran") is None
    bad = """() => {
        const roots = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
        const all = roots.flatMap((root) => [...root.querySelectorAll("*")]);
        const unsafe = ({ name, value }) => name.startsWith("on")
            || (["href", "src", "action"].includes(name) && /^\\s*(java\\s*script|vbscript):/i.test(value));
        return all.filter((one) => [...one.attributes].some(unsafe)).map((one) => one.outerHTML);
    }"""
    assert page.evaluate(bad) == []


def test_nothing_runs_in_the_widget(page: Page, stack: Stack) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto("/")
    welcomed(page)
    for markup in MARKUP:
        say(page, markup)
        answered(page, markup)
    put_in(stack, page.evaluate("() => JSON.parse(Object.values(localStorage).find((v) => v.includes('token'))).id"))
    expect(page.locator(".message.counsellor .text")).to_have_text(ALL)
    expect(page.locator("article h3").last).to_have_text(ALL)
    for button in page.get_by_role("link", name="gros").all():
        button.click()
    page.locator("summary").last.click()
    page.reload()
    expect(page.locator(".message.counsellor .text")).to_have_text(ALL)
    nothing_ran(page)
    assert dialogs == []


def test_nothing_runs_in_the_page_of_forms(page: Page, stack: Stack) -> None:
    page.goto("/chat")
    page.get_by_role("button", name="Commencer").click()
    for markup in MARKUP:
        page.get_by_label("Ton message").fill(markup)
        page.get_by_role("button", name="Envoyer").click()
        expect(page.locator(".message.user .text").last).to_have_text(markup)
    kept = next(one for one in page.context.cookies() if one["name"] == "piste_chat")
    put_in(stack, kept["value"].partition(".")[0])
    page.reload()
    expect(page.locator(".message.counsellor .text")).to_have_text(ALL)
    nothing_ran(page)
    page.goto("/chat?code=" + "%22%3E%3Cscript%3Ewindow.__ran%3D1%3C%2Fscript%3E")
    nothing_ran(page)
    page.goto("/?code=" + "%22%3E%3Cscript%3Ewindow.__ran%3D1%3C%2Fscript%3E")
    welcomed(page)
    nothing_ran(page)


@pytest.mark.parametrize("path", ["/recap"])
def test_nothing_runs_in_the_recap(page: Page, stack: Stack, path: str) -> None:
    page.goto("/")
    welcomed(page)
    say(page, "j'ai 17 ans et j'aime " + MARKUP[1])
    answered(page, "j'ai 17 ans")
    put_in(stack, page.evaluate("() => JSON.parse(Object.values(localStorage).find((v) => v.includes('token'))).id"))
    page.goto(path)
    expect(page.get_by_role("heading", name="Ce que j'ai dit de moi")).to_be_visible()
    nothing_ran(page)


def test_the_api_never_answers_a_page_to_who_asked_for_data(stack: Stack) -> None:
    person: Conversation = stack.open(origin="x")
    answered_as = stack.people.get(
        f"/api/v1/conversations/{person.id}/messages", headers=person.headers | {"Accept": "text/html"}
    )
    assert answered_as.headers["content-type"] == "application/json"
    assert answered_as.headers["x-content-type-options"] == "nosniff"
    missing = stack.people.get("/api/v1/<script>", headers={"Accept": "text/html"})
    assert missing.headers["content-type"] == "application/problem+json"
    page = stack.people.get("/<script>alert(1)</script>", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<script>alert" not in page.text
