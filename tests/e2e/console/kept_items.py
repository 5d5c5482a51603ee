"""What a structure types in the knowledge forms, and what is read of their pages."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from tests.console import SignedIn

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
        "town": "39100 Dole",
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
