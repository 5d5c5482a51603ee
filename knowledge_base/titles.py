"""Job titles as nomenclatures write them, and as people say them.

« Conducteur / Conductrice d'engins » means « Conducteur d'engins » and « Conductrice d'engins »;
« Technicien(ne) support » and « technicien/ne support » mean « Technicien support » and « Technicienne support ».
"""

import re

PARENTHESES = re.compile(r"(\w+)\(([a-zéè]+)\)")
# « technicien/ne », « acheteur/euse », « agent.e », « avocat·e »: an ending, shorter than the word it completes.
ENDING = re.compile(
    r"(\w{3,})\s?[/·.]-?(ne|e|trice|euse|ère|ice|ive|sse|esse|te|le|fe|ve|se|ienne|enne|onne|elle)\b", re.IGNORECASE
)
DISTINCT_FROM = 3  # letters: two forms that begin alike are one word in two genders
# How a feminine ending reads in the masculine; any other (« e », « ne ») is added to it.
MASCULINE = {"trice": "teur", "euse": "eur", "ère": "er", "ive": "if", "ve": "f", "se": "r"}
SAME_ENDINGS = {"ienne": "ien", "enne": "en", "onne": "on", "elle": "el"}


def both_genders(title: str) -> tuple[str, ...]:
    """Return the masculine and the feminine form, or the one form there is."""
    if " / " in title:
        left, right = (half.split() for half in title.split(" / ", 1))
        start = next((i for i, word in enumerate(left) if _same_word(word, right[0])), None)
        if start is None and len(left) > 1:
            return (title,)  # two things named together, not two genders
        return _join(left, right, start or 0)
    for form in (PARENTHESES, ENDING):
        if form.search(title):
            return form.sub(r"\1", title), form.sub(lambda m: _feminine(m[1], m[2]), title)
    return (title,)


def distinct_forms(title: str) -> tuple[str, ...]:
    """Return the masculine form, and the feminine where it is another word: « valet », « femme de chambre ».

    « Boulanger » finds what « boulangère » does: a second vector of it would cost time and find nothing more.
    """
    first, *others = both_genders(title)
    return (first, *(one for one in others if one[:DISTINCT_FROM].lower() != first[:DISTINCT_FROM].lower()))


def spoken_forms(title: str) -> tuple[str, ...]:
    """Return every form of a title of any nomenclature, « conducteur de bus/conductrice de bus » included."""
    halves = [half.strip() for half in title.split("/")]
    if (
        len(halves) == 2
        and " / " not in title
        and all(halves)
        and _same_word(halves[0].split()[0], halves[1].split()[0])
    ):
        return tuple(dict.fromkeys(_completed(halves)))
    return tuple(dict.fromkeys(both_genders(title)))


def _completed(halves: list[str]) -> tuple[str, str]:
    """« directeur/directrice de musée » is said of both; « directeur de musée/directrice de musée » says it twice."""
    left, right = halves[0].split(), halves[1].split()
    if len(left) < len(right):
        left += right[len(left) :]
    return " ".join(left), " ".join(right)


def _join(left: list[str], right: list[str], start: int) -> tuple[str, ...]:
    """Align the halves on the word that changes, `start` in the left; what only one half has belongs to both."""
    masculine = left + right[len(left) - start :]
    feminine = left[:start] + right
    return " ".join(masculine), " ".join(feminine)


def _same_word(one: str, other: str) -> bool:
    """« monteur-vendeur » is « monteuse-vendeuse »: the first part tells."""
    one, other = one.split("-")[0], other.split("-")[0]
    shared = max(3, min(len(one), len(other)) - 4)
    return one[:shared].lower() == other[:shared].lower()


def _feminine(stem: str, ending: str) -> str:
    """« conducteur(trice) » drops what the ending replaces; « assistant(e) » only adds."""
    for feminine, masculine in MASCULINE.items():
        replaced = ending.removesuffix(feminine) + masculine
        if ending.endswith(feminine) and stem.endswith(replaced):
            return stem.removesuffix(replaced) + ending
    for feminine, masculine in SAME_ENDINGS.items():
        if ending == feminine and stem.endswith(masculine):
            return stem.removesuffix(masculine) + ending
    return stem + ending
