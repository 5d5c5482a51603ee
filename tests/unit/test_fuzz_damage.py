"""Every importer against damaged bytes: outcomes, or a BadFile with its remedy."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.importers import laposte
from tests.unit.imports.attacks import ENCODINGS
from tests.unit.imports.reading import each_format, emptied, survives, written

BOUNDED = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoNames' towns take a second to read, and are not what is tested."""
    monkeypatch.setattr(laposte, "read_gazetteer", list)


@each_format
def test_every_seed_is_taken(name: str, tmp_path: Path) -> None:
    assert survives(name, written(tmp_path, name)) > 0


@each_format
@given(data=st.binary(max_size=400), which=st.integers(0, 5))
@BOUNDED
def test_any_bytes(name: str, tmp_path: Path, data: bytes, which: int) -> None:
    survives(name, written(emptied(tmp_path), name, lambda _: data, which))


@each_format
@given(cut=st.floats(0, 1), which=st.integers(0, 5))
@BOUNDED
def test_a_file_cut_short(name: str, tmp_path: Path, cut: float, which: int) -> None:
    survives(name, written(emptied(tmp_path), name, lambda data: data[: int(len(data) * cut)], which))


@each_format
@given(at=st.floats(0, 1), data=st.binary(min_size=1, max_size=4), which=st.integers(0, 5))
@BOUNDED
def test_a_file_with_damaged_bytes(name: str, tmp_path: Path, at: float, data: bytes, which: int) -> None:
    def damage(seed: bytes) -> bytes:
        start = int(len(seed) * at)
        return seed[:start] + data + seed[start + len(data) :]

    survives(name, written(emptied(tmp_path), name, damage, which))


@each_format
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding(name: str, tmp_path: Path, encoding: str) -> None:
    survives(name, written(tmp_path, name, lambda data: ENCODINGS[encoding](data.decode())))
