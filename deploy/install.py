"""Make `.venv/app` (Python 3.11) and `.venv/bot` (Python 3.10) from their lock files.

`… install.py usual` makes instead the environment of Rasa's usual French pipeline, which benchmarks compare with.
Runs with any Python ≥ 3.8 and the standard library alone: it is what a fresh clone starts with.
A finished environment carries a stamp, the hash of what it was made from; one that was interrupted carries
none and is made again.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List, Optional

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".venv"
PYTHONS = {"app": "3.11", "bot": "3.10"}
BENCH = {"usual": "3.10"}
LOCKS = {"app": ["app"], "bot": ["bot"], "usual": ["bot", "usual"]}


class InstallError(Exception):
    """The message says what is missing and the remedy."""


def main(names: List[str]) -> int:
    """Install the environments named, the two that run Piste without a name; returns the process's exit code."""
    try:
        with exclusively(VENVS / ".lock"):
            for name in names or PYTHONS:
                install(name, {**PYTHONS, **BENCH}[name])
    except InstallError as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    return 0


def install(name: str, version: str) -> None:
    """Create or bring up to date one environment."""
    locks = [ROOT / "requirements" / f"{lock}.lock" for lock in LOCKS[name]]
    folder = VENVS / name
    stamp = folder / ".made-from"
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks) + version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted and (folder / "bin" / "python").exists():
        step(f"environment {name}: up to date")
        return
    started = time.monotonic()
    step(f"environment {name}: Python {version}, {sum(map(count_pins, locks))} packages…")
    if folder.exists() and not stamp.is_file():
        step(f"environment {name}: an earlier install was interrupted, starting it again")
        shutil.rmtree(folder)
    stamp.unlink(missing_ok=True)
    python = find_python(version)
    if not (folder / "bin" / "python").exists():
        run([python, "-m", "venv", "--clear", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for lock in locks:
        run([*pip, "--no-deps", "-r", str(lock)])
    if name == "app":
        ensure_torch(folder / "bin" / "python", pip)
    stamp.write_text(wanted)
    step(f"environment {name}: ready in {time.monotonic() - started:.0f} s")


def ensure_torch(python: Path, pip: List[str]) -> None:
    """Check that torch imports; PyPI's default build also wants its own dependencies, reinstalled with them if so."""
    if subprocess.run([str(python), "-c", "import torch"], capture_output=True, check=False).returncode == 0:
        return
    pin = next(
        line for line in (ROOT / "requirements" / "app.lock").read_text().splitlines() if line.startswith("torch==")
    )
    size = download_size(pip, pin)
    step(f"torch does not import alone here; installing it with its own dependencies ({size} to download)…")
    run([*pip, "--force-reinstall", pin])
    # --force-reinstall may have moved what torch shares with the rest: the lock has the last word.
    run([*pip, "--no-deps", "-r", str(ROOT / "requirements" / "app.lock")])
    if subprocess.run([str(python), "-c", "import torch"], check=False).returncode != 0:
        raise InstallError(
            "torch still does not import (see above). Remedy: install a build for this machine into .venv/app"
        )


def download_size(pip: List[str], pin: str) -> str:
    """Ask pip what `pin` and its dependencies weigh, without downloading them."""
    asked = subprocess.run(
        [*pip, "--dry-run", "--ignore-installed", "--report", "-", pin], capture_output=True, text=True, check=False
    )
    with contextlib.suppress(ValueError, KeyError):
        names = [item["metadata"]["name"] for item in json.loads(asked.stdout)["install"]]
        cuda = [name for name in names if name.startswith("nvidia")]
        return "about 3 GB" if cuda else "about 250 MB"
    return "up to 3 GB"


def find_python(version: str) -> str:
    """Return an interpreter of this minor version, from PATH, pyenv or uv."""
    candidates: List[Optional[str]] = [shutil.which(f"python{version}")]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates += [str(path / "bin" / "python") for path in sorted(pyenv.glob(f"{version}.*"), reverse=True)]
    if shutil.which("uv"):
        found = subprocess.run(["uv", "python", "find", version], capture_output=True, text=True, check=False)
        candidates.append(found.stdout.strip() or None)
    for candidate in candidates:
        if candidate and works(candidate, version):
            return candidate
    raise InstallError(
        f"Python {version} is missing. Remedy: `uv python install {version}` or `pyenv install {version}`, then again."
    )


def works(python: str, version: str) -> bool:
    """Say whether this interpreter starts, is of that version and can make environments."""
    code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    with contextlib.suppress(OSError):
        tried = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
        return tried.stdout.strip() == version
    return False


@contextlib.contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Hold a lock that dies with the process, so that two commands at once do not build the same thing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step("another Piste command is working here; waiting for it…")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def count_pins(lock: Path) -> int:
    """Count the packages of a lock file."""
    return sum("==" in line for line in lock.read_text().splitlines())


def step(text: str) -> None:
    """Tell the person what is going on."""
    print(f"· {text}", flush=True)


def run(command: List[str]) -> None:
    """Run a command, letting its errors through."""
    if subprocess.run(command, check=False).returncode != 0:
        raise InstallError(
            f"`{' '.join(command[:6])} …` failed, see above. Remedy: check the network to PyPI, then run again."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
