"""The interests quiz: which of the six RIASEC types (Holland, 1959) draw a person, from a dozen choices."""

from knowledge_base.quiz.interests import AXES, LEAST, MOST, Interests, Said, next_question
from knowledge_base.quiz.questions import Question, load_questions

__all__ = ["AXES", "LEAST", "MOST", "Interests", "Question", "Said", "load_questions", "next_question"]
