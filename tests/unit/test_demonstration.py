"""The demonstration set: real places, plausible events and trainings, told as examples."""

from datetime import UTC, date, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from shutil import copytree

import pytest

from knowledge_base.catalogue import load_families
from knowledge_base.demonstration import FOLDER, read_demonstration
from knowledge_base.errors import BadRecord
from knowledge_base.records import Item, Place

TODAY = date(2026, 11, 22)
BESANCON, VALENCIENNES = (47.24, 6.02), (50.36, 3.52)
NEAR_KM = 30


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return read_demonstration(TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(FOLDER, tmp_path / "demo")


def kilometres(place: Place, town: tuple[float, float]) -> float:
    north, east = radians(place.latitude - town[0]), radians(place.longitude - town[1])
    half = sin(north / 2) ** 2 + cos(radians(town[0])) * cos(radians(place.latitude)) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def is_near(item: Item) -> bool:
    return item.place is not None and min(kilometres(item.place, town) for town in (BESANCON, VALENCIENNES)) < NEAR_KM


def test_every_item_is_marked_and_says_that_it_is_an_example(items: list[Item]) -> None:
    assert items
    assert [item.id for item in items if not item.demo or "exemple" not in item.text.lower()] == []


def test_ids_are_unique(items: list[Item]) -> None:
    assert len({item.id for item in items}) == len(items)


@pytest.mark.parametrize("kind", ["event", "training", "place"])
def test_ten_of_each_kind_stand_near_besancon_or_valenciennes(items: list[Item], kind: str) -> None:
    assert sum(item.kind == kind and is_near(item) for item in items) >= 10


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_events_are_to_come_and_end_after_they_start_whatever_the_day(today: date) -> None:
    events = [item for item in read_demonstration(today) if item.kind == "event"]
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for event in events:
        assert event.starts_at is not None
        assert event.ends_at is not None
        assert midnight < event.starts_at < event.ends_at


def test_sessions_of_trainings_are_to_come(items: list[Item]) -> None:
    sessions = [one["starts_on"] for item in items for one in item.details.get("sessions", [])]
    assert sessions
    assert all(date.fromisoformat(session) > TODAY for session in sessions)


def test_everything_has_a_source_a_date_and_a_way_to_attend(items: list[Item]) -> None:
    for item in items:
        assert item.source
        assert item.verified_at
        assert item.place or item.modality == "remote", item.id


def test_families_of_events_and_trainings_are_in_the_catalogue(items: list[Item]) -> None:
    known = {family.code for family in load_families()}
    assert {code for item in items for code in item.families} - known == set()


@pytest.mark.parametrize(
    ("name", "before", "after", "fault"),
    [
        ("events.yml", "modality: onsite", "modality: sur place", "modality"),
        ("places.yml", "service:", "servise:", "servise"),
        ("trainings.yml", "entry_level: 0", "entry_level: 12", "entry_level"),
    ],
)
def test_a_malformed_record_is_refused_with_its_file_id_and_fault(
    folder: Path, name: str, before: str, after: str, fault: str
) -> None:
    text = (folder / name).read_text()
    wrong = text.index(before)
    identifier = text[:wrong].rsplit("- id: ", 1)[1].split("\n", 1)[0]
    (folder / name).write_text(text.replace(before, after, 1))
    with pytest.raises(BadRecord, match=rf"(?s){name}:{identifier}: .*{fault}"):
        read_demonstration(TODAY, folder)


def test_a_wrong_hour_is_refused_with_its_file_and_id(folder: Path) -> None:
    path = folder / "events.yml"
    path.write_text(path.read_text().replace('at: "10:00"', 'at: "10h"', 1))
    with pytest.raises(BadRecord, match=r"events\.yml:event-"):
        read_demonstration(TODAY, folder)
