"""`make run`: build what is out of date, start everything, print the address; Ctrl-C or a closed terminal stops all."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import httpx
import psutil
import psycopg
from dotenv import load_dotenv

from deploy import build
from deploy.database import DatabaseError, migrate
from deploy.install import step
from deploy.instance import ROOT, VAR, Instance, folder_of_instance, is_free, open_instance, read_instance
from deploy.services import Service, postgres_of, services_of, write_configuration

STARTING_LIMIT = 120.0  # seconds
DATABASE_LIMIT = 60.0
PR_SET_PDEATHSIG = 1


class RunError(Exception):
    """The message says why nothing runs, and the remedy."""


class Stopped(BaseException):
    """Somebody asked to stop, wherever we were: as with KeyboardInterrupt, no library's `except Exception` keeps it."""


def main() -> int:
    """Run until stopped."""
    load_dotenv(ROOT / ".env")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        run()
    except Stopped:
        with contextlib.suppress(OSError):
            step("stopped")
        return 0
    except (RunError, DatabaseError, build.BuildError) as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    return 0


def stop(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception, once: what follows is the way out."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def run() -> None:
    """Start, say where, and wait."""
    started = time.monotonic()
    folder = folder_of_instance()
    with sole(folder):
        end_orphans(folder)
        instance = open_instance(folder)
        if not is_free(instance.port):
            raise RunError(f"port {instance.port} is taken. Remedy: stop what uses it, or `PORT=8001 make run`")
        build.build_encoder()
        model = build.train()
        with managed(instance, services_of(instance, model, os.environ.get("HOST") or "127.0.0.1")) as manager:
            prepare_database(instance)
            wait_until("conversation", lambda: is_ready(instance), STARTING_LIMIT, manager)
            step(f"ready in {time.monotonic() - started:.0f} s")
            print(
                f"\n  Piste: http://localhost:{instance.port}   (Ctrl-C stops it; logs in {instance.logs})\n",
                flush=True,
            )
            manager.wait()
            raise RunError(f"the process manager ended. Remedy: see {instance.logs}/manager.log, then run again")


@contextlib.contextmanager
def temporary_database() -> Iterator[Instance]:
    """Lend the database of this folder's instance, running it for the time of the block if nobody does."""
    load_dotenv(ROOT / ".env")
    folder = folder_of_instance()
    running = read_instance(folder)
    if running and answers(running.database_url):
        prepare_schema(running)
        yield running
        return
    with sole(folder):
        end_orphans(folder)
        instance = open_instance(folder)
        if not instance.runs_postgres:
            prepare_schema(instance)
            yield instance
            return
        with managed(instance, [postgres_of(instance)]):
            prepare_schema(instance)
            yield instance


@contextlib.contextmanager
def sole(folder: Path) -> Iterator[None]:
    """Refuse to run the same instance twice."""
    with (folder / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunError(
                "Piste already runs from this folder. Remedy: use it, or stop it with Ctrl-C there"
            ) from error
        yield


def end_orphans(folder: Path) -> None:
    """End what an earlier run of this instance left behind, recognised by its environment."""
    orphans = [process for process in psutil.process_iter() if belongs(process, folder)]
    if not orphans:
        return
    step(f"ending {len(orphans)} processes of an earlier run")
    for process in orphans:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(orphans, timeout=5)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)


def belongs(process: psutil.Process, folder: Path) -> bool:
    """Say whether a process was started for this instance, by its manager."""
    try:
        return process.environ().get("PISTE_PART_OF") == str(folder)
    except (psutil.Error, OSError):
        return False


@contextlib.contextmanager
def managed(instance: Instance, services: list[Service]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run services under supervisor for the time of the block."""
    configuration = write_configuration(instance, services)
    command = [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)]
    manager = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PISTE_PART_OF": str(instance.folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # a closed terminal's hang-up, which supervisor takes for « reload », stays ours
        preexec_fn=end_with_parent,
    )
    try:
        yield manager
    finally:
        manager.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            manager.wait(30)
        end_orphans(instance.folder)


def end_with_parent() -> None:
    """Ask Linux to stop the manager when the launcher dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def prepare_database(instance: Instance) -> None:
    """Migrate and index."""
    prepare_schema(instance)
    build.build_index(instance)


def prepare_schema(instance: Instance) -> None:
    """Wait for the database, migrate it, and leave its address for the command line."""
    wait_until("database", lambda: answers(instance.database_url), DATABASE_LIMIT, None)
    migrate(instance.database_url)
    instance.write_database_url()


def wait_until(
    name: str, is_there: Callable[[], bool], limit: float, manager: "subprocess.Popen[bytes] | None"
) -> None:
    """Wait for a part, saying how long it took."""
    started = time.monotonic()
    while not is_there():
        if time.monotonic() - started > limit or (manager is not None and manager.poll() is not None):
            raise RunError(f"{name}: no answer after {limit:.0f} s. Remedy: see the logs in {VAR}")
        time.sleep(0.2)
    step(f"{name}: ready in {time.monotonic() - started:.1f} s")


def answers(url: str) -> bool:
    """Say whether the database answers."""
    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def is_ready(instance: Instance) -> bool:
    """Ask the gateway whether every part answers."""
    try:
        return httpx.get(f"http://127.0.0.1:{instance.port}/readyz", timeout=3).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(main())
