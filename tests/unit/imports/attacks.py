"""What is damaged on purpose: words, encodings, XML, JSON, zips and workbooks."""

import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from knowledge_base.importers.source import MOST_MEMBERS

# What cells hold that nobody expected.
NASTY: tuple[str, ...] = (
    *("", "-", "²", "٣", "9" * 400, "-1", "1e999", "nan", "0", "NULL", "true", "[]", "é" * 3000, "<b>", "&amp;"),
    *("0000-00-00", "9999-12-31", "0001-01-01", "31/02/2026", "99999999", "20261332", "2026-05-18T25:00:00Z", "24:00"),
    *("\u202e", "\ufffe", "\U0001f600", "'", "%s", "../../x", "javascript:alert(1)", "\\u0000", "\\ud800", "\\1"),
    *("&#0;", "\x85", "\v"),
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, True, 0, -1, 10**30, 1.5e308, "", [], {}, [None], [[]], {"": {}}, "\0", "\ud800")
VALUES += NASTY

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "latin-1": lambda text: text.replace("e", "é").encode("latin-1", "replace"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without mark": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "zero bytes": lambda text: text.replace("e", "e\0").encode(),
    "two marks": lambda text: b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(),
    "halves of surrogates": lambda text: text.replace("e", "\ud800").encode("utf-8", "surrogatepass"),
    "old Macintosh lines": lambda text: text.replace("\r\n", "\n").replace("\n", "\r").encode(),
    "nothing": lambda _: b"",
    "blank lines": lambda _: b"\n\r\n \n",
}

# Each entity is ten times the one before.
BOMB = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
DOCTYPES = {
    "entities within entities": f'<!DOCTYPE a [<!ENTITY e0 "ha">{BOMB}]>',
    "a file of this machine": '<!DOCTYPE a [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
    "a file of another": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    "parameter entities": '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
}
XML = {what: f"{doctype}<a>&e9;</a>" for what, doctype in DOCTYPES.items()} | {
    "deep": "<a>" * 50_000,
    "many attributes": "<a " + " ".join(f'x{number}="1"' for number in range(5_000)) + "/>",
    "namespaces": "<a " + " ".join(f'xmlns:n{number}="u{number}"' for number in range(5_000)) + "/>",
    "an undefined entity": "<a>&eacute;</a>",
    "another encoding than declared": '<?xml version="1.0" encoding="UTF-16"?><a/>',
    "an unknown encoding": '<?xml version="1.0" encoding="klingon"?><a/>',
    "a stylesheet": '<?xml-stylesheet href="file:///etc/passwd"?><a/>',
    "an inclusion": '<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd" parse="text"/></a>',
}

DEEP = {"lists": "[" * 100_000, "objects": '{"a":' * 100_000, "closed lists": "[" * 5_000 + "]" * 5_000}
JSON = {f"deep {what}": text for what, text in DEEP.items()} | {
    "deep inside": f'[{{"results": {DEEP["closed lists"]}}}]',
    "two documents": "[]{}",
    "a number without end": "[" + "9" * 100_000 + "]",
    "a key without end": '{"' + "k" * 100_000 + '": 1}',
    "one key again and again": "{" + '"id": 1,' * 10_000 + '"id": 2}',
    "not a number": '[{"id": NaN, "x": Infinity}]',
    "comments": "[/* rien */]",
    "empty list": "[]",
    "lists of lists": "[[[]], [[{}]]]",
    "only text": '"texte"',
}


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where each value of a JSON document stands."""
    yield path
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths_of(one, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Put another value in the place of one."""
    if not path:
        return new
    value[path[0]] = replaced(value[path[0]], path[1:], new)
    return value


def zipped(path: Path, files: dict[str, bytes], method: int = ZIP_DEFLATED) -> Path:
    """Write a zip."""
    with ZipFile(path, "w", method) as archive:
        for file, data in files.items():
            archive.writestr(file, data)
    return path


def _said(header: bytes, offset: int, value: bytes) -> Callable[[Path, dict[str, bytes]], Path]:
    """Write over a field of each header of one kind: what a zip says of itself need not be true."""

    def build(path: Path, files: dict[str, bytes]) -> Path:
        data = bytearray(zipped(path, files).read_bytes())
        for found in re.finditer(re.escape(header), bytes(data)):
            data[found.start() + offset : found.start() + offset + len(value)] = value
        path.write_bytes(data)
        return path

    return build


def _cut(path: Path, files: dict[str, bytes]) -> Path:
    data = zipped(path, files).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
ZIPS: dict[str, Callable[[Path, dict[str, bytes]], Path]] = {
    "sizes too small": _said(CENTRAL, 24, struct.pack("<I", 3)),
    "sizes too large": _said(CENTRAL, 24, struct.pack("<I", 2**32 - 2)),
    "packed sizes too large": _said(CENTRAL, 20, struct.pack("<I", 2**30)),
    "headers elsewhere": _said(CENTRAL, 42, struct.pack("<I", 2**31)),
    "two names for one": _said(LOCAL, 30, b"zz"),
    "a wrong checksum": _said(CENTRAL, 16, b"\0\1\2\3"),
    "encrypted": _said(CENTRAL, 8, b"\1"),
    "an unknown method": _said(CENTRAL, 10, b"\x63"),
    "a version yet to come": _said(CENTRAL, 6, b"\xff\0"),
    "damaged": _said(LOCAL, 60, b"\xff\xff\xff\xff"),
    "a rare method": lambda path, files: zipped(path, files, ZIP_LZMA),
    "names that climb": lambda path, files: zipped(path, {f"../../tmp/{one}": data for one, data in files.items()}),
    "absolute names": lambda path, files: zipped(path, {f"/etc/{one}": data for one, data in files.items()}),
    "thousands of members": lambda path, _: zipped(path, {f"{n}.csv": b"" for n in range(MOST_MEMBERS + 1)}),
    "a zip in a zip": lambda path, files: zipped(path, {"a.zip": zipped(path, files).read_bytes()}),
    "nothing": lambda path, _: zipped(path, {}),
    "cut short": _cut,
}

_SHEET = """<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="{row}"><c r="{cell}" t="{kind}"><v>{value}</v></c></row>{more}</sheetData></worksheet>"""
_CELL = {"doctype": "", "row": "1", "cell": "A1", "kind": "n", "value": "1", "more": ""}
SHEETS = {f"a sheet with {what}": {"doctype": text, "kind": "str", "value": "&e9;"} for what, text in DOCTYPES.items()}
SHEETS |= {
    "a row far away": {"row": "999999999999", "cell": "A999999999999"},
    "a cell far away": {"cell": "ZZZZZZ1"},
    "no such string": {"kind": "s", "value": "999999"},
    "no number": {"value": "deux"},
    "no date": {"kind": "d", "value": "hier"},
    "an unclosed row": {"more": "<row>"},
}


def sheet(attack: str) -> bytes:
    """Return the XML of a hostile sheet."""
    return _SHEET.format(**_CELL | SHEETS[attack]).encode()
