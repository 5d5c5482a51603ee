"""The sentences that actions build, in the familiar form. Fixed sentences stand in `bot/domain`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from actions.texts.services import FOR_WHOM
from knowledge_base import Item, Reason, Suggestion
from knowledge_base.french import fold
from knowledge_base.geography import effort

WAYS = {"walk": "à pied", "bike": "à vélo"}
FEMININE = frozenset(("fille", "petite-fille", "belle-fille", "sœur", "nièce", "cousine", "filleule", "femme",
                      "voisine", "copine"))  # fmt: skip
VOWELS = frozenset("aeiouyh")
PARIS = ZoneInfo("Europe/Paris")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
LEVELS = {
    0: "sans diplôme",
    3: "niveau CAP",
    4: "niveau bac",
    5: "niveau bac+2",
    6: "niveau bac+3",
    7: "niveau bac+5",
    8: "niveau doctorat",
}
EVENT_TYPES = {
    "forum": "Forum",
    "workshop": "Atelier",
    "visit": "Visite",
    "open_day": "Portes ouvertes",
    "job_dating": "Rencontre avec des employeurs",
    "webinar": "En ligne",
}
APPOINTMENTS = {"walk_in": "sans rendez-vous", "appointment": "sur rendez-vous", "both": "avec ou sans rendez-vous"}
MODALITIES = {"onsite": "sur place", "remote": "à distance", "hybrid": "en partie à distance"}

# Who could come and answer in the conversation.
SOMEBODY = "Une conseillère ou un conseiller"
SOMEBODY_OF = "Une conseillère ou un conseiller ({structure})"

AGE_BUTTONS = (
    ("Moins de 15 ans", "under_15"),
    ("15 à 17 ans", "15_17"),
    ("18 à 25 ans", "18_25"),
    ("26 ans et plus", "26_plus"),
)
THEMES = (
    "Réparer, bricoler",
    "L'informatique",
    "Cuisiner",
    "Aider et soigner",
    "Être dehors, la nature",
    "Créer, dessiner",
    "Le contact, la vente",
    "Le sport",
)


# Intents that a button may stand for: what they are called.
WISHES = {
    "explore_jobs": "Des idées de métiers",
    "find_training": "Une formation",
    "find_event": "Un événement, une visite",
    "find_place": "Un endroit où aller",
    "ask_more": "Voir autre chose",
    "ask_why": "Savoir pourquoi",
    "not_for_me": "Dire que ça ne me va pas",
    "ask_profile": "Voir ce que tu as compris de moi",
    "ask_help": "Savoir ce que tu fais",
    "ask_human": "Parler à quelqu'un",
    "start_over": "Repartir de zéro",
    "ask_question": "Poser une question",
    "ask_privacy": "Savoir ce que tu gardes",
    "for_someone_else": "Chercher pour quelqu'un d'autre",
}


# What a button that goes on is called, by the intent behind it.
NEXT_STEPS = {
    "explore_jobs": "Des idées de métiers",
    "find_training": "Des formations",
    "find_event": "Des événements",
    "find_place": "Un endroit où aller",
    "ask_human": "Parler à quelqu'un",
    "take_quiz": "Faire le test",
}
FREQUENT_QUESTIONS = (
    ("L'apprentissage, c'est quoi ?", "apprenticeship_what_it_is"),
    ("Trouver un stage de 3e", "placement_3e_find_without_contacts"),
    ("Le service civique", "civic_service_what"),
    ("Le Contrat d'Engagement Jeune", "youth_engagement_contract"),
    ("Qui paie ma formation ?", "who_pays_training"),
)


def sourced(name: str, url: str, as_of: str) -> str:
    """« service-public.fr, janvier 2025 (https://…) »."""
    year, month = as_of.split("-")
    return f"{name}, {MONTHS[int(month) - 1]} {year} ({url})"


def quoted(words: str) -> str:
    """Put a person's words between French quotation marks."""
    return f"«\u00a0{words}\u00a0»"


def listed(parts: Sequence[str], last: str = "et") -> str:
    """Join with commas and a last « et »."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


# What the sentences below say to « tu », and to « vous ».
VOUS = {
    "tu as dit": "vous avez dit",
    "près de toi": "près de chez vous",
    "de chez toi": "de chez vous",
    "ton niveau": "votre niveau",
    "tes choix": "vos choix",
    "tes réponses": "vos réponses",
    "tu cherches": "vous cherchez",
    "tu peux": "vous pouvez",
    "Tu aimes": "Vous aimez",
    "Tu ne veux pas": "Vous ne voulez pas",
    "Ton âge": "Votre âge",
    "Ton niveau": "Votre niveau",
    "Tu es à": "Vous êtes à",
    "Pour te déplacer": "Pour vous déplacer",
    "Tu préfères": "Vous préférez",
    "Tes choix au test": "Vos choix au test",
    "tu m'as demandé de te le rappeler": "vous m'avez demandé de vous le rappeler",
}


def in_register(sentence: str, *, vous: bool) -> str:
    """Return a sentence of ours as it is said to this person; what they said themselves stays between « »."""
    parts = re.split("(«[^»]*»)", sentence)
    for at in range(0, len(parts), 2):
        for familiar, formal in VOUS.items() if vous else ():
            parts[at] = parts[at].replace(familiar, formal)
    return "".join(parts)


# When nothing more is known than that the person asked.
LOOKED_FOR = {
    "job_family": "Pour découvrir un métier.",
    "training": "Parce que tu cherches une formation.",
    "event": "Parce que tu cherches un événement.",
    "place": "Parce que tu cherches où aller.",
}


def why(suggestion: Suggestion, *, vous: bool = False) -> str:
    """Say in one sentence why this is proposed, from what the person said."""
    return in_register(_why(suggestion), vous=vous)


def _why(suggestion: Suggestion) -> str:
    words = next((reason.words for reason in suggestion.reasons if reason.kind == "words" and reason.words), None)
    circumstances = [text for reason in suggestion.reasons if (text := _circumstance(reason, suggestion))]
    if words:
        said = f"Parce que tu as dit {quoted(words)}"
        return f"{said}, et {listed(circumstances)}." if circumstances else f"{said}."
    return f"{because(listed(circumstances))}." if circumstances else LOOKED_FOR[suggestion.item.kind]


def _circumstance(reason: Reason, suggestion: Suggestion) -> str | None:
    match reason.kind:
        case "service":
            return FOR_WHOM.get(reason.fact or "")
        case "family" if not any(one.kind == "words" for one in suggestion.reasons):
            return f"ça mène au métier {quoted(reason.fact or '')}"
        case "alike":
            return f"ça ressemble au métier {quoted(reason.fact or '')}"
        case "near":
            distance = kilometres(suggestion.distance_km)
            effort_said = on_foot_or_by_bike(suggestion.distance_km)
            return f"c'est {distance} {of(reason.fact or '')}{effort_said}" if distance else None
        case "remote":
            return "ça se suit de chez toi"
        case "interests":
            return "ça ressemble à tes réponses au test"
        case "level":
            return "aucun diplôme n'est demandé" if reason.fact == "0" else "ton niveau suffit pour entrer"
        case "without_car":
            return "tu peux y aller sans voiture"
        case _:
            return None


def who(slots: Mapping[str, Any]) -> str:
    """« ton fils », « votre fille », « cette personne »: for whom somebody asks."""
    named = slots.get("who")
    if not named:
        return "cette personne"
    vous = slots.get("register") == "vous"
    return f"votre {named}" if vous else f"{'ta' if named in FEMININE else 'ton'} {named}"


def because(reason: str) -> str:
    """« Parce que tu… », « Parce qu'aucun… »."""
    return f"Parce qu'{reason}" if fold(reason)[:1] in VOWELS else f"Parce que {reason}"


def of(place: str) -> str:
    """« de Besançon », « d'Arras », « du Mans », « des Abymes »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if place.startswith(article):
            return contracted + place.removeprefix(article)
    return f"d'{place}" if fold(place)[:1] in VOWELS else f"de {place}"


def kilometres(distance: float | None) -> str | None:
    """Say a distance as people do."""
    if distance is None:
        return None
    return "à moins d'un kilomètre" if distance < 1 else f"à environ {distance:.0f} km"


def on_foot_or_by_bike(distance: float | None) -> str:
    """« (35 min à vélo) », or nothing when it is too far."""
    by = effort(distance) if distance is not None else None
    return f" ({by.minutes}\u00a0min {WAYS[by.way]})" if by else ""


def day(moment: datetime, *, all_day: bool = False) -> str:
    """« mercredi 4 décembre à 14 h », without the hour when it is not known."""
    local = moment.astimezone(PARIS)
    number = "1er" if local.day == 1 else str(local.day)
    named = f"{DAYS[local.weekday()]} {number} {MONTHS[local.month - 1]}"
    return named if all_day else f"{named} à {hour(local)}"


def where(item: Item) -> str | None:
    """Say where, or that it is from home; None when nobody knows."""
    if item.modality == "remote":
        return "en ligne" if item.kind == "event" else "à distance"
    commune = (item.details.get("place") or {}).get("commune")
    return item.place.label if item.place else commune


def hour(local: datetime) -> str:
    """« 14 h » or « 9 h 30 »."""
    return f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02d}" if local.minute else "")


NOT_SAID = "ce n'est pas indiqué, le mieux est d'appeler."
ASKED_TO_BE_REMINDED = "Parce que tu m'as demandé de te le rappeler."


def around(place: Mapping[str, Any] | None, when: Mapping[str, str] | None) -> str:
    """Return where, and when, things were looked for, as it follows « 3 événements »: « autour de Dole (samedi) »."""
    where_said = f" autour {of(place['label'])}" if place else ""
    return where_said + (f" ({when['words']})" if when else "")


COUNTED = {
    "training": ("une formation", "formations"),
    "event": ("un événement", "événements"),
    "place": ("un endroit", "endroits"),
}


def counted(number: int, kind: str) -> str:
    """« une formation », « 3 formations »."""
    one, many = COUNTED[kind]
    return one if number == 1 else f"{number} {many}"
