"""What columns of several formats hold alike: numbers, lists, and what an identifier is made of."""

import hashlib
import re
from typing import Any

from knowledge_base.french import fold
from knowledge_base.importers.outcomes import Unusable
from knowledge_base.importers.tables import Row

# What PostgreSQL holds as an integer, and int() takes: no sign, no other script's digits, no thousand of them.
WHOLE = re.compile("[0-9]{1,9}")


def decimal(row: Row, name: str) -> float | None:
    """Read a coordinate, with a point or a comma."""
    text = row.text(name)
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError as error:
        raise Unusable(f"{name} {text!r} is not a number") from error


def whole(row: Row, name: str) -> int | None:
    """Read a number of persons or years."""
    text = row.text(name)
    if text and not WHOLE.fullmatch(text):
        raise Unusable(f"{name} {text!r} is not a whole number")
    return int(text) if text else None


def listed(value: Any) -> list[Any]:
    """Return a list: that which is given, or the one value there is, if any."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def short_hash(*parts: str) -> str:
    """Return twelve characters that stay the same for the same parts."""
    return hashlib.sha256("|".join(parts).encode(errors="replace")).hexdigest()[:12]


def slug(name: str) -> str:
    """Return a name in small letters, digits and hyphens, for identifiers: « Été 2026 » is « ete-2026 »."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or short_hash(name)
