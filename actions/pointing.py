"""Words that point at what is shown: « le deuxième », « celui de samedi », « ça »."""

import re
from typing import Any

from actions.turn import Turn
from knowledge_base.french import fold

ORDINALS = {
    "premier": 0,
    "premiere": 0,
    "1er": 0,
    "1ere": 0,
    "1": 0,
    "deuxieme": 1,
    "second": 1,
    "seconde": 1,
    "2e": 1,
    "2eme": 1,
    "2": 1,
    "troisieme": 2,
    "3e": 2,
    "3eme": 2,
    "3": 2,
    "dernier": -1,
    "derniere": -1,
}
# « l'école de la 2e chance », « après la 3e », « 1 mois »: a number that points at nothing.
NO_RANK = re.compile(
    r"\b(?:2e|2eme|deuxieme|seconde) chance\b"
    r"|\b(?:en|de|classe de|apres la|depuis la|fin de|niveau|une|ma|sa|leur) (?:2|3)(?:e|eme)\b"
    r"|\b[123] (?:ans?|mois|semaines?|jours?|heures?|h|fois|km|enfants?|eleves?)\b"
)
ONE_OF_THEM = re.compile(r"\b(?:celui|celle|ceux|celles)\b")
# Words that stand for what is on the screen.
POINTS = re.compile(
    rf"{ONE_OF_THEM.pattern}|\b(?:ca|leurs?|le (?:premier|deuxieme|troisieme|dernier)"
    r"|la (?:premiere|deuxieme|troisieme|derniere)|cet(?:te)?|ce (?:forum|salon|metier)|l autre|le \d|la \d|les deux)\b"
)


def pointed_at(turn: Turn, shown: list[dict[str, Any]]) -> list[str]:
    """Return the ids of what « le premier » or « le dernier » points at."""
    said = NO_RANK.sub(" ", fold(turn.text))
    numbers = [ORDINALS[word] for word in re.findall(r"\w+", said) if word in ORDINALS]
    return [shown[number]["id"] for number in numbers if -len(shown) <= number < len(shown)]
