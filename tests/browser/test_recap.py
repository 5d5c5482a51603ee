"""« Mon récap » in the browser: what was said and proposed, on one printed page; the data as a file."""

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.talking import answered, say, site, welcomed
from tests.stack import Stack

PAGES = re.compile(rb"/Type\s*/Page(?!s)\b")
SAID = (
    "j'ai 17 ans, j'habite à Planoise, j'aime réparer des ordinateurs, j'aime cuisiner et je veux pas de bureau",
    "des formations",
    "des événements",
    "qui peut m'aider ?",
    "autre chose",
)


def test_the_recap_of_a_long_conversation_prints_on_one_page(page: Page) -> None:
    page.goto("/")
    welcomed(page)
    for text in SAID:
        say(page, text)
        answered(page, text)
    page.wait_for_timeout(500)  # the last answer comes in several messages
    page.get_by_role("button", name="Menu").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Mon récap").click()
    page = opened.value
    expect(page.get_by_role("heading", name="Ce que j'ai dit de moi")).to_be_visible()
    expect(page.get_by_role("heading", name="Des métiers à regarder")).to_be_visible()
    expect(page.get_by_role("heading", name="Mes questions pour le rendez-vous")).to_be_visible()
    assert page.locator("article").count() >= 8
    assert "17 ans" in page.locator("main").inner_text()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(PAGES.findall(printed)) == 1
    page.get_by_role("link", name="Revenir à la conversation").click()
    expect(page.locator(".message.user").first).to_be_visible()


def test_the_recap_of_a_conversation_on_another_site_is_read_from_there(page: Page, stack: Stack) -> None:
    with site(stack.url) as school:
        page.goto(school.url)
        page.get_by_role("button", name="Parler avec Piste").click()
        welcomed(page)
        say(page, "j'ai 17 ans et j'aime dessiner")
        answered(page, "j'ai 17 ans et j'aime dessiner")
        page.wait_for_timeout(500)
        page.get_by_role("button", name="Menu").click()
        with page.expect_popup() as opened:
            page.get_by_role("button", name="Mon récap").click()
        expect(opened.value.get_by_role("heading", name="Ce que j'ai dit de moi")).to_be_visible()
        assert "?" not in opened.value.url
        assert "#" not in opened.value.url


def test_a_recap_of_nothing_says_so(page: Page) -> None:
    page.goto("/recap")
    expect(page.get_by_role("status")).to_contain_text("Il n'y a encore rien")


def test_what_is_held_can_be_downloaded(page: Page) -> None:
    page.goto("/")
    welcomed(page)
    say(page, "j'aime dessiner")
    answered(page, "j'aime dessiner")
    page.get_by_role("button", name="Menu").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Mes données").click()
    held = json.loads(waiting.value.path().read_text())
    assert any(message["text"] == "j'aime dessiner" for message in held["messages"])
