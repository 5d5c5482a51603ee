"""One running Piste: its folder under var/, its ports, its secrets, its addresses.

Only PORT is fixed. Everything else is chosen once, free at that moment, and written in the instance's folder, so
that two checkouts, and `make test` beside `make run`, do not meet.
"""

import json
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
BUILD = VAR / "build"
INTERNAL = ("postgres", "bot", "actions")
SECRETS = ("database", "bot", "actions", "channels")


@dataclass(frozen=True)
class Instance:
    """Where one instance lives and what it listens on."""

    folder: Path
    port: int
    ports: dict[str, int]
    secrets: dict[str, str]

    @property
    def logs(self) -> Path:
        """Folder of the log files."""
        return self.folder / "logs"

    @property
    def database_url(self) -> str:
        """Address of the database: the environment's, or the one that we run."""
        given = os.environ.get("DATABASE_URL", "")
        return given or f"postgresql://piste:{self.secrets['database']}@127.0.0.1:{self.ports['postgres']}/postgres"

    @property
    def runs_postgres(self) -> bool:
        """Say whether the database is ours to run."""
        return not os.environ.get("DATABASE_URL")

    def write_database_url(self) -> None:
        """Leave the address where the command line of `knowledge_base` looks for it."""
        write_private(self.folder / "database.url", self.database_url)


def folder_of_instance() -> Path:
    """Return the folder of this environment's instance, created if need be."""
    folder = Path(os.environ.get("PISTE_INSTANCE") or VAR / "live")
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    return folder


def read_instance(folder: Path, port: int | None = None) -> Instance | None:
    """Read an instance as it was last opened, running or not; None if it never was."""
    path = folder / "instance.json"
    if not path.is_file():
        return None
    state = json.loads(path.read_text())
    return Instance(folder, port or int(os.environ.get("PORT") or 8000), state["ports"], state["secrets"])


def open_instance(folder: Path, port: int | None = None) -> Instance:
    """Open an instance that does not run: ports taken by others meanwhile are changed, missing secrets drawn."""
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    known = read_instance(folder, port)
    kept = {name: number for name, number in known.ports.items() if is_free(number)} if known else {}
    ports = {name: kept.get(name) or free_port() for name in INTERNAL}
    drawn = {name: secrets.token_urlsafe(24) for name in SECRETS} | (known.secrets if known else {})
    write_private(folder / "instance.json", json.dumps({"ports": ports, "secrets": drawn}, indent=1))
    return Instance(folder, port or int(os.environ.get("PORT") or 8000), ports, drawn)


def free_port() -> int:
    """Ask the system for a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def is_free(port: int) -> bool:
    """Say whether nothing listens on that loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner reads, all or nothing."""
    unfinished = path.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(content)
    unfinished.replace(path)
