"""Which wording of a response is said: the one that fits this person best and was not just said."""

from typing import Any, Dict, List, Optional, Text

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.constants import RESPONSE_CONDITION
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

LATELY = 8  # utterances among which the same words are not said again while there are others
AGAIN = "utter_again"  # said around words that must be said twice running
SAID = "said"

Response = Dict[Text, Any]


class Wording(TemplatedNaturalLanguageGenerator):
    """Rasa draws a wording at random, the one it has just said included; this one takes the next."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Hold the domain's responses."""
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: Text, tracker: DialogueStateTracker, output_channel: Text, **kwargs: Any
    ) -> Optional[Response]:
        """Return the first wording that was not said lately; where all were, the oldest of them."""
        slots = {**tracker.current_slot_values(), **kwargs}  # an action says what it has just noticed
        variants = self.fitting(utter_action, slots, output_channel)
        if not variants:
            return None
        lately = [event.text for event in tracker.events if isinstance(event, BotUttered)][-LATELY:]
        filled = [self._fill_response(dict(one), slots, **kwargs) for one in variants]
        fresh = next((one for one in filled if one.get("text") not in lately), None)
        if fresh is not None:
            return fresh
        oldest = min(filled, key=lambda one: len(lately) - lately[::-1].index(one.get("text")))
        is_statement = not str(oldest.get("text")).rstrip().endswith(":") and oldest["text"][:1].isalpha()
        return self._again(oldest, lately, slots) if is_statement and oldest["text"] == lately[-1] else oldest

    def fitting(self, utter_action: Text, slots: Dict[Text, Any], channel: Text) -> List[Response]:
        """Return the wordings whose conditions hold, of those the ones with the most conditions."""
        found: List[Response] = []
        if utter_action in self.responses:
            found = ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, channel, slots)
        most = max((len(one.get(RESPONSE_CONDITION) or ()) for one in found), default=0)
        return [one for one in found if len(one.get(RESPONSE_CONDITION) or ()) == most]

    def _again(self, response: Response, lately: List[Optional[Text]], slots: Dict[Text, Any]) -> Response:
        """Say that the words are said again."""
        for one in self.responses[AGAIN]:
            text = self._fill_response(dict(one), slots, **{SAID: response["text"]})["text"]
            if text not in lately:
                return {**response, "text": text}
        return response
