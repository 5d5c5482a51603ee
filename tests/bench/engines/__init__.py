"""Rasa with one pipeline or another, trained and served: ours, Rasa's usual French one, and Rasa's own floor."""

import json
import resource
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from deploy import build, lexicons
from deploy.install import step
from deploy.instance import ROOT, VAR

HERE = Path(__file__).parent
MODELS = VAR / "bench"
# What the floor's keywords are, an intent: they are all compared with one another, and each message with all.
FLOOR_SENTENCES = 3
SENTENCE_LENGTH = 35


class TrainingFailed(Exception):
    """The message ends with what Rasa printed."""


@dataclass(frozen=True)
class Training:
    """What a training took."""

    seconds: float
    cpu_seconds: float
    memory_mb: float


@dataclass(frozen=True)
class Engine:
    """A pipeline as it was handed over, its interpreter and what it learns from."""

    name: str
    environment: str
    config: Path
    data: tuple[Path, ...]

    @property
    def python(self) -> str:
        """Return the interpreter that has what the pipeline needs."""
        return str(ROOT / ".venv" / self.environment / "bin" / "python")

    def trained(self) -> tuple[Path, Training]:
        """Return the model and what it took, training it unless it was trained from the same files before."""
        sources = [
            self.config,
            ROOT / "bot/domain",
            ROOT / "bot/components",
            *self.data,
            *lexicons.build(build.LEXICONS),
        ]
        model = MODELS / f"{self.name}-{build.fingerprint(sources)}.tar.gz"
        report = model.with_suffix(".json")
        if not report.exists():
            step(f"{self.name}: training…")
            report.write_text(json.dumps(asdict(self.train(model))))
        return model, Training(**json.loads(report.read_text()))

    def train(self, model: Path) -> Training:
        """Run `rasa train`."""
        command = [self.python, "-W", "ignore", "-m", "rasa", "train", "--config", str(self.config)]
        command += ["--domain", "bot/domain", "--data", *map(str, self.data), "--out", str(MODELS / "training")]
        command += ["--fixed-model-name", self.name, "--force", "--skip-validation"]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        MODELS.mkdir(parents=True, exist_ok=True)
        with model.with_suffix(".log").open("wb") as log:
            done = subprocess.run(command, cwd=ROOT, env=build.bot_environment(), stdout=log, stderr=log, check=False)
        if done.returncode != 0:
            raise TrainingFailed(f"{self.name}: see {model.with_suffix('.log')}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        (MODELS / "training" / f"{self.name}.tar.gz").replace(model)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Training(time.monotonic() - started, spent, after.ru_maxrss / 1024)


def engines() -> list[Engine]:
    """Return the engines compared, the environments of which must be installed."""
    rules = ROOT / "bot/rules"
    tenth, few = written("tenth", one_in_ten), written("keywords", keywords)
    return [
        Engine("piste", "bot", ROOT / "bot/config.yml", (rules, ROOT / "nlu_data")),
        Engine("piste-tenth", "bot", ROOT / "bot/config.yml", (rules, tenth)),
        Engine("usual-tenth", "usual", HERE / "usual.yml", (rules, tenth)),
        Engine("floor", "bot", HERE / "floor.yml", (rules, few)),
    ]


def written(name: str, choose: Callable[[list[str]], list[str]]) -> Path:
    """Write what is chosen of each intent's sentences in a file of its own."""
    blocks = []
    for path in sorted((ROOT / "nlu_data").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            lines = choose(block["examples"].splitlines())
            blocks.append({"intent": block["intent"], "examples": "".join(f"{line}\n" for line in lines)})
    path = MODELS / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True))
    return path


def one_in_ten(lines: list[str]) -> list[str]:
    """Choose every tenth sentence: on all of them Rasa's usual pipeline takes 6 minutes an epoch, ten hours in all."""
    return lines[::10]


def keywords(lines: list[str]) -> list[str]:
    """Choose sentences that are valid as regular expressions, and long enough not to stand inside one another."""
    plain = [line for line in lines if line.replace(" ", "")[1:].isalpha()]
    return sorted(plain, key=lambda line: abs(len(line) - SENTENCE_LENGTH))[:FLOOR_SENTENCES]


def spoken() -> list[str]:
    """Return the sentences that every engine knows, for loads."""
    blocks = yaml.safe_load((MODELS / "keywords.yml").read_text())["nlu"]
    return [line.removeprefix("- ") for block in blocks for line in block["examples"].splitlines()]
