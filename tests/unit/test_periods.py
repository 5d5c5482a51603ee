"""When, as people say it; now is Sunday 22 November 2026, ten in the morning in Paris."""

from datetime import UTC, date, datetime

import pytest

from knowledge_base.periods import impossible_day, period_of
from knowledge_base.records.typed import PARIS

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("ya kelke chose samedi ?", (2026, 11, 28), (2026, 11, 28)),
        ("ya kelke chose samdi ?", (2026, 11, 28), (2026, 11, 28)),
        ("vandredi c possible", (2026, 11, 27), (2026, 11, 27)),
        ("dimanche prochain", (2026, 11, 29), (2026, 11, 29)),
        ("demain c'est possible", (2026, 11, 23), (2026, 11, 23)),
        ("après-demain", (2026, 11, 24), (2026, 11, 24)),
        ("aujourd'hui", (2026, 11, 22), (2026, 11, 22)),
        ("ce week-end", (2026, 11, 22), (2026, 11, 22)),
        ("le weekend prochain", (2026, 11, 28), (2026, 11, 29)),
        ("la semaine prochaine", (2026, 11, 23), (2026, 11, 29)),
        ("un forum en décembre", (2026, 12, 1), (2026, 12, 31)),
        ("fin novembre", (2026, 11, 22), (2026, 11, 30)),
        ("le mois prochain", (2026, 12, 1), (2026, 12, 31)),
        ("le 27", (2026, 11, 27), (2026, 11, 27)),
        ("le 3", (2026, 12, 3), (2026, 12, 3)),
        ("le 15 janvier", (2027, 1, 15), (2027, 1, 15)),
        ("le 1er décembre", (2026, 12, 1), (2026, 12, 1)),
        ("05/12 ça m'irait", (2026, 12, 5), (2026, 12, 5)),
        ("avant le 30", (2026, 11, 22), (2026, 11, 29)),
        ("pendant les vacances de noël", (2026, 12, 19), (2027, 1, 3)),
        ("pendant les vacances", (2026, 12, 19), (2027, 1, 3)),
        ("vacances d'été", (2027, 7, 3), (2027, 8, 31)),
    ],
)
def test_a_period_is_read(said: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    period = period_of(said, NOW)
    assert period is not None
    assert (period.start.date(), (period.end.astimezone(PARIS)).toordinal() - 1) == (
        date(*first), date(*last).toordinal()
    )  # fmt: skip


def test_after_a_day_has_no_end() -> None:
    period = period_of("après le 15", NOW)
    assert period is not None
    assert period.start.date() == date(2026, 12, 16)
    assert period.end > datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("said", ["j'ai 17 ans", "le foot", "je suis en 3e", "le 2 ans de formation", "salut", "le 93"])
def test_other_numbers_are_no_dates(said: str) -> None:
    assert period_of(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "day"), [("le 32 novembre", "32 novembre"), ("30 février", "30 fevrier"), ("29 février", None)]
)
def test_a_day_that_no_calendar_holds_is_no_period(said: str, day: str | None) -> None:
    assert impossible_day(said) == day
    assert day is None or period_of(said, NOW) is None
