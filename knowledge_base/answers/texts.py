"""Reading and checking the answers: one YAML file a subject, every sentence ours, every fact with its source."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge_base.errors import BadRecord

FOLDER = Path(__file__).parent / "subjects"
UNANSWERED = Path(__file__).parent / "unanswered.yml"

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=120, max_length=480)]
Next = Literal["explore_jobs", "find_training", "find_event", "find_place", "ask_human", "take_quiz"]
Service = Literal[
    "mission_locale", "france_travail", "information_jeunesse", "cio", "plie", "espace_numerique", "cap_emploi",
    "mdph", "school", "cfa",
]  # fmt: skip


class Source(BaseModel):
    """Where the facts of an answer come from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Sentence
    title: Sentence
    url: Annotated[str, StringConstraints(pattern=r"^https://")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    question: Annotated[str, StringConstraints(max_length=90)]
    asked: Annotated[list[Sentence], Field(min_length=10)]
    tu: Text
    vous: Text
    source: Source
    as_of: Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
    next: Next
    place: Service | None = None
    otherwise: str | None = None


class _Subject(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subject: Sentence
    answers: list[_Entry]


@dataclass(frozen=True)
class Answer:
    """An answer in both registers; `as_of` is the month (YYYY-MM) at which its facts were known to be true.

    `asked` are ways in which people put the question; `next` is an intent to go on with, `place` whom to ask,
    `otherwise` the answer to « et si ça ne marche pas ? ».
    """

    id: str
    subject: str
    question: str
    asked: tuple[str, ...]
    tu: str
    vous: str
    source: Source
    as_of: str
    next: Next
    place: Service | None
    otherwise: str | None = None


def load_answers(folder: Path = FOLDER) -> list[Answer]:
    """Read every subject; raise BadRecord with the fault and where it is."""
    found = [answer for path in sorted(folder.glob("*.yml")) for answer in _read(path)]
    ids = [one.id for one in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise BadRecord(str(folder), 0, f"these answers stand twice: {', '.join(twice)}")
    if lost := sorted({one.otherwise for one in found if one.otherwise} - set(ids)):
        raise BadRecord(str(folder), 0, f"no such answer to go on with: {', '.join(lost)}")
    return found


def load_unanswered(path: Path = UNANSWERED) -> list[str]:
    """Return questions that no answer fits, from which the search learns to say so."""
    return [str(text) for text in yaml.safe_load(path.read_text())["unanswered"]]


def _read(path: Path) -> list[Answer]:
    try:
        subject = _Subject.model_validate(yaml.safe_load(path.read_text()))
    except (yaml.YAMLError, ValidationError) as error:
        raise BadRecord(str(path), 0, str(error)) from error
    return [
        Answer(
            id=entry.id,
            subject=subject.subject,
            question=entry.question,
            asked=tuple(entry.asked),
            tu=entry.tu,
            vous=entry.vous,
            source=entry.source,
            as_of=entry.as_of,
            next=entry.next,
            place=entry.place,
            otherwise=entry.otherwise,
        )
        for entry in subject.answers
    ]
