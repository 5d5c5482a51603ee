"""The words of the library that the console's forms are made of."""

from knowledge_base.errors import KnowledgeError
from knowledge_base.importers.columns import slug
from knowledge_base.importers.phones import phone_of
from knowledge_base.records import Place, Tried
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import PARIS, Record, end_of_day, record_of

__all__ = [
    "PARIS",
    "KnowledgeError",
    "Place",
    "Record",
    "Tried",
    "end_of_day",
    "phone_of",
    "record_of",
    "slug",
    "web_address",
]
