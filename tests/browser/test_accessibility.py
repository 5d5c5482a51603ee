"""What RGAA 4.1 asks and a program can check: axe-core, what is spoken and how often, twice the size, no motion."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.talking import answered, say, site, welcomed
from tests.stack import Stack

LIKES = "j'ai 16 ans, j'aime réparer des ordinateurs, j'habite à Planoise"
# Runs before the page's own scripts: keeps what enters the log while it speaks.
SPOKEN = """
window.spoken = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver((changes) => changes.forEach(({ target, addedNodes }) => {
        if (target.getAttribute?.("role") === "log" && target.getAttribute("aria-live") !== "off")
            addedNodes.forEach((node) => window.spoken.push(node.innerText));
    })).observe(root, { childList: true, subtree: true });
    return root;
};
"""


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=["light-wide", "dark-phone"])
def tab(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[Page]:
    """A tab on a wide light screen, and on a narrow dark one."""
    scheme: Literal["light", "dark"] = request.param[0]
    context = browser.new_context(
        locale="fr-FR", base_url=stack.url, color_scheme=scheme, viewport={"width": request.param[1], "height": 740}
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_in_the_widget(tab: Page, stack: Stack) -> None:
    with site(stack.url, 'data-greeting="Une question ?"') as school:
        tab.goto(school.url)
        expect(tab.get_by_text("Une question ?")).to_be_visible()
        assert violations(tab) == []
        tab.get_by_role("button", name="Parler avec Piste").click()
        welcomed(tab)
        say(tab, LIKES)
        answered(tab, LIKES)
        expect(tab.locator("article").first).to_be_visible()
        tab.locator("summary").first.click()
        assert violations(tab) == []
        tab.get_by_role("button", name="Menu").click()
        tab.get_by_role("button", name="J'ai un code").click()
        assert violations(tab) == []
        tab.get_by_role("button", name="Effacer la conversation").click()
        assert violations(tab) == []


def test_axe_finds_nothing_in_the_pages(tab: Page) -> None:
    tab.goto("/")
    welcomed(tab)
    say(tab, LIKES)
    answered(tab, LIKES)
    assert violations(tab) == []
    for path in ("/recap", "/accessibilite", "/?kiosk=1", "/chat"):
        tab.goto(path)
        tab.wait_for_timeout(300)
        assert violations(tab) == []
    tab.get_by_role("button", name="Commencer").click()
    tab.get_by_label("Ton message").fill(LIKES)
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".card").first).to_be_visible()
    assert violations(tab) == []


def test_what_is_new_is_spoken_once_and_what_was_there_is_not(page: Page) -> None:
    page.add_init_script(SPOKEN)
    page.goto("/")
    welcomed(page)
    say(page, "j'aime les animaux")
    answered(page, "j'aime les animaux")
    page.wait_for_timeout(1000)
    spoken = page.evaluate("() => window.spoken")
    assert len([text for text in spoken if "j'aime les animaux" in text]) == 1
    assert len(spoken) == len(set(spoken)) == page.locator(".message").count()
    page.reload()
    answered(page, "j'aime les animaux")
    page.wait_for_timeout(1000)
    assert page.evaluate("() => window.spoken") == []
    say(page, "plutôt la montagne")
    answered(page, "plutôt la montagne")
    assert "plutôt la montagne" in " ".join(page.evaluate("() => window.spoken"))


def test_everything_works_at_twice_the_size(browser: Browser, stack: Stack) -> None:
    # Zooming to 200 % in a window of 1280 by 1024 leaves the page 640 by 512 (RGAA 10.4).
    context = browser.new_context(
        locale="fr-FR", base_url=stack.url, viewport={"width": 640, "height": 512}, device_scale_factor=2
    )
    page = context.new_page()
    page.goto("/")
    welcomed(page)
    for _ in range(6):
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Écrire plus gros").click()
        page.keyboard.press("Escape")
    say(page, LIKES)
    answered(page, LIKES)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640
    button = page.get_by_role("button", name=re.compile("M'y former")).first
    button.scroll_into_view_if_needed()
    button.click()
    answered(page, "M'y former")
    context.close()


def test_nothing_moves_for_who_asked_for_it(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(locale="fr-FR", base_url=stack.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    welcomed(page)
    moving = """() => [...document.querySelector("piste-chat").shadowRoot.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || style.scrollBehavior === "smooth" || style.transitionDuration !== "0s";
    }).length"""
    assert page.evaluate(moving) == 0
    context.close()
