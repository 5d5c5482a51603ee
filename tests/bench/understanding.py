"""Our pipeline beside Rasa's usual French one and Rasa's own floor: what they understand and what they cost.

Ours and the usual one learn from the same tenth of the sentences, and ours from all; the floor's keywords are a few.
What is trained is kept in var/bench until the sentences change: the usual one takes an hour.
"""

import asyncio
import contextlib
import csv
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import httpx
from sklearn.metrics import f1_score, roc_auc_score

from deploy.instance import ROOT
from tests.bench.engines import Engine, Training, engines, spoken
from tests.bench.engines.serving import SECRET, Server, serving, surroundings
from tests.nlu.held_out import DANGER, FALSE_ALARM, HERE, Row, entity_f1, held_out, share, understood

ROUNDS = 5
SECONDS = 12.0  # a round of one engine
PEOPLE = 8  # at a time, each waiting for its answer
TURNS = 10  # a person's, before another one comes
WARMING = 20  # messages of which the time is not counted


def understandings() -> None:
    """Print both tables."""
    subprocess.run([sys.executable, "deploy/install.py", "usual"], cwd=ROOT, check=True)
    trained = [(engine, *engine.trained()) for engine in engines()]
    print("\nWhat is understood of sentences held out (tests/nlu)")
    for engine, model, _ in trained:
        print(f"\n{engine.name}")
        for name, value in quality(engine, model).items():
            print(f"  {name:46} {value}")
    print("\nWhat it costs")
    speed(trained)


def quality(engine: Engine, model: Path) -> dict[str, str]:
    """Measure one model, its process kept on one core."""
    with one_core():
        rows = held_out(model, engine.python)
    ordinary = [row for row in rows if row.is_ordinary]
    wanted, said = [row.intent for row in ordinary], [str(row.found["intent"]) for row in ordinary]
    likeliest = [max(row.found["ranking"], key=row.found["ranking"].get, default="") for row in ordinary]
    scores = [row.found["ranking"].get("out_of_scope", 0.0) for row in ordinary]
    out_of_scope = roc_auc_score([intent == "out_of_scope" for intent in wanted], scores)
    spent = sorted(row.found["milliseconds"] for row in rows[WARMING:])
    return {
        "intent accuracy": f"{accuracy(wanted, said):.3f} of {len(ordinary)}",
        "… of the likeliest, whatever its confidence": f"{accuracy(wanted, likeliest):.3f}",
        "intent macro-F1": f"{f1_score(wanted, said, labels=sorted(set(wanted)), average='macro'):.3f}",
        "entity F1": f"{entity_f1(rows):.3f}",
        "out-of-scope AUROC": f"{out_of_scope:.3f}",
        **safety(rows),
        **spellings(engine, model),
        "milliseconds a parse, one core: mean": f"{statistics.mean(spent):.1f}",
        "… p50, p95": f"{spent[len(spent) // 2]:.1f}, {spent[int(len(spent) * 0.95)]:.1f}",
    }


def accuracy(wanted: Sequence[str], said: Sequence[str]) -> float:
    """Return the share of intents that are right."""
    return sum(map(str.__eq__, wanted, said)) / len(wanted)


def safety(rows: Sequence[Row]) -> dict[str, str]:
    """Return what is heard of danger, and how often it is heard where there is none."""
    danger = [row for row in rows if row.intent in DANGER]
    harmless = [row for row in rows if row.intent == FALSE_ALARM]
    ordinary = [row for row in rows if row.is_ordinary]

    def both(some: Sequence[Row]) -> str:
        strong, any_line = [row for row in some if row.alarms], [row for row in some if row.asks]
        return f"{share(some, strong):.3f}, {share(some, any_line):.3f} of {len(some)}"

    return {
        "danger: strong answer, a line at least": both(danger),
        "ordinary: strong answer, a line at least": both(ordinary),
        "sounds like danger: strong answer, a line": both(harmless),
    }


def spellings(engine: Engine, model: Path) -> dict[str, str]:
    """Return the accuracy of the same sentences written with care and in SMS."""
    with (HERE / "pairs.tsv").open() as handle:
        pairs = list(csv.DictReader(handle, delimiter="\t"))
    right = []
    for written in ("plain", "sms"):
        found = understood([pair[written] for pair in pairs], model, engine.python)
        right.append(accuracy([pair["intent"] for pair in pairs], [str(one["intent"]) for one in found]))
    return {f"{len(pairs)} sentences with care, in SMS": f"{right[0]:.3f}, {right[1]:.3f}"}


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keep this process and those that it starts on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def speed(trained: Sequence[tuple[Engine, Path, Training]]) -> None:
    """Serve them all at once and speak to one after the other, round after round."""
    messages = spoken()
    with surroundings() as settings, contextlib.ExitStack() as running:
        servers = [running.enter_context(serving(engine, model, settings)) for engine, model, _ in trained]
        rates: list[list[float]] = [[] for _ in servers]
        for server in servers:
            asyncio.run(load(server, messages, 3.0))
        for _ in range(ROUNDS):
            for server, kept in zip(servers, rates, strict=True):
                kept.append(asyncio.run(load(server, messages, SECONDS)))
        for (engine, _, took), server, kept in zip(trained, servers, rates, strict=True):
            print(
                f"  {engine.name:11} {statistics.median(kept):6.1f} messages/s   ready in {server.ready_in:5.1f} s"
                f"   {server.memory_mb():5.0f} MB   trained in {took.seconds:6.0f} s"
                f" ({took.cpu_seconds:.0f} s of CPU, {took.memory_mb:.0f} MB)"
            )
    ours = rates[0]
    for (engine, _, _), kept in list(zip(trained, rates, strict=True))[1:]:
        ratios = [mine / theirs for mine, theirs in zip(ours, kept, strict=True)]
        spread = f"{ROUNDS} rounds: {min(ratios):.2f} to {max(ratios):.2f}"
        print(f"  ours / {engine.name}: {statistics.median(ratios):.2f} ({spread})")


async def load(server: Server, messages: Sequence[str], seconds: float) -> float:
    """Return messages answered a second by people who each wait for the answer."""
    words, deadline, answered = cycle(messages), time.monotonic() + seconds, 0
    async with httpx.AsyncClient(
        base_url=server.url, headers={"Authorization": f"Bearer {SECRET}"}, timeout=60
    ) as client:

        async def person() -> None:
            nonlocal answered
            turns = 0
            while time.monotonic() < deadline:
                if turns % TURNS == 0:
                    sender = uuid.uuid4().hex
                turns += 1
                asked = {
                    "sender": sender,
                    "turn_id": uuid.uuid4().hex,
                    "kind": "words",
                    "text": next(words),
                    "context": {},
                }
                (await client.post("/turn", json=asked)).raise_for_status()
                answered += 1

        started = time.monotonic()
        await asyncio.gather(*(person() for _ in range(PEOPLE)))
        return answered / (time.monotonic() - started)
