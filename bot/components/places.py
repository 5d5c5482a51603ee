"""Which words of a sentence name the place where its author is: a list of places, and the cues around them."""

import re
from typing import Dict, Iterator, List, Optional, Tuple

from bot.components.fact import Fact

STRONG_CUE = re.compile(
    r"(?:\b(?:j'?)?(?:h?abit\w*|vis|vit|vivons|resid\w*|domicili\w*|log(?:e|es|ee|ees|ent|eons)|demenag\w*|install(?:e|es|ee|ees)|bas[eé]e?s?)\b(?: (?:pas|plus|maintenant|actuellement|toujours|pres|vers|sur|le quartier|a cote|dans le \d+|du cote))*"
    r"|\b(?:je |j'?)?(?:suis|sui|chui|jsuis|jsui|sommes|viens|vient|viendr\w*|cherche|mairie|code postal|mobile))"
    r"(?: (?:de|a|à|sur|vers|dans|au|aux|en|pres|autour|cote|proche|du|d'|le|la|les|quartier|maintenant|actuellement))*[\s']*$"
)
PREPOSITION = re.compile(
    r"(?:\b(?:a|à|sur|vers|pres de|proche de|autour de|a cote de|cote|depuis|secteur|ville de|quartier(?: de)?|region de|alentours de|coin de|mais)|,|^)[\s'-]*$"
)
NEGATED_BEFORE = re.compile(
    r"\b(?:pas|plus|quitte|demenage de|grandi a|origine|cousine? de|ne a|nee a|min de|minutes de|km de|oncle de|pote de)(?: a| à| de)?[\s']*$"
)
NICKNAMES = {
    "besac": "besancon",
    "besak": "besancon",
    "bezak": "besancon",
    "bezac": "besancon",
    "kayenne": "cayenne",
    "paname": "paris",
    "marsiglia": "marseille",
    "sainte": "saint etienne",
    "valenc": "valenciennes",
    "montbe": "montbeliard",
    "lyss": "lyon",
}
# Towns that are also everyday words, or words after a preposition: taken only after a strong cue.
EVERYDAY = frozenset(
    """
    nice sens die lens vienne tours auch son pont port bois mer fort gare plage marche usine bains bain ville
    village bourg chateau villa montagne foret ecole maison cuisine chez moi la le les plus moins peu peux tard tout
    tous dire voir faire main mains pied pieds toi temps plein mi bac cap bts fond travers peine part cheval dieu
    table terre eau air bon bonne bien mal vol vers seul seule rien nord sud est ouest midi paris-plage france mode
    art arts sport sports musique danse sol mars avril mai juin bar cafe bus tram velo gap loos vire laval-moto
    dole-vita salon salons job taf force fois propos cause venir rue place bord bords centre charge cote deux
    orange grasse vitre sedan cognac moulins romans colombes fougeres mende lunel chelles redon beaune royan vertou
    valence marseillan canteleu fleury roche carrieres herbiers ponts croix fleurs sable sables voiron rives
    macon change plaisir lire avion moyen bonne bonnes fille publier mere vue rouge aime toussaint quarante grand jumelles lent sauve
    parent parce marin soyons doue baille vert pasteur tresses sache pace tricot fontaine chiche soudan falaise mens andouille
    champagne bras arette repondre rivieres jardin liberation blond muret contes vieux treve agrement chauve canon vif rom
    celles taule poses loue don boulange plaine sos bou jallais revin montrem lourdes
    trois quelques cinq dix proximite campagne etranger internat foyer hotel
    """.split()  # noqa: SIM905 (a list of words reads better as words)
) | {
    "entre deux", "la garde", "la creche", "la chambre", "la montagne", "la machine", "le port", "la couture", "la plage",
    "les marches", "la fleche", "le passage", "la croix rouge", "le chapitre", "la tronche", "la defense", "le marin", "la cote",
    "les aires", "la forge", "la pomme", "l union", "la terrasse", "les angles", "la douze", "la riviere", "les rousses",
    "les medecins", "la planche", "la force",
}  # fmt: skip
LONGEST_NAME = 6  # words
WORDS = re.compile(r"[a-z0-9]+")
UNMISTAKEN_FROM, TOWN = 4, 5000  # letters, inhabitants: names that are taken without any cue
# « mon oncle de Lyon », « je rêve de Paris », « l'école de Nancy »: not where the person is.
OTHERS = re.compile(
    r"\b(?:vacances|voyages?|voyager|aller|aime|kiffe|adore|reve|foot|equipe|match|club|tour)(?: (?:a|de|du|d'|en))*[\s']*$"
)
UNHEARD_FROM = 8  # letters from which a missing final s is forgiven: shorter names are too often other words
ARTICLE = re.compile(r"\b(?:l[ae]s?|une?|des|du|mon|ma)\s+$|\bl'$")  # « à la rue » is no town of Rue
# « j'habite à Trifouillis »: a place all the same, though we do not know it; the dialogue asks which.
LIVES_AT = re.compile(
    r"\b(?:j'?)?(?:h?abit\w*|reside|domicilie\w*)(?: actuellement| maintenant)? (?:a|sur|vers|pres de) (?P<name>[a-z][a-z'-]{3,}(?:[ -]+(?:sur|les|le|la|en|de)[ -]+[a-z]{3,})?)"
)


