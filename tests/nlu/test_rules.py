"""Our rules, looked up by intent, call for what Rasa's own policy calls for in every state of a dialogue."""

import json
import subprocess

from deploy import build
from deploy.instance import ROOT
from tests.nlu.held_out import HERE

INTENTS = 50  # at least


def test_each_intent_calls_for_what_rasa_would_do() -> None:
    command = [build.bot_python(), "-W", "ignore", str(HERE / "predict.py"), str(build.train())]
    done = subprocess.run(command, cwd=ROOT, env=build.bot_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    states = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len({one["intent"] for one in states}) >= INTENTS
    assert len({one["rasa"]["action"] for one in states}) >= INTENTS / 2  # else they agree on nothing
    assert [one for one in states if one["ours"] != one["rasa"]] == []
