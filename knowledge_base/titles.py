"""Job titles as the ROME writes them, and as people say them.

« Conducteur / Conductrice d'engins » means « Conducteur d'engins » and « Conductrice d'engins »;
« Technicien(ne) support » means « Technicien support » and « Technicienne support ».
"""

import re

SHORT_FORM = re.compile(r"(\w+)\(([a-zéè]+)\)")
# How a feminine ending reads in the masculine; any other (« e », « ne ») is added to it.
MASCULINE = {"trice": "teur", "euse": "eur", "ère": "er", "ive": "if", "ve": "f", "se": "r"}


def both_genders(title: str) -> tuple[str, ...]:
    """Return the masculine and the feminine form, or the one form there is."""
    if " / " in title:
        left, right = (half.split() for half in title.split(" / ", 1))
        start = next((i for i, word in enumerate(left) if _same_word(word, right[0])), None)
        if start is None and len(left) > 1:
            return (title,)  # two things named together, not two genders
        return _join(left, right, start or 0)
    if SHORT_FORM.search(title):
        return SHORT_FORM.sub(r"\1", title), SHORT_FORM.sub(lambda m: _feminine(m[1], m[2]), title)
    return (title,)


def _join(left: list[str], right: list[str], start: int) -> tuple[str, ...]:
    """Align the halves on the word that changes, `start` in the left; what only one half has belongs to both."""
    masculine = left + right[len(left) - start :]
    feminine = left[:start] + right
    return " ".join(masculine), " ".join(feminine)


def _same_word(one: str, other: str) -> bool:
    shared = max(3, min(len(one), len(other)) - 4)
    return one[:shared].lower() == other[:shared].lower()


def _feminine(stem: str, ending: str) -> str:
    """« conducteur(trice) » drops what the ending replaces; « assistant(e) » only adds."""
    for feminine, masculine in MASCULINE.items():
        replaced = ending.removesuffix(feminine) + masculine
        if ending.endswith(feminine) and stem.endswith(replaced):
            return stem.removesuffix(replaced) + ending
    return stem + ending
