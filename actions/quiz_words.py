"""Words about the test itself, read whatever is being done: it is wanted, refused, begun again."""

import re

from knowledge_base.french import fold, plain_words

TEST = r"(?:test|quiz|questionnaire)"
REFUSES = re.compile(
    rf"\b(?:veu[xt]?|fai[st]|ferai|aime) (?:\w+ )?pas .*\b{TEST}\b"
    rf"|\b(?:pas|sans|jamais) (?:(?:de|d|du|le|un|faire|envie|besoin) )*{TEST}\b"
)
WANTS = re.compile(
    rf"\b(?:fai[st]|faire|passer|tenter|essayer|commencer|lancer|veu[xt]|voudrais|ton|ce) (?:\w+ ){{0,3}}{TEST}\b"
    rf"|\b{TEST} (?:d )?(?:abord|orientation|metiers?|interets?)\b"
)
AGAIN = re.compile(
    rf"\b(?:re ?commenc\w*|re ?fai[st]|re ?faire|re ?pass\w*|reprend\w*|repart\w*|redemarr\w*)\b.*\b{TEST}\b.*"
    r"\b(?:debut|zero|depart)\b"
    rf"|\b(?:re ?commenc\w*|re ?fai[st]|re ?faire|repass\w*)\b (?:\w+ ){{0,3}}{TEST}\b"
    rf"|\b{TEST}\b.*\b(?:du|depuis le|au) (?:tout )?debut\b"
)


def refuses_test(text: str) -> bool:
    """Say whether a message wants no test."""
    return any(REFUSES.search(said) for said in (fold(text), fold(plain_words(text))))  # « nn pa le test »


def wants_test(text: str) -> bool:
    """Say whether a message asks for the test, be it among other things."""
    return bool(WANTS.search(fold(text))) and not refuses_test(text)


def wants_test_again(text: str) -> bool:
    """Say whether a message asks for the test from its beginning."""
    return bool(AGAIN.search(fold(text))) and not refuses_test(text)
