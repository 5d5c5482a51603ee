"""What a sentence says that its author likes, and what they refuse, each as a short quote.

« j'aime cuisiner mais pas le service en salle » → likes « cuisiner », dislikes « le service en salle ».
Quotes are cut from the person's own words, so that a reason can repeat them.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Wishes:
    """Likes and dislikes, in the order they were said."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


def flat(text: str) -> str:
    """Lower case without accents, character for character, so that positions in it are positions in `text`."""
    plain = text.replace("’", "'").replace("`", "'")
    return "".join((unicodedata.normalize("NFD", c.lower())[:1] or c) for c in plain)


# A clause ends at punctuation, at a contrast, or where another wish is added.
BOUNDARY = re.compile(
    r"[,;.!?:\n()/]+|\s+(?:mais|par contre|sauf que|et puis|et aussi|ou alors|ou bien|et|ou|ni|parce que|pcq|car|donc)\s+"
    r"|\s+(?=(?:sauf|sans|surtout pas|pas (?:de|d'|du|dans|le|la|les|en|avec|un|une)|tout sauf)\b)"
)
CONTRAST = re.compile(r"\b(?:mais|par contre)\b")

# « je sais pas », « pourquoi pas »: a « pas » that refuses nothing.
NO_REFUSAL = re.compile(
    r"\b(?:je |j')?(?:ne )?(?:sai[st]?|c) pas\b(?: (?:trop|vraiment|du tout|encore))?(?: (?:quoi|koi|ou) (?:faire|aller))?"
    r"|\bj(?:e )?s(?:ai|e)?(?:s)? ?pas\b|\bjsp\b|\bchai?s? pas\b|\bpourquoi pas\b|\bpk pas\b|\bpas mal(?: de)?\b"
    r"|\bpas (?:de )?(?:souci|soucis|probleme|pb)\b|\bpas grave\b|\bsans (?:souci|probleme|doute)\b|\bn'est ce pas\b"
)
REFUSAL = re.compile(
    r"\b(?:(?:je |j'?)?(?:n'|ne )?(?:aim\w*|veu[xt]?|kiff?\w*|support\w*|suport\w*) (?:vraiment |trop |surtout |plus )?(?:pas|plus|rien)"
    r"|j?(?:'|e )?(?:detest\w*|hai[st]?\b|deteste|fui[st]?|evit\w*)|(?:j'?en |g |j'?ai )?(?:ai )?(?:marre|horreur|peur) (?:de|des|du)"
    r"|(?:tout|n'importe quoi|nimporte koi) sauf|sauf|sans|surtout pas|pas (?:trop |vraiment )?(?:envie )?(?:de |d'|du |des )?"
    r"|plus (?:jamais |envie )?(?:de |d'|du )|jamais|ca me (?:saoule|soule|degoute)|me (?:saoule|soule)|hors de question|no way|non merci)\s*"
)

# A verdict that comes after what it judges: « les ordis oui, les clients non », « l'élec me saoule ».
LIKED_AFTER = re.compile(
    r"\s*\b(?:j'?(?:adore|aime|kiffe)(?: (?:ca|trop|bien|grave))*|(?:c'?(?:est)?|cest) (?:trop )?(?:cool|bien|top|stylee?|ma passion|mon truc|ma vie)"
    r"|(?:ca|sa) (?:me|m') ?(?:plait|plairait|tente|interesse|branche|attire)\w*|oui|ouais)\b[\s!]*$"
)
REFUSED_AFTER = re.compile(
    r"\s*\b(?:(?:je |j'?)?(?:n'|ne )?(?:peux|aime|kiffe|supporte|veux|ferai\w*) pas(?: (?:ca|trop))?|(?:ca|sa)? ?me (?:saoule|soule|degoute|gave|stresse|fait peur)"
    r"|(?:c'?(?:est)?|cest) (?:trop )?(?:nul|chiant|relou|naze|degueu|pas (?:mon truc|pour moi))|(?:et )?(?:ca|sa) (?:me|m') ?(?:plait|tente|interesse|branche) pas"
    r"|que je veux pas|non|nan|jamais|bof)\b[\s!]*$"
)
# What people tell of their life, in which no wish is to be read.
TOLD = re.compile(
    r"^(?:(?:je|j'?|on|nous|il|elle|tu|ca|ma \w+|mon \w+|que) ?)(?:me |m'|n'|ne |lui |y )*(?:suis|sommes|etait|appelle|gagne|bosse|ai|a|habite|passe|decroche|viens?|vais"
    r"|prends?|connais|pense|crois|comprends|attends|accompagne|demande|dors|peux|peut|voulais|avait|fait (?:\d+|un moment)|reste|trompee?|vienne|sais|galere)\b"
    r"|^(?:a la maison|mon numero|code postal|chez moi|c'?(?:est)? (?:complique|dur|chaud|galere|possible))\b|^(?:j'?ai |g )?\d+ (?:freres?|soeurs?|ans|jours?|mois|enfants? a charge)\b"
)

