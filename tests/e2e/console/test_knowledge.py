"""What a structure types in the console: found by the bot at once, its own, and never a script."""

import re
import time
import uuid
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from tests.console import SignedIn, World

IN_TEN_DAYS = (date.today() + timedelta(days=10)).isoformat()  # noqa: DTZ011 (the server counts from today, too)


def event(**other: str) -> dict[str, str]:
    """Return an event's form, filled."""
    return {
        "title": "Atelier lutherie : fabrique ton ukulélé",
        "type": "workshop",
        "summary": "On découpe, on colle et on accorde un ukulélé en bois avec une luthière.",
        "starts_on": IN_TEN_DAYS,
        "starts_time": "14:00",
        "ends_time": "17:00",
        "modality": "onsite",
        "town": "39100",
        "place_label": "La Fabrique",
        "address": "3 rue des Arènes",
        "entry": "registered",
        "registration_url": "https://www.exemple.fr/lutherie",
        "registration_phone": "03 84 00 00 00",
        "without_car": "yes",
        **other,
    }


def keep(someone: SignedIn, form: dict[str, Any], kind: str = "event") -> str:
    """Send a new form; returns the item's id."""
    answered = someone.post(f"/console/savoirs/nouveau/{kind}", {"do": "save", **form})
    assert answered.status_code == 303, words(answered.text)
    return answered.headers["Location"].partition("?")[0].rpartition("/")[2]


def words(page: str) -> str:
    """Return what a page says."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def cards(replies: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the cards of replies by id."""
    return {card["id"]: card for reply in replies for card in reply["cards"]}


@pytest.fixture
def keeper(world: World) -> SignedIn:
    """Somebody who keeps what a structure announces."""
    return world.account("supervisor", world.structure(f"Mission Locale {uuid.uuid4().hex[:6]}"), name="Inès")


def test_an_event_typed_is_found_by_the_bot_in_the_next_message(world: World, keeper: SignedIn) -> None:
    talking = world.stack.open()
    talking.say("je veux fabriquer des instruments de musique en bois à Dole")
    begun = time.monotonic()
    item = keep(keeper, event())
    spent = time.monotonic() - begun
    found = cards(talking.say("des événements sur la lutherie près de Dole"))
    assert item in found, found.keys()
    card = found[item]
    assert card["title"] == "Atelier lutherie : fabrique ton ukulélé"
    assert {"S'inscrire"} <= {action["title"] for action in card["actions"]}
    assert spent < 5, spent
    assert next(line["detail"] for line in world.audited("knowledge_created")).startswith(item)
