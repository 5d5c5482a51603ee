"""Reading and checking the job families. Codes, titles, neighbours and RIASEC letters are facts of ROME 4.0 (v460)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge_base.errors import BadRecord
from knowledge_base.titles import both_genders

FOLDER = Path(__file__).parent / "families"
SOURCE = "ROME 4.0, France Travail, 18/09/2025"
SOURCE_URL = "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html"

WORDS_TOGETHER = 3  # docs/decisions/0009

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")]
Often = Literal["never", "sometimes", "often"]
Level = Literal[0, 3, 4, 5, 6, 7, 8]


class Conditions(BaseModel):
    """How often a day at work is outdoors, at odd hours, with loads, at a screen, with people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outdoors: Often
    odd_hours: Often
    carrying: Often
    screen: Often
    contact: Often
    together: Literal["alone", "both", "team"]


class Misconception(BaseModel):
    """What people wrongly believe of a family, and how it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    belief: Sentence
    truth: Sentence


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    title: Sentence
    riasec: Annotated[str, StringConstraints(pattern=r"^[RIASEC]{1,2}$")]
    neighbours: Annotated[list[Code], Field(min_length=1, max_length=6)]
    titles: Annotated[list[Sentence], Field(min_length=5, max_length=10)]
    names: Annotated[list[Sentence], Field(min_length=6, max_length=30)]
    day: Annotated[str, StringConstraints(strip_whitespace=True, min_length=120, max_length=450)]
    phrases: Annotated[list[Sentence], Field(min_length=6, max_length=10)]
    words: Annotated[list[Sentence], Field(min_length=6, max_length=50)]
    ways_in: Annotated[dict[Level, Sentence], Field(min_length=2)]
    digital: Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=300)]
    misconception: Misconception
    conditions: Conditions
    hard_sides: Annotated[list[Sentence], Field(min_length=2, max_length=5)]


class _Domain(BaseModel):
    model_config = ConfigDict(extra="forbid")

    domain: Annotated[str, StringConstraints(pattern=r"^[A-N]\d\d$")]
    name: Sentence
    families: list[_Entry]


@dataclass(frozen=True)
class Family:
    """A job family: a 5-character ROME parent code and everything we say about it.

    `titles` are ROME's; `names` are what else these jobs are called, in the masculine or in one form for all. `ways_in`
    maps the level one leaves school with (0 without diploma, then RNCP 3 to 8) to how one gets in from there.
    """

    code: str
    title: str
    domain: str
    domain_name: str
    riasec: str
    neighbours: tuple[str, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]
    day: str
    phrases: tuple[str, ...]
    words: tuple[str, ...]
    ways_in: dict[int, str]
    digital: str
    misconception: Misconception
    conditions: Conditions
    hard_sides: tuple[str, ...]

    def texts(self) -> list[tuple[str, str]]:
        """Return (role, text) of everything that a person's words are compared with."""
        named = [form for title in (self.title, *self.titles) for form in both_genders(title)]
        found = [("title", text) for text in dict.fromkeys(named)]
        found += [("name", text) for text in self.names]
        found += [("phrase", text) for text in self.phrases]
        found += [("words", ", ".join(group)) for group in batched(self.words, WORDS_TOGETHER)]
        return [*found, ("day", self.day), ("hard", ", ".join(self.hard_sides))]


def batched(words: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    """Cut words into groups; a vector of one word says little, a vector of forty says nothing."""
    return [words[start : start + size] for start in range(0, len(words), size)]


def load_families(folder: Path = FOLDER) -> list[Family]:
    """Read every domain, in the order of codes."""
    found = [family for path in sorted(folder.glob("*.yml")) for family in read_domain(path)]
    codes = [family.code for family in found]
    if len(set(codes)) != len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise BadRecord(str(folder), 0, f"these families stand twice: {', '.join(twice)}")
    for family in found:
        if unknown := set(family.neighbours) - set(codes):
            raise BadRecord(str(folder), family.code, f"unknown neighbours: {', '.join(sorted(unknown))}")
    return sorted(found, key=lambda family: family.code)


def read_domain(path: Path) -> list[Family]:
    """Read one domain's file; raise BadRecord with each fault and where it is."""
    try:
        written = yaml.safe_load(path.read_text())
        domain = _Domain.model_validate(written)
    except yaml.YAMLError as error:
        raise BadRecord(str(path), 0, str(error)) from error
    except ValidationError as error:
        raise BadRecord(str(path), 0, _faults(written, error)) from error
    for entry in domain.families:
        if not entry.code.startswith(domain.domain):
            raise BadRecord(str(path), entry.code, f"is not of domain {domain.domain}")
    return [_family(domain, entry) for entry in domain.families]


def _family(domain: _Domain, entry: _Entry) -> Family:
    return Family(
        code=entry.code,
        title=entry.title,
        domain=domain.domain,
        domain_name=domain.name,
        riasec=entry.riasec,
        neighbours=tuple(entry.neighbours),
        titles=tuple(entry.titles),
        names=tuple(entry.names),
        day=entry.day,
        phrases=tuple(entry.phrases),
        words=tuple(entry.words),
        ways_in=dict(sorted(entry.ways_in.items())),
        digital=entry.digital,
        misconception=entry.misconception,
        conditions=entry.conditions,
        hard_sides=tuple(entry.hard_sides),
    )


def _faults(written: object, error: ValidationError) -> str:
    """Name each fault by its family's code instead of its rank in the file."""
    lines = []
    for fault in error.errors():
        where = list(fault["loc"])
        if isinstance(written, dict) and len(where) > 1 and where[0] == "families" and isinstance(where[1], int):
            entry = written["families"][where[1]]
            where[:2] = [entry.get("code", where[1]) if isinstance(entry, dict) else where[1]]
        lines.append(f"{'.'.join(map(str, where))}: {fault['msg']}")
    return "\n".join(lines)
