"""Sentences about trades: conditions, ways in, comparisons."""

import re
from collections.abc import Mapping
from typing import Any

from actions import texts
from knowledge_base import Item

CONDITIONS = {
    "outdoors": ("souvent dehors", "parfois dehors", "à l'intérieur"),
    "odd_hours": ("souvent tôt, tard, la nuit ou le week-end", "parfois tôt, tard ou le week-end", "en journée"),
    "carrying": ("souvent du physique", "parfois du physique", "peu d'efforts physiques"),
    "screen": ("beaucoup d'écran", "un peu d'écran", "presque pas d'écran"),
    "contact": ("avec du public", "parfois avec du public", "sans public"),
}
TOGETHER = {"alone": "plutôt en solo", "both": "en solo et en équipe", "team": "en équipe"}
OFTEN = ("often", "sometimes", "never")

# What a message asks of a trade, by the condition it is about, or: who may do it, what is believed, what it pays.
ASPECTS = {
    "pay": r"gagn\w*|pay(?!er\b)\w*|paie|salaire|thunes?|tunes?|oseille|remuner\w*",
    "for_all": r"filles?|femmes?|meufs?|nanas?|garcons?|mecs?|hommes?",
    "belief": r"idees? recues?|prejuges?|cliches?|on dit que|vrai que|vrais? metiers?|rate l['’ ]ecole|echec|nuls?",
    "odd_hours": r"nuits?|week ?ends?|dimanches?|samedis?|horaires?|tot|tard|jours feries",
    "outdoors": r"dehors|exterieur|froid|pluie",
    "carrying": r"physique\w*|porter|lourds?|dos",
    "screen": r"ecrans?|ordi\w*|assis",
    "contact": r"clients?|public|des gens",
    "together": r"seule?|solo|equipe",
}
ASKED = {name: re.compile(rf"\b(?:{words})\b") for name, words in ASPECTS.items()}
HOURS = re.compile(r"\b(?P<article>l[ae]s? )?(?P<when>nuits?|week ?ends?|dimanches?|samedis?|jours feries)\b")
SPELT = {"week end": "week-end", "week ends": "week-ends", "weekend": "week-end", "weekends": "week-ends",
         "jours feries": "jours fériés"}  # fmt: skip
# What is asked of the way in: « faut quoi comme diplôme ? », « sans le bac c'est possible ? ».
ENTRY = re.compile(
    r"\b(?:diplomes?|bac|brevet|cap|niveau|etudes|y (?:entre|rentre|entrer|rentrer|arrive|arriver)|devenir|devient"
    r"|(?:en|par l|par) (?:apprentissage|alternance))\b"
)
DAY = re.compile(
    r"\b(?:journee?|fai(?:t|s|sent) quoi|consiste|quotidien|en vrai)\b"
    r"|\bc est quoi (?!les\b|la\b|le\b(?! metier)|mon\b|ma\b|l\b)"
)
ALIKE = re.compile(r"\bmetiers?\b.{0,12}\b(?:proches?|voisins?|ressembl\w+|similaires?|meme genre|pareils?)\b")
IN_GENERAL = re.compile(
    r"\b(?:conditions?|points? (?:negatifs?|positifs?)|inconvenients?|avantages?|dure?s?|difficiles?|fatig\w*|relous?"
    r"|penibles?|galere|stress\w*|eprouvante?s?|repetitifs?|franchement)\b"
)


def aspect_asked(folded: str) -> str | None:
    """Return the one aspect that a message asks of a trade; None when it asks for more, or for none."""
    found = [name for name, words in ASKED.items() if words.search(folded)]
    return found[0] if len(found) == 1 else None


def hours_asked(folded: str) -> str:
    """Return when one asks whether a trade is worked, « la nuit », « le dimanche »; empty when it is not said."""
    named = HOURS.search(folded)
    return f"{named['article'] or ''}{SPELT.get(named['when'], named['when'])}" if named else ""


def asked_of_trade(folded: str) -> list[str]:
    """Return all that a message asks of a trade: a day, the way in, the conditions, or single aspects of it."""
    whole = {"day": DAY, "way_in": ENTRY, "conditions": IN_GENERAL, "neighbours": ALIKE}
    found = [name for name, words in whole.items() if words.search(folded)]
    return found + [name for name, words in ASKED.items() if words.search(folded)]


def condition(conditions: Mapping[str, Any], name: str) -> str:
    """« souvent tôt, tard, la nuit ou le week-end »."""
    if name == "together":
        return TOGETHER[conditions[name]]
    return CONDITIONS[name][OFTEN.index(conditions[name])]


def conditions_of(conditions: Mapping[str, Any]) -> str:
    """« souvent dehors, en journée, … »."""
    said = [words[OFTEN.index(conditions[name])] for name, words in CONDITIONS.items()]
    return texts.listed([*said, TOGETHER[conditions["together"]]])


def way_in_from(ways: Mapping[int, str], level: int | None) -> list[str]:
    """Return the way in from a level: its own, or the nearest below; every one when the level is not known."""
    if level is None:
        return [f"{texts.LEVELS[at][0].upper()}{texts.LEVELS[at][1:]} : {text}" for at, text in sorted(ways.items())]
    below = [at for at in sorted(ways) if at <= level]
    return [ways[below[-1] if below else min(ways)]]


def compared(first: Item, second: Item) -> str:
    """Say for each of two trades how the work is and the shortest way in, and what they share."""
    lines = []
    for one in (first, second):
        ways = {int(level): text for level, text in one.details["ways_in"].items()}
        lines.append(f"{one.title} : {conditions_of(one.details['conditions'])}. {ways[min(ways)]}")
    same = [
        words[OFTEN.index(first.details["conditions"][name])]
        for name, words in CONDITIONS.items()
        if first.details["conditions"][name] == second.details["conditions"][name]
    ]
    shared = f"Les deux : {texts.listed(same)}." if same else "Les deux n'ont pas grand-chose en commun."
    return "\n".join([*lines, shared])
