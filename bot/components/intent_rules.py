"""Rasa's rules, looked up by intent: ours all read « this intent, this action », which needs no dialogue state.

Rasa's RulePolicy writes the last turns as text and tries every rule against them, twice a turn: a seventh of its time
(docs/decisions/0017). What is not so plain (a rule on a slot or on words, a loop, Rasa's own intents) stays with it.
"""

import json
import warnings
from typing import Any, Dict, List, Mapping, Optional, Text, Tuple

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT_NAME_KEY

# Rasa looks for RulePolicy itself, and warns where it finds a kind of it only.
warnings.filterwarnings("ignore", message="'RulePolicy' is not included")


# By intent, and what ran since the message (listening first): the next action, and how RulePolicy names the state
# that calls for it.
Table = Dict[Tuple[Text, Tuple[Text, ...]], Tuple[Text, Text]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentRulePolicy(RulePolicy):
    """RulePolicy, trained and checked as Rasa does, whose plain rules are found at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read the rules of a trained model; none while it is trained."""
        super().__init__(*args, **kwargs)
        self._by_intent = rules_by_intent(self.lookup.get(RULES, {}))

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Tuple[Optional[Text], Optional[Text], bool]:
        if not self._by_intent or tracker.active_loop_name or not tracker.latest_message:
            return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        if use_text_for_last_user_input:  # no rule reads the words
            return None, None, False
        intent = tracker.latest_message.intent.get(INTENT_NAME_KEY)
        found = self._by_intent.get((str(intent), tuple(_ran(tracker))))
        if found is None:
            return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        action, source = found
        return action, source, False


def rules_by_intent(rules: Mapping[Text, Text]) -> Table:
    """Return the rules that RulePolicy learned, by what calls for them; empty where any is not so plain."""
    found: Table = {}
    for source, action in rules.items():
        states: List[Dict[Text, Dict[Text, Text]]] = json.loads(source)
        intent = states[0].get(USER, {}).get("intent", "")
        ran = [one.get(PREVIOUS_ACTION, {}).get(ACTION_NAME, "") for one in states]
        plainly = [{PREVIOUS_ACTION: {ACTION_NAME: name}, USER: {"intent": intent}} for name in ran]
        if states != plainly or ran[0] != ACTION_LISTEN_NAME:
            return {}
        found[intent, tuple(ran)] = (action, source)
    return found


def _ran(tracker: DialogueStateTracker) -> List[Text]:
    """Return the actions that ran since the last message, listening first."""
    ran: List[Text] = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            ran.insert(0, str(event.action_name))
        if ran[:1] == [ACTION_LISTEN_NAME]:
            break
    return ran
