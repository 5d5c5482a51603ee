"""How words are matched with texts: by meaning (a learned metric), by letters, and by a trained classifier."""

from knowledge_base.matching.families import FamilyMatcher
from knowledge_base.matching.letters import Letters
from knowledge_base.matching.metric import Metric

__all__ = ["FamilyMatcher", "Letters", "Metric"]
