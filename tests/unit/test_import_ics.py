"""iCalendar: one event at a time, occurrences as days, nothing of persons."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import ics, towns
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.outcomes import Known, Outcome, Refused
from knowledge_base.importers.source import open_source
from knowledge_base.records import Item

KNOWN = Known(date(2026, 3, 3), date(2026, 3, 1))
PLACE = "LOCATION:Mission Locale\\, 12 rue des Essais\\, 54000 Nancy\\, France"
# A zone of its own name, as some servers write them.
ZONE = """BEGIN:VTIMEZONE
TZID:Maison
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoNames' towns take seconds to read."""
    monkeypatch.setattr(towns, "_communes", lambda: frozenset({"nancy"}))


def event(*lines: str, summary: str = "Atelier CV", place: str = PLACE) -> str:
    return "\n".join(("BEGIN:VEVENT", f"SUMMARY:{summary}", place, *lines, "END:VEVENT"))


def outcomes(folder: Path, *events: str) -> list[Outcome]:
    path = folder / "agenda.ics"
    text = "\n".join(("BEGIN:VCALENDAR", "X-WR-CALNAME:Ateliers de l'essai", ZONE, *events, "END:VCALENDAR", ""))
    path.write_text(text.replace("\n", "\r\n"))
    return list(ics.read(open_source(path), KNOWN))


def item(folder: Path, *lines: str, place: str = PLACE) -> Item:
    (one,) = outcomes(folder, event(*lines, place=place))
    assert not isinstance(one, Refused), one
    assert one.entry
    return one.entry.item


def reason(folder: Path, *lines: str, place: str = PLACE) -> str:
    (one,) = outcomes(folder, event(*lines, place=place))
    assert isinstance(one, Refused)
    return one.reason


def starts(found: Item) -> list[str]:
    assert found.starts_at
    return [found.starts_at.isoformat(), *(day[0] for day in found.details["days"])]


def test_an_event_keeps_all_that_it_says(tmp_path: Path) -> None:
    found = item(
        tmp_path,
        "UID:1@exemple.fr",
        "DTSTART;TZID=Maison:20260714T140000",
        "DURATION:PT2H",
        "DESCRIPTION:Refais ton CV :\\n- à l'écrit\\n- à l'oral",
        "GEO:48.69;6.18",
        "CATEGORIES:Emploi,Atelier",
        "URL:https://exemple.fr/cv",
        "LAST-MODIFIED:20260101T233000Z",
    )
    assert found.starts_at == datetime(2026, 7, 14, 14, tzinfo=PARIS)
    assert found.ends_at == datetime(2026, 7, 14, 16, tzinfo=PARIS)
    assert found.text == "Refais ton CV : à l'écrit ; à l'oral"
    assert found.place
    assert (found.place.label, found.place.commune, found.place.latitude) == ("Mission Locale", "Nancy", 48.69)
    assert found.details["place"]["address"] == "12 rue des Essais"
    assert (found.details["type"], found.modality) == ("workshop", "onsite")
    assert (found.source, found.source_url) == ("Ateliers de l'essai", "https://exemple.fr/cv")
    assert found.verified_at
    assert found.verified_at.date() == date(2026, 1, 2)


def test_persons_are_never_read(tmp_path: Path) -> None:
    found = item(
        tmp_path,
        "UID:aucune.personne@exemple.fr",
        "DTSTART:20260714T140000",
        'ORGANIZER;CN="Aucune Personne":mailto:aucune.personne@exemple.fr',
        'ATTENDEE;CN="Aucune Personne":mailto:aucune.personne@exemple.fr',
        "CONTACT:Aucune Personne",
    )
    assert "personne" not in repr(found).lower()


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("DTSTART:20260714T140000", 14),
        ("DTSTART:20260714T140000Z", 16),
        ("DTSTART;TZID=Romance Standard Time:20260714T140000", 14),
    ],
)
def test_floating_hours_are_those_of_paris(tmp_path: Path, start: str, hour: int) -> None:
    found = item(tmp_path, start)
    assert (found.starts_at, found.ends_at) == (datetime(2026, 7, 14, hour, tzinfo=PARIS), None)


def test_an_event_without_hours_lasts_whole_days(tmp_path: Path) -> None:
    found = item(tmp_path, "DTSTART;VALUE=DATE:20260320", "DTEND;VALUE=DATE:20260322")
    assert starts(found) == ["2026-03-20T00:00:00+01:00", "2026-03-21T00:00:00+01:00"]
    assert (found.details["all_day"], found.ends_at) == (True, datetime(2026, 3, 20, 23, 59, tzinfo=PARIS))


def test_an_event_that_comes_back_keeps_its_hour_when_the_clocks_change(tmp_path: Path) -> None:
    found = item(
        tmp_path,
        "DTSTART;TZID=Europe/Paris:20250107T140000",
        "DTEND;TZID=Europe/Paris:20250107T160000",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260401T000000Z",
        "EXDATE;TZID=Europe/Paris:20260310T140000,20260317T140000",
        "RDATE;TZID=Europe/Paris:20260402T140000",
    )
    assert starts(found) == [
        "2026-03-03T14:00:00+01:00",
        "2026-03-24T14:00:00+01:00",
        "2026-03-31T14:00:00+02:00",
        "2026-04-02T14:00:00+02:00",
    ]


