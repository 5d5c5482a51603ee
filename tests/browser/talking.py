"""Talking through the widget, and comparing what it shows with what the gateway holds."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

ANSWER = 15_000  # milliseconds

HELD = """async () => {
    const key = Object.keys(localStorage).find((name) => /^piste:[^#!]*$/.test(name));
    const { id, token } = JSON.parse(localStorage.getItem(key));
    const base = key.slice("piste:".length);
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${base}api/v1/conversations/${id}/messages`, { headers });
    return (await answer.json()).messages;
}"""
SHOWN = (
    "() => [...document.querySelector('piste-chat').shadowRoot.querySelectorAll('.message')].map((m) => m.dataset.id)"
)

SITE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Un lycée</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Un lycée</h1><p>Une page d'un autre site.</p><a href="#a">Un lien</a></main>
<script src="{gateway}/widget.js" {attributes}></script></body></html>"""


@dataclass
class Site:
    """Somebody else's site, which includes the widget under a policy that allows nothing but it."""

    url: str
    asked: list[str]


@contextlib.contextmanager
def site(gateway: str, attributes: str = "") -> Iterator[Site]:
    """Serve a page of another origin for the length of a block."""
    policy = f"default-src 'none'; script-src {gateway}; connect-src {gateway}; img-src {gateway}; base-uri 'none'"
    body = SITE.format(gateway=gateway, attributes=attributes).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://localhost:{server.server_port}/", [])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def welcomed(page: Page) -> None:
    """Wait for the welcome and its question, the last thing said before the person speaks."""
    expect(page.locator(".message.bot").first).to_be_visible(timeout=ANSWER)
    expect(page.get_by_role("button", name="15 à 17 ans")).to_be_visible(timeout=ANSWER)


def say(page: Page, text: str) -> None:
    """Write and send, by mouse."""
    page.get_by_label("Ton message").fill(text)
    page.get_by_role("button", name="Envoyer").click()


def answered(page: Page, text: str) -> None:
    """Wait until a message of ours is stored and something of the bot stands after it."""
    mine = page.locator(".message.user:not(.waiting)", has_text=text).last
    expect(mine).to_be_visible(timeout=ANSWER)
    expect(mine.locator("xpath=following-sibling::div[contains(@class, 'bot')]").first).to_be_visible(timeout=ANSWER)


def held(page: Page) -> list[dict[str, Any]]:
    """Return what the gateway holds of this browser's conversation."""
    found: list[dict[str, Any]] = page.evaluate(HELD)
    return found


def shows_all(page: Page) -> None:
    """Assert that the page shows every message that the gateway holds, once each, in order."""
    wanted = [message["id"] for message in held(page)]
    expect(page.locator(".message")).to_have_count(len(wanted), timeout=ANSWER)
    assert page.evaluate(SHOWN) == wanted
