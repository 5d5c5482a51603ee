"""What a message tells of somebody's situation, as far as it decides which service is theirs."""

import re

from knowledge_base.french import fold, plain_words

# Folded words and expressions, each a regular expression between word boundaries.
CUES = {
    "school": (
        "6e", "5e", "4e", "3e", "(?:en|de|classe de) (?:seconde|premiere)", "terminale", r"colleg\w*", r"lycee\w*",
        "ecole", "eleve",
    ),
    "dropped_out": (
        r"decroch\w*", r"descolaris\w*",
        r"(?:arret\w*|lach\w*|quitt\w*|plaqu\w*|abandonn\w*|stopp\w*)"
        r" (?:(?:l'|le |la |les |mon |ma |mes |d'|son |sa |ses )?"
        r"(?:ecole|cours|lycee|college|fac|univ\w*|etudes?|bts|licence|bac pro|bac|cap|but|prepa)\b)",
        r"(?:(?:est|etait) )?(?:parti|sorti|vire)e? (?:du|de la|de l') ?(?:ecole|lycee|college|fac)",
        r"(?:ne |n')?(?:vais |va |vas )?plus (?:a l'ecole|en cours|au lycee|au college|a la fac|scolarisee?)",
        r"(?:n'y va|y va|n'y vais|y vais|y retourne) plus",
    ),
    "student": ("a la fac", r"univ\w*", "en licence", "(?:en )?l[123]", "en master", r"etudiante?s?"),
    "job_seeker": (
        "chomage", r"licenci(?:e|ee|es|ees|er|ement)", r"perdu (?:mon|son) (?:travail|emploi|boulot|taf|job)",
        r"demandeu\w+ d'emploi", "sans (?:emploi|travail|boulot|taf)",
        "plus de (?:travail|boulot|taf|job|emploi)", "france travail", "pole emploi",
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
        r"dordi\w*",
        r"(?:pas|sans|plus|ni|besoin) (?:d'|d |de |un |une )*(?:ordi\w*|internet|wifi|imprimante|pc|connexion)",
        "(?:pas|pa) (?:me |m')?servir d'(?:internet|un ordi\\w*|un ordinateur)", "imprimer", "scanner", r"photocop\w+",
    ),
    "paperwork": (
        r"papiers? (?:de la |de |du )?(?:caf|cpam|impots|prefecture|secu)",
        r"(?:dossiers?|demarches?) (?:caf|administrati\w*|rsa|apl|secu)",
        r"(?:courriers?|lettres?) (?:de la |de l'|de |du |des )?(?:caf|cpam|impots|prefecture|secu|mairie|tribunal)",
        r"(?:courriers?|lettres?|papiers?|formulaires?) (?:\w+ ){0,6}(?:comprend\w*|capte|pige) (?:rien|pas)",
        "papiers? (?:pas )?compren(?:d|dre|ds)", "demarches", "aide administrative",
    ),
    "wants_employer": (
        "(?:cherche|trouver|trouve) (?:un |une |des )?(?:patrons?|patronnes?|maitres? d'apprentissage|employeurs?)",
        "entreprise (?:pour|d') ?(?:mon |un |l')?(?:apprentissage|alternance)",
    ),
    "child": (r"(?:un|une|mon|ma|des|mes|deux|trois|\d) (?:enfants?|bebes?|gosses?|gamins?|fils|fille)",),
}  # fmt: skip
# Services that people ask for by their name.
SERVICES = {
    "mission_locale": r"mis+i?ons? loca\w*|\bml\b|garantie jeunes",
    "cio": r"\bcio\b|centre d'orientation|centre d'information et d'orientation",
    "france_travail": r"france travail|pole emploi|anpe",
    "information_jeunesse": r"information jeunesse|info jeunes|\b[cpb]ij\b|\bcrij\b",
    "cap_emploi": r"cap emploi",
    "mdph": r"mdph",
    "plie": r"\bplie\b",
    "greta": r"\bgreta\b",
    "france_services": r"france services?|maison de services",
    "espace_numerique": r"\bepn\b|espace (?:public )?numerique|cyber ?(?:base|espace)",
    "chambre_metiers": r"chambre (?:de|des) metiers|\bcma\b",
    "cfa": r"\bcfa\b",
}
REFUSED = re.compile(r"\b(?:pas|plus|sauf|ni)(?: (?:a|au|de|la|le|l'|du|une?))* *$")


def _spaced(pattern: str) -> str:
    return pattern.replace("'", "['’ ]")  # what is folded has no apostrophe left


PATTERNS = {name: re.compile(rf"\b(?:{_spaced('|'.join(cues))})\b") for name, cues in CUES.items()}
NAMED = {name: re.compile(_spaced(words)) for name, words in SERVICES.items()}


def services_named(text: str) -> tuple[list[str], list[str]]:
    """Return the services that a message asks for by their name, and those it does not want."""
    said = fold(text)
    found = [(name, match) for name, pattern in NAMED.items() for match in [pattern.search(said)] if match]
    refused = [name for name, match in found if REFUSED.search(said[: match.start()])]
    return [name for name, _ in found if name not in refused], refused


def situations_in(text: str) -> set[str]:
    """Return the situations that a message tells."""
    said = fold(plain_words(text))
    found = {name for name, pattern in PATTERNS.items() if pattern.search(said)}
    return found - {"school", "student"} if "dropped_out" in found else found
