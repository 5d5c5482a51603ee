"""An accent typed for a sound: « j'aime la mode é le dessin, mé pas la vente ». Folding would make it another word."""

import re
from typing import Text

SOUNDS = {"é": "et", "mé": "mais", "cé": "c'est", "sé": "c'est", "lé": "les", "dé": "des"}
SOUNDED = re.compile(r"(?<![\w'’-])(?:é|[mcsld]é)(?![\w'’-])", re.IGNORECASE)
A_DIE = re.compile(r"\b(?:une?|le|ce|du|au|à|deux|\d) $", re.IGNORECASE)  # « lancer un dé »


def sounded_out(text: Text) -> Text:
    """Return a text with these words as they are spelled."""

    def spelled(word: "re.Match[str]") -> Text:
        return word[0] if A_DIE.search(text[: word.start()]) else SOUNDS[word[0].lower()]

    return SOUNDED.sub(spelled, text)
