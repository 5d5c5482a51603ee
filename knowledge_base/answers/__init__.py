"""Answers of ours to people's questions of rights and schemes: each with its source and date, found by meaning."""

from knowledge_base.answers.asked import Asked, asked_in
from knowledge_base.answers.matcher import LIKELY, SURE, AnswerMatcher
from knowledge_base.answers.parts import asks, bare
from knowledge_base.answers.texts import Answer, load_answers, load_unanswered

__all__ = [
    "LIKELY",
    "SURE",
    "Answer",
    "AnswerMatcher",
    "Asked",
    "asked_in",
    "asks",
    "bare",
    "load_answers",
    "load_unanswered",
]
