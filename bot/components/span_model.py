"""Where facts stand in a sentence: a conditional random field of python-crfsuite over the features of `spans`.

`python -m bot.components.span_model FOLDER` learns from FOLDER's sentences, in a process and on a core of its own.
"""

import json
import sys
from pathlib import Path
from typing import Any, List, NamedTuple, Sequence, Tuple

import pycrfsuite

from bot.components.entities import Entity, entities_of
from bot.components.fact import Fact
from bot.components.facts import facts_in
from bot.components.readings import Span
from bot.components.spans import Lexicons, features, heard, labels_of, spans_of, tokens_of

SENTENCES, MODEL = "sentences.json", "spans.crfsuite"
PLACES, AREAS, JOBS = WORD_LISTS = "places.tsv", "areas.txt", "jobs.txt"
# The averaged perceptron learns in a sixth of the time of L-BFGS, and better: docs/decisions/0014.
ALGORITHM, PASSES = "ap", 8
# Of sentences without a fact, three quarters of all, every second teaches as much as each: docs/decisions/0021.
ONE_IN = 2


class Marked(NamedTuple):
    """A training sentence and where its facts stand."""

    text: str
    spans: Sequence[Span]


class SpanModel:
    """Finds entities. Its word lists lie beside the model, so that an archive stands alone."""

    def __init__(self, model: bytes, lexicons: Lexicons) -> None:
        self._model = model  # the tagger reads these bytes where they lie, and does not keep them
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)
        self._lexicons = lexicons

    @classmethod
    def load(cls, folder: Path) -> "SpanModel":
        """Read what `learn` wrote."""
        return cls((folder / MODEL).read_bytes(), read_lexicons(folder))

    def read(self, text: str) -> Tuple[List[Entity], List[Fact]]:
        """Return the entities of a text, whoever they are said of, and the facts that rules hold for its author's."""
        tokens = tokens_of(text)
        facts = facts_in(text, self._lexicons.places)
        labels = self._tagger.tag(features(text, tokens, facts, self._lexicons)) if tokens else []
        return entities_of(text, spans_of(tokens, labels), facts, self._lexicons.places), facts


def read_lexicons(folder: Path) -> Lexicons:
    """Read `places.tsv`, lines of `name<TAB>inhabitants`, and the folded names of `areas.txt` and `jobs.txt`."""
    places, areas, jobs = ((folder / name).read_text(encoding="utf-8").splitlines() for name in WORD_LISTS)
    inhabitants = {name: int(count) for name, count in (line.split("\t") for line in places)}
    return Lexicons(inhabitants, frozenset(areas), frozenset(" ".join(map(heard, job.split())) for job in jobs))


def write_sentences(folder: Path, sentences: Sequence[Marked]) -> None:
    """Write what `learn` learns from."""
    (folder / SENTENCES).write_text(json.dumps(sentences), encoding="utf-8")


def learn(folder: Path) -> None:
    """Learn from a folder's sentences and word lists; the model joins them, the sentences go."""
    lexicons = read_lexicons(folder)
    trainer = pycrfsuite.Trainer(algorithm=ALGORITHM, params={"max_iterations": PASSES}, verbose=False)
    for rank, (text, spans) in enumerate(_sentences(folder)):
        tokens = tokens_of(text)
        if tokens and (spans or rank % ONE_IN == 0):
            trainer.append(features(text, tokens, facts_in(text, lexicons.places), lexicons), labels_of(tokens, spans))
    trainer.train(str(folder / MODEL))
    (folder / SENTENCES).unlink()


def _sentences(folder: Path) -> Sequence[Tuple[str, Any]]:
    found: Sequence[Tuple[str, Any]] = json.loads((folder / SENTENCES).read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    learn(Path(sys.argv[1]))
