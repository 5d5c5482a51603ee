"""What a message tells of somebody's situation, as far as it decides which service is theirs."""

import re

from knowledge_base.french import fold, plain_words

# Folded words and expressions, each a regular expression between word boundaries.
CUES = {
    "school": ("6e", "5e", "4e", "3e", "seconde", "premiere", "terminale", r"colleg\w*", r"lycee\w*", "ecole", "eleve"),
    "dropped_out": (
        r"decroch\w*", r"descolaris\w*", "arrete (?:l'ecole|les cours|le lycee|le college)",
        "(?:ne vais |vais )?plus (?:a l'ecole|en cours|au lycee|au college)",
    ),
    "job_seeker": (
        "chomage", r"demandeu\w+ d'emploi", "sans (?:emploi|travail|boulot)", "france travail", "pole emploi",
        "cherche (?:du |un )?(?:travail|boulot|emploi|taf)",
    ),
    "changing": (
        r"reconver\w+", "changer de (?:metier|voie|boulot|travail)", "reprendre (?:une formation|des etudes)",
    ),
    "disability": (
        r"handicap\w*", "rqth", "mdph", "aah", "fauteuil roulant", r"malentendant\w*", r"malvoyant\w*", "sourde?",
        r"autis\w+",
    ),
    "no_computer": (
        r"(?:pas|sans|plus|ni|besoin) (?:d'|d |de |un |une )*(?:ordi\w*|internet|wifi|imprimante|pc|connexion)",
        "imprimer", "scanner", r"photocop\w+",
    ),
    "child": (r"(?:un|une|mon|ma|des|mes|deux|trois|\d) (?:enfants?|bebes?|gosses?|gamins?|fils|fille)",),
}  # fmt: skip
PATTERNS = {name: re.compile(rf"\b(?:{'|'.join(cues)})\b") for name, cues in CUES.items()}


def situations_in(text: str) -> set[str]:
    """Return the situations that a message tells."""
    said = fold(plain_words(text))
    found = {name for name, pattern in PATTERNS.items() if pattern.search(said)}
    return found - {"school"} if "dropped_out" in found else found
