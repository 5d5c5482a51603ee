"""`make lock`: resolve requirements/*.in anew and pin every transitive package, without addresses."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from deploy.install import PYTHONS, ROOT, InstallError, find_python, run, step


def main() -> int:
    """Write both lock files."""
    try:
        for name, version in PYTHONS.items():
            with tempfile.TemporaryDirectory() as folder:
                step(f"resolving {name} on Python {version}…")
                pins = resolve(ROOT / "requirements" / f"{name}.in", find_python(version), folder)
            (ROOT / "requirements" / f"{name}.lock").write_text("\n".join(pins) + "\n")
            step(f"requirements/{name}.lock: {len(pins)} packages")
    except InstallError as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    return 0


def resolve(asked: Path, python: str, folder: str) -> "list[str]":
    """Install what is asked for in an environment of its own, and list what came."""
    run([python, "-m", "venv", folder])
    own = f"{folder}/bin/python"
    run([own, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(asked)])
    frozen = subprocess.run([own, "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True).stdout
    lines = [line for line in frozen.splitlines() if "==" in line and not line.startswith("pip==")]
    # A build's local mark (« +cpu ») names where it came from, not what it is.
    return sorted((re.sub(r"\+[\w.]+$", "", line) for line in lines), key=str.lower)


if __name__ == "__main__":
    sys.exit(main())
