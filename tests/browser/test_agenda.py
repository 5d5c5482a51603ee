"""The agenda in the browser: by keyboard, without scripts, on a phone, in somebody else's page, and kept up to date."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect

from connectors.agenda.addresses import content_policy
from tests.planting import planted, soon
from tests.publisher import Page as Published
from tests.publisher import publishing
from tests.stack import Stack

PAGES = re.compile(rb"/Type\s*/Page(?!s)\b")
FORUM = "/affiche/event-forum-numerique-planoise"
TILES = "https://tiles.example/{z}/{x}/{y}.png"
READ = (
    "/agenda?places=1",
    "/agenda?near=Besançon&embed=1",
    "/agenda?q=licorne&near=Zouzou&km=x",
    "/agenda?q=ordinateur&theme=sante",
    FORUM,
    "/affiche",
    "/affiche/unknown",
)
WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture
def plain(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A tab without JavaScript."""
    context = browser.new_context(locale="fr-FR", base_url=stack.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", list(WIDTHS))
def test_axe_finds_nothing_to_say(page: Page, path: str, scheme: str, width: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(WIDTHS[width])  # type: ignore[arg-type]
    page.goto(path, wait_until="networkidle")
    if pins := page.locator(".pin").count():
        page.locator(".pin").nth(pins - 1).press("Enter")
        expect(page.locator(".leaflet-popup")).to_be_visible()
        page.wait_for_timeout(400)  # what fades in has no contrast yet
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"


def test_by_keyboard_alone_one_filters_reads_and_comes_back(page: Page) -> None:
    page.goto("/agenda")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller aux résultats")).to_be_focused()
    tab_to(page, page.get_by_label("Ville ou code postal"))
    page.keyboard.type("25000")
    tab_to(page, page.get_by_label("Thème"))
    page.keyboard.type("Num")
    tab_to(page, page.get_by_role("button", name="Chercher"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="à moins de 30 km de Besançon")).to_be_visible()
    assert "theme=numerique" in page.url
    tab_to(page, page.get_by_role("link", name="Passer la carte"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="En parler avec Piste").first, most=8)


def tab_to(page: Page, target: object, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError("the keyboard does not get there")


def test_a_pin_opens_by_keyboard_and_leads_to_its_event(page: Page) -> None:
    page.goto("/agenda?near=25000&modality=onsite")
    pin = page.get_by_role("button", name=re.compile("événements? : .*Planoise"))
    pin.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup.locator("p")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    popup.get_by_role("link", name="Forum des métiers du numérique").press("Enter")
    expect(page.get_by_role("heading", name="Forum des métiers du numérique")).to_be_focused()
    expect(popup).to_have_count(0)


def test_the_map_names_towns_and_asks_nobody_else(page: Page, stack: Stack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/agenda?near=25000", wait_until="networkidle")
    expect(page.locator(".town", has_text=re.compile("^Dole$"))).to_be_visible()
    assert asked
    assert all(url.startswith((stack.url, "data:")) for url in asked)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_tiles_are_fetched_from_the_servers_set_and_no_others(page: Page) -> None:
    tiles: list[Request] = []

    def page_with_tiles(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-tiles=""', f'data-tiles="{TILES}"')
        policy = {"content-security-policy": content_policy(TILES)}
        route.fulfill(response=answer, body=body, headers=answer.headers | policy)

    page.route("**/agenda", page_with_tiles)
    page.route("https://tiles.example/**", lambda route: route.abort())
    page.on("requestfailed", lambda request: tiles.append(request))
    page.goto("/agenda", wait_until="networkidle")
    assert len([one for one in tiles if one.url.startswith("https://tiles.example/")]) >= 4
    assert page.locator(".town").count() == 0


def test_without_scripts_the_page_does_the_same(plain: Page) -> None:
    plain.goto("/agenda")
    everything = plain.locator("li.item").count()
    expect(plain.locator("#around")).to_be_hidden()
    plain.get_by_label("Thème").select_option("numerique")
    plain.get_by_label("Montrer aussi les lieux qui aident").check()
    with plain.expect_navigation():
        plain.get_by_role("button", name="Chercher").click()
    assert 0 < plain.locator("#days li.item").count() < everything
    assert plain.locator("#lieux li.item").count() > 0
    with plain.expect_navigation():
        plain.get_by_role("link", name="Cette semaine").click()
    assert "theme=numerique" in plain.url
    assert "period=week" in plain.url
    expect(plain.get_by_role("link", name="Cette semaine")).to_have_attribute("aria-current", "true")


def test_a_phone_shows_filters_then_the_map_then_the_list(page: Page) -> None:
    page.set_viewport_size(WIDTHS["phone"])  # type: ignore[arg-type]
    page.goto("/agenda", wait_until="networkidle")
    tops = [page.locator(part).first.bounding_box() for part in ("form", "#map", "#resultats")]
    heights = [box["y"] for box in tops if box]
    assert heights == sorted(heights)
    assert len(set(heights)) == 3


def test_nothing_moves_for_who_asked_for_that(page: Page) -> None:
    page.goto("/agenda", wait_until="networkidle")
    assert page.locator(".leaflet-fade-anim").count() == 1
    page.emulate_media(reduced_motion="reduce")
    page.reload(wait_until="networkidle")
    assert page.locator(".leaflet-container").count() == 1
    assert page.locator(".leaflet-fade-anim").count() == 0


def test_another_site_embeds_the_agenda(page: Page, stack: Stack) -> None:
    with publishing() as town:
        body = f'<title>Ville</title><iframe src="{stack.url}/agenda?embed=1" width=800 height=600></iframe>'
        town.pages["/"] = Published(body.encode(), headers={"Content-Type": "text/html"})
        page.goto(town.url("/"))
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="événements à venir")).to_be_visible()
        assert frame.locator("header").count() == 0
        frame.get_by_label("Thème").select_option("numerique")
        frame.get_by_role("button", name="Chercher").click()
        expect(frame.get_by_label("Thème")).to_have_value("numerique")
        assert frame.locator("header").count() == 0
        with page.context.expect_page() as opened:
            frame.get_by_role("link", name="En parler avec Piste").first.click()
        assert "/?code=" in opened.value.url


def test_what_changes_shows_by_itself_and_leaves_the_reader_where_they_are(page: Page, stack: Stack) -> None:
    page.clock.install()
    page.goto("/agenda", wait_until="networkidle")
    count, pins = page.locator("li.item").count(), page.locator(".pin").count()
    reading = page.locator(f"#{page.locator('li.item').nth(8).get_attribute('id')}")
    link = reading.get_by_role("link", name="En parler avec Piste")
    link.scroll_into_view_if_needed()
    link.focus()
    top = link.bounding_box()
    page.clock.run_for(61_000)
    expect(page.locator("#changed")).to_be_empty()
    with planted(
        stack, {"title": "Arrivée à l'instant", "starts_at": soon(minutes=5), "latitude": 44.0, "longitude": 0.5}
    ):
        page.clock.run_for(61_000)
        expect(page.get_by_role("heading", name="Arrivée à l'instant")).to_be_attached()
        expect(page.locator("#changed")).to_have_text("L'agenda vient de changer : 1 de plus.")
        expect(page.locator("li.item")).to_have_count(count + 1)
        expect(page.locator(".pin")).to_have_count(pins + 1)
        expect(link).to_be_focused()
        moved = link.bounding_box()
        assert top
        assert moved
        assert abs(moved["y"] - top["y"]) < 2
    page.clock.run_for(61_000)
    expect(page.get_by_role("heading", name="Arrivée à l'instant")).to_have_count(0)
    expect(page.locator("#changed")).to_have_text("L'agenda vient de changer : 1 de moins.")
    expect(link).to_be_focused()


@pytest.mark.parametrize("title", ["Court", "Un titre d'événement qui n'en finit vraiment pas de dire " * 4])
def test_a_poster_prints_on_one_page(page: Page, stack: Stack, title: str) -> None:
    place = {"label": "Salle des fêtes " * 8, "address": "1 rue Haute", "commune": "Vesoul", "postcode": "70000"}
    with planted(stack, {"title": title, "details": {"place": place}}):
        page.goto("/affiche/planted-0", wait_until="networkidle")
        assert page.locator("img").evaluate("image => image.naturalWidth") > 0
        assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) == 1
        page.emulate_media(media="print")
        expect(page.locator("nav")).to_be_hidden()
        about = page.locator(".about").bounding_box()
        sheet = page.locator("main").bounding_box()
        assert about
        assert sheet
        assert about["y"] + about["height"] <= sheet["y"] + sheet["height"] + 1
