"""What Rasa 3.6 does at every turn and could do once, or more plainly: half of a turn's time (docs/decisions/0017).

The schema of action answers is handed to `jsonschema.validate`, which checks the schema before each answer. The graph
of components is run by dask's scheduler, made for thousands of tasks: ours are five.
"""

from types import SimpleNamespace
from typing import Any, Dict, Text

import dask.core
import rasa.engine.runner.dask
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

_SCHEMA = RemoteAction.action_response_format_spec()
_CHECK = validator_for(_SCHEMA)(_SCHEMA)


def save_time() -> None:
    """Put both in the place of what Rasa does, for this process."""
    validator_for(_SCHEMA).check_schema(_SCHEMA)
    setattr(RemoteAction, "_validate_action_result", is_valid)  # noqa: B010 (assigned plainly, mypy objects)
    setattr(rasa.engine.runner.dask, "dask", SimpleNamespace(get=dask.core.get))  # noqa: B010


def is_valid(action: RemoteAction, result: Dict[Text, Any]) -> bool:
    """Say that an answer has the right shape; raises jsonschema's ValidationError as Rasa's own method does."""
    _CHECK.validate(result)
    return True
