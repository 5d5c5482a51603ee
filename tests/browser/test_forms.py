"""`/chat` without JavaScript: the same conversation by forms, nothing sent twice, nothing lost."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stack import Stack

LIKES = "j'ai 16 ans, j'aime réparer des ordinateurs, j'habite à Planoise"


@pytest.fixture
def plain(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A tab of a browser without JavaScript."""
    context = browser.new_context(locale="fr-FR", base_url=stack.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def begin(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Commencer").click()


def write(page: Page, text: str) -> None:
    page.get_by_label("Ton message").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Envoyer").click()


def mine(page: Page) -> list[str]:
    return page.locator(".message.user .text").all_inner_texts()


def test_a_whole_conversation_without_javascript(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="parle avec Piste sur cette page").click()
    assert plain.context.cookies() == []
    begin(plain)
    plain.get_by_role("button", name="15 à 17 ans").click()
    write(plain, LIKES)
    expect(plain.locator(".card").first).to_be_visible()
    plain.get_by_role("button", name=re.compile("M'y former")).first.click()
    write(plain, "des événements près de chez moi")
    expect(plain.get_by_role("link", name=re.compile("agenda")).first).to_have_attribute("href", re.compile(r"\.ics$"))
    with plain.expect_download() as waiting:
        plain.get_by_role("link", name="Mes données").click()
    assert LIKES in waiting.value.path().read_text()
    plain.get_by_role("link", name="Mon récap").click()
    expect(plain.get_by_text("Besançon").first).to_be_visible()
    assert plain.locator(".card").count() >= 3
    plain.get_by_role("link", name="Revenir à la conversation").click()
    plain.locator("summary", has_text="Effacer la conversation").click()
    plain.get_by_role("button", name="Oui, tout effacer").click()
    expect(plain.get_by_text("La conversation est effacée")).to_be_visible()
    assert plain.context.cookies() == []
    plain.goto("/chat")
    expect(plain.get_by_role("button", name="Commencer")).to_be_visible()


def test_a_form_sent_twice_is_one_message(plain: Page, stack: Stack) -> None:
    plain.goto("/chat")
    begin(plain)
    (kept,) = plain.context.cookies()
    form = {"page": plain.locator("#ecrire input[name=page]").get_attribute("value"), "text": LIKES}

    def post(_: int) -> int:
        cookie = {"Cookie": f"piste_chat={kept['value']}"}
        return stack.people.post("/chat/message", data=form, headers=cookie).status_code

    with ThreadPoolExecutor(3) as presses:
        assert list(presses.map(post, range(3))) == [303, 303, 303]
    plain.reload()
    assert mine(plain) == [LIKES]
    write(plain, LIKES)
    assert mine(plain) == [LIKES, LIKES], "said again, it is another message"
    plain.reload()
    assert mine(plain) == [LIKES, LIKES]


def test_a_message_refused_says_why_and_keeps_the_words(plain: Page) -> None:
    plain.goto("/chat")
    begin(plain)
    write(plain, "   ")
    expect(plain.get_by_role("alert")).to_contain_text("vide")
    long = "mot " * 501
    write(plain, long)
    expect(plain.get_by_role("alert")).to_contain_text("2 000")
    assert plain.get_by_label("Ton message").input_value().strip() == long.strip()


def test_the_token_is_out_of_reach_of_scripts_and_of_other_sites(plain: Page, stack: Stack) -> None:
    plain.goto("/chat")
    begin(plain)
    (kept,) = plain.context.cookies()
    assert (kept["httpOnly"], kept["sameSite"], kept["path"], kept["expires"]) == (True, "Strict", "/chat", -1)
    cookie = {"Cookie": f"piste_chat={kept['value']}", "Sec-Fetch-Site": "cross-site"}
    for path in ("message", "effacer", "commencer"):
        refused = stack.people.post(f"/chat/{path}", data={"text": "salut", "page": "x"}, headers=cookie)
        assert refused.status_code == 403
    write(plain, "salut")
    assert mine(plain) == ["salut"]


def test_a_conversation_erased_elsewhere_says_so(plain: Page, stack: Stack) -> None:
    plain.goto("/chat")
    begin(plain)
    (kept,) = plain.context.cookies()
    identifier, _, token = kept["value"].partition(".")
    erased = stack.people.delete(f"/api/v1/conversations/{identifier}", headers={"Authorization": f"Bearer {token}"})
    assert erased.status_code == 204
    write(plain, "salut")
    expect(plain.get_by_role("alert")).to_contain_text("effacée")
    begin(plain)
    expect(plain.locator(".message.bot").first).to_be_visible()
