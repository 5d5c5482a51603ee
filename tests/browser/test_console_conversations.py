"""The inbox and a transcript in a browser: live from both sides, by keyboard, for everybody, and nothing runs."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.console import SIZES, signed_in
from tests.browser.talking import ANSWER, answered, say, welcomed
from tests.console import World

HOSTILE = '<script>document.title="ran"</script><img src=x onerror="document.title=\'ran\'">'
LIKES = "j'ai 17 ans, j'aime réparer des vélos, j'habite à Besançon"


def test_both_sides_talk_live(browser: Browser, page: Page, world: World) -> None:
    ours = world.structure("Mission Locale de Besançon")
    counsellor = world.account(structure=ours)
    page.goto("/")
    welcomed(page)
    say(page, LIKES)
    answered(page, LIKES)
    identifier = page.evaluate("() => JSON.parse(localStorage.getItem(Object.keys(localStorage)"
                               ".find((name) => /^piste:[^#!]*$/.test(name)))).id")  # fmt: skip
    with world.stack.database() as connection:
        connection.execute("INSERT INTO people.concerns VALUES (%s, %s, 'shared', now())", (ours, identifier))
    with signed_in(browser, counsellor) as console:
        console.goto("/console/")
        console.get_by_role("link", name=re.compile(identifier[:8])).click()
        console.get_by_role("button", name="Prendre la conversation en main").click()
        expect(page.locator(".message.system", has_text="Samia")).to_be_visible(timeout=ANSWER)
        console.get_by_label("Votre message").fill("Bonjour, je suis Samia. Tu cherches un stage ?")
        console.get_by_role("button", name="Envoyer").click()
        expect(page.locator(".message.counsellor", has_text="Tu cherches un stage ?")).to_be_visible(timeout=ANSWER)
        expect(console.get_by_label("Votre message")).to_have_value("")
        say(page, "oui en mécanique")
        expect(console.locator("#lines .message.user", has_text="oui en mécanique")).to_be_visible(timeout=ANSWER)
        console.get_by_label("Résumé pour la suite").fill("Lui montrer la mécanique.")
        console.get_by_role("button", name="Rendre à Piste").click()
        expect(page.locator(".message.bot", has_text="Lui montrer la mécanique.")).to_be_visible(timeout=ANSWER)
        expect(console.get_by_role("button", name="Prendre la conversation en main")).to_be_visible()
    say(page, "et des formations ?")
    answered(page, "et des formations ?")


def test_nothing_that_people_write_runs(browser: Browser, world: World) -> None:
    ours = world.structure(f"Structure {HOSTILE} {world.structure()}")
    counsellor = world.account(structure=ours, name=HOSTILE)
    talking = world.conversation(ours, "shared", f"j'aime {HOSTILE}")
    path = f"/console/conversations/{talking.id}"
    counsellor.post(f"{path}/notes", {"text": HOSTILE})
    counsellor.post(f"{path}/etiquettes", {"tags": HOSTILE[:40]})
    counsellor.post("/console/reponses", {"title": HOSTILE[:80], "text": HOSTILE})
    counsellor.post("/console/conversations/vues", {"name": HOSTILE[:40], "query": f"q={HOSTILE}"})
    counsellor.post(f"{path}/prendre")
    counsellor.post(f"{path}/messages", {"text": HOSTILE})
    with signed_in(browser, counsellor) as console:
        for page in (
            "/console/conversations",
            f"/console/conversations?q={HOSTILE}",
            path,
            f"{path}/imprimer",
            "/console/reponses",
        ):
            console.goto(page, wait_until="networkidle")
            console.wait_for_timeout(200)
            assert console.title() != "ran", page
            assert console.locator("img[src=x]").count() == 0, page
        console.goto(path)
        assert HOSTILE in console.locator("#lines").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_pages_are_for_everybody(browser: Browser, world: World, scheme: str, size: str) -> None:
    ours = world.structure()
    counsellor = world.account(structure=ours)
    talking = world.conversation(ours, "shared", LIKES, "j'en ai marre, je veux mourir")
    path = f"/console/conversations/{talking.id}"
    counsellor.post(f"{path}/notes", {"text": "Vue au forum"})
    counsellor.post("/console/reponses", {"title": "Bonjour", "text": "Bonjour !"})
    with signed_in(browser, counsellor, color_scheme=scheme, viewport=SIZES[size]) as console:
        for page in (
            "/console/conversations",
            "/console/conversations?q=zzz",
            path,
            f"{path}/imprimer",
            "/console/reponses",
        ):
            console.goto(page)
            assert violations(console) == [], page
            assert console.evaluate("document.documentElement.scrollWidth <= innerWidth"), page
        counsellor.post(f"{path}/prendre")
        console.goto(path)
        assert violations(console) == []


def test_keys_go_through_the_inbox_unless_turned_off(browser: Browser, world: World) -> None:
    ours = world.structure()
    first, second = (world.conversation(ours, "shared", said) for said in ("salut", "coucou"))
    with signed_in(browser, world.account(structure=ours)) as console:
        console.goto("/console/conversations")
        console.keyboard.press("j")
        expect(console.locator(f'a[href$="{second.id}"]')).to_be_focused()
        console.keyboard.press("j")
        console.keyboard.press("Enter")
        console.wait_for_url(f"**/{first.id}")
        console.keyboard.press("u")
        console.wait_for_url("**/conversations")
        console.keyboard.press("/")
        expect(console.get_by_label("Mots")).to_be_focused()
        console.get_by_text("Raccourcis du clavier").click()
        console.get_by_label("Utiliser les raccourcis").uncheck()
        console.get_by_label("Utiliser les raccourcis").evaluate("(box) => box.blur()")
        console.keyboard.press("j")
        expect(console.locator(f'a[href$="{second.id}"]')).not_to_be_focused()


def test_without_scripts_everything_is_done_by_forms(browser: Browser, world: World) -> None:
    ours = world.structure()
    talking = world.conversation(ours, "shared", LIKES)
    with signed_in(browser, world.account(structure=ours), java_script_enabled=False) as console:
        console.goto(f"/console/conversations/{talking.id}")
        console.get_by_role("button", name="Prendre la conversation en main").click()
        console.get_by_label("Votre message").fill("Bonjour")
        console.get_by_role("button", name="Envoyer").click()
        expect(console.locator("#lines .counsellor", has_text="Bonjour")).to_be_visible()
        console.get_by_label("Résumé pour la suite").fill("On continue.")
        console.get_by_role("button", name="Rendre à Piste").click()
        expect(console.get_by_role("button", name="Prendre la conversation en main")).to_be_visible()
