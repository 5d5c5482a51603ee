"""Reading and checking the questions of the quiz: two activities side by side, each on one RIASEC axis."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from knowledge_base.errors import BadRecord

PATH = Path(__file__).parent / "questions.yml"

Axis = Literal["R", "I", "A", "S", "E", "C"]
Activity = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=70)]


class _Side(BaseModel):
    model_config = ConfigDict(extra="forbid")

    axis: Axis
    text: Activity


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    first: _Side
    second: _Side


@dataclass(frozen=True)
class Question:
    """« Réparer un vélo » (R) or « dessiner une affiche » (A): `axes` and `texts` are (first, second)."""

    id: str
    axes: tuple[Axis, Axis]
    texts: tuple[str, str]


@cache
def load_questions(path: Path = PATH) -> tuple[Question, ...]:
    """Read every question; raise BadRecord with the fault and where it is."""
    try:
        entries = [_Entry.model_validate(one) for one in yaml.safe_load(path.read_text())["questions"]]
    except (yaml.YAMLError, ValidationError) as error:
        raise BadRecord(str(path), 0, str(error)) from error
    found = tuple(
        Question(one.id, (one.first.axis, one.second.axis), (one.first.text, one.second.text)) for one in entries
    )
    for one in found:
        if one.axes[0] == one.axes[1]:
            raise BadRecord(str(path), one.id, "both sides are on the same axis")
    if len({one.id for one in found}) != len(found):
        raise BadRecord(str(path), 0, "an id stands twice")
    return found
