"""The parts that typed records share: where, for whom, from whom, at what price."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RomeCode = Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")]
# RNCP scale: 0 without diploma, 3 CAP, 4 bac, 5 bac+2, 6 bac+3, 7 bac+5, 8 doctorate.
Level = Annotated[int, Field(ge=0, le=8)]
MOST = 2**31 - 1  # PostgreSQL's largest integer
ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


def web_address(text: str | None) -> str | None:
    """Return an address of the web; None for any other scheme (`javascript:`, `mailto:`) and for what is no address."""
    bare = (text or "").strip()
    return bare if ADDRESS.fullmatch(bare) else None


class Part(BaseModel):
    """Strict, because a misspelt key would be a fact lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("url", check_fields=False)
    @classmethod
    def url_is_of_the_web(cls, url: str | None) -> str | None:
        """Refuse what a browser should not be sent to, in every part that has a `url`."""
        kept = web_address(url)
        if url is not None and kept is None:
            raise ValueError("does not begin with http:// or https://, or holds a space")
        return kept

    @field_validator("seats", "number", check_fields=False)
    @classmethod
    def count_can_be_kept(cls, count: int | None) -> int | None:
        """Refuse a number of seats or people that is none, in every part that has one."""
        if count is not None and not 0 <= count <= MOST:
            raise ValueError(f"is not between 0 and {MOST:,}")
        return count


class Site(Part):
    """Somewhere in France, overseas included. Coordinates are WGS 84 degrees, both known or neither."""

    label: str | None = None
    address: str | None = None
    commune: Text
    code_insee: str | None = None
    postcode: str | None = None
    neighbourhood: str | None = None
    latitude: Annotated[float, Field(ge=-28, le=52)] | None = None
    longitude: Annotated[float, Field(ge=-179, le=179)] | None = None


class Public(Part):
    """Whom something is for; `text` says what ages cannot. `regions`: INSEE codes, when it is for residents alone."""

    age_min: Annotated[int, Field(ge=0, le=120)] | None = None
    age_max: Annotated[int, Field(ge=0, le=120)] | None = None
    regions: tuple[str, ...] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def ages_are_in_order(self) -> "Public":
        """Refuse ages that nobody has."""
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValueError(f"from {self.age_min} years to {self.age_max}")
        return self


class Source(Part):
    """Who said so, and where it can be read again."""

    name: Text
    url: str | None = None
    licence: str | None = None


class Registration(Part):
    """How one registers; all None when nothing is known of it."""

    required: bool | None = None
    url: str | None = None
    phone: str | None = None
    email: str | None = None
    text: str | None = None


class Outcomes(Part):
    """What became of people, as published: never without its year and source."""

    text: Text
    rate: Annotated[float, Field(ge=0, le=1)] | None = None
    year: Annotated[int, Field(ge=1990, le=2100)]
    source: Text


class Session(Part):
    """One run of a training."""

    starts_on: date
    ends_on: date | None = None
    register_by: date | None = None
    seats: int | None = None


class Price(Part):
    """What a person would pay before any funding, euros, taxes included."""

    euros: Annotated[float, Field(ge=0)] | None = None
    text: str | None = None


AppointmentRule = Literal["walk_in", "appointment", "both"]
EventType = Literal["forum", "workshop", "visit", "open_day", "job_dating", "webinar", "meeting", "other"]
