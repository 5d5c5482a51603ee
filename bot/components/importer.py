"""How `rasa train` gets our sentences: read once, shared rather than copied.

Rasa's own importer reads all files several times, with a YAML parser in Python, and copies and hashes every sentence
at each of a dozen merges: with fifty thousand sentences that took longer than learning from them (docs/decisions/0013).
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, Optional, Text, Tuple

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data import entities_parser
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Sentence(Message):
    """A training sentence that nobody changes, so that a copy of it may be itself."""

    def __init__(self, data: Dict[Text, Any]) -> None:
        """Hold what a message of Rasa's holds."""
        super().__init__(data)
        self._digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def __deepcopy__(self, memo: Any) -> "Sentence":
        """Return itself."""
        return self

    def fingerprint(self) -> Text:
        """Return what tells it from other sentences."""
        return self._digest

    def set(self, prop: Text, info: Any, add_to_output: bool = False) -> None:
        """Accept what it already says; anything else would change a sentence that others hold."""
        if self.get(prop) != info:
            raise TypeError(f"a training sentence is not changed: {prop}")


class SentenceImporter(RasaFileImporter):
    """Rasa's file importer, sentences apart."""

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """Return all training sentences, whatever language is asked for: Rasa asks for several."""
        return _training_data(tuple(self._nlu_files))


@lru_cache(maxsize=1)
def _training_data(files: Tuple[Text, ...]) -> TrainingData:
    return TrainingData([sentence for file in files for sentence in sentences_in(Path(file))])


def sentences_in(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file in the one form that ours have (a unit test holds that): a list of examples."""
    for block in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
        for line in block["examples"].splitlines():
            example = line[2:].strip()
            entities = entities_parser.find_entities_in_training_example(example)
            said = {TEXT: entities_parser.replace_entities(example), INTENT: block["intent"]}
            yield Sentence({**said, ENTITIES: entities} if entities else said)
