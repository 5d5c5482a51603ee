"""Every importer against files that do not end."""

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.imports.endless import READ


def test_what_never_ends_takes_little_memory_and_time(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.unit.imports.endless", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) == len(READ), run.stderr[-2000:]
    assert not [one for one in found if one[2] or one[3] > 60 or one[4] > 30]
