"""Starting and stopping: a closed terminal, a killed launcher or a killed manager leaves nothing behind."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.instance import ROOT, VAR, free_port, read_instance
from tests.stack import Stack

LIMIT = 120.0


class Terminal:
    """`make run` as it is typed in a terminal that one can close."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.master, slave = os.openpty()
        settings = {"PISTE_INSTANCE": str(folder), "PORT": str(self.port), "DATABASE_URL": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        wait_for(self.is_ready)

    def is_ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status_code == 200
        return False

    def parts(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("PISTE_PART_OF") == str(self.folder):
                    found.append(process)
        return found

    def has_ended(self) -> bool:
        return self.process.poll() is not None and not self.parts()

    def close(self) -> None:
        os.close(self.master)
        self.master = -1


def wait_for(condition: object, limit: float = LIMIT) -> None:
    assert callable(condition)
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.2)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    folder = VAR / "tests" / f"terminal-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    opened = Terminal(folder)
    yield opened
    for process in opened.parts():
        process.kill()
    if opened.process.poll() is None:
        opened.process.kill()
    opened.process.wait()
    if opened.master >= 0:
        opened.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_closing_the_terminal_stops_everything(terminal: Terminal) -> None:
    assert len(terminal.parts()) >= 4
    terminal.close()
    wait_for(terminal.has_ended, 40)


def test_ctrl_c_stops_everything(terminal: Terminal) -> None:
    os.write(terminal.master, b"\x03")
    wait_for(terminal.has_ended, 40)


def test_a_killed_launcher_takes_everything_with_it(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait()
    wait_for(terminal.has_ended, 40)


def test_what_a_killed_manager_leaves_is_ended(terminal: Terminal) -> None:
    manager = next(p for p in terminal.parts() if "supervisor.supervisord" in p.cmdline())
    manager.kill()
    wait_for(terminal.has_ended, 40)


def test_the_same_folder_is_not_run_twice(stack: Stack) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "deploy.run"],
        cwd=ROOT,
        env={**os.environ, "PISTE_INSTANCE": str(stack.instance.folder), "PORT": str(free_port()), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert httpx.get(f"{stack.url}/readyz", timeout=5).status_code == 200
    assert read_instance(stack.instance.folder, stack.instance.port) == stack.instance
