"""The widget on somebody else's site: whole conversations, whatever happens meanwhile, nothing lost, nothing twice."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.talking import Site, answered, held, say, shows_all, site, welcomed
from tests.stack import Stack, running

LIKES = "j'ai 16 ans, j'aime réparer des ordinateurs, j'habite à Planoise"
SHIFTS = """() => {
    window.shifted = [];
    new PerformanceObserver((list) => window.shifted.push(...list.getEntries().map((entry) => entry.value)))
        .observe({ type: "layout-shift", buffered: true });
}"""
WHERE = "() => ['main', 'h1', 'a'].map((name) => JSON.stringify(document.querySelector(name).getBoundingClientRect()))"


@pytest.fixture
def school(stack: Stack) -> Iterator[Site]:
    with site(stack.url, 'data-greeting="Une question ?" data-greeting-delay="0.2"') as served:
        yield served


def open_widget(page: Page, school: Site) -> None:
    page.goto(school.url)
    page.get_by_role("button", name="Parler avec Piste").click()
    welcomed(page)


def test_a_whole_conversation_by_mouse_on_another_site(page: Page, school: Site, stack: Stack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(school.url)
    page.evaluate(SHIFTS)
    stood = page.evaluate(WHERE)
    expect(page.get_by_text("Une question ?")).to_be_visible()
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.get_by_role("button", name="Parler avec Piste").click()
    welcomed(page)
    page.get_by_role("button", name="15 à 17 ans").click()
    answered(page, "15 à 17 ans")
    expect(page.locator(".chosen", has_text="15 à 17 ans")).to_be_visible()
    say(page, LIKES)
    answered(page, LIKES)
    page.locator("article").first.get_by_role("button", name=re.compile("M'y former")).click()
    answered(page, "M'y former")
    say(page, "des événements près de chez moi")
    answered(page, "des événements")
    expect(page.get_by_role("link", name=re.compile("agenda")).first).to_have_attribute("href", re.compile(r"\.ics$"))
    shows_all(page)
    assert page.evaluate("() => window.shifted") == []
    assert page.evaluate(WHERE) == stood
    assert page.evaluate("() => document.cookie") == ""
    assert {re.match(r"https?://[^/]+/", url)[0] for url in asked} == {school.url, f"{stack.url}/"}  # type: ignore[index]


def test_a_whole_conversation_by_keyboard_alone(page: Page, school: Site) -> None:
    page.goto(school.url)
    press = page.keyboard.press
    tab_to(page, page.get_by_role("button", name="Parler avec Piste"), "Tab")
    press("Enter")
    welcomed(page)
    expect(page.get_by_label("Ton message")).to_be_focused()
    page.keyboard.type(LIKES)
    press("Enter")
    answered(page, LIKES)
    details = page.locator("summary").first
    tab_to(page, details, "Shift+Tab")
    press("Enter")
    expect(page.locator("details").first).to_have_attribute("open", "")
    following = page.get_by_role("button", name="Proposition suivante").first
    tab_to(page, following, "Tab")
    cards = page.locator(".cards").first
    before = cards.evaluate("(list) => list.scrollLeft")
    press("Enter")
    page.wait_for_timeout(600)  # it glides
    assert cards.evaluate("(list) => list.scrollLeft") > before
    other = page.get_by_role("button", name="Autre chose").last
    tab_to(page, other, "Tab")
    press("Enter")
    answered(page, "Autre chose")
    expect(page.get_by_label("Ton message")).to_be_focused()
    shows_all(page)
    press("Escape")
    expect(page.get_by_role("button", name="Parler avec Piste")).to_be_focused()
    expect(page.get_by_label("Ton message")).to_be_hidden()
    press("Shift+Tab")
    expect(page.get_by_role("link", name="Un lien")).to_be_focused()


def tab_to(page: Page, wanted: object, key: str) -> None:
    """Go on with a key until the element has the focus: nothing traps it on the way."""
    for _ in range(80):
        if wanted.evaluate("(element) => element.getRootNode().activeElement === element"):  # type: ignore[attr-defined]
            return
        page.keyboard.press(key)
    raise AssertionError("never reached")


def test_a_whole_conversation_on_a_phone(browser: Browser, school: Site) -> None:
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    page = context.new_page()
    page.goto(school.url)
    page.get_by_role("button", name="Parler avec Piste").tap()
    welcomed(page)
    assert page.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    page.get_by_role("button", name="15 à 17 ans").tap()
    answered(page, "15 à 17 ans")
    page.get_by_label("Ton message").fill(LIKES)
    page.get_by_role("button", name="Envoyer").tap()
    answered(page, LIKES)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    for target in page.locator("piste-chat button:visible, piste-chat .choices a:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    shows_all(page)
    context.close()


def test_half_a_minute_offline_loses_and_repeats_nothing(page: Page, school: Site) -> None:
    open_widget(page, school)
    page.context.set_offline(offline=True)
    say(page, LIKES)
    say(page, "et j'aime aussi cuisiner")
    expect(page.locator(".message.waiting")).to_have_count(2)
    expect(page.get_by_text("La connexion est coupée")).to_be_visible()
    page.wait_for_timeout(30_000)
    page.context.set_offline(offline=False)
    answered(page, LIKES)
    answered(page, "et j'aime aussi cuisiner")
    expect(page.locator(".waiting")).to_have_count(0)
    shows_all(page)
    mine = [message["text"] for message in held(page) if message["author"] == "user"]
    assert mine == [LIKES, "et j'aime aussi cuisiner"]


def test_what_was_written_offline_leaves_after_a_reload(page: Page, stack: Stack) -> None:
    page.goto("/")
    welcomed(page)
    block = page.context.route("**/api/**", lambda route: route.abort())
    say(page, LIKES)
    say(page, "plutôt dehors")
    expect(page.locator(".message.waiting")).to_have_count(2)
    page.reload()
    page.context.unroute("**/api/**")
    del block
    answered(page, LIKES)
    answered(page, "plutôt dehors")
    shows_all(page)
    assert [one["text"] for one in held(page) if one["author"] == "user"] == [LIKES, "plutôt dehors"]


def test_a_reload_while_the_bot_thinks_keeps_everything(page: Page, school: Site) -> None:
    open_widget(page, school)
    say(page, LIKES)
    page.reload()
    page.get_by_role("button", name=re.compile("Parler avec Piste")).click()
    answered(page, LIKES)
    shows_all(page)


def test_two_tabs_are_one_conversation(page: Page, school: Site) -> None:
    open_widget(page, school)
    say(page, "j'aime les animaux")
    other = page.context.new_page()
    other.goto(school.url)
    other.get_by_role("button", name=re.compile("Parler avec Piste")).click()
    answered(other, "j'aime les animaux")
    say(other, "et la montagne")
    say(page, "j'habite à Dole")
    for tab in (page, other):
        answered(tab, "et la montagne")
        answered(tab, "j'habite à Dole")
        shows_all(tab)
    assert held(page) == held(other)


def test_erased_in_a_tab_is_gone_in_the_other(page: Page, school: Site) -> None:
    open_widget(page, school)
    other = page.context.new_page()
    other.goto(school.url)
    other.get_by_role("button", name=re.compile("Parler avec Piste")).click()
    say(other, "j'aime les animaux")
    answered(page, "j'aime les animaux")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Effacer la conversation").click()
    page.get_by_role("button", name="Oui, effacer").click()
    for tab in (page, other):
        expect(tab.get_by_text("j'aime les animaux")).to_have_count(0)
        welcomed(tab)
    shows_all(page)


def test_what_comes_while_it_is_closed_is_counted(page: Page, school: Site) -> None:
    open_widget(page, school)
    say(page, LIKES)
    page.keyboard.press("Escape")
    badge = page.get_by_role("button", name=re.compile(r"Parler avec Piste, \d+ messages? non lus?"))
    expect(badge).to_be_visible(timeout=15_000)
    page.reload()
    expect(badge).to_be_visible(timeout=15_000)
    badge.click()
    answered(page, LIKES)
    page.reload()
    expect(page.get_by_role("button", name="Parler avec Piste", exact=True)).to_be_visible()


def test_a_code_continues_the_conversation_on_another_device(page: Page, browser: Browser, stack: Stack) -> None:
    page.goto("/")
    welcomed(page)
    say(page, LIKES)
    answered(page, LIKES)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Continuer ailleurs").click()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page.locator(".notice").inner_text())
    assert code is not None
    context = browser.new_context(locale="fr-FR", base_url=stack.url)
    other = context.new_page()
    other.goto("/")
    welcomed(other)
    other.get_by_role("button", name="Menu").click()
    other.get_by_role("button", name="J'ai un code").click()
    other.get_by_label("Ton code").fill("ABCD-2345")
    other.get_by_role("button", name="Reprendre").click()
    expect(other.get_by_role("status").filter(has_text="Ce code n'ouvre aucune conversation")).to_be_visible()
    other.get_by_label("Ton code").fill(code[0].lower())
    other.get_by_role("button", name="Reprendre").click()
    answered(other, LIKES)
    say(other, "et la montagne")
    for tab in (page, other):
        answered(tab, "et la montagne")
        shows_all(tab)
    context.close()


def test_a_restarted_server_loses_and_repeats_nothing(browser: Browser) -> None:
    with running("widget") as stack, site(stack.url) as school:
        context = browser.new_context(locale="fr-FR")
        page = context.new_page()
        open_widget(page, school)
        say(page, "j'aime les animaux")
        answered(page, "j'aime les animaux")
        for name in ("gateway", "postgres", "bot"):
            stack.kill(name)
        say(page, LIKES)
        say(page, "et la montagne")
        stack.wait_ready()
        for text in (LIKES, "et la montagne"):
            expect(page.locator(".message.user:not(.waiting)", has_text=text)).to_be_visible(timeout=60_000)
            answered(page, text)
        page.wait_for_timeout(2000)
        shows_all(page)
        said = [one["text"] for one in held(page) if one["author"] == "user"]
        assert said == ["j'aime les animaux", LIKES, "et la montagne"]
        context.close()


def test_a_screen_of_everybodys_forgets(page: Page, stack: Stack) -> None:
    page.clock.install()
    page.goto("/?kiosk=1")
    page.get_by_role("button", name="Commencer").click()
    welcomed(page)
    say(page, LIKES)
    answered(page, LIKES)
    token = page.evaluate(
        "() => JSON.parse(Object.values({ ...sessionStorage }).find((value) => value.includes('token')))"
    )
    page.clock.run_for(105_000)
    expect(page.get_by_text("Tu es encore là ?")).to_be_visible()
    page.get_by_role("button", name="Oui, je suis là").click()
    page.clock.run_for(105_000)
    expect(page.get_by_text("Tu es encore là ?")).to_be_visible()
    page.clock.run_for(25_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    expect(page.locator(".message")).to_have_count(0)
    gone = stack.people.get(
        f"/api/v1/conversations/{token['id']}/messages", headers={"Authorization": f"Bearer {token['token']}"}
    )
    assert gone.status_code == 404
    assert (
        page.evaluate("() => Object.values({ ...sessionStorage, ...localStorage }).join().includes('token')") is False
    )
