"""Typed directives: what actions ask of the gateway, which alone carries them out."""

import logging
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from connectors.schemas import Card

logger = logging.getLogger(__name__)


class Cards(BaseModel):
    """Show these cards under the utterance."""

    type: Literal["cards"]
    cards: list[Card]


class ProfileCopy(BaseModel):
    """Keep this read-only copy of what was understood; its truth is in Rasa's slots."""

    type: Literal["profile"]
    facts: dict[str, Any]


Directive = Annotated[Cards | ProfileCopy, Field(discriminator="type")]
_adapter: TypeAdapter[Cards | ProfileCopy] = TypeAdapter(Directive)


def parse(raw: list[dict[str, Any]]) -> list[Cards | ProfileCopy]:
    """Read directives; one that is malformed is left out and logged by its type alone, the message still goes."""
    found = []
    for one in raw:
        try:
            found.append(_adapter.validate_python(one))
        except ValidationError as error:
            logger.error("directive %s refused: %d errors", one.get("type"), error.error_count())
    return found
