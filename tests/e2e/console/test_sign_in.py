"""Accounts made on the command line, a password chosen by a link, signing in and out, too many tries."""

import os
import re
import subprocess
import sys
import uuid

import httpx
import pytest

from tests.console import World

GOOD = "girafe tambour violet 9"


def command(world: World, *words: str) -> str:
    """Run `python -m connectors console …`; returns what it prints."""
    given = {**os.environ, "PISTE_INSTANCE": str(world.stack.instance.folder), "PUBLIC_URL": world.stack.url}
    ran = subprocess.run(
        [sys.executable, "-m", "connectors", "console", *words], env=given, capture_output=True, text=True, check=False
    )
    return ran.stdout + ran.stderr


@pytest.fixture
def someone(world: World) -> tuple[str, str]:
    """Return the login of a counsellor without a password, and the path of their link."""
    structure, login = f"Structure {uuid.uuid4().hex[:8]}", f"{uuid.uuid4().hex[:8]}@exemple.fr"
    assert command(world, "create-structure", structure, "--departments", "25,39") == ""
    link = command(world, "create-user", login.upper(), "--name", "Samia", "--structure", structure)
    found = re.search(r"/console/mot-de-passe/[\w-]+", link)
    assert found, link
    return login, found[0]


def sign_in(client: httpx.Client, login: str, password: str, to: str = "/console/conversations") -> httpx.Response:
    """Send the form."""
    return client.post("/console/connexion", data={"login": login, "password": password, "vers": to})


def test_from_the_command_line_to_the_inbox_and_out(world: World, someone: tuple[str, str]) -> None:
    login, link = someone
    with httpx.Client(base_url=world.stack.url, headers={"Accept": "text/html"}) as browser:
        assert login in browser.get(link).text
        assert browser.post(link, data={"password": "court", "again": "court"}).status_code == 422
        assert browser.post(link, data={"password": GOOD, "again": GOOD + "x"}).status_code == 422
        assert browser.post(link, data={"password": GOOD, "again": GOOD}).status_code == 303
        assert browser.post(link, data={"password": GOOD, "again": GOOD}).status_code == 404, "once"
        assert sign_in(browser, login, "autre chose du tout").status_code == 422
        opened = sign_in(browser, f" {login.upper()}", GOOD)
        assert (opened.status_code, opened.headers["Location"]) == (303, "/console/conversations")
        assert all(
            word in opened.headers["Set-Cookie"].lower() for word in ("httponly", "samesite=lax", "path=/console")
        )
        page = browser.get("/console/conversations")
        assert page.status_code == 200
        assert browser.post("/console/deconnexion").status_code == 403, "by our page's form alone"
        csrf = re.search(r'name="csrf" value="(\w+)"', page.text)
        assert csrf
        kept = dict(browser.cookies)
        assert browser.post("/console/deconnexion", data={"csrf": csrf[1]}).status_code == 303
        browser.cookies.update(kept)
        assert browser.get("/console/conversations").status_code == 303, "over in the database too"


def test_a_new_password_ends_every_session(world: World, someone: tuple[str, str]) -> None:
    login, link = someone
    with httpx.Client(base_url=world.stack.url, headers={"Accept": "text/html"}) as browser:
        browser.post(link, data={"password": GOOD, "again": GOOD})
        sign_in(browser, login, GOOD)
        renewed = re.search(r"/console/mot-de-passe/[\w-]+", command(world, "reset-password", login))
        assert renewed
        assert browser.get("/console/conversations").status_code == 200
        browser.post(renewed[0], data={"password": GOOD + "2", "again": GOOD + "2"})
        assert browser.get("/console/conversations").status_code == 303
        assert command(world, "disable-user", login) == ""
        assert sign_in(browser, login, GOOD + "2").status_code == 422


def test_five_wrong_passwords_lock_an_account_and_not_its_neighbours(world: World, someone: tuple[str, str]) -> None:
    login, link = someone
    with httpx.Client(base_url=world.stack.url, headers={"Accept": "text/html"}) as browser:
        browser.post(link, data={"password": GOOD, "again": GOOD})
        with world.stack.database() as connection:
            connection.execute("DELETE FROM people.sign_in_failures")
        for _ in range(5):
            assert sign_in(browser, login, "pas le bon mot de passe").status_code == 422
        assert sign_in(browser, login, GOOD).status_code == 429
        assert sign_in(browser, "personne@exemple.fr", GOOD).status_code == 422
        with world.stack.database() as connection:
            connection.execute("UPDATE people.sign_in_failures SET at = at - interval '16 minutes'")
        assert sign_in(browser, login, GOOD).status_code == 303


@pytest.mark.parametrize(
    "to", ["https://ailleurs.fr/", "//ailleurs.fr", "/console/\\ailleurs", "/console//ailleurs.fr", "/chat"]
)
def test_the_sign_in_leads_nowhere_else(world: World, someone: tuple[str, str], to: str) -> None:
    login, link = someone
    with httpx.Client(base_url=world.stack.url, headers={"Accept": "text/html"}) as browser:
        browser.post(link, data={"password": GOOD, "again": GOOD})
        assert sign_in(browser, login, GOOD, to).headers["Location"] == "/console/"


def test_a_form_of_another_site_signs_nobody_in(world: World) -> None:
    refused = world.stack.people.post(
        "/console/connexion", data={"login": "a@b.fr", "password": GOOD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert refused.status_code == 403


def test_what_cannot_be_created_says_why(world: World, someone: tuple[str, str]) -> None:
    assert "reset-password" in command(world, "create-user", someone[0], "--name", "X", "--role", "administrator")
    assert "no structure is called" in command(world, "create-user", "a@b.fr", "--name", "X", "--structure", "Rien")
    assert "without --structure" in command(world, "create-user", "a@b.fr", "--name", "X")
    assert "no open account" in command(world, "reset-password", "personne@exemple.fr")
    assert someone[0] in command(world, "list-users")
