"""Asks our policy and Rasa's own what comes after each intent of a trained model; runs on the bot's interpreter.

Prints one JSON object a state: the intent, the actions that ran since, what each of the two would do.
"""

import json
import logging
import sys
from collections.abc import Sequence
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

MOST = 3  # actions after one message
BEFORE = [ActionExecuted("action_listen"), UserUttered("salut", {"name": "greet"}), ActionExecuted("action_welcome")]


def main() -> None:
    """Follow each intent through the actions that Rasa's own policy calls for, and through one that it does not."""
    agent = Agent.load(sys.argv[1])
    ours = _policy(agent)
    context = ExecutionContext(agent.processor.model_metadata.predict_schema)
    theirs = RulePolicy(dict(ours.config), ours._model_storage, ours._resource, context, ours.featurizer, ours.lookup)
    domain = agent.domain
    for intent in [*domain.intents, "not_in_the_domain"]:
        ran: list[str] = []
        for _ in range(MOST):
            wanted, found = (_next(policy, domain, intent, ran) for policy in (theirs, ours))
            print(json.dumps({"intent": intent, "ran": ran, "rasa": wanted, "ours": found}))
            ran = [*ran, wanted["action"]]
        odd = ["action_welcome", "action_rephrase"]
        wanted, found = (_next(policy, domain, intent, odd) for policy in (theirs, ours))
        print(json.dumps({"intent": intent, "ran": odd, "rasa": wanted, "ours": found}))


def _policy(agent: Agent) -> RulePolicy:
    components = [node._component for node in agent.processor.graph_runner._instantiated_nodes.values()]
    return next(one for one in components if isinstance(one, RulePolicy) and type(one) is not RulePolicy)


def _next(policy: RulePolicy, domain: Domain, intent: str, ran: Sequence[str]) -> dict[str, Any]:
    events: list[Event] = [*BEFORE, ActionExecuted("action_listen"), UserUttered("…", {"name": intent})]
    tracker = DialogueStateTracker.from_events("somebody", [*events, *map(ActionExecuted, ran)], domain.slots)
    said: PolicyPrediction = policy.predict_action_probabilities(tracker, domain)
    likeliest = max(range(len(said.probabilities)), key=said.probabilities.__getitem__)
    sure, hidden = said.probabilities[likeliest], said.hide_rule_turn
    return {"action": domain.action_names_or_texts[likeliest], "sure": sure, "hidden": hidden}


structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
main()
