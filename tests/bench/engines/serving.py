"""Rasa servers side by side: each its model, all the same store, the same actions, the same messages."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from deploy import build
from deploy.instance import ROOT, VAR, Instance, free_port, open_instance
from deploy.run import managed, prepare_schema
from deploy.services import postgres_of
from tests.bench.engines import Engine

SECRET = "bench"
STARTING_LIMIT = 300.0  # seconds
ACTIONS = ["-m", "uvicorn", "tests.bench.engines.no_actions:app", "--log-level", "critical", "--port"]


@dataclass
class Server:
    """A running Rasa."""

    client: httpx.Client
    process: "subprocess.Popen[bytes]"
    ready_in: float  # seconds

    @property
    def url(self) -> str:
        """Return its address."""
        return str(self.client.base_url)

    def memory_mb(self) -> float:
        """Return what it and its children hold."""
        me = psutil.Process(self.process.pid)
        return float(sum(one.memory_info().rss for one in (me, *me.children(recursive=True))) / 1e6)


@contextlib.contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """Run a database and actions that say nothing; lends what Rasa must have in its environment to reach them."""
    instance = open_instance(VAR / "tests" / f"engines-{os.getpid()}")
    port = free_port()
    actions = subprocess.Popen([sys.executable, *ACTIONS, str(port)], cwd=ROOT)
    try:
        with managed(instance, [postgres_of(instance)]):
            prepare_schema(instance)
            yield environment(instance, port)
    finally:
        actions.terminate()
        actions.wait(10)


def environment(instance: Instance, actions_port: int) -> dict[str, str]:
    """Return the settings of `bot/endpoints.yml` and `bot/credentials.yml`."""
    actions = f"http://127.0.0.1:{actions_port}/webhook"
    settings = {"ACTIONS_URL": actions, "ACTIONS_SECRET": SECRET, "BOT_SECRET": SECRET}
    return build.bot_environment(**settings, DATABASE_URL=instance.database_url, LOG_LEVEL="ERROR")


@contextlib.contextmanager
def serving(engine: Engine, model: Path, settings: dict[str, str]) -> Iterator[Server]:
    """Run one Rasa for the length of a block."""
    port = free_port()
    command = [engine.python, "-W", "ignore", "-m", "rasa", "run", "--model", str(model), "--interface", "127.0.0.1"]
    command += ["--credentials", "bot/credentials.yml", "--endpoints", "bot/endpoints.yml", "--port", str(port)]
    started = time.monotonic()
    log = (model.parent / f"{engine.name}.log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
    headers = {"Authorization": f"Bearer {SECRET}"}
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}/webhooks/turn", headers=headers, timeout=60)
    try:
        wait_until_ready(client, process, started)
        yield Server(client, process, time.monotonic() - started)
    finally:
        client.close()
        process.terminate()
        process.wait(30)
        log.close()


def wait_until_ready(client: httpx.Client, process: "subprocess.Popen[bytes]", started: float) -> None:
    """Wait until the channel answers."""
    while time.monotonic() - started < STARTING_LIMIT and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if client.get("/").status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Rasa does not answer. Remedy: see {VAR}/bench/*.log")
