"""When a place is open, said as people do; nothing where its hours are not known."""

from datetime import datetime

import pytest

from actions.texts import PARIS
from actions.texts.opening import said, state

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)  # a Monday
HOLIDAY = datetime(2026, 11, 11, 10, 0, tzinfo=PARIS)
WEEK = "Mo-Fr 09:00-12:00,14:00-17:30; PH off"


@pytest.mark.parametrize(
    ("hours", "now", "told"),
    [
        (WEEK, MORNING, "Ouvert jusqu'à 12 h"),
        (WEEK, MORNING.replace(hour=13), "Fermé, ouvre à 14 h"),
        (WEEK, MORNING.replace(day=27, hour=18), "Fermé, ouvre lundi à 9 h"),
        (WEEK, HOLIDAY, "Fermé, ouvre jeudi à 9 h"),
        ("24/7", MORNING, "Ouvert"),
        ("du lundi au vendredi", MORNING, None),
        (None, MORNING, None),
    ],
)
def test_whether_it_is_open_now(hours: str | None, now: datetime, told: str | None) -> None:
    found = state(hours, now)
    assert (found.replace("\u00a0", " ") if found else found) == told


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (WEEK, "du lundi au vendredi 9 h à 12 h, 14 h à 17 h 30 ; fermé les jours fériés"),
        ("Mo,Th 13:30-17:00; Sa off", "lundi, jeudi 13 h 30 à 17 h ; samedi fermé"),
        ("le mardi matin", "le mardi matin"),
        (None, None),
    ],
)
def test_hours_are_said_in_french(hours: str | None, told: str | None) -> None:
    found = said(hours)
    assert (found.replace("\u00a0", " ") if found else found) == told
