"""Ages told by a year of birth: « je suis née en 2008 »."""

import re
from datetime import datetime

from knowledge_base.french import fold

BORN = re.compile(
    r"\b(?:nee?s? (?:en |le )|(?:date |annee )?(?:de )?naissance)\D{0,20}(?:\d{1,2}\W\D{0,12}){0,2}"
    r"(?P<year>(?:19|20)\d\d)\b"
)
YOUNGEST, OLDEST = 10, 75


def age_by_birth(text: str, now: datetime) -> int | None:
    """Return the age reached this year by who says when they were born, be it impossible; None when nobody says it."""
    told = BORN.search(fold(text))
    return now.year - int(told["year"]) if told else None


def is_likely(age: int) -> bool:
    """Say whether somebody who writes here may have this age."""
    return YOUNGEST <= age <= OLDEST
