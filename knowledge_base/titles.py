"""Job titles as the ROME writes them, and as people say them.

« Conducteur / Conductrice d'engins » means « Conducteur d'engins » and « Conductrice d'engins »;
« Technicien(ne) support » means « Technicien support » and « Technicienne support ».
"""

import re

SHORT_FORM = re.compile(r"(\w+)\(([a-zéè]+)\)")
# Feminine endings that replace the masculine one; any other (« e », « ne ») is added to it.
REPLACED_ENDING = {"trice": "teur", "rice": "eur", "euse": "eur", "se": "r", "ère": "er", "ve": "f"}


def both_genders(title: str) -> tuple[str, ...]:
    """Return the masculine and the feminine form, or the one form there is."""
    if " / " in title:
        left, right = title.split(" / ", 1)
        return _join(left.split(), right.split())
    if SHORT_FORM.search(title):
        return SHORT_FORM.sub(r"\1", title), SHORT_FORM.sub(lambda m: _feminine(m[1], m[2]), title)
    return (title,)


def _join(left: list[str], right: list[str]) -> tuple[str, ...]:
    """Align the two halves on the word that changes; what only one half has belongs to both."""
    start = next((i for i, word in enumerate(left) if _same_word(word, right[0])), 0)
    masculine = left + right[len(left) - start :]
    feminine = left[:start] + right
    return " ".join(masculine), " ".join(feminine)


def _same_word(one: str, other: str) -> bool:
    shared = max(3, min(len(one), len(other)) - 4)
    return one[:shared].lower() == other[:shared].lower()


def _feminine(stem: str, ending: str) -> str:
    """« conducteur(trice) » drops what the ending replaces; « assistant(e) » only adds."""
    return stem.removesuffix(REPLACED_ENDING.get(ending, "")) + ending
