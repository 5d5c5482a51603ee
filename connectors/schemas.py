"""The shapes of docs/architecture.md: what people send, what they receive."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

LONGEST_TEXT = 2000
INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


def storable(text: Any) -> Any:
    """Drop what PostgreSQL cannot keep: NUL and lone surrogates."""
    return re.sub("[\x00\ud800-\udfff]", "", text) if isinstance(text, str) else text


def not_too_long(text: str) -> str:
    """Refuse a text over the limit with its own kind of error, since it has its own status."""
    if len(text) > LONGEST_TEXT:
        raise PydanticCustomError("text_too_long", "over {limit} characters", {"limit": LONGEST_TEXT})
    return text


def printable(text: str) -> str:
    """Refuse control characters in an identifier."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise PydanticCustomError("unprintable", "control characters")
    return text


Label = Annotated[str, Field(max_length=64), AfterValidator(printable)]


class NewConversation(BaseModel):
    """Body of `POST /api/v1/conversations`; everything is optional."""

    locale: Annotated[str, Field(max_length=35), AfterValidator(printable)] | None = None
    origin: Label | None = None
    join_code: Label | None = None


class NewMessage(BaseModel):
    """Body of `POST …/messages`: a text or a payload, exactly one."""

    client_id: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable)]
    text: Annotated[str, BeforeValidator(storable), AfterValidator(not_too_long)] | None = None
    payload: Annotated[str, BeforeValidator(storable), Field(max_length=LONGEST_TEXT)] | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> Self:
        """Refuse both, neither, and a text with nothing to read in it."""
        if (self.text is None) == (self.payload is None):
            raise PydanticCustomError("both", "exactly one of text and payload")
        if self.text is not None and all(unicodedata.category(character) in INVISIBLE for character in self.text):
            raise PydanticCustomError("blank", "empty or blank text")
        return self


class Button(BaseModel):
    """A choice offered under a message."""

    title: str
    payload: str


class CardAction(BaseModel):
    """What one can do with a card: exactly one of payload and url."""

    title: str
    payload: str | None = None
    url: str | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> Self:
        """Refuse both and neither."""
        if (self.payload is None) == (self.url is None):
            raise PydanticCustomError("both", "exactly one of payload and url")
        return self


class CardFact(BaseModel):
    """A labelled fact."""

    label: str
    value: str


class Card(BaseModel):
    """Something proposed. Absent facts are null; `why` is never empty."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["job_family", "training", "event", "place"]
    id: str
    code: str | None = None
    title: str
    subtitle: str | None = None
    text: str | None = None
    why: Annotated[str, Field(min_length=1)]
    facts: list[CardFact] = []
    url: str | None = None
    source: str
    verified_at: AwareDatetime
    distance_km: float | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    modality: Literal["onsite", "remote", "hybrid"] | None = None
    demo: bool = False
    actions: list[CardAction] = []


class Image(BaseModel):
    """A picture with its alternative text."""

    url: str
    alt: str


class Message(BaseModel):
    """One message of a conversation; `seq` rises by 1 over all authors."""

    id: UUID
    seq: int
    author: Literal["bot", "user", "counsellor", "system"]
    author_name: str
    text: str
    buttons: list[Button] = []
    cards: list[Card] = []
    image: Image | None = None
    created_at: datetime


class Opened(BaseModel):
    """Answer to `POST /api/v1/conversations`."""

    id: UUID
    token: str
    replies: list[Message]


class Accepted(BaseModel):
    """Answer to `POST …/messages` without `wait`."""

    message_id: UUID


class Answered(BaseModel):
    """Answer to `POST …/messages?wait=true`."""

    message_id: UUID
    state: Literal["bot", "counsellor"]
    pending: bool
    replies: list[Message]


class Messages(BaseModel):
    """Answer to `GET …/messages`."""

    messages: list[Message]
