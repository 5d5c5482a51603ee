"""What an imported event says is text, on the agenda, its map and its poster, whatever it says."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from knowledge_base import KnowledgeBase
from tests.e2e.feeding import DAY, Feeding, feeding
from tests.planting import planted
from tests.publisher import Page as Published
from tests.stack import Stack

SCRIPT = "<script>window.ran=1</script>"
IMAGE = '"><img src=x onerror=window.ran=1>'
STYLE = "'><style>*{display:none!important}</style></title></textarea><svg onload=window.ran=1>"
ATTACK = f"{SCRIPT}{IMAGE}{STYLE}{{{{7*7}}}}"
ADDRESSES = ("javascript:window.ran=1", " JaVaScript:window.ran=1", "data:text/html,<script>window.ran=1</script>")


def hostile(address: str) -> dict[str, Any]:
    """Return an event that attacks by every field, as no importer would let it in."""
    site = {"label": ATTACK, "address": ATTACK, "commune": ATTACK, "postcode": ATTACK}
    registration = {"text": f"gratuit {ATTACK}", "url": address, "phone": f"06{ATTACK}", "email": ATTACK}
    details = {
        "place": site, "registration": registration, "url": address, "campaign": ATTACK,
        "organiser": ATTACK, "access": ATTACK,
        "public": {"text": ATTACK}, "type": ATTACK, "price": {"text": ATTACK}, "exhibitors": [ATTACK],
    }  # fmt: skip
    return {
        "id": f"planted-{ATTACK}", "title": ATTACK, "summary": ATTACK, "place_label": ATTACK, "commune": ATTACK,
        "latitude": 47.62, "longitude": 6.16, "source": ATTACK, "source_url": address, "details": details,
    }  # fmt: skip


@pytest.fixture
def watched(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A tab that fails the test when something ran, or when the policy had to stop something."""
    context = browser.new_context(locale="fr-FR", base_url=stack.url)
    page = context.new_page()
    stopped: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            stopped.append(message.text)

    page.on("console", note)
    page.on("dialog", lambda dialog: stopped.append(dialog.message))
    yield page
    context.close()
    assert not stopped


def nothing_ran(page: Page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x], svg[onload], main style, main script").count() == 0
    for address in page.locator("a[href]").evaluate_all("links => links.map(one => one.protocol)"):
        assert address in ("http:", "https:", "tel:", "mailto:")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_that_data_says_runs(watched: Page, stack: Stack, address: str) -> None:
    with planted(stack, hostile(address)):
        watched.goto("/agenda?near=Vesoul&places=1", wait_until="networkidle")
        expect(watched.get_by_role("heading", name=SCRIPT)).to_be_visible()
        nothing_ran(watched)
        watched.locator(".pin").first.press("Enter")
        expect(watched.locator(".leaflet-popup")).to_contain_text(ATTACK)
        nothing_ran(watched)
        watched.locator(".leaflet-popup a").first.click()
        nothing_ran(watched)
        watched.get_by_role("link", name=ATTACK[:20]).first.hover()
        poster = watched.locator("a[href^='/affiche/planted']").get_attribute("href") or ""
        watched.goto(poster, wait_until="networkidle")
        expect(watched.locator("h1")).to_contain_text(SCRIPT)
        nothing_ran(watched)
        code = watched.locator("img").get_attribute("src") or ""
        assert watched.locator("img").evaluate("image => image.naturalWidth") > 0
        watched.goto(code)
        assert watched.evaluate("document.documentElement.tagName + window.ran") == "svgundefined"


@pytest.mark.parametrize("name", ["q", "near", "campaign", "theme", "from", "km", "modality", "period"])
def test_nothing_that_an_address_says_runs(watched: Page, name: str) -> None:
    watched.goto(f"/agenda?{urlencode({name: ATTACK[:90]})}", wait_until="networkidle")
    expect(watched.get_by_role("heading", name="L'agenda pour trouver sa voie")).to_be_visible()
    nothing_ran(watched)


@pytest.fixture
def feeds(knowledge: KnowledgeBase, stack: Stack) -> Iterator[Feeding]:
    with feeding(knowledge, stack.instance.database_url) as lent:
        yield lent


def test_an_imported_event_is_text_too(watched: Page, feeds: Feeding) -> None:
    cells = {
        "type": "atelier", "identifiant": "1", "titre": ATTACK, "résumé": ATTACK, "source": ATTACK, "lieu": ATTACK,
        "adresse": ATTACK, "commune": "Vesoul", "latitude": "47.62", "longitude": "6.16", "public": ATTACK,
        "accès": ATTACK, "date": f"{DAY:%d/%m/%Y}", "heures": "14h-16h", "organisateur": ATTACK, "inscription": ATTACK,
        "campagne": ATTACK,
    }  # fmt: skip
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(cells)
    rows.writerow(cells.values())
    feeds.add("hostile", Published(written.getvalue().encode()))
    report = feeds.run("hostile")
    assert report
    assert report.kept == 1
    watched.goto("/agenda?near=Vesoul&km=5", wait_until="networkidle")
    expect(watched.get_by_role("heading", name=SCRIPT)).to_be_visible()
    watched.locator(".pin").first.press("Enter")
    expect(watched.locator(".leaflet-popup")).to_contain_text(SCRIPT)
    nothing_ran(watched)
