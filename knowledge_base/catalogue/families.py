"""Reading and checking the job families. Codes, titles and RIASEC letters are facts of ROME 4.0 (version 460)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge_base.errors import BadRecord
from knowledge_base.titles import both_genders

FOLDER = Path(__file__).parent / "families"
SOURCE = "ROME 4.0, France Travail, 18/09/2025"
SOURCE_URL = "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html"

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")]
    title: Sentence
    riasec: Annotated[str, StringConstraints(pattern=r"^[RIASEC]{1,2}$")]
    titles: list[Sentence]
    day: Sentence | None = None
    phrases: list[Sentence] = Field(default_factory=list)


class _Domain(BaseModel):
    model_config = ConfigDict(extra="forbid")

    domain: Annotated[str, StringConstraints(pattern=r"^[A-N]\d\d$")]
    name: Sentence
    families: list[_Entry]


@dataclass(frozen=True)
class Family:
    """A job family: a 5-character ROME parent code and everything we say about it."""

    code: str
    title: str
    domain: str
    domain_name: str
    riasec: str
    titles: tuple[str, ...]
    day: str | None
    phrases: tuple[str, ...]

    def texts(self) -> list[tuple[str, str]]:
        """Return (role, text) of everything that a person's words are compared with."""
        named = [form for title in (self.title, *self.titles) for form in both_genders(title)]
        found = [("title", text) for text in dict.fromkeys(named)]
        found += [("phrase", text) for text in self.phrases]
        if self.day:
            found.append(("day", self.day))
        return found


def load_families(folder: Path = FOLDER) -> list[Family]:
    """Read every domain, in the order of codes."""
    found = [family for path in sorted(folder.glob("*.yml")) for family in _read(path)]
    codes = [family.code for family in found]
    if len(set(codes)) != len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise BadRecord(str(folder), 0, f"these families stand twice: {', '.join(twice)}")
    return sorted(found, key=lambda family: family.code)


def _read(path: Path) -> list[Family]:
    try:
        domain = _Domain.model_validate(yaml.safe_load(path.read_text()))
    except (ValidationError, yaml.YAMLError) as error:
        raise BadRecord(str(path), 0, str(error)) from error
    for entry in domain.families:
        if not entry.code.startswith(domain.domain):
            raise BadRecord(str(path), entry.code, f"is not of domain {domain.domain}")
    return [
        Family(e.code, e.title, domain.domain, domain.name, e.riasec, tuple(e.titles), e.day, tuple(e.phrases))
        for e in domain.families
    ]
