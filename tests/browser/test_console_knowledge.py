"""The knowledge forms in a browser: without scripts, by everybody, on a phone, and nothing that is typed runs."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.console import SIZES, signed_in
from tests.console import SignedIn
from tests.e2e.console.kept_items import event, keep
from tests.e2e.console.test_knowledge import PLACE, TRAINING

HOSTILE = '<script>document.title="ran"</script><img src=x onerror="document.title=\'ran\'">'
SOON = (date.today() + timedelta(days=12)).isoformat()  # noqa: DTZ011 (the server counts from today, too)


def test_an_event_is_typed_corrected_and_kept_without_scripts(browser: Browser, keeper: SignedIn) -> None:
    with signed_in(browser, keeper, java_script_enabled=False) as page:
        page.goto("/console/savoirs")
        page.get_by_role("link", name="Nouvel événement").click()
        page.get_by_label("Titre").fill("Atelier reliure")
        page.get_by_label("Sorte d'événement").select_option("Atelier")
        page.get_by_label("Ce qui s'y passe").fill("On coud et on colle un carnet à soi.")
        page.get_by_label("Jour du début").fill(SOON)
        page.get_by_label("Heure du début").fill("14:00")
        page.get_by_label("Sur place ou en ligne").select_option("Sur place")
        page.locator("#f-town").fill("Dolle")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        town = page.locator("#f-town")
        expect(town).to_have_attribute("aria-invalid", "true")
        expect(town).to_have_accessible_description(re.compile(r"Vouliez-vous dire Dole \(près de"))
        expect(page.get_by_label("Titre")).to_have_value("Atelier reliure")
        page.get_by_label("Dole (près de").check()
        page.get_by_role("button", name="Voir l'aperçu sans enregistrer").click()
        expect(page.locator(".card h3")).to_have_text("Atelier reliure")
        expect(page.get_by_role("heading", name="Trouvé pour")).to_be_visible()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Enregistré")
        page.get_by_role("link", name="Annuler l'événement").click()
        page.get_by_role("button", name="Oui, annuler l'événement").click()
        expect(page.get_by_role("status")).to_contain_text("Annulé")


def test_enter_keeps_the_form_whatever_field_one_is_in(browser: Browser, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Atelier gravure"))
    with signed_in(browser, keeper) as page:
        page.goto(f"/console/savoirs/{item}")
        page.get_by_label("Titre").fill("Atelier gravure sur bois")
        page.get_by_label("Titre").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Enregistré")
        expect(page.get_by_role("heading", level=1)).to_have_text("Atelier gravure sur bois")


def pages_of(keeper: SignedIn) -> list[str]:
    """Return every page, with something on it."""
    hostile = dict.fromkeys(("title", "summary", "place_label", "campaign", "bring", "public"), HOSTILE)
    one = keep(keeper, event(**hostile))
    training, place = keep(keeper, TRAINING, "training"), keep(keeper, PLACE, "place")
    sent = keeper.post(
        "/console/savoirs/importer", {"format": "csv", "encoding": "utf-8-sig"},
        files={"file": (f"{HOSTILE}.csv", f"type;identifiant;titre;source\nlieu;1;{HOSTILE};x\nzut;2;a;b\n".encode())},
    )  # fmt: skip
    new = [f"/console/savoirs/nouveau/{kind}" for kind in ("event", "training", "place", "campaign")]
    items = [f"/console/savoirs/{item}" for item in (one, training, place)]
    return [
        "/console/savoirs", "/console/savoirs?q=forum", *new, *items, f"{items[0]}/annuler", f"{items[0]}/supprimer",
        "/console/savoirs/importer", sent.headers["Location"], "/console/savoirs/event-forum-numerique-planoise",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_to_say_and_nothing_runs(browser: Browser, keeper: SignedIn, scheme: str, size: str) -> None:
    paths = pages_of(keeper)
    with signed_in(browser, keeper, viewport=SIZES[size], color_scheme=scheme) as page:
        for path in paths:
            page.goto(path)
            assert violations(page) == [], path
            assert page.title() != "ran", path
            assert is_narrow_enough(page), path
        page.goto(paths[2])
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Donnez un titre.")
        assert violations(page) == []


def is_narrow_enough(page: Page) -> bool:
    """Say whether nothing sticks out of the window."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return wide
