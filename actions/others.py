"""For whom somebody asks, and how they want to be spoken to, noticed in what they write."""

import re
from typing import Any

from knowledge_base.french import fold

SIZE = r"(?:(?:petite?|grande?|demi|jeune|aine|ainee|plus (?:jeune|grande?)|autre|deuxieme) )*"
MINE = r"(?:mon|notre|mes|un de mes)"
HER = r"(?:ma|notre|mes|une de mes)"
# What the absent person is called, by how they are named; it follows « ton » or « votre ».
WHO = {
    "petit-fils": rf"{MINE} petits? fils",
    "petite-fille": rf"{HER} petites? filles?",
    "beau-fils": rf"{MINE} beau fils",
    "belle-fille": rf"{HER} belle fille",
    "fils": rf"{MINE} {SIZE}(?:fils|fiston|garcon|gamin|gosse|ado)",
    "fille": rf"{HER} {SIZE}(?:fille|gamine|puce|ado)",
    "frère": rf"{MINE} {SIZE}(?:freres?|frero|frerot|frangin|reuf)",
    "sœur": rf"{HER} {SIZE}(?:soeurs?|soeurette|frangine|reus+|reuf)",
    "neveu": rf"{MINE} {SIZE}neveu",
    "nièce": rf"{HER} {SIZE}niece",
    "cousin": rf"{MINE} {SIZE}cousin",
    "cousine": rf"{HER} {SIZE}cousine",
    "filleul": rf"{MINE} {SIZE}filleul",
    "filleule": rf"{HER} {SIZE}filleule",
    "mari": rf"{MINE} (?:mari|compagnon|conjoint)",
    "femme": rf"{HER} (?:femme|compagne|conjointe)",
    "voisin": rf"{MINE} {SIZE}voisin",
    "voisine": rf"{HER} {SIZE}voisine",
    "pote": rf"{MINE} (?:meilleur )?(?:pote|copain|ami|mec|gars)",
    "copine": rf"{HER} (?:meilleure )?(?:copine|pote|meuf|amie)|mon amie",
    "élève": r"(?:mon|une?|cet|cette|l|une? de mes) eleve|mes eleves",
    "jeune": r"(?:une?|des|les|trois|deux|mes|mon|ce|cette) (?:jeunes?|apprentie?|protegee?)|d un garcon|d une fille"
    r"|pour (?:lui|elle|eux)",
}
ANYBODY = ("jeune", "élève")  # names that many share: they never take the place of another
# « un apprenti de 20 ans, il gagne quoi ? »: of anybody, for nobody.
IN_GENERAL = re.compile(r"\b(?:une?|des|les|l) (?:jeunes?|apprentie?s?|eleves?)\b")
# « des ateliers pour les jeunes »: of those who may come, not of some that the author looks after.
OF_MANY = re.compile(r"\b(?:pour|pr|aux|chez|avec) (?:les |des )?(?:jeunes|eleves|apprentis)\b(?! (?:que|dont|de m))")
HELPED = re.compile(
    r"\b(?:mes|nos|(?<!j )aid\w+|accompagn\w+|occup\w+|suivons|encadr\w+|orient\w+|recois|recevons|educat\w+"
    r"|benevole\w*|animat\w+|prof\w*|enseign\w+|conseiller\w*|formatrice|formateur|montrer)\b"
)
HELPS = re.compile(
    r"\b(?:pour|pr|(?<!j )aider?|aidez|aidons|accompagn\w*|occup\w*|suis|suivons|orient\w*|conseill\w*|recois"
    r"|cherche\w*|a moi|aim\w+|ador\w+|kiff\w+|passionnee?)\b"
)
CALLED = {name: re.compile(rf"\b(?:{words})\b") for name, words in WHO.items()}
# Once somebody else is spoken of, « le garçon », « la petite » name them too.
NAMED_AGAIN = {"fils": re.compile(r"\ble (?:fils|garcon)\b"), "fille": re.compile(r"\bla fille\b")}
# « le fils de ma voisine »: somebody, of whom no name can follow « ton ».
OF_OTHERS = re.compile(
    r"\b(?:le|la|un|une|l|les) (?:petite? |grande? )?"
    r"(?:fils|fille|frere|soeur|neveu|niece|cousine?|petit fils|enfant|ado)"
    r" (?:de|d|du|des) (?:(?:ma|mon|mes|la|le|l|une?|sa|son) )?\w+"
)
# « je suis le papa de Lina »: of a child who is called by name, not « maman de deux enfants », who may ask for herself.
RELATIVE_OF = re.compile(
    r"\b(?:suis|c est|cest|ici|bonjour) (?:le |la |l |les )?(?:papa|maman|mere|pere|parents?|mamie|papi|papy|grand pere"
    r"|grand mere|beau pere|belle mere|oncle|tante|tonton|tata|parrain|marraine|grand frere|grande soeur|frere|soeur"
    r"|tuteur|tutrice) (?:de |du |d )(?:petit |petite |jeune )?"
    r"(?!(?:famille|jumeaux|jumelles|enfants?|jeunes?|ados?|une?|deux|trois|quatre|cinq|plusieurs|coeur|lait|substitution|stage|mes|nos|la|le|l)\b)[a-z]{2,}"
)
NOT_THEM = re.compile(rf"\b(?:pas|plus|non) (?:pour |de |a )?(?:{'|'.join(WHO.values())})\b")
# « mon frère est cuistot, moi j'aime… », « comme ma mère »: named, not asked for.
OF_ONESELF = re.compile(
    r"\b(?:moi (?:c|j|je)|j ?aime|j ?adore|j ?kiffe|je (?:veux|cherche|voudrais|fais|vais|reve)|jveux|jcherche|g \d"
    r"|j ?ai \d+ ans|comme mon|comme ma)\b"
)
ASKS_FOR = re.compile(
    r"\b(?:pour|pr|(?<!j )aider?|aidez|accompagne|occupe|suis|il|elle|ils|elles|lui|eux|aime\w*|adore\w*|kiffe\w*"
    r"|cherche\w*|veu\w*|passe\w*|arrete|refuse|deteste\w*)\b"
)
HAS = re.compile(  # « ma sœur a 14 ans »; « ma copine à Metz » is no verb
    r"^(?: (?:qui|il|elle|l))? (?:est|ne|n|a (?:\d|des|une?|de|du|le|son|sa|ses|pas|plus|eu|arrete|besoin|envie"
    r"|toujours|peur|quitte|rate|fini|mal)\b)"
)
# « je cherche pour mon fils »: said outright, whatever else stands there.
FOR_THEM = re.compile(
    rf"(?<!bosser )(?<!travailler )(?<!taffer )\b(?:pour|pr|concernant|a propos de|au sujet de|il s agit de)"
    rf" (?:{'|'.join(WHO.values())}|{OF_OTHERS.pattern[2:]})"
)
THINKS = r"je (?:pense|crois|trouve|sais|suis s)"
TO_ONESELF = re.compile(
    r"^(?:(?:et|ok|bon|sinon|bien|merci|alors|maintenant|mais|du coup) )*(?:pour moi|moi)\b"
    rf"(?!.{{0,12}}\b(?:sa mere|son pere|{THINKS}))|\b(?:et|maintenant) (?:pour )?moi\b(?! (?:aussi )?{THINKS})"
    r"|\b(?:c est|cest) (?:pour )?moi (?:qui (?:cherche|veu\w*|voudrai\w*)|maintenant|cette fois|meme)\b"
    r"|\b(?:revenons|on revient|reviens) a moi\b|\bmoi (?:j ?aime|j ?adore|j ?ai \d+ ans|a \d+ ans)\b"
    r"|\bpour moi (?:maintenant|meme|cette fois)\b|^(?:en fait )?(?:c est|cest) pour moi$"
)
ANOTHER = re.compile(r"^(?:et|sinon|maintenant|ensuite|puis|ok et|bon et)\b")
# What is known of one person; where they live and how they move is the household's.
OF_ONE = ("likes", "dislikes", "age", "age_group", "level", "situations", "seen", "refused", "chosen", "riasec")
ONESELF = "moi"