def test_an_endless_event_is_told_for_a_hundred_days_or_a_year(tmp_path: Path) -> None:
    assert len(starts(item(tmp_path, "DTSTART:20260303T090000", "RRULE:FREQ=DAILY"))) == 100
    assert len(starts(item(tmp_path, "DTSTART:20260303T090000", "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"))) == 53


def test_an_event_that_no_longer_comes_back_is_in_the_past(tmp_path: Path) -> None:
    found = item(tmp_path, "DTSTART:20200303T090000", "RRULE:FREQ=DAILY;COUNT=3")
    assert starts(found) == ["2020-03-03T09:00:00+01:00"]


def test_an_occurrence_that_is_cancelled_or_moved_is_no_day_of_the_others(tmp_path: Path) -> None:
    weekly = event("UID:1", "DTSTART:20260303T090000", "RRULE:FREQ=WEEKLY;COUNT=3")
    cancelled = event("UID:1", "RECURRENCE-ID:20260310T090000", "DTSTART:20260310T090000", "STATUS:CANCELLED")
    first, second = outcomes(tmp_path, weekly, cancelled)
    assert not isinstance(first, Refused)
    assert not isinstance(second, Refused)
    assert first.entry
    assert second.entry
    assert starts(first.entry.item) == ["2026-03-03T09:00:00+01:00", "2026-03-17T09:00:00+01:00"]
    assert (first.entry.item.cancelled, second.entry.item.cancelled) == (False, True)
    assert first.entry.item.id != second.entry.item.id


def test_a_town_we_know_needs_no_postcode(tmp_path: Path) -> None:
    found = item(tmp_path, "DTSTART:20260303T090000", place="LOCATION:Salle des fêtes\\, NANCY\\, France")
    assert found.details["place"] == {"label": "Salle des fêtes", "commune": "Nancy"}


def test_an_event_online_needs_no_town(tmp_path: Path) -> None:
    found = item(tmp_path, "DTSTART:20260303T090000", place="LOCATION:https://visio.exemple.fr/salle")
    assert (found.place, found.modality) == (None, "remote")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["UID:1"], "DTSTART is empty"),
        (["DTSTART:20260230T090000"], "DTSTART: Wrong datetime format: 20260230T090000"),
        (["DTSTART:20260303T090000", "DTSTART:20260304T090000"], "20260303T090000 and DTSTART:20260304T090000"),
        (["DTSTART;TZID=Nulle/Part:20260303T090000"], "DTSTART has the unknown time zone 'Nulle/Part'"),
        (["DTSTART:20260303T090000", "DTEND:20260303T080000"], r"DTEND \(03/03/2026 08:00\) is before DTSTART"),
        (["DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260301"], r"DTEND \(01/03/2026\) is before DTSTART"),
        (["DTSTART:20260303T090000", "RRULE:FREQ=SECONDLY"], "'FREQ=SECONDLY' repeats within the day"),
        (["DTSTART:20260303T090000", "RRULE:FREQ=WEEKLY;INTERVAL=0"], "or without end"),
        (["DTSTART:20260303T090000", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20260303T090000"], "leaves no occurrence"),
        (["DTSTART:20260303T090000", "CLASS:PRIVATE"], "CLASS 'PRIVATE' is not public"),
        (["DTSTART:20260303T090000", "BEGIN:VALARM"], "the VEVENT cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(tmp_path: Path, lines: list[str], why: str) -> None:
    assert re.search(why, reason(tmp_path, *lines))


def test_a_place_without_a_town_is_refused(tmp_path: Path) -> None:
    why = reason(tmp_path, "DTSTART:20260303T090000", place="LOCATION:Amphi B")
    assert why.startswith("LOCATION 'Amphi B' names no town")


def test_one_bad_event_loses_nothing_of_the_rest(tmp_path: Path) -> None:
    good = event("DTSTART:20260303T090000")
    found = outcomes(tmp_path, good, event("ceci n'est rien"), good.removesuffix("END:VEVENT"), good)
    assert [isinstance(one, Refused) for one in found] == [False, True, True, False]
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.line for one in refused] == [23, 28]
    assert refused[1].reason == "the VEVENT is not closed by END:VEVENT"


def test_a_broken_time_zone_loses_no_event(tmp_path: Path) -> None:
    broken = "BEGIN:VTIMEZONE\nTZID:Cassé\nBEGIN:STANDARD\nDTSTART:19701025T030000\nEND:STANDARD\nEND:VTIMEZONE"
    (one,) = outcomes(tmp_path, broken, event("DTSTART;TZID=Europe/Paris:20260303T090000"))
    assert not isinstance(one, Refused)


def test_an_endless_event_is_refused_and_the_rest_is_kept(tmp_path: Path) -> None:
    picture = "\n".join([" " + "A" * 70] * 20_000)
    large, good = outcomes(
        tmp_path, event("DTSTART:20260303T090000", f"X-PHOTO:\n{picture}"), event("DTSTART:20260303T090000")
    )
    assert isinstance(large, Refused)
    assert large.reason == "a VEVENT of more than 1,000,000 characters"
    assert not isinstance(good, Refused)


def test_what_is_no_calendar_says_so(tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    path.write_text("<html>")
    with pytest.raises(BadFile, match=r"agenda\.ics:1: does not begin with BEGIN:VCALENDAR\. Remedy"):
        list(ics.read(open_source(path), KNOWN))
