"""Checking what the action server answers, against a schema that is itself checked once.

Rasa 3.6 hands its schema to `jsonschema.validate` at every call, which checks the schema before the answer: 40 % of the
time of a turn (docs/decisions/0017).
"""

from typing import Any, Dict, Text

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

_SCHEMA = RemoteAction.action_response_format_spec()
_CHECK = validator_for(_SCHEMA)(_SCHEMA)


def is_valid(action: RemoteAction, result: Dict[Text, Any]) -> bool:
    """Say that an answer has the right shape; raises jsonschema's ValidationError as Rasa's own method does."""
    _CHECK.validate(result)
    return True


def check_schema_once() -> None:
    """Put `is_valid` in the place of Rasa's method, for every action of this process."""
    validator_for(_SCHEMA).check_schema(_SCHEMA)
    setattr(RemoteAction, "_validate_action_result", is_valid)  # noqa: B010 (assigned plainly, mypy objects)