_GREETING = r"slt|salut|bonjour|bjr|bonsoir|bsr|coucou|cc|hello|hey|yo|wesh|wsh|allo|re"
_FILLER = (
    r"moi|toi|c'?est|ce|c|cest|surtout|alors|ben|bah|bn|euh|heu|hum|genre|en fait|enfait|du coup|dcp|perso|personnellement|franchement|"
    r"en vrai|en gros|bref|voila|tu vois|t'sais|tsais|oui|ouais|ouai|oe|non|nan|ok|plutot|plutot dans|plus|trop|bien|vraiment|juste|"
    r"finalement|finalmnt|aussi|la|que|qu'|qui|et|ou|puis|ptet|peut etre|jpense|je pense|je crois|jcrois|je dirais|mon truc|ma passion|"
    r"mon reve|ce que j'?aime|ski me plait|ce qui me plait|dans la vie|a la base|bonne?|fort|forte|doue|douee|nul|nulle"
)
_LIKE = (
    r"(?:j'?|je |g )?(?:aim(?:e|ais|ait|erai[st]?)?|ador(?:e|ais|ait|es)?|kiff?(?:e|ais|erai[st]?)?|pref(?:ere|e)?(?:rai[st]?)?)"
    r"(?: (?:bien|trop|beaucoup|bcp|vraiment|surtout|grave|tellement|enormement|quand meme))*"
    r"|j(?:e )?(?:me vois|m'interesse|minteresse)(?: bien)?(?: (?:a|au|aux|dans|en))?|(?:ca|sa|ce qui) (?:me|m') ?(?:plait|plairait|tente|interesse|branche|attire|passionne)(?: c'?(?:est)?)?"
    r"|(?:je |j'?|j )?(?:sui[st]?|chui[st]?|jsui[st]?) (?:\w+ )?(?:passionnee?|fane?|attiree?|interessee?|douee?|fort|forte|bon|bonne|branchee?|calee?)(?: (?:par|de|d'|des|du|en|avec|a))?"
    r"|(?:je |j')?(?:veu[xt]?|voudrai[st]?|vx|souhaite(?:rai[st]?)?|cherche|recherche|jveu[xt]?|jvx|jvoudrai[st]?|jcherche|aurais|prefer\w*|recherch\w*)(?: (?:bien|trop|surtout))?"
    r"|(?:j'?ai|g|jai) (?:bien |trop |grave )?(?:envie|la passion) (?:de |d')(?:faire )?|(?:envie|passion|passionnee?|fan) (?:de |d'|des |du |par )?|trouver|bosser (?:dans|en)|travailler (?:dans le|dans la|dans les|dans l')"
    r"|devenir|etre|faire (?:un metier|un taf)?|jreve d'?e?t?r?e?|je reve (?:de |d')(?:etre|devenir|faire)?"
)
_TOPIC = (
    r"(?:un |une |des |le |la |les |l'|d')?(?:idees? de )?(?:metiers?|jobs?|tafs?|boulots?|travail|emplois?|trucs?|formations?|alternances?|apprentissages?|"
    r"contrats? d'apprentissage|stages?|cours|ecoles?|forums?|salons?|ateliers?|visites?|evenements?|portes ouvertes|secteurs?|domaines?|monde|filieres?)"
    r"(?: (?:qui|ou|pour|sur|dans|avec|en|de|des|du|d'|autour|lie|autour de|a|au))*(?: (?:il )?(?:y a|ya|on|parle))?"
)
LEADING = re.compile(rf"^(?:(?:{_GREETING}|{_LIKE}|{_TOPIC}|{_FILLER}|dans|pour|en|avec|sur|des|du|de|d'|il y a|ya)(?=[\s']|$)[\s']*|[\s'\-–…*]+)")
TRAILING = re.compile(
    r"(?:[\s'\-–…]|\b(?:stp|svp|s'il (?:te|vous) plait|mdr|ptdr|lol|quoi|koi|voila|merci|tout ca|tt ca|etc|hein|aussi|frr|frere|wsh|wesh|en vrai|"
    r"et|ou|mais|pres de|pres|vers|a|sur|dans|chez moi|par ici|mdrr|je|j'|g|c'?est|que|moi|surtout|du coup)\b)+$"
)
EMPTY = frozenset(
    "le la les l un une des de du d je j tu il elle on nous vous ils elles me te se mon ma mes ton ta tes son sa ses ce cet cette ces ca sa c y en"
    " a au aux et ou mais donc car ni que qui quoi koi dont ne pas plus rien tout tous toute toutes tres trop bien suis est es sont ai as avoir etre"
    " faire fait quel quelle quels quelles comment pourquoi quand ici la moi toi lui leur avec sans pour par sur dans vers chez pres svp stp merci"
    " idee idees aucune aucun vie chose choses autre autres truc trucs metier metiers job taf travail boulot formation formations proposer proposes"
    " montre montrer donne donner dis dire voir savoir sais veux vouloir peux peut pouvoir besoin aide aider cherche chercher trouver trouve orientation"
    " avenir futur futurs plus tard apres maintenant rapidement vite vraiment possible existe exister question questions info infos renseignement"
    " habite habites vis ans age mon fils fille frere soeur niveau permis voiture salut bonjour ok oui non jsp evenement evenements forum salon atelier"
    " gens personne quelqu quelque jour jours semaine mois samedi dimanche lundi mardi mercredi jeudi vendredi week end weekend proche coin alentours"
    " quartier ville region france stage alternance cap bac diplome sinon pareil interesse interessee m t s n qu jveux jsuis chui suite marche"
    .split()
)  # fmt: skip


