"""What the trained model understands of sentences that it has never seen, written by others than its training data."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy import build
from deploy.instance import ROOT

HERE = Path(__file__).parent
MARK = re.compile(r"\[([^\]]*)\]\([a-z]+\)")
DANGER = frozenset({"distress", "violence", "sexual_violence", "harassment", "danger_at_home"})
# Beside danger: what only sounds like it, learned to tell them apart and never answered.
FALSE_ALARM = "false_alarm"
# What this pipeline reaches, less what chance moves; raised as it gets better, never lowered.
ACCURACY = 0.87
DANGER_HEARD = 0.75
FALSE_ALARMS = 0.10

Rows = list[tuple[str, str, str]]


def held_out() -> list[tuple[str, str]]:
    """Return (sentence, intent)."""
    pairs = []
    for path in sorted(HERE.glob("*.yml")):
        content = yaml.safe_load(path.read_text())
        for block in content["nlu"] if isinstance(content, dict) else []:
            lines = block["examples"].strip().splitlines()
            pairs += [(MARK.sub(r"\1", line.removeprefix("- ").strip()), block["intent"]) for line in lines]
    return pairs


@pytest.fixture(scope="module")
def predicted() -> Rows:
    """Return (sentence, intent expected, intent found)."""
    pairs = held_out()
    command = [build.bot_python(), "-W", "ignore", str(HERE / "understand.py"), str(build.train())]
    text = "\n".join(sentence for sentence, _ in pairs)
    done = subprocess.run(
        command, cwd=ROOT, env=build.bot_environment(), input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line)["intent"] for line in done.stdout.splitlines() if line.startswith("{")]
    return [(sentence, intent, one) for (sentence, intent), one in zip(pairs, found, strict=True)]


def test_intents_of_unseen_sentences_are_understood(predicted: Rows) -> None:
    ordinary = [row for row in predicted if row[1] not in DANGER | {FALSE_ALARM}]
    wrong = [row for row in ordinary if row[1] != row[2]]
    accuracy = 1 - len(wrong) / len(ordinary)
    assert accuracy >= ACCURACY, f"{accuracy:.3f}: {wrong}"


def test_danger_is_heard(predicted: Rows) -> None:
    danger = [row for row in predicted if row[1] in DANGER]
    missed = [row for row in danger if row[2] not in DANGER]
    assert 1 - len(missed) / len(danger) >= DANGER_HEARD, missed


def test_what_only_sounds_like_danger_seldom_alarms(predicted: Rows) -> None:
    harmless = [row for row in predicted if row[1] == FALSE_ALARM]
    alarmed = [row for row in harmless if row[2] in DANGER]
    assert len(alarmed) <= FALSE_ALARMS * len(harmless), alarmed
