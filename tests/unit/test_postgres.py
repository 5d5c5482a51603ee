"""The database server where root's own folders are closed to `nobody`."""

import subprocess
from pathlib import Path

import pytest

from deploy import postgres


def test_a_copied_server_finds_its_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "FOR_ROOT", tmp_path)
    server, data = postgres.outside(tmp_path / "closed")
    said = subprocess.run([server / "bin" / "initdb", "--version"], capture_output=True, text=True, check=True)
    assert "PostgreSQL" in said.stdout
    assert server.is_relative_to(tmp_path)
    assert data.parent.parent == tmp_path
