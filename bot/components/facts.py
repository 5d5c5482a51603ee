"""Facts a sentence states about its author: age, postcode, level, mobility, modality by rule, places by `places`.

Pure Python, so that it is tested without Rasa. Positions are those of the text as typed.
"""

import re
from typing import Dict, Iterator, List, Optional, Tuple

from bot.components.fact import Fact, flat
from bot.components.places import places_in, unknown_place

NUMBERS = {
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix sept": 17, "dix huit": 18, "dix neuf": 19, "vingt": 20,
    "vingt et un": 21, "vingt deux": 22, "vingt trois": 23, "vingt quatre": 24, "vingt cinq": 25, "vingt six": 26,
    "trente": 30, "quarante": 40, "cinquante": 50,
}  # fmt: skip
SPELLED = "|".join(re.sub(" ", "[ -]", words) for words in sorted(NUMBERS, key=len, reverse=True))
AGE = re.compile(
    rf"(?P<before>\b(?:dans|depuis|il y a|ya|pendant|fait|en|vers|a partir de|moins de|plus de|encore|reste|tous les|duree|avant|apres|au bout de|bientot fait)\s+)?"
    rf"(?P<cue>\b(?:j'?ai|g|jai|j|ai|a|as|age de|agee? de|elle a|il a|en ai|en a|c'?est|jsuis|bientot|de)\s*)?"
    rf"\b(?P<number>\d{{1,2}}|{SPELLED})\s?(?P<unit>ans?|piges?|balais)\b(?! (?:de |d'?|que )(?!plus\b|moins\b|lyon\b))"
)
AGE_ALONE = re.compile(r"^\W*(?:g|j'?ai|jai|moi c)?\s*(?P<number>1[1-9]|[2-6]\d)(?: et demi)?\W*$")
AGE_PRONOUN = re.compile(
    r"\b(?:en (?:a|ai)|n'en (?:a|ai)|(?:viens|vient|va|vais) (?:d'|d|de )?avoir|jviens d'?avoir) (?P<number>1[1-9]|[2-6]\d)\b"
)
# « avec des gamins de quinze ans »: others, in general.
OF_OTHERS = re.compile(
    r"\b(?:gamins|gosses|enfants|jeunes|gens|mecs|meufs|filles|garcons|eleves|types|vieux|personnes|potes|petits|ados|bebes"
    r"|collegiens|lyceens|adultes|kids) (?:qui ont |de )$"
)
YOUNGEST, OLDEST = 10, 75

POSTCODE = re.compile(r"\b(?P<code>(?:0[1-9]|[1-8]\d|9[0-5]|97[1-6]|98[78])\d{2,3})\b")

MOBILITY = re.compile(
    r"\b(?:pas|sans|ni|aucune?|plus|0|zero|perdu|rate|pa)\s+(?:encore\s+|eu\s+)?(?:le |la |de |d'|mon |un |une |passe le )?"
    r"(?:permis|voiture|vehicule|caisse|bagnole|auto|moyen de transport|vehicul\w*)\b(?: (?:de conduire|b|ni (?:de )?(?:voiture|vehicule|permis)))?"
    r"|\b(?:en|que le|prends? le|prends? les|qu'en|a) (?:bus|tram|train(?! d)|transports?(?: en commun)?|velo|trottinette)\b|\bpas mobile\b|\bnon vehiculee?\b|\ba pied\b"
)
NO_CAR = re.compile(r"permis|voiture|vehicul|caisse|bagnole|auto|transport|bus|tram|train|velo|pied|mobile|trottinette")

REMOTE = re.compile(
    r"\b(?P<either>(?:ou|et|aussi) )?"  # « près de Dole ou en ligne » shuts nothing out
    r"(?:(?:tout |uniquement |que |seulement |plutot |bosser |travailler |formation )?(?:a distance|en ligne|en visio|en distanciel|par internet|sur internet)"
    r"|(?:en )?teletravail\w*|e ?learning|(?:depuis|de|a) (?:chez moi|la maison)(?=.{0,25}\b(?:par internet|en ligne|a distance|en visio))"
    r"|(?:suivre|faire|formations?|cours|bosser|travailler|apprendre)\b.{0,15}"
    r"(?:\b(?:sur mon|(?:avec|depuis) (?:mon|le|un)) (?:tel|telephone|portable|ordi)|(?<!pres )(?<!loin )\b(?:de|depuis|a) (?:chez moi|la maison)))\b"
)
ONSITE = re.compile(
    r"\b(?:en presentiel|sur place|en personne|pas (?:du tout )?(?:a distance|en ligne|en visio|en distanciel)(?: surtout)?)\b"
)

