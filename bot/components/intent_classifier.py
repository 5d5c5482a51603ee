"""The NLU component that says what a message wants, with `linear_text`."""

from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.linear_text import LinearText, likely

LEARNED = "intents.joblib"
RANKED = 10  # alternatives told


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Classifies intents. Those of `never` are learned to tell the others apart, and never answered."""

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, model: Optional[LinearText] = None
    ) -> None:
        """Hold what was learned, if anything was."""
        self._penalty = float(config["penalty"])
        self._sharpness = float(config["sharpness"])
        self._never = frozenset(config["never"])
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: the penalty of LinearSVC, and how fast confidence falls with distance."""
        return {"penalty": 1.0, "sharpness": 5.0, "never": []}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Create a component to train."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all sentences that have an intent."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        model = LinearText.fit(
            [one.get(TEXT) for one in examples], [one.get(INTENT) for one in examples], self._penalty
        )
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / LEARNED)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """Load the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearText.load(folder / LEARNED))

    def process(self, messages: List[Message]) -> List[Message]:
        """Give each message its intent and the ranking of the next."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._model:
                ranking = self._ranking(self._model, text)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, model: LinearText, text: Text) -> List[Dict[Text, Any]]:
        chances = likely(model.scores([text]), self._sharpness)[0]
        order = [i for i in (-chances).argsort() if model.classes[i] not in self._never][:RANKED]
        return [{INTENT_NAME_KEY: model.classes[i], PREDICTED_CONFIDENCE_KEY: float(chances[i])} for i in order]
