"""Build products under var/build, each made again only when what it is made from changed.

`python -m deploy.build train` makes the dialogue model, `… index` the encoder and, in the running database or in one
started for the occasion, the index.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from deploy import lexicons
from deploy.install import exclusively, step
from deploy.instance import BUILD, ROOT, Instance
from knowledge_base import KnowledgeBase
from knowledge_base.catalogue import load_families
from knowledge_base.encoder import OnnxEncoder, export
from knowledge_base.encoder.kept import KeptVectors
from knowledge_base.entries import family_entry, text_rows
from knowledge_base.staging import EMBEDDED_AT_ONCE

LEXICONS = BUILD / "lexicons"
TRAINED_FROM = ("bot/config.yml", "bot/domain", "bot/rules", "bot/components", "nlu_data", "requirements/bot.lock")
# Components that have no part in understanding: what was learned stays when they change.
TALKING = frozenset(
    (
        "accents.py",
        "glosses.py",
        "intent_rules.py",
        "languages.py",
        "markup.py",
        "savings.py",
        "tracker_store.py",
        "turn_channel.py",
        "wording.py",
    )
)


class BuildError(Exception):
    """The message says what could not be built and the remedy."""


def build_encoder() -> Path:
    """Build the encoder that EMBED_MODEL names."""
    model = os.environ.get("EMBED_MODEL") or None
    with exclusively(BUILD / ".lock"):
        target = BUILD / "encoder" / export.identity_of(model)
        return made("encoder", target, target / "encoder.json", lambda: export.build(BUILD / "encoder", model))


def train() -> Path:
    """Train the dialogue model; returns its archive."""
    with exclusively(BUILD / ".lock"):
        digest = fingerprint([ROOT / name for name in TRAINED_FROM] + lexicons.build(LEXICONS))
        model = BUILD / "models" / f"{digest}.tar.gz"
        return made("dialogue model", model, model, lambda: run_training(model))


def run_training(model: Path) -> None:
    """Run `rasa train` beside its final place, so that an interrupted training leaves nothing that looks finished."""
    command = [
        bot_python(),
        "-W",
        "ignore",
        "-m",
        "rasa",
        "train",
        "--config",
        "bot/config.yml",
        "--domain",
        "bot/domain",
        "--data",
        "bot/rules",
        "nlu_data",
        "--out",
        str(BUILD / "training"),
        "--fixed-model-name",
        "new",
        "--skip-validation",  # `make check` validates; here it would read all sentences twice more
    ]
    # Rasa keeps what it learned while nothing that it was learned from changes: sentences, the settings of config.yml
    # and, through this one, our code. A change of texts or rules then takes seconds.
    modules = [one for one in (ROOT / "bot" / "components").glob("*.py") if one.name not in TALKING]
    code = fingerprint([*sorted(modules), ROOT / "requirements" / "bot.lock", *lexicons.build(LEXICONS)])
    environment = bot_environment(PISTE_UNDERSTANDING=code, RASA_CACHE_DIRECTORY=str(BUILD / "cache"))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"training failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}\nRemedy: see the error above")
    model.parent.mkdir(parents=True, exist_ok=True)
    (BUILD / "training" / "new.tar.gz").replace(model)


def keep_vectors() -> None:
    """Encode the catalogue's texts ahead of the databases that want them, so that each starts in the time allowed."""
    encoder = KeptVectors(OnnxEncoder(build_encoder(), os.cpu_count() or 1), BUILD / "vectors")
    texts = [row["text"] for family in load_families() for row in text_rows(family_entry(family), "catalogue")]
    for start in range(0, len(texts), EMBEDDED_AT_ONCE):
        encoder.encode(texts[start : start + EMBEDDED_AT_ONCE], "document")
        step(f"vectors: {min(start + EMBEDDED_AT_ONCE, len(texts))} of {len(texts)}")


def build_index(instance: Instance) -> None:
    """Bring the index of the instance's database up to date."""
    demo = os.environ.get("DEMO", "1") == "1"
    knowledge = KnowledgeBase.open(instance.database_url, threads=os.cpu_count() or 1)
    knowledge.encoder = KeptVectors(knowledge.encoder, BUILD / "vectors")
    try:
        started = time.monotonic()
        today = datetime.now().astimezone().date()
        knowledge.build(today, demo=demo, say=lambda text: step(f"index: {text}"), kept=BUILD / "matcher")
        step(f"index: ready in {time.monotonic() - started:.1f} s")
    finally:
        knowledge.close()


def made(name: str, target: Path, proof: Path, make: Callable[[], object]) -> Path:
    """Make `target` unless `proof` shows that it is there; says how long it took, or that it was up to date."""
    if proof.exists():
        step(f"{name}: up to date")
        return target
    step(f"{name}: building…")
    started = time.monotonic()
    make()
    step(f"{name}: ready in {time.monotonic() - started:.0f} s")
    return target


def fingerprint(paths: Iterable[Path]) -> str:
    """Hash the names and contents of files and of whole folders."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(one for one in path.rglob("*") if one.suffix in (".yml", ".py")) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def bot_python() -> str:
    """Return the interpreter of the bot's environment."""
    return str(ROOT / ".venv" / "bot" / "bin" / "python")


def bot_environment(**more: str) -> dict[str, str]:
    """Return what Rasa needs in its environment; placeholders stand where nothing is called, as in training."""
    placeholders = dict.fromkeys(
        ("BOT_SECRET", "ACTIONS_SECRET", "ACTIONS_URL", "DATABASE_URL", "PISTE_UNDERSTANDING"), "unused"
    )
    fixed = {
        "PISTE_LEXICONS": str(LEXICONS),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "PYTHONHASHSEED": "0",  # what is learned twice from the same is the same
        "OPENBLAS_NUM_THREADS": "1",  # matrices are small: threads that wait for one another take the other core
        "PYTHONPATH": str(ROOT),
        "MPLCONFIGDIR": str(BUILD / "matplotlib"),
    }
    return {**os.environ, **placeholders, **fixed, **more}


def main() -> int:
    """Build one thing from the command line."""
    from deploy.run import temporary_database

    try:
        if sys.argv[1:] == ["train"]:
            train()
        elif sys.argv[1:] == ["index"]:
            build_encoder()
            with temporary_database() as instance:
                build_index(instance)
        else:
            print("usage: python -m deploy.build train|index", file=sys.stderr)
            return 2
    except Exception as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
