"""Certifications as France compétences' sets speak of them: their kinds, their titles, their pages, their ends."""

import re
from datetime import date

from knowledge_base.french import fold
from knowledge_base.importers.capitals import named, repaired, respelled, sentence_case
from knowledge_base.importers.french_dates import in_column, read_day
from knowledge_base.importers.outcomes import Unusable

# Abbreviations that everyone uses.
USUAL = ("BMA", "BP", "BPA", "BPJEPS", "BT", "BTS", "BTSA", "BUT", "CAP", "CAPA", "DEUST", "DMA", "DUT")
# The last words in parentheses → what the title begins with; what follows them is who awards it.
KINDS = {one: one for one in USUAL} | {
    "BAC PRO AG": "Bac pro",
    "BAC PRO": "Bac pro",
    "BACHELOR EN SCIENCES ET INGENIERIE": "Bachelor en sciences et ingénierie",
    "BM": "Brevet de maîtrise",
    "BP JEPS": "BPJEPS",
    "BPA4": "BPA",
    "BPA5": "BPA",
    "BTM": "Brevet technique des métiers",
    "BTMS": "Brevet technique des métiers supérieur",
    "BTSM": "BTS maritime",
    "CAPM": "CAP maritime",
    "CS3": "Certificat de spécialisation",
    "CS4": "Certificat de spécialisation",
    "CSA": "Certificat de spécialisation agricole",
    "CTM": "Certificat technique des métiers",
    "DE JEPS": "",
    "DES JEPS": "",
    "DOCTORAT": "Doctorat",
    "DSP": "Diplôme de spécialisation professionnelle",
    "LIC": "Licence",
    "LIC LMD": "Licence",
    "LP": "Licence professionnelle",
    "MASTER": "Master",
    "MS": "Mastère spécialisé",
    "TP": "Titre professionnel",
}
KINDS |= dict.fromkeys(("MC3", "MC4", "MC5", "MC NIVEAU III", "MC NIVEAU IV", "MC NIVEAU V"), "Mention complémentaire")
LAST_WORDS = re.compile(r"[\s(]*\(\s*([^()]+?)\s*\)*$")
# France compétences' own abbreviations. What is not known at all stays as it is.
ABBREVIATED = KINDS | {
    "BTSMarit": "BTS maritime",
    "CS": "Certificat de spécialisation",
    "DNMADE": "DN MADE",
    "LICENCE": "Licence",
    "Licence Professionnelle": "Licence professionnelle",
}
# Those that say nothing to a reader, or what every title of their kind says already.
ABBREVIATED |= dict.fromkeys(
    ("", "Autre", "CA", "CAPD", "DE", "DGE_GM", "DIPLOVIS", "DipViGrL", "DipViGrM", "Grade_Licence", "Grade_Master"), ""
)
ABBREVIATED |= dict.fromkeys(("NR", "TITRE", "Titre ingénieur"), "")
SAID = (" diplome ", " bachelor ", " brevet ", " certificat ")


def end_of_registration(text: str, column: str, state: str, today: date) -> date | None:
    """Read when a fiche ends. An inactive one is kept for those that name it, if its own date says that it is over."""
    end = in_column(column, read_day, text) if text else None
    if state == "INACTIVE" and (end is None or end >= today):
        raise Unusable(f"fiche INACTIVE, and {column} {text!r} does not say that it is over")
    return end


def fiche_page(code: str) -> str:
    """Return the page of a fiche: RNCP38381 or RS5000."""
    repertory, number = re.sub(r"\d", "", code).lower(), re.sub(r"\D", "", code)
    return f"https://www.francecompetences.fr/recherche/{repertory}/{number}/"


def written_title(shouted: str, abbreviated: str = "") -> str:
    """« BANQUE (BTS) » becomes « BTS Banque », « LETTRES (LIC LMD LE MANS) » « Licence Lettres (Le Mans) »."""
    text = re.sub(r"\s*:\s*", " : ", repaired(shouted))
    last = LAST_WORDS.search(text)
    if last is None or last.start() == 0:
        return with_kind(sentence_case(text), abbreviated)
    subject, words = sentence_case(text[: last.start()].rstrip(" -")), fold(last[1]).upper()
    if words.startswith("DIPLOME"):
        return f"{subject} ({respelled(last[1])})"
    kind = max((one for one in KINDS if f"{words} ".startswith(f"{one} ")), key=len, default=None)
    who = named(" ".join(last[1].split()[len((kind or "").split()) :]))
    titled = with_kind(subject, abbreviated) if kind is None else _after(KINDS[kind], subject)
    return f"{titled} ({who})" if who and fold(who) not in fold(titled).split() else titled


def with_kind(title: str, abbreviated: str) -> str:
    """Put the kind of diploma in front of a title that does not say it."""
    kind, said = ABBREVIATED.get(abbreviated, abbreviated), f" {fold(title)} "
    is_said = any(f" {fold(one)} " in said for one in (kind, abbreviated)) or said.startswith(SAID)
    return title if not kind or is_said else _after(kind, title)


def _after(kind: str, subject: str) -> str:
    return f"{kind} {re.sub('^Spécialité', 'spécialité', subject)}".strip()
