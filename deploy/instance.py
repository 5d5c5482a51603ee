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
INTERNAL = ("postgres", "bot", "actions", "manager")


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


def open_instance(folder: Path | None = None, port: int | None = None) -> Instance:
    """Open the instance of a folder, choosing ports and secrets on first use. Ports taken by others are changed."""
    folder = folder or Path(os.environ.get("PISTE_INSTANCE") or VAR / "live")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "logs").mkdir(exist_ok=True)
    path = folder / "instance.json"
    state = json.loads(path.read_text()) if path.is_file() else {}
    ports = {name: state.get("ports", {}).get(name, 0) for name in INTERNAL}
    kept = {name: number for name, number in ports.items() if number and is_free(number)}
    ports = kept | {name: free_port() for name in INTERNAL if name not in kept}
    known = state.get("secrets", {})
    drawn = {name: known.get(name) or secrets.token_urlsafe(24) for name in ("database", "bot", "actions")}
    write_private(path, json.dumps({"ports": ports, "secrets": drawn}, indent=1))
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
