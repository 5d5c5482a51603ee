"""What Piste knows of jobs, trainings, events and places, and how it finds and recommends them.

Knows nothing of Rasa or of the web:

    from knowledge_base import KnowledgeBase, Profile
    KnowledgeBase.open().recommend(Profile(likes=("réparer des ordis",)), now=datetime.now(UTC))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge_base.errors import KnowledgeError
    from knowledge_base.library import KnowledgeBase
    from knowledge_base.records import Item, Kind, Place, Profile, Reason, Recommendation, Suggestion

__all__ = [
    "Item",
    "Kind",
    "KnowledgeBase",
    "KnowledgeError",
    "Place",
    "Profile",
    "Reason",
    "Recommendation",
    "Suggestion",
]

MODULES = {"KnowledgeError": "errors", "KnowledgeBase": "library"}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: who needs `knowledge_base.french` alone loads no encoder and no database."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{MODULES.get(name, 'records')}"), name)
