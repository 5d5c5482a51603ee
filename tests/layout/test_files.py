"""Files a newcomer can read, and nothing in them of the machine they were written on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layout.tree import ROOT, files, shown

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
ADDRESS = re.compile(r"https?:|file:|git\+| @ |--(?:index|extra-index|find-links|trusted)", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users)/[\w.]")


def python_files() -> list[Path]:
    """Return our Python files."""
    return [path for path in files() if path.suffix == ".py"]


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a text file; nothing of a binary one."""
    try:
        yield from enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    except UnicodeDecodeError:
        return


def test_python_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    long = [f"{shown(path)}: {length} lines" for path, length in lengths.items() if length >= LONGEST_FILE]
    assert not long, f"{LONGEST_FILE} lines or more. Remedy: split by idea. {'; '.join(long)}"


def test_functions_are_short() -> None:
    long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length >= LONGEST_FUNCTION:
                    long.append(f"{shown(path)}:{node.lineno}: {node.name} has {length} lines")
    assert not long, f"{LONGEST_FUNCTION} lines or more. Remedy: name the steps.\n" + "\n".join(long)


def test_modules_are_named_after_an_idea() -> None:
    nameless = [path for path in python_files() if NAMELESS & {path.stem, path.parent.name}]
    assert not nameless, f"{', '.join(map(shown, nameless))}: say what the module is about"


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_file_holds_no_address(lock: Path) -> None:
    faults = [f"{shown(lock)}:{number}: {line}" for number, line in text_lines(lock) if ADDRESS.search(line)]
    assert not faults, "only `name==version`: set-up must work with any index.\n" + "\n".join(faults)


def test_no_file_names_the_machine_it_was_written_on() -> None:
    faults = [
        f"{shown(path)}:{number}: {found[0]}…"
        for path in files()
        for number, line in text_lines(path)
        if (found := MACHINE.search(line))
    ]
    assert not faults, "paths must be relative to the repository:\n" + "\n".join(faults)
