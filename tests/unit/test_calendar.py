"""Calendar files, read again by a library of calendars; join codes as they are typed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from connectors.calendar import calendar_of
from connectors.knowledge import Event

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
START = datetime(2026, 12, 4, 13, 0, tzinfo=UTC)


def event(**known: Any) -> Event:
    facts: dict[str, Any] = {
        "id": "event-forum", "title": "Forum; des, métiers\nici", "text": "Un « forum ».", "starts_at": START,
        "ends_at": START + timedelta(hours=4), "all_day": False, "days": (), "where": "Salle X, Besançon", "url": None,
        "cancelled": False,
    }  # fmt: skip
    return Event(**(facts | known))


def entries(one: Event) -> list[Any]:
    return list(Calendar.from_ical(calendar_of(one, NOW)).walk("VEVENT"))


def test_an_agenda_reads_what_is_written() -> None:
    (entry,) = entries(event())
    assert str(entry["summary"]) == "Forum; des, métiers\nici"
    assert entry["dtstart"].dt == START
    assert entry["dtend"].dt == START + timedelta(hours=4)
    assert str(entry["location"]) == "Salle X, Besançon"
    assert str(entry["status"]) == "CONFIRMED"


def test_each_day_of_one_that_comes_back_is_an_entry() -> None:
    again = (START + timedelta(days=1), START + timedelta(days=1, hours=4))
    found = entries(event(days=((START, START + timedelta(hours=4)), again)))
    assert [one["dtstart"].dt for one in found] == [START, again[0]]
    assert len({str(one["uid"]) for one in found}) == 2


def test_an_all_day_event_has_dates_and_no_hours() -> None:
    midnight = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)
    (entry,) = entries(event(all_day=True, starts_at=midnight, ends_at=midnight + timedelta(hours=23)))
    assert str(entry["dtstart"].dt) == "2026-12-04"
    assert str(entry["dtend"].dt) == "2026-12-05"


def test_a_cancelled_event_says_so() -> None:
    (entry,) = entries(event(cancelled=True))
    assert str(entry["status"]) == "CANCELLED"


@pytest.mark.parametrize(
    ("known", "over"),
    [({}, False), ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, True),
     ({"cancelled": True}, True), ({"starts_at": NOW - timedelta(hours=2), "ends_at": None}, False),
     ({"starts_at": NOW - timedelta(days=9), "ends_at": NOW - timedelta(days=8), "days": ((START, START),)}, False)],
)  # fmt: skip
def test_when_nothing_is_left_to_go_to(known: dict[str, Any], over: bool) -> None:
    assert event(**known).is_over(NOW) is over
