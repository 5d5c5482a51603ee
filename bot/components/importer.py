"""How `rasa train` gets our sentences: read once, shared rather than copied.

Rasa's own importer reads all files several times, and copies and hashes every sentence at each of a dozen merges: with
fifty thousand sentences that took longer than learning from them (docs/decisions/0013).
"""

import hashlib
import json
from functools import lru_cache
from typing import Any, Dict, Optional, Text, Tuple

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.importers.utils import training_data_from_paths
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
        """Return all training sentences."""
        return _sentences(tuple(self._nlu_files), language or "fr")


@lru_cache(maxsize=1)
def _sentences(files: Tuple[Text, ...], language: Text) -> TrainingData:
    read = training_data_from_paths(files, language)
    return TrainingData([Sentence(example.data) for example in read.training_examples], read.entity_synonyms)
