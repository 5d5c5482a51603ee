"""What the trained model understands of sentences that it has never seen, written by others than its training data."""

import csv
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from sklearn.metrics import roc_auc_score

from deploy import build
from deploy.instance import ROOT

HERE = Path(__file__).parent
MARK = re.compile(r"\[([^\]]*)\]\(([a-z]+)\)")
DANGER = frozenset({"distress", "violence", "sexual_violence", "harassment", "danger_at_home"})
# Beside danger: what only sounds like it, learned to tell them apart and never answered.
FALSE_ALARM = "false_alarm"
# What the model reaches, less what chance moves; raised as it gets better, never lowered.
ACCURACY = 0.93
SMS_LOSS = 0.08
OUT_OF_SCOPE_AUROC = 0.97
ENTITY_F1 = 0.90
DANGER_HEARD = 0.90
DANGER_ASKED = 0.95
ALARMED, ASKED = 0.01, 0.03
FALSE_ALARMS = 0.10

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


def unmarked(line: str) -> tuple[str, frozenset[Span]]:
    """Return a sentence without its marks, and where they stood."""
    text, spans, position = "", [], 0
    for mark in MARK.finditer(line):
        text += line[position : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        position = mark.end()
    return text + line[position:], frozenset(spans)


def held_out() -> Iterator[tuple[str, str]]:
    """Yield (marked sentence, intent)."""
    for path in sorted(HERE.glob("*.yml")):
        content = yaml.safe_load(path.read_text())
        for block in content["nlu"] if isinstance(content, dict) else []:
            for line in block["examples"].strip().splitlines():
                yield line.removeprefix("- ").strip(), block["intent"]


def understood(sentences: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the model says of each sentence."""
    command = [build.bot_python(), "-W", "ignore", str(HERE / "understand.py"), str(build.train())]
    done = subprocess.run(
        command, cwd=ROOT, env=build.bot_environment(), input="\n".join(sentences), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(found) == len(sentences)
    return found


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    pairs = [(*unmarked(line), intent) for line, intent in held_out()]
    found = understood([text for text, _, _ in pairs])
    return [Row(text, intent, spans, one) for (text, spans, intent), one in zip(pairs, found, strict=True)]


@pytest.fixture(scope="module")
def ordinary(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.intent not in DANGER | {FALSE_ALARM}]


def share(rows: Sequence[Row], counted: Sequence[Row]) -> float:
    return len(counted) / len(rows)


def test_intents_of_unseen_sentences_are_understood(ordinary: list[Row]) -> None:
    wrong = [row for row in ordinary if row.found["intent"] != row.intent]
    shown = "\n".join(f"{row.intent} → {row.found['intent']}: {row.text}" for row in wrong)
    assert 1 - share(ordinary, wrong) >= ACCURACY, shown


def test_sms_loses_little() -> None:
    with (HERE / "pairs.tsv").open() as handle:
        pairs = list(csv.DictReader(handle, delimiter="\t"))
    right = []
    for written in ("plain", "sms"):
        found = understood([pair[written] for pair in pairs])
        right.append(sum(one["intent"] == pair["intent"] for one, pair in zip(found, pairs, strict=True)) / len(pairs))
    assert right[0] - right[1] <= SMS_LOSS, right


def test_what_is_out_of_scope_is_told_from_the_rest(ordinary: list[Row]) -> None:
    scores = [row.found["ranking"].get("out_of_scope", 0.0) for row in ordinary]
    assert roc_auc_score([row.intent == "out_of_scope" for row in ordinary], scores) >= OUT_OF_SCOPE_AUROC


def test_entities_stand_where_readers_see_them(rows: list[Row]) -> None:
    found = [frozenset((start, end, name) for start, end, name in row.found["entities"]) for row in rows]
    right = sum(len(row.spans & spans) for row, spans in zip(rows, found, strict=True))
    assert 2 * right / (sum(len(row.spans) for row in rows) + sum(map(len, found))) >= ENTITY_F1


def test_danger_is_heard(rows: list[Row]) -> None:
    danger = [row for row in rows if row.intent in DANGER]
    missed = [row for row in danger if not row.alarms]
    assert 1 - share(danger, missed) >= DANGER_HEARD, [row.text for row in missed]
    unseen = [row for row in danger if not row.asks]
    assert 1 - share(danger, unseen) >= DANGER_ASKED, [row.text for row in unseen]


def test_the_ordinary_seldom_alarms(ordinary: list[Row]) -> None:
    alarmed = [row for row in ordinary if row.alarms]
    assert share(ordinary, alarmed) < ALARMED, [row.text for row in alarmed]
    asked = [row for row in ordinary if row.asks and not row.alarms]
    assert share(ordinary, asked) <= ASKED, [row.text for row in asked]


def test_what_only_sounds_like_danger_seldom_alarms(rows: list[Row]) -> None:
    harmless = [row for row in rows if row.intent == FALSE_ALARM]
    alarmed = [row for row in harmless if row.alarms]
    assert share(harmless, alarmed) <= FALSE_ALARMS, [row.text for row in alarmed]
