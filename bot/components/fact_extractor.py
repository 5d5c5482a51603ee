"""The NLU component that turns `facts` into Rasa entities."""

from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.facts import facts_in

NAMES = "places.tsv"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactExtractor(GraphComponent, EntityExtractorMixin):
    """Extracts age, place, postcode, level, mobility and modality by rule; keeps its list of places in the model.

    A sentence that states a fact informs, though it may look like an answer (`answers`) or like `small_talk`.
    """

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, places: Dict[Text, int]
    ) -> None:
        """Hold the list of places: folded name → population."""
        self._answers = frozenset(config["answers"])
        self._small_talk = frozenset(config["small_talk"])
        self._yield_below = float(config["yield_below"])
        self._storage = storage
        self._resource = resource
        self._places = places

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `places`, a file of `name<TAB>population` lines that `make train` writes."""
        return {"places": "var/build/places.tsv", "answers": [], "small_talk": [], "yield_below": 0.6}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FactExtractor":
        """Create a component to train."""
        return cls(config, model_storage, resource, read_places(Path(config["places"])))

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learned; the list of places goes into the model."""
        with self._storage.write_to(self._resource) as folder:
            lines = [f"{name}\t{population}" for name, population in self._places.items()]
            (folder / NAMES).write_text("\n".join(lines), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "FactExtractor":
        """Load the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, read_places(folder / NAMES))

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the facts of each message to its entities."""
        for message in messages:
            facts = facts_in(message.get(TEXT) or "", self._places)
            found = [
                {"entity": fact.entity, "value": fact.value, "start": fact.start, "end": fact.end, "confidence": 1.0}
                for fact in facts
            ]
            if facts and self._yields(message.get(INTENT) or {}, plain=any(fact.is_plain for fact in facts)):
                message.set(INTENT, {**message.get(INTENT), INTENT_NAME_KEY: "inform"}, add_to_output=True)
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def _yields(self, intent: Dict[Text, Any], *, plain: bool) -> bool:
        """Say whether this intent gives way to a fact: answers always, small talk if it is unsure or the fact plain."""
        name = intent.get(INTENT_NAME_KEY)
        unsure = intent.get(PREDICTED_CONFIDENCE_KEY, 0.0) < self._yield_below
        return name in self._answers or (name in self._small_talk and (unsure or plain))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training sentences as they are: no learned part reads these entities."""
        return training_data


def read_places(path: Path) -> Dict[Text, int]:
    """Read a file of `name<TAB>population` lines."""
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {name: int(population) for name, population in pairs}
