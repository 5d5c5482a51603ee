"""Every importer against what is meant to harm: entities, depth, bombs, archives and workbooks that lie."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from knowledge_base.errors import BadFile
from knowledge_base.importers import laposte, module_of
from knowledge_base.importers.source import open_source
from tests.unit.imports.attacks import DOCTYPES, JSON, SHEETS, XML, ZIPS, sheet, zipped
from tests.unit.imports.reading import KNOWN, NAMES, each_format, format_of, instead, seeds, survives, written


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoNames' towns take a second to read, and are not what is tested."""
    monkeypatch.setattr(laposte, "read_gazetteer", list)


@each_format
@pytest.mark.parametrize("attack", XML)
def test_hostile_xml(name: str, tmp_path: Path, attack: str) -> None:
    survives(name, written(tmp_path, name, instead(XML[attack])))


@pytest.mark.parametrize("name", [name for name in NAMES if next(iter(seeds(name))).endswith(".xml")])
@pytest.mark.parametrize("attack", DOCTYPES)
def test_a_doctype_is_refused_even_on_a_valid_file(name: str, tmp_path: Path, attack: str) -> None:
    path = written(tmp_path, name, lambda data: DOCTYPES[attack].encode() + data.partition(b"?>")[2])
    with pytest.raises(BadFile, match=r"(DOCTYPE|not well-formed).*Remedy"):
        list(module_of(format_of(name)).read(open_source(path), KNOWN))


@each_format
@pytest.mark.parametrize("attack", JSON)
def test_hostile_json(name: str, tmp_path: Path, attack: str) -> None:
    survives(name, written(tmp_path, name, instead(JSON[attack])))


@each_format
@pytest.mark.parametrize("attack", ZIPS)
def test_hostile_zip(name: str, tmp_path: Path, attack: str) -> None:
    beside = sorted(tmp_path.parent.iterdir())
    survives(name, ZIPS[attack](tmp_path / "set.zip", {file: text.encode() for file, text in seeds(name).items()}))
    assert [one.name for one in tmp_path.iterdir()] == ["set.zip"]
    assert sorted(tmp_path.parent.iterdir()) == beside


@each_format
def test_a_zip_bomb_is_left_before_it_grows(name: str, tmp_path: Path) -> None:
    (file, text), *others = seeds(name).items()
    begins = text[: text.index("\n") + 1].encode()
    bomb = {file: begins + (b" " * 99_999 + b"\n") * 250} | {other: said.encode() for other, said in others}
    path = zipped(tmp_path / "set.zip", bomb)
    assert path.stat().st_size < 200_000
    with pytest.raises(BadFile, match=r"(a zip bomb\?|one (?:element|value) of more than).*Remedy"):
        list(module_of(format_of(name)).read(open_source(path), KNOWN))


@pytest.mark.parametrize("attack", SHEETS)
def test_hostile_workbook(tmp_path: Path, attack: str) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Services").append(["id", "structure_id", "nom"])
    book.save(tmp_path / "set.xlsx")
    with ZipFile(tmp_path / "set.xlsx") as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    path = zipped(tmp_path / "set.xlsx", parts | {"xl/worksheets/sheet2.xml": sheet(attack)})
    assert survives("data-inclusion", path) == 0


def test_a_workbook_that_swells_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = zipped(tmp_path / "set.xlsx", {"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 1_000_000})
    with pytest.raises(BadFile, match=r"would unpack to more than .*Remedy"):
        list(module_of("data-inclusion").read(open_source(path), KNOWN))