def wishes_of(text: str, ignored: tuple[tuple[int, int], ...] = ()) -> Wishes:
    """Split a sentence into likes and dislikes. `ignored` are (start, end) spans that state another fact."""
    for start, end in sorted(ignored, reverse=True):
        text = f"{text[:start]},{' ' * max(0, end - start - 1)}{text[end:]}"
    plain = NO_REFUSAL.sub(lambda m: "," * len(m[0]), flat(text))
    likes: list[str] = []
    dislikes: list[str] = []
    refusing = False
    start = 0
    for boundary in [*BOUNDARY.finditer(plain), None]:
        end = boundary.start() if boundary else len(plain)
        clause = plain[start:end]
        verdict = LIKED_AFTER.search(clause), REFUSED_AFTER.search(clause)
        if any(verdict) and (cut := min(v.start() for v in verdict if v)) > 0:
            _keep(dislikes if verdict[1] else likes, text, plain, start, start + cut)
            start = boundary.end() if boundary else end
            continue
        refusal = REFUSAL.search(clause)
        listing_on = boundary_before_lists(plain, start)
        refusing = bool(refusal) or (refusing and listing_on)
        before = (start, start + refusal.start()) if refusal else (end, end)
        if refusal:
            _keep(likes, text, plain, *before)
            _keep(dislikes, text, plain, start + refusal.end(), end)
        else:
            _keep(dislikes if refusing else likes, text, plain, start, end)
        start = boundary.end() if boundary else end
    return Wishes(tuple(dict.fromkeys(likes)), tuple(dict.fromkeys(dislikes)))


def boundary_before_lists(plain: str, start: int) -> bool:
    """Say whether the clause at `start` continues the one before (« pas la vente ni l'accueil »)."""
    return bool(re.search(r"\b(?:ni|ou)\s+$", plain[:start]))


def _keep(kept: list[str], text: str, plain: str, start: int, end: int) -> None:
    """Strip what carries no wish from both ends, and keep the quote if a content word remains."""
    while lead := LEADING.match(plain[start:end]):
        if lead.end() == 0:
            break
        start += lead.end()
    if tail := TRAILING.search(plain[start:end]):
        end = start + tail.start()
    words = re.findall(r"[a-z0-9+#]+", plain[start:end])
    if TOLD.search(plain[start:end]):
        return
    if any(word not in EMPTY and (len(word) > 2 or word in SHORT_NOUNS) for word in words):
        kept.append(text[start:end].strip()[:LONGEST_QUOTE])


SHORT_NOUNS = frozenset({"pc", "ia", "tv", "bd", "jv", "3d", "rh", "it", "c#", "c+", "si", "vr", "dj"})
