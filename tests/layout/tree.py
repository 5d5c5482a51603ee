"""Reading the repository as the layout tests see it: files, domains, sentences."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
# A domain file that is no skill: it only sets how sessions last.
NOT_A_SKILL = "session"
# Intents that nobody writes: the gateway sends the first, the classifier falls back on the second.
UNWRITTEN = ("EXTERNAL_", "nlu_fallback")
BUILT = re.compile(r"^var/|(?:^|/)(?:\.(?:venv|git|hypothesis|\w+_cache)|__pycache__)/")
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\{[^}]*\}|\([^)]*\))")


class NoDuplicateKeys(yaml.SafeLoader):
    """YAML as Rasa reads it, except that a key written twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if key.value != "<<"]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"written twice: {', '.join(twice)}", node.start_mark)
        return super().construct_mapping(node, deep)


@cache
def read(path: Path) -> Any:
    """Parse a YAML file."""
    with path.open(encoding="utf-8") as stream:  # its name is in YAML's error messages
        return yaml.load(stream, Loader=NoDuplicateKeys)  # noqa: S506


def shown(path: Path) -> str:
    """Return a path as failure messages write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def files() -> tuple[Path, ...]:
    """Return what is committed or about to be; without git, what lies outside hidden folders and build products."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not BUILT.search(shown(path))]
    return tuple(sorted(path for path in paths if path.is_file()))


def domains() -> dict[str, Any]:
    """Return the domain of each skill."""
    paths = sorted((ROOT / "bot/domain").glob("*.yml"))
    return {path.stem: read(path) for path in paths if path.stem != NOT_A_SKILL}


def named(entries: list[Any] | dict[str, Any] | None) -> list[str]:
    """Return the names of a domain's list, whose entries are names or one-key mappings."""
    return [entry if isinstance(entry, str) else next(iter(entry)) for entry in entries or []]


def owners(section: str) -> dict[str, list[str]]:
    """Return which skills define each name of a domain section."""
    found: dict[str, list[str]] = {}
    for skill, domain in domains().items():
        for name in named(domain.get(section)):
            found.setdefault(name, []).append(skill)
    return found


def written_intents() -> dict[str, str]:
    """Return the skill of each intent that people express in words."""
    return {name: skills[0] for name, skills in owners("intents").items() if not name.startswith(UNWRITTEN)}


def examples(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each (intent, sentence) of a file in Rasa's format; `tests/nlu/facts.yml` has texts without intent."""
    document = read(path)
    if isinstance(document, list):
        yield from (("", str(row["text"])) for row in document)
        return
    for block in document.get("nlu", []):
        for line in block.get("examples", "").splitlines():
            if line.strip():
                yield block.get("intent", ""), ANNOTATION.sub(r"\1", line.strip().removeprefix("- "))


def conversation_sentences(path: Path) -> Iterator[str]:
    """Yield what people type in a conversation; a button's payload is not a sentence."""
    for story in read(path)["stories"]:
        for step in story["steps"]:
            said = ANNOTATION.sub(r"\1", str(step.get("user", "")).strip())
            if said and not said.startswith("/"):
                yield said


def folded(sentence: str) -> str:
    """Return a sentence without case, accents or punctuation; one made of signs alone stays as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFD", sentence.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain)) or plain.strip()


def training() -> Iterator[tuple[Path, str, str]]:
    """Yield each (file, intent, sentence) that the model learns from."""
    for path in sorted((ROOT / "nlu_data").rglob("*.yml")):
        yield from ((path, intent, sentence) for intent, sentence in examples(path))
