"""The mirror of skills: one word per skill, the same in every folder, and names that meet."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layout.tree import ROOT, domains, named, owners, read, shown, training, written_intents

UTTERANCE = re.compile(r"utter_(?!action\b)[a-z0-9_]+")  # Rasa notes under `utter_action` what was said
ACTION = re.compile(r"action_[a-z0-9_]+")


def expected(skill: str) -> Iterator[Path]:
    """Yield the files and folders that a skill must have, by what its domain lists."""
    domain = domains()[skill]
    yield ROOT / f"bot/rules/{skill}.yml"
    yield ROOT / f"tests/conversations/test_{skill}.yml"
    if skill in written_intents().values():
        yield ROOT / f"nlu_data/{skill}"
        yield ROOT / f"tests/nlu/{skill}.yml"
    if named(domain.get("actions")):
        yield ROOT / f"actions/{skill}.py"


@pytest.mark.parametrize("skill", sorted(domains()))
def test_a_skill_has_the_same_name_in_every_folder(skill: str) -> None:
    missing = [shown(path) for path in expected(skill) if not path.exists()]
    assert not missing, f"bot/domain/{skill}.yml: the skill lacks {', '.join(missing)}"


@pytest.mark.parametrize(
    ("pattern", "prefix", "allowed"),
    [
        ("bot/rules/*.yml", "", ()),
        ("nlu_data/*", "", ()),
        ("tests/conversations/*.yml", "test_", ()),
        ("tests/nlu/*.yml", "", ("facts",)),
    ],
)
def test_a_mirror_reflects_a_skill(pattern: str, prefix: str, allowed: tuple[str, ...]) -> None:
    stray = [path for path in ROOT.glob(pattern) if path.stem.removeprefix(prefix) not in (*domains(), *allowed)]
    assert not stray, f"{', '.join(map(shown, stray))}: no bot/domain file of that name. Remedy: name it after a skill"


@pytest.mark.parametrize("section", ["intents", "entities", "slots", "actions", "responses", "forms"])
def test_the_domain_defines_a_name_once(section: str) -> None:
    twice = [f"{name} in {', '.join(f'bot/domain/{skill}.yml' for skill in skills)}"
             for name, skills in owners(section).items() if len(skills) > 1]  # fmt: skip
    assert not twice, f"{section} defined more than once: {'; '.join(twice)}"


def test_an_intent_stands_under_the_skill_that_declares_it() -> None:
    skills = written_intents()
    faults = [
        f"{shown(path)}: {intent} belongs to {skills.get(intent, 'no skill')}"
        for path, intent in sorted({*training_places(), *held_out_places(), *rule_places()})
        if skill_of(path) != skills.get(intent)
    ]
    assert not faults, "\n".join(faults)


def training_places() -> Iterator[tuple[Path, str]]:
    """Yield each (file, intent) of the training data."""
    yield from ((path, intent) for path, intent, _ in training())


def held_out_places() -> Iterator[tuple[Path, str]]:
    """Yield each (file, intent) of the held-out sentences."""
    for path in (ROOT / "tests/nlu").glob("*.yml"):
        document = read(path)
        yield from ((path, block["intent"]) for block in document["nlu"]) if isinstance(document, dict) else ()


def rule_places() -> Iterator[tuple[Path, str]]:
    """Yield each (file, intent that begins a rule), for intents that people express."""
    for path in (ROOT / "bot/rules").glob("*.yml"):
        first = (rule["steps"][0].get("intent", "") for rule in read(path)["rules"])
        yield from ((path, intent) for intent in first if intent in written_intents())


def skill_of(path: Path) -> str:
    """Return the skill a file belongs to: its folder in nlu_data, its name elsewhere."""
    return path.parent.name if path.is_relative_to(ROOT / "nlu_data") else path.stem


def test_every_intent_has_training_sentences() -> None:
    untaught = set(written_intents()) - {intent for _, intent, _ in training()}
    where = [f"bot/domain/{written_intents()[intent]}.yml: {intent}" for intent in sorted(untaught)]
    assert not where, f"no sentence in nlu_data for {'; '.join(where)}"


def test_a_training_file_teaches_the_one_intent_it_is_named_after() -> None:
    intents: dict[Path, set[str]] = {}
    for path, intent, _ in training():
        intents.setdefault(path, set()).add(intent)
    wrong = {shown(path): sorted(taught) for path, taught in intents.items() if taught != {path.stem}}
    assert not wrong, "\n".join(f"{path}: teaches {', '.join(taught)}" for path, taught in wrong.items())


def strings(path: Path) -> set[str]:
    """Return the string constants of a Python file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def spoken() -> dict[str, set[str]]:
    """Return which files say each response: actions and components by name, rules and stories in their steps."""
    found: dict[str, set[str]] = {}
    for path in [*sorted((ROOT / "actions").rglob("*.py")), *sorted((ROOT / "bot" / "components").glob("*.py"))]:
        for text in strings(path):
            if UTTERANCE.fullmatch(text):
                found.setdefault(text, set()).add(shown(path))
    for path in sorted((ROOT / "bot").glob("[rs]*/*.yml")):
        for name in UTTERANCE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(shown(path))
    return found


def test_every_response_named_exists() -> None:
    defined = owners("responses")
    unknown = [f"{', '.join(sorted(paths))}: {name}" for name, paths in spoken().items() if name not in defined]
    assert not unknown, f"named, but in no bot/domain file: {'; '.join(unknown)}"


def test_every_response_defined_is_said() -> None:
    said = spoken()
    silent = [f"bot/domain/{skills[0]}.yml: {name}" for name, skills in owners("responses").items() if name not in said]
    assert not silent, f"no action and no rule says {'; '.join(silent)}"


def action_files() -> dict[str, str]:
    """Return the file in which each action gives its name."""
    found: dict[str, str] = {}
    for path in (ROOT / "actions").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                constants = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                found |= {name: shown(path) for name in constants if isinstance(name, str) and ACTION.fullmatch(name)}
    return found


def test_an_action_lives_in_the_file_of_its_skill() -> None:
    listed = {name: f"actions/{skills[0]}.py" for name, skills in owners("actions").items()}
    written = action_files()
    faults = [
        f"{place}: {name} is {f'in {written[name]}' if name in written else 'not written'}"
        for name, place in listed.items()
        if written.get(name) != place
    ]
    faults += [
        f"{written[name]}: {name} is listed in no bot/domain file" for name in sorted(set(written) - set(listed))
    ]
    assert not faults, "\n".join(faults)


def test_every_action_is_served() -> None:
    server = ast.parse((ROOT / "actions/server.py").read_text(encoding="utf-8"))
    served = {node.id for node in ast.walk(server) if isinstance(node, ast.Name)}
    classes = {name: "Action" + name.removeprefix("action_").title().replace("_", "") for name in owners("actions")}
    missing = [f"{one} ({name})" for name, one in classes.items() if one not in served]
    assert not missing, f"actions/server.py: ACTIONS lacks {', '.join(missing)}"
