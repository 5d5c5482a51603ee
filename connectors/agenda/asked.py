"""What is asked of the agenda, in the same words by its page and by its API."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from connectors import texts
from connectors.agenda.periods import days_of
from connectors.schemas import storable

PARIS = ZoneInfo("Europe/Paris")
PAGE_SIZE, LAST_PAGE = 50, 40  # who wants more than 2,000 events wants filters
USUAL_KM, WIDE_KM = 30, 100


def words(text: Any) -> Any:
    """Keep what PostgreSQL can, without the spaces around; a field left empty asks nothing."""
    return (storable(text).strip() or None) if isinstance(text, str) else text


Words = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(words)]
Name = Annotated[Annotated[str, Field(max_length=300)] | None, BeforeValidator(words)]
Day = Annotated[date | None, BeforeValidator(words)]


class Asked(BaseModel):
    """Filters; the empty one asks for everything to come."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="ignore")

    q: Annotated[Words, Field(description="Words that the event holds, all of them")] = None
    start: Annotated[Day, Field(alias="from", description="First day, YYYY-MM-DD")] = None
    end: Annotated[Day, Field(alias="to", description="Last day, YYYY-MM-DD")] = None
    period: Annotated[
        Literal["week", "month", "holidays"] | None,
        BeforeValidator(words),
        Field(description="Unless days are given: this week, this month, the next school holidays in any zone"),
    ] = None
    theme: Annotated[
        Literal[tuple(texts.THEMES)] | None,  # type: ignore[valid-type]
        BeforeValidator(words),
        Field(description="Field of work; `tous`: events of no field in particular"),
    ] = None
    campaign: Annotated[Name, Field(description="Exact name of a campaign")] = None
    modality: Annotated[
        Literal["onsite", "remote"] | None,
        BeforeValidator(words),
        Field(description="What is both is found by either"),
    ] = None
    near: Annotated[Words, Field(description="Town or postcode; what is online stays")] = None
    km: Annotated[int, Field(ge=1, le=200, description="How far from `near`, as the crow flies")] = USUAL_KM
    places: Annotated[bool, Field(description="Services that help, too")] = False
    page: Annotated[int, Field(ge=1, le=LAST_PAGE, description=f"{PAGE_SIZE} events each")] = 1
    embed: Annotated[bool, Field(description="Page alone: without its header, for an iframe")] = False

    @model_validator(mode="after")
    def days_in_order(self) -> Self:
        """Read days given the wrong way round as they were meant."""
        if self.start and self.end and self.end < self.start:
            return self.model_copy(update={"start": self.end, "end": self.start})
        return self

    def between(self, now: datetime) -> tuple[datetime, datetime | None]:
        """Return from when to when, never before now. Days asked for come before a period."""
        first, last = self.start, self.end
        if self.period and not (first or last):
            first, last = days_of(self.period, now.astimezone(PARIS).date())
        after = max(now, midnight(first)) if first else now
        return after, midnight(last + timedelta(days=1)) if last and last < date.max else None

    def but(self, **changed: Any) -> Self:
        """Return the same with other filters, from the first page on."""
        return self.model_copy(update={"page": 1} | changed)

    def query(self) -> str:
        """Write what differs from asking nothing as an address's query, with its question mark."""
        given = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        shown = {name: int(value) if isinstance(value, bool) else value for name, value in given.items()}
        return f"?{urlencode(shown)}"

    def filters(self) -> set[str]:
        """Name the filters at work, the two days and the period as `dates`."""
        named = {name for name in ("q", "theme", "campaign", "modality", "near") if getattr(self, name)}
        return named | ({"dates"} if self.start or self.end or self.period else set())


def midnight(day: date) -> datetime:
    """Return when a day begins in Paris."""
    return datetime.combine(day, time(), PARIS)


def read_leniently(query: Mapping[str, str]) -> tuple[Asked, dict[str, str]]:
    """Read a page's query; returns it without what cannot be read, and a sentence for each such field."""
    kept, wrong = dict(query), dict[str, str]()
    while True:
        try:
            return Asked.model_validate(kept), wrong
        except ValidationError as error:
            for name in {str(fault["loc"][0]) for fault in error.errors()}:
                wrong[name] = texts.BAD_FIELDS.get(name, texts.BAD_FIELD)
                del kept[name]
