"""A whole Piste of its own, for tests and benchmarks: its folder, ports, secrets and database are nobody else's."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import psycopg

from deploy.instance import ROOT, VAR, Instance, free_port, open_instance, read_instance

READY_LIMIT = 360.0  # seconds, with vectors kept and everything else to index


@dataclass
class Conversation:
    """A person talking through the web API."""

    client: httpx.Client
    id: str
    token: str
    welcome: list[dict[str, Any]]

    @property
    def headers(self) -> dict[str, str]:
        """Return the token as the API wants it."""
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, body: dict[str, Any], *, wait: bool = True) -> httpx.Response:
        """Send a body as it is."""
        path = f"/api/v1/conversations/{self.id}/messages"
        return self.client.post(path, params={"wait": "true"} if wait else {}, json=body, headers=self.headers)

    def say(self, text: str) -> list[dict[str, Any]]:
        """Write a text; returns the replies."""
        answered = self.post({"client_id": uuid.uuid4().hex, "text": text})
        assert answered.status_code == 200, answered.text
        replies: list[dict[str, Any]] = answered.json()["replies"]
        return replies

    def press(self, payload: str) -> list[dict[str, Any]]:
        """Press a button; returns the replies."""
        answered = self.post({"client_id": uuid.uuid4().hex, "payload": payload})
        assert answered.status_code == 200, answered.text
        replies: list[dict[str, Any]] = answered.json()["replies"]
        return replies

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the conversation's messages."""
        path = f"/api/v1/conversations/{self.id}/messages"
        answered = self.client.get(path, params={"after": after}, headers=self.headers)
        assert answered.status_code == 200, answered.text
        found: list[dict[str, Any]] = answered.json()["messages"]
        return found


@dataclass
class Stack:
    """A running Piste."""

    instance: Instance
    process: "subprocess.Popen[bytes]"
    people: httpx.Client  # shared by every conversation

    @property
    def url(self) -> str:
        """Return the gateway's address."""
        return f"http://127.0.0.1:{self.instance.port}"

    def client(self, timeout: float = 20.0) -> httpx.Client:
        """Return a client of the gateway."""
        return httpx.Client(base_url=self.url, timeout=timeout)

    def open(self, **asked: str) -> Conversation:
        """Open a conversation."""
        opened = self.people.post("/api/v1/conversations", json=asked)
        assert opened.status_code == 201, opened.text
        body = opened.json()
        return Conversation(self.people, body["id"], body["token"], body["replies"])

    def database(self) -> psycopg.Connection[Any]:
        """Connect to the database."""
        return psycopg.connect(self.instance.database_url, autocommit=True)

    def pid_of(self, name: str) -> int | None:
        """Return the process id of one of our services, by what it runs."""
        marks = {"bot": "rasa", "actions": "actions.server", "gateway": "connectors.app", "postgres": "postgres"}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                mine = process.environ().get("PISTE_PART_OF") == str(self.instance.folder)
                words = process.cmdline()
                parent = process.parent()
                if (
                    mine
                    and parent
                    and "supervisor.supervisord" in parent.cmdline()
                    and any(marks[name] in w for w in words)
                ):
                    return process.pid
        return None

    def kill(self, name: str) -> None:
        """Kill a service with -9."""
        pid = self.pid_of(name)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def wait_ready(self, limit: float = 120.0) -> None:
        """Wait until every part answers."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.2)
        raise TimeoutError(f"not ready after {limit} s; logs in {self.instance.logs}")


@contextlib.contextmanager
def running(name: str, **environment: str) -> Iterator[Stack]:
    """Run a Piste for the length of a block, in a folder of its own that is removed afterwards unless it failed."""
    folder = VAR / "tests" / f"{name}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    instance = open_instance(folder, port=free_port())
    settings = {"PISTE_INSTANCE": str(folder), "PORT": str(instance.port), "DEMO": "1", "DATABASE_URL": ""}
    log = (folder / "run.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.run"],
        cwd=ROOT,
        env={**os.environ, **settings, **environment},
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    people = httpx.Client(base_url=f"http://127.0.0.1:{instance.port}", timeout=20.0)
    try:
        Stack(instance, process, people).wait_ready(READY_LIMIT)
        opened = read_instance(folder, instance.port)
        assert opened is not None
        yield Stack(opened, process, people)
    except BaseException:
        print(f"logs are kept in {folder}", file=sys.stderr)
        raise
    else:
        end(process)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        end(process)
        people.close()
        log.close()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Stop as Ctrl-C does."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(40)
    if process.poll() is None:
        process.kill()
