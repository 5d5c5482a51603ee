"""The database server where root's own folders are closed to `nobody`."""

import subprocess
from pathlib import Path

import pytest

from deploy import postgres


def test_a_copied_server_finds_its_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "FOR_ROOT", tmp_path)
    monkeypatch.setenv("PISTE_DB_PASSWORD", "of this instance")
    server, data = postgres.outside(tmp_path / "closed")
    said = subprocess.run([server / "bin" / "initdb", "--version"], capture_output=True, text=True, check=True)
    assert "PostgreSQL" in said.stdout
    assert server.is_relative_to(tmp_path)
    assert data.parent.parent == tmp_path


def test_data_of_an_instance_that_was_removed_are_kept_apart(tmp_path: Path) -> None:
    postgres.set_aside(tmp_path, "of the first instance")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").touch()
    postgres.set_aside(tmp_path, "of the first instance")
    assert (tmp_path / "data" / "PG_VERSION").is_file()
    postgres.set_aside(tmp_path, "of the second, which cannot open them")
    assert not (tmp_path / "data").exists()
    (kept,) = tmp_path.glob("data-*")
    assert (kept / "PG_VERSION").is_file()
