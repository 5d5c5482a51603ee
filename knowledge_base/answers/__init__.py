"""Answers of ours to people's questions of rights and schemes: each with its source and date, found by meaning."""

from knowledge_base.answers.matcher import LIKELY, SURE, AnswerMatcher
from knowledge_base.answers.texts import Answer, load_answers, load_unanswered

__all__ = ["LIKELY", "SURE", "Answer", "AnswerMatcher", "load_answers", "load_unanswered"]