def unknown_place(plain: str) -> Iterator[Fact]:
    """Yield a place that somebody says they live at, though the list does not hold it."""
    for match in LIVES_AT.finditer(plain):
        if match["name"] not in EVERYDAY and not match["name"].startswith(("l'", "d'")):
            yield Fact("place", match["name"], match.start(), match.end())


def places_in(text: str, plain: str, places: Dict[str, int]) -> Iterator[Fact]:
    """Town names after a cue, standing alone, or written with a capital; the last strong cue comes last."""
    words = [(match.start(), match.end(), match[0]) for match in WORDS.finditer(plain)]
    position = 0
    while position < len(words):
        length, name = _longest_name(words, position, places)
        if not length:
            position += 1
            continue
        start, end = words[position][0], words[position + length - 1][1]
        cue = _cue(text, plain, start, end, name, places)
        if cue is not None:
            yield Fact("place", name, cue, end)
            position += length
        else:
            position += 1


def name_in(plain: str, places: Dict[str, int]) -> Optional[str]:
    """Return the official name of a place from the words that name it, None if no list holds it."""
    words = [(match.start(), match.end(), match[0]) for match in WORDS.finditer(plain)]
    names = (_longest_name(words, position, places)[1] for position in range(len(words)))
    return next(filter(None, names), None)


def _longest_name(words: List[Tuple[int, int, str]], position: int, places: Dict[str, int]) -> Tuple[int, str]:
    for length in range(min(LONGEST_NAME, len(words) - position), 0, -1):
        part = [word for _, _, word in words[position : position + length]]
        part[0] = {"au": "le", "aux": "les"}.get(part[0], part[0])  # « j'habite au Mans »
        name = " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in part)
        name = NICKNAMES.get(name, name)
        for known in (name, f"{name}s"):  # « valencienne »: a final s is not heard
            if known in places and (known == name or len(name) >= UNHEARD_FROM):
                return length, known
    return 0, ""


def _cue(text: str, plain: str, start: int, end: int, name: str, places: Dict[str, int]) -> Optional[int]:
    """Return where the stretch that names the place begins, or None if this is not a place here."""
    before = plain[:start]
    if NEGATED_BEFORE.search(before):
        return None
    strong = STRONG_CUE.search(before)
    if strong and not (name in EVERYDAY and ARTICLE.search(before)):
        return strong.start()
    alone = not re.search(r"[a-z]", plain[:start] + plain[end:])
    if name in EVERYDAY or len(name) < 3:
        return start if alone and places[name] > 50_000 else None
    if alone:
        return start
    preposition = PREPOSITION.search(before)
    if preposition and (preposition[0].strip(" ,'-") or places[name] >= 1000):
        return preposition.start()
    if len(name) >= UNMISTAKEN_FROM and places[name] >= TOWN and not OTHERS.search(before):
        return start  # « formation cuisine valenciennes »
    capital = text[start].isupper() and start > 0 and not re.search(r"[.!?]\s*$|m'appelle\s*$", text[:start])
    return start if capital or places[name] >= 100_000 else None
