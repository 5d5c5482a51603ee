"""Typed directives: what actions ask of the gateway, which alone carries them out."""

import logging
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

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


class Due(BaseModel):
    """One message to send later."""

    step: Literal["week_before", "day_before", "after"]
    due_at: AwareDatetime


class Remind(BaseModel):
    """Send these messages about an item when they are due; or, `cancelled`, none about it, or about anything."""

    type: Literal["reminder"]
    item: str | None = None
    times: list[Due] = []
    cancelled: bool = False


class Safety(BaseModel):
    """Somebody told of danger: for who has that duty, where somebody has."""

    type: Literal["safety"]
    danger: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Intake(BaseModel):
    """Keep what a teacher or a company asks or offers, with what they left to be answered."""

    type: Literal["intake"]
    kind: Literal["class", "visit"]
    told: Annotated[str, StringConstraints(max_length=2000)]
    contact: Annotated[str, StringConstraints(max_length=200)]


class Handoff(BaseModel):
    """Call a human in: the person was told who would read the conversation, and wants it."""

    type: Literal["handoff"]


AnyDirective = Cards | ProfileCopy | Picture | Erase | Remind | Safety | Intake | Handoff
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
