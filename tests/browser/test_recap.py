"""« Mon récap » in the browser: what was said and proposed, on one printed page; the data as a file."""

import json
import re

from playwright.sync_api import Page, expect

PAGES = re.compile(rb"/Type\s*/Page(?!s)\b")
SAID = (
    "j'ai 17 ans, j'habite à Planoise, j'aime réparer des ordinateurs, j'aime cuisiner et je veux pas de bureau",
    "des formations",
    "des événements",
    "qui peut m'aider ?",
    "autre chose",
)


def say(page: Page, text: str) -> None:
    said = page.locator(".message.bot").count()
    page.get_by_label("Ton message").fill(text)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".message.user").last).to_contain_text(text)
    expect(page.locator(".message.bot").nth(said)).to_be_visible(timeout=15_000)
    page.wait_for_timeout(400)


def test_the_recap_of_a_long_conversation_prints_on_one_page(page: Page) -> None:
    page.goto("/chat")
    expect(page.locator(".message.bot").first).to_be_visible(timeout=15_000)
    for text in SAID:
        say(page, text)
    page.get_by_role("link", name="Mon récap").click()
    expect(page.get_by_role("heading", name="Ce que j'ai dit de moi")).to_be_visible()
    expect(page.get_by_role("heading", name="Des métiers à regarder")).to_be_visible()
    expect(page.get_by_role("heading", name="Mes questions pour le rendez-vous")).to_be_visible()
    assert page.locator("article").count() >= 8
    assert "17 ans" in page.locator("main").inner_text()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(PAGES.findall(printed)) == 1
    page.get_by_role("link", name="Revenir à la conversation").click()
    expect(page.locator(".message.user").first).to_be_visible()


def test_a_recap_of_nothing_says_so(page: Page) -> None:
    page.goto("/recap")
    expect(page.get_by_role("status")).to_contain_text("Il n'y a encore rien")


def test_what_is_held_can_be_downloaded(page: Page) -> None:
    page.goto("/chat")
    expect(page.locator(".message.bot").first).to_be_visible(timeout=15_000)
    say(page, "j'aime dessiner")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Mes données").click()
    held = json.loads(waiting.value.path().read_text())
    assert any(message["text"] == "j'aime dessiner" for message in held["messages"])
