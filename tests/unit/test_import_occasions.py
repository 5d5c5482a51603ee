"""Kinds of events and their days."""

from datetime import date

import pytest

from knowledge_base.importers.occasions import event_type, whole_days


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Atelier au forum des métiers", "workshop"),
        ("Découvrir le salon de coiffure", "other"),
        ("Réunion d'information collective", "meeting"),
        ("JPO du CFA", "open_day"),
    ],
)
def test_the_first_word_that_names_a_type_tells_it(title: str, kind: str) -> None:
    assert event_type(title) == kind


def test_of_a_very_long_event_the_days_to_come_are_kept() -> None:
    days = whole_days(date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1))
    assert (len(days), days[0][0].date()) == (100, date(2026, 6, 1))
