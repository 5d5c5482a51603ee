"""What the library speaks of: items and suggestions (`core`), and the typed records that importers fill (`typed`)."""

from knowledge_base.records.core import (
    KINDS,
    Found,
    Item,
    Kind,
    Modality,
    Place,
    Profile,
    Reason,
    Recommendation,
    Suggestion,
    Tried,
)

__all__ = [
    "KINDS",
    "Found",
    "Item",
    "Kind",
    "Modality",
    "Place",
    "Profile",
    "Reason",
    "Recommendation",
    "Suggestion",
    "Tried",
]
