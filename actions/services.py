"""The composition root of the action server: what every action may call."""

from dataclasses import dataclass
from functools import cache

from actions.timing import TimedEncoder
from knowledge_base import KnowledgeBase


@dataclass(frozen=True)
class Services:
    """Everything an action needs beside the conversation itself."""

    knowledge: KnowledgeBase


@cache
def get_services() -> Services:
    """Open the knowledge base once."""
    knowledge = KnowledgeBase.open()
    knowledge.encoder = TimedEncoder(knowledge.encoder)
    return Services(knowledge)
