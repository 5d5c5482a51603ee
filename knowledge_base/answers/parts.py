"""A message in parts, each of which may be a question by itself: « le permis c combien et la rqth sert à quoi »."""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge_base.french import fold

# What stands between two parts; « alternance et apprentissage » is put together again by `stretches`.
ENDS = re.compile(r"[.?!;:\n]+(?=\s|$)|,(?=\s)|\s(?=(?:et|mais|donc|puis|sinon|alors)\s)", re.IGNORECASE)
# Where a new part begins without any mark, in what is dictated or typed in one go.
OPENS = re.compile(
    r"\s(?=(?:est[ -]ce que?|esque?|qu'?est[ -]ce|c'?e?st? (?:quoi|koi)|ma question|j ?'?ai|g|j?'?sui[st]?|chui"
    r"|j ?'?h?abite|je (?:suis|voudrais|veux|cherche)|j ?veu[xt]?|y ?a(?: t il)?)\s)",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|slt|bjr|cc|coucou|hello|hey|wesh|wsh|attend[sz]?|oui|ouais|non|nan|ok|okay"
    r"|d'?accord|mais|et|alors|donc|du coup|dcp|en fait|enfait|ah|bah|ben|bon|euh|heu|au fait|sinon|puis|aussi|merci"
    r"|stp|svp|pardon|dis(?:-moi| moi)?|dites(?:-moi| moi)?|moi|en attendant|une question"
    r"|ma question(?: c'?e?st?)?(?: est)?|(?:je|j'|j) ?(?:voudrais|aimerais|veux) savoir(?: si)?|tu sais(?: si)?"
    r"|monsieur|madame|tiens|tenez|au passage|d'?ailleurs|(?:pendant|tant) que j'?\s?y (?:pense|suis)"
    r"|(?:autre|petite|derniere|dernière) (?:question|chose)|question|ah oui)(?:[\s,:.!]+|$))+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?:[\s,.!]+(?:merci(?: (?:d'?\s?)?avance| bcp| beaucoup)?|stp|svp|s'?il (?:te|vous) pla[iî]t|please|frr?|wesh"
    r"|mdr|du coup|en fait|alors|hein|bonne journ[ée]e))+[\s.!?]*$",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|\bpar ou commencer\b|\b(?:combien|cmb|cb|comb1|quand|kan|kand|comment|cmt|coment|pourquoi"
    r"|pk|quoi|koi|kwa|qui|ki|est ce|esque?|esk"
    r"|quel\w*|kel\w*|faut|fo|peu[xt]?|jpeux|jpe|peut on|droit|possible|obligatoire|obliger?|obligee?|difference|diff"
    r"|ou pas|existe|marche|sert|savoir|comprend\w*|compris|perd\w*|t on|t il|t elle|puis je|dois|doit|aura|aurait"
    r"|peuvent)\b"
)
# A question of what something is, costs or allows, and no search: « c'est quoi un CFA ».
OF_RIGHTS = re.compile(
    r"\b(?:quoi d ?autres?|autre chose que|a qui|par ou commencer|qu est ce que?|keske?"
    r"|quoi (?:exactement|au juste)|est ce que?|esque?"
    r"|esk|combien|cmb|difference|diff|droit|obligatoire|possible|sert|quel age|jusqu a|marche comment"
    r"|(?:c|ce|c est|cest|ces|sa|ca) (?:quoi|koi|kwa|combien|cmb|cb|payant|paye|gratuit|obligatoire|obliger?)"
    r"|fonctionne comment|comment (?:on|se passe|ca|sa|marche|fonctionne|je fais|faire)|je fais comment"
    r"|qui (?:peut |va |doit )?(?:m |l |nous |lui )?(?:aid|pay|financ|sign)\w*|je perds?|jpeux|peut on|peut il"
    r"|peut elle|peuvent|puis je|t on)\b"
)
LONGEST, MOST, PARTS_TOGETHER = 40, 48, 3  # words of a stretch, stretches read, parts that one may join


@dataclass(frozen=True)
class Part:
    """A stretch of a message: where it stands, and its words without what leads in and out."""

    start: int
    end: int
    words: str


def bare(text: str) -> str:
    """Return a question without greeting, « attends » or thanks, which say nothing of what it asks."""
    without = AFTER.sub("", BEFORE.sub("", text.strip()))
    return without if len(without.split()) > 1 else text.strip()


def asks(words: str, *, of_rights: bool = False) -> bool:
    """Say whether words ask something; `of_rights`: what a thing is, costs or allows, rather than for a search."""
    return bool((OF_RIGHTS if of_rights else ASKS).search(fold(words) + (" ?" if "?" in words else "")))


def stretches(text: str) -> list[Part]:
    """Return what may be a question in a message: each part, and parts next to each other taken together."""
    cuts = sorted(
        {0, len(text), *(one.end() for one in ENDS.finditer(text)), *(one.end() for one in OPENS.finditer(text))}
    )
    spans = [(start, end) for start, end in pairwise(cuts) if text[start:end].strip(" ,;.!?")]
    found = []
    for count in range(1, PARTS_TOGETHER + 1):
        for at in range(len(spans) - count + 1):
            start, end = spans[at][0], spans[at + count - 1][1]
            words = bare(text[start:end])
            if 2 < len(words.split()) <= LONGEST:
                found.append(Part(start, end, words))
    # In a long story the parts that ask come first; what is told may still be one.
    once: dict[str, Part] = {}
    for one in found:
        once.setdefault(one.words, one)
    return sorted(once.values(), key=lambda one: not asks(one.words))[:MOST]
