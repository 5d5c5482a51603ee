"""What holds for every importer: how they are laid out, what they share, what no record may hold."""

import ast
import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge_base import importers
from knowledge_base.errors import BadFile
from knowledge_base.importers import FORMATS, module_of
from knowledge_base.importers.columns import slug
from knowledge_base.importers.outcomes import LONGEST_REASON, Refused, Taken, Unusable, judged
from knowledge_base.importers.source import open_source
from knowledge_base.importers.tables import Row, json_rows
from knowledge_base.records.parts import Price, Public, Registration, Session, Site, Source, web_address
from tests.unit.imports.reading import KNOWN, survives, written

MODULES = {name.replace("-", "_") for name in FORMATS}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_format_imports_another(module: str) -> None:
    """What two formats need stands in a module of its own, named after what it is about."""
    tree = ast.parse((Path(importers.__path__[0]) / f"{module}.py").read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    shared = {name.rpartition(".")[2] for name in imported if name.startswith("knowledge_base.importers.")}
    assert not shared & MODULES


@pytest.mark.parametrize("text", ['["a"]', "[1]", "[null]", "[[]]", '{"results": ["a"]}', '[{"uid": "1"}, 2]'])
def test_a_list_of_something_else_than_objects_is_no_source(tmp_path: Path, text: str) -> None:
    source = open_source(_file(tmp_path, text))
    with pytest.raises(BadFile, match=r"a\.json:1: holds a .* where an object is expected\. Remedy"):
        list(json_rows(source, source.members[0], "item", "results.item"))


@pytest.mark.parametrize("text", ["[]", '{"total": 0, "results": []}'])
def test_an_empty_list_is_a_valid_answer(tmp_path: Path, text: str) -> None:
    source = open_source(_file(tmp_path, text))
    assert not list(json_rows(source, source.members[0], "item", "results.item"))


def test_lists_inside_an_object_hold_what_they_like(tmp_path: Path) -> None:
    source = open_source(_file(tmp_path, json.dumps([{"results": ["a", 1], "item": [None]}])))
    (row,) = json_rows(source, source.members[0], "item", "results.item")
    assert row.values == {"results": ["a", 1], "item": [None]}


def test_a_long_reason_keeps_its_column_and_what_is_wrong() -> None:
    def take(row: Row) -> Taken:
        raise Unusable(f"places {row.text('places')!r} is not a whole number")

    (refused,) = judged([Row("a.csv", 2, {"places": "9" * 5_000})], take)
    assert isinstance(refused, Refused)
    assert len(refused.reason) == LONGEST_REASON
    assert refused.reason.startswith("places '999")
    assert refused.reason.endswith("9' is not a whole number")


def test_a_rank_that_no_database_holds_is_refused(tmp_path: Path) -> None:
    def lengthened(data: bytes) -> bytes:
        return data.replace(b",1\n", b",99999999999\n")

    found = list(module_of("rome").read(open_source(written(tmp_path, "rome", lengthened, which=4)), KNOWN))
    assert [one.reason for one in found if isinstance(one, Refused)] == [
        "numero_ordre '99999999999' is not a whole number"
    ]


@pytest.mark.parametrize("point", ["nan, 3.5", "inf, 3.5", "91, 3.5", "50.3, 181", "50.3"])
def test_a_commune_that_is_nowhere_is_refused(tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_of("laposte"), "read_gazetteer", list)
    path = written(tmp_path, "laposte", lambda data: data.replace(b"50.357, 3.523", point.encode()))
    assert survives("laposte", path) == 0


@pytest.mark.parametrize("text", ["https://exemple.fr", "HTTP://exemple.fr/a?b=c#d", " https://é.fr/a "])
def test_addresses_of_the_web_are_kept(text: str) -> None:
    assert web_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "exemple.fr",
        "javascript:alert(1)",
        "mailto:a@b.fr",
        "https://",
        "https:///a",
        "https://a b",
        "https://a<b>",
    ],
)
def test_other_addresses_are_none(text: str | None) -> None:
    assert web_address(text) is None


def test_no_record_sends_a_browser_elsewhere_than_to_the_web() -> None:
    for part in (Source, Registration):
        with pytest.raises(ValidationError, match="does not begin with http"):
            part.model_validate({"name": "A", "url": "javascript:alert(1)"} if part is Source else {"url": "file:///a"})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_no_record_holds_a_number_that_is_none(number: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Price(euros=number)
    with pytest.raises(ValidationError):
        Site(commune="Lille", latitude=number, longitude=3)


@pytest.mark.parametrize("seats", [-1, 2**31])
def test_seats_are_a_number_that_the_database_holds(seats: int) -> None:
    with pytest.raises(ValidationError, match="is not between 0 and"):
        Session(starts_on=date(2026, 3, 1), seats=seats)


def test_nobody_is_older_than_the_oldest() -> None:
    assert Public(age_min=16, age_max=16).age_max == 16
    with pytest.raises(ValidationError, match="from 26 years to 16"):
        Public(age_min=26, age_max=16)


def test_names_become_parts_of_identifiers() -> None:
    assert slug("Été 2026_(Lille)") == "ete-2026-lille"
    assert slug("日本") != slug("中国")


def _file(folder: Path, text: str) -> Path:
    path = folder / "a.json"
    path.write_text(text)
    return path