FORMAL = re.compile(
    r"\b(?:pourriez|auriez|voudriez|seriez|veuillez|puis je|dois je|pourrais je|cordialement|s il vous plait"
    r"|(?!rendez)\w{2,}ez vous)\b"
)
FAMILIAR = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|jsuis|chui|wesh|wsh|slt|stp|mdr|frr|lol|ouais|ouai|jai|jsp)\b")
THOU = re.compile(r"\b(?:tu|toi|t as|t es|dis moi|aide moi|montre moi|propose moi)\b")
YOU = re.compile(r"\b(?:vous|vos|votre|tutoie\w*|tutoyer)\b")
# Grown-ups who write with care: a greeting or a polite wish, whole sentences, and what tells that they are grown up.
POLITE = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur)\b|\bje (?:souhait\w+|voudrais|desire\w*|me permets)\b|\bmerci d avance\b"
)
SENTENCES = re.compile(r"^[A-ZÀÉÈÊ][^\n]{25,}[.?!…]\s*$", re.DOTALL)
GROWN = re.compile(
    r"\b(?:j ai|a) (?:2[6-9]|[3-6]\d) ans\b|\b(?:mon|ma|notre) (?:petite? )?(?:fils|fille)\b|\bmes (?:enfants|eleves)\b"
    r"|\bdepuis (?:quinze|vingt|trente|dix|douze|1\d|2\d|3\d) ans\b|\bje suis (?:professeure?|enseignante?|benevole"
    r"|conseill\w+|educat\w+|formatrice|formateur|retraitee?|(?:la )?maman|la mere|le (?:pere|papa))\b"
)


