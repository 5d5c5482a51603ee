"""Typed directives: what actions ask of the gateway, which alone carries them out."""

import logging
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

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


class Erase(BaseModel):
    """Erase the conversation everywhere, once this answer is delivered."""

    type: Literal["erase"]


class Picture(BaseModel):
    """Show one of our own pictures under the utterance, and what it shows in words."""

    type: Literal["image"]
    url: Annotated[str, StringConstraints(pattern=r"^/pictures/")]
    alt: str


AnyDirective = Cards | ProfileCopy | Picture | Erase
_adapter: TypeAdapter[AnyDirective] = TypeAdapter(Annotated[AnyDirective, Field(discriminator="type")])


def parse(raw: list[dict[str, Any]]) -> list[AnyDirective]:
    """Read directives; one that is malformed is left out and logged by its type alone, the message still goes."""
    found = []
    for one in raw:
        try:
            found.append(_adapter.validate_python(one))
        except ValidationError as error:
            logger.error("directive %s refused: %d errors", one.get("type"), error.error_count())
    return found
