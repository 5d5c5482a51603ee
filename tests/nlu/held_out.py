"""Sentences held out from training, written by others, and what a trained model understands of them."""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy import build
from deploy.instance import ROOT

HERE = Path(__file__).parent
MARK = re.compile(r"\[([^\]]*)\]\(([a-z]+)\)")
DANGER = frozenset({"distress", "violence", "sexual_violence", "harassment", "danger_at_home"})
# Beside danger: what only sounds like it, learned to tell them apart and never answered.
FALSE_ALARM = "false_alarm"

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Row:
    """A sentence held out, what a reader takes from it, and what the model does."""

    text: str
    intent: str
    spans: frozenset[Span]
    found: dict[str, Any]

    @property
    def alarms(self) -> bool:
        """Whether it is answered as danger."""
        return self.found["intent"] in DANGER

    @property
    def asks(self) -> bool:
        """Whether a line is shown, at least by asking gently."""
        return self.alarms or self.found["maybe_danger"]

    @property
    def is_ordinary(self) -> bool:
        """Whether it has nothing to do with danger, not even its sound."""
        return self.intent not in DANGER | {FALSE_ALARM}


def unmarked(line: str) -> tuple[str, frozenset[Span]]:
    """Return a sentence without its marks, and where they stood."""
    text, spans, position = "", [], 0
    for mark in MARK.finditer(line):
        text += line[position : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        position = mark.end()
    return text + line[position:], frozenset(spans)


def marked() -> Iterator[tuple[str, str]]:
    """Yield (marked sentence, intent)."""
    for path in sorted(HERE.glob("*.yml")):
        content = yaml.safe_load(path.read_text())
        for block in content["nlu"] if isinstance(content, dict) else []:
            for line in block["examples"].strip().splitlines():
                yield line.removeprefix("- ").strip(), block["intent"]


def understood(sentences: Sequence[str], model: Path, python: str = build.bot_python()) -> list[dict[str, Any]]:
    """Return what a model, loaded on its own interpreter, says of each sentence."""
    command = [python, "-W", "ignore", str(HERE / "understand.py"), str(model)]
    done = subprocess.run(
        command, cwd=ROOT, env=build.bot_environment(), input="\n".join(sentences), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(found) == len(sentences)
    return found


def held_out(model: Path, python: str = build.bot_python()) -> list[Row]:
    """Return every sentence held out with what a model says of it."""
    pairs = [(*unmarked(line), intent) for line, intent in marked()]
    found = understood([text for text, _, _ in pairs], model, python)
    return [Row(text, intent, spans, one) for (text, spans, intent), one in zip(pairs, found, strict=True)]


def entity_f1(rows: Sequence[Row]) -> float:
    """Return the F1 of entities, whose span and name must both be exact."""
    found = [frozenset((start, end, name) for start, end, name in row.found["entities"]) for row in rows]
    right = sum(len(row.spans & spans) for row, spans in zip(rows, found, strict=True))
    return 2 * right / (sum(len(row.spans) for row in rows) + sum(map(len, found)))


def share(rows: Sequence[Row], counted: Sequence[Row]) -> float:
    """Return the part that `counted` is of `rows`."""
    return len(counted) / len(rows)