# Who does harm is not who is asked for: « mon mec me serre la gorge ».
TO_ME = re.compile(
    r"\b(?:me|m|nous)\b(?! (?:a |ont |avait )?(?:montr|dit|dis|parl|racont|confi|ecri|appel|demand|inquiet)\w*)"
    r"|\b(?:violente?|peur (?:de|du|d))\b"
)


def noticed_in(text: str, slots: dict[str, Any], *, danger: bool = False) -> dict[str, Any]:
    """Return the slots that a message changes by whom it is about (`about`, `who`…) and how it is written.

    `danger`: it tells of harm done by somebody.
    """
    said = fold(text)
    harmed = danger and TO_ME.search(said) and not FOR_THEM.search(said)
    found = ({} if harmed else _whom(said, slots)) | _register(text, slots)
    return {name: value for name, value in found.items() if slots.get(name) != value}


def _whom(said: str, slots: dict[str, Any]) -> dict[str, Any]:
    """Return who is asked for, with what is known of them when it is somebody other than before."""
    before = (slots.get("who") or "jeune") if slots.get("about") == "other" else ONESELF
    if before != ONESELF and TO_ONESELF.search(said):
        return {"about": None, "who": None} | _exchanged(before, ONESELF, slots)
    kept = NOT_THEM.sub(" ", said)
    who = _named(kept, again=before != ONESELF)
    set_aside = dict(slots.get("people") or {})
    if who is None or not (who in set_aside or _asks_for(kept, who, again=before != ONESELF)):
        return {}
    named = who or None  # nothing that may follow « ton »
    if before not in (ONESELF, who) and who in ANYBODY:
        return {}
    found = {"about": "other", "who": named}
    corrected = kept != said or before in ANYBODY
    if before == ONESELF and who not in set_aside and not ANOTHER.search(said):
        return found  # what was told so far was told of them
    return found if corrected or before == (who or "jeune") else found | _exchanged(before, who or "jeune", slots)


def _named(said: str, *, again: bool) -> str | None:
    """Return what the person asked for is called: empty for somebody's son, None where nobody is named."""
    if OF_OTHERS.search(said) or RELATIVE_OF.search(said):
        return ""
    named = next((name for name, words in CALLED.items() if words.search(said)), None)
    if named is None and again:
        named = next((name for name, words in NAMED_AGAIN.items() if words.search(said)), None)
    return named


def names(text: str) -> bool:
    """Say whether a text names somebody who may be asked for: « ma fille », « le garçon »."""
    return _named(fold(text), again=True) is not None


def _asks_for(said: str, who: str, *, again: bool) -> bool:
    if who in ANYBODY and OF_MANY.search(said) and not HELPED.search(said):
        return False
    if FOR_THEM.search(said):
        return "comme m" not in said
    named = CALLED[who].search(said) if who else None
    told = again or ASKS_FOR.search(said) or (named and HAS.search(said[named.end() :]))
    if who in ANYBODY and not again and IN_GENERAL.search(said) and not HELPS.search(said):
        return False
    return bool(told) and not OF_ONESELF.search(said)


def _exchanged(before: str, now: str, slots: dict[str, Any]) -> dict[str, Any]:
    """Set aside what is known of one person, and take up what was set aside of the other."""
    people: dict[str, Any] = dict(slots.get("people") or {})
    people[before] = {name: slots[name] for name in OF_ONE if slots.get(name)}
    known = people.pop(now, {})
    return {"people": people} | {name: known.get(name) for name in OF_ONE}


def _register(text: str, slots: dict[str, Any]) -> dict[str, Any]:
    """« vous » for who says it or writes so; « tu » again for who says « tu »."""
    said = fold(text)
    if slots.get("register") == "vous":
        return {"register": None} if THOU.search(said) and not YOU.search(said) else {}
    if FAMILIAR.search(said) or not (FORMAL.search(said) or _is_grown(text, said, slots)):
        return {}
    return {"register": "vous"}


def _is_grown(text: str, said: str, slots: dict[str, Any]) -> bool:
    of_age = slots.get("age_group") == "26_plus" and slots.get("about") != "other"
    return bool(SENTENCES.search(text.strip()) and POLITE.search(said) and (of_age or GROWN.search(said)))