# Stated level → RNCP scale. The first rule that matches a stretch of text wins; a failed diploma is the one below it.
LEVELS: List[Tuple[str, int]] = [
    (r"(?:pas|aucun|sans|zero|0|ni) (?:encore |du tout )?(?:eu )?(?:de |le |mon |d'|un )?(?:diplomes?|bac\b|brevet)(?! ?\+)", 0),
    (r"(?:rate|loupe|echoue|foire) (?:a |au |mon |le |son )*bac\b", 0),
    (r"(?:rate|loupe|echoue|foire|arrete) (?:a |au |mon |le |son |en )*(?:bts|but|dut|licence|fac)\b(?:.{0,20}\bbac\b)?", 4),
    (r"bac ?\+ ?(?:5|cinq)|master ?[12]?\b|diplome d'ingenieur|ecole d'inge\w*|doctorat", 7),
    (r"bac ?\+ ?(?:3|4|trois|quatre)|\blicence\b(?! (?:1|de foot))|\bbachelor\b|\bbut\b (?:valide|en poche)", 6),
    (r"bac ?\+ ?(?:2|deux)|\bbts\b|\bdut\b|\bdeug\b", 5),
    (r"(?:en|eleve de|classe de|arrete (?:l'ecole )?(?:en|apres la|a la)|jusqu'?(?:en|a la)?|apres la|jsuis en|rentre en|sorti[e]? de) ?"
     r"(?:la )?(?:sixieme|6e(?:me)?|cinquieme|5e(?:me)?|quatrieme|4e(?:me)?|troisieme|3e(?:me)?|seconde|2nde|2de|premiere|1e?re)(?: (?:pro|generale|techno\w*))?\b", 0),
    (r"(?:au |en )?(?:college|collegienn?e?s?)\b|niveau (?:3e(?:me)?|troisieme|brevet)|\b(?:le|mon) brevet\b|\bdnb\b", 0),
    (r"(?:en |ma |la )terminale\b(?: (?:pro|generale|techno\w*|s|es|l|stmg|sti2d|st2s))?", 0),
    (r"\bcap\b|\bbep\b|niveau (?:cap|bep|3)\b", 3),
    (r"(?:niveau |le |mon |un |avec le |j'ai le |g le |eu le |eu mon |titulaire d'un )?bac(?:calaureat)?(?: (?:pro|general|techno\w*|stmg|sti2d|st2s|s|es|l))?\b(?! ?\+)", 4),
]  # fmt: skip
LEVEL_RULES = [(re.compile(rf"\b{rule}" if rule[0] not in "(\\" else rule), level) for rule, level in LEVELS]
# « un cap », « une licence » that is looked for, not held.
TO_COME = re.compile(r"^(?: \w+){0,2} (?:en alternance|en apprentissage|par correspondance)\b")
WANTED = re.compile(
    r"(?:veu[xt]?|voudrai\w*|cherche|faire|passer|preparer|formation|inscri\w*|comme|ecole|apprentissage|alternance)\b.{0,14}$"
)


def facts_in(text: str, places: Dict[str, int]) -> List[Fact]:
    """Return the facts of a sentence, in the order of their place. `places` maps a folded name to its population."""
    plain = flat(text)
    found: List[Fact] = []
    for finder in (_postcode, _age, _mobility, _modality, _level):
        found += [fact for fact in finder(plain) if not _overlaps(fact, found)]
    found += [fact for fact in places_in(text, plain, places) if not _overlaps(fact, found)]
    if not any(fact.entity in ("place", "postcode") for fact in found):
        found += [fact for fact in unknown_place(plain) if not _overlaps(fact, found)]
    return sorted(found, key=lambda fact: fact.start)


def _overlaps(fact: Fact, others: List[Fact]) -> bool:
    return any(fact.start < other.end and other.start < fact.end for other in others)


def _age(plain: str) -> Iterator[Fact]:
    """Take the last age stated: people correct themselves, and parents give their own first."""
    stated = []
    for match in AGE.finditer(plain):
        if (match["before"] and not match["cue"]) or OF_OTHERS.search(plain[: match.start("number")]):
            continue
        if YOUNGEST <= (number_in(match["number"]) or 0) <= OLDEST:  # « 28 ans et un enfant de 2 ans »
            stated.append((match, match.start("cue") if match["cue"] else match.start("number"), match.end()))
    pronouns = [(m, m.start(), m.end()) for m in AGE_PRONOUN.finditer(plain)]
    for match, start, end in pronouns or stated[-1:] or [(m, m.start(), m.end()) for m in AGE_ALONE.finditer(plain)]:
        number = number_in(match["number"])
        if number is not None and YOUNGEST <= number <= OLDEST:
            yield Fact("age", number, start, end)


def number_in(text: str) -> Optional[int]:
    """Return the first number of a text, in digits or in words."""
    match = re.search(rf"\d{{1,3}}|\b(?:{SPELLED})\b", flat(text))
    if not match:
        return None
    return int(match[0]) if match[0].isdigit() else NUMBERS[match[0].replace("-", " ")]


def _postcode(plain: str) -> Iterator[Fact]:
    for match in POSTCODE.finditer(plain):
        if len(match["code"]) == 5:
            yield Fact("postcode", match["code"], match.start(), match.end())


def _mobility(plain: str) -> Iterator[Fact]:
    for match in MOBILITY.finditer(plain):
        if NO_CAR.search(match[0]):
            yield Fact("mobility", "no_car", match.start(), match.end())


def _modality(plain: str) -> Iterator[Fact]:
    onsite = list(ONSITE.finditer(plain))
    for match in onsite:
        yield Fact("modality", "onsite", match.start(), match.end())
    for match in [] if onsite else list(REMOTE.finditer(plain)):
        yield Fact("modality", "any" if match["either"] else "remote", match.start(), match.end())


def _level(plain: str) -> Iterator[Fact]:
    for fact in levels_in(plain):
        wanted = WANTED.search(plain[: fact.start]) or TO_COME.search(plain[fact.end :])
        if not (fact.value in (3, 5, 6) and wanted):
            yield fact


def levels_in(plain: str) -> List[Fact]:
    """Return all levels named, held or wanted."""
    found: List[Fact] = []
    for rule, level in LEVEL_RULES:
        named = (Fact("level", level, match.start(), match.end()) for match in rule.finditer(plain))
        found += [fact for fact in named if not _overlaps(fact, found)]
    return found
