"""What Piste knows of jobs, trainings, events and places, and how it finds and recommends them.

Knows nothing of Rasa or of the web:

    from knowledge_base import KnowledgeBase, Profile
    KnowledgeBase.open().recommend(Profile(likes=("réparer des ordis",)), now=datetime.now(UTC))
"""

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
