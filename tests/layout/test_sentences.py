"""What the model learns and what it is judged on never meet."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.layout.tree import ROOT, conversation_sentences, examples, files, folded, shown, training

# Where people's French lives (docs/architecture.md).
FRENCH = (
    "bot/domain/",
    "actions/texts.py",
    "connectors/texts.py",
    "connectors/console/texts",
    "connectors/static/widget/texts.js",
    "connectors/static/recap-texts.js",
    "connectors/templates/",
    "knowledge_base/catalogue/",
    "knowledge_base/demo/",
)
# « étudiant·e », « étudiant(e) », « étudiant.e.s »: unreadable aloud. « une étudiante ou un étudiant » instead.
TYPOGRAPHY = re.compile(
    r"\w+(?:[·•‧⋅]\w+|\((?:e|es|ne|nes|le|fe|ve|se|rice|trice|euse|ère)\)|\.(?:e|ne|trice|euse)(?:\.?s)?\b(?![/.@]\w))"
)


def held_out() -> Iterator[tuple[Path, str]]:
    """Yield each (file, sentence) kept from training."""
    for path in sorted((ROOT / "tests/nlu").glob("*.yml")):
        yield from ((path, sentence) for _, sentence in examples(path))
    for path in sorted((ROOT / "tests/conversations").glob("*.yml")):
        yield from ((path, sentence) for sentence in conversation_sentences(path))


def test_no_held_out_sentence_is_learned() -> None:
    learned = {folded(sentence): path for path, _, sentence in training()}
    both = [f"{shown(path)}: « {sentence} » is also in {shown(learned[folded(sentence)])}"
            for path, sentence in held_out() if folded(sentence) in learned]  # fmt: skip
    assert not both, f"{len(both)} sentences both learned and held out:\n" + "\n".join(both)


def test_no_sentence_is_learned_twice() -> None:
    places: dict[str, list[str]] = {}
    for path, _, sentence in training():
        places.setdefault(folded(sentence), []).append(shown(path))
    twice = [
        f"{', '.join(paths)}: « {sentence} » is written {len(paths)} times"
        for sentence, paths in places.items()
        if len(paths) > 1
    ]
    assert not twice, "\n".join(twice)


def test_french_is_inclusive_without_typography() -> None:
    faults = [
        f"{shown(path)}:{number}: « {found[0]} »"
        for path in files()
        if shown(path).startswith(FRENCH)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in TYPOGRAPHY.finditer(line)
    ]
    assert not faults, "write both words instead:\n" + "\n".join(faults)
