"""Every importer against values that nobody expected, one at a time: outcomes, or a BadFile with its remedy."""

import json
import random
import re
from pathlib import Path

import pytest

from knowledge_base.importers import laposte
from tests.unit.imports.attacks import NASTY, VALUES, paths_of, replaced
from tests.unit.imports.reading import each_format, instead, seeds, survives, written


@pytest.fixture(autouse=True)
def _few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoNames' towns take a second to read, and are not what is tested."""
    monkeypatch.setattr(laposte, "read_gazetteer", list)


@each_format
@pytest.mark.parametrize("seed", range(3))
def test_words_replaced_by_what_nobody_expected(name: str, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for which, text in enumerate(seeds(name).values()):
        words = list(re.finditer(r"(?<=[\";,>:|= ])[^\";,<>|=\n]+(?=[\";,<|\n])", text))
        for word in chance.sample(words, min(len(words), 20)):
            changed = text[: word.start()] + chance.choice(NASTY) + text[word.end() :]
            survives(name, written(tmp_path, name, instead(changed), which))


@each_format
@pytest.mark.parametrize("number", ["²", "9" * 400, "-1", "nan", "1e999"])
def test_numbers_replaced_by_what_looks_like_one(name: str, tmp_path: Path, number: str) -> None:
    for which, text in enumerate(seeds(name).values()):
        for found in re.finditer(r"(?<![\w.,:-])\d+(?:\.\d+)?(?![\w.,:-])|(?<=,)\d+(?=,|\n)|(?<=: )\d+(?=[,}])", text):
            changed = text[: found.start()] + (f'"{number}"' if text[0] in "[{" else number) + text[found.end() :]
            survives(name, written(tmp_path, name, instead(changed), which))


@each_format
def test_values_of_json_replaced_by_another_kind(name: str, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    for which, (file, text) in enumerate(seeds(name).items()):
        for path in paths_of(json.loads(text)) if file.endswith(".json") else ():
            for value in chance.sample(VALUES, 8):
                changed = json.dumps(replaced(json.loads(text), path, value))
                survives(name, written(tmp_path, name, instead(changed), which))
