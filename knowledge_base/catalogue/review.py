"""What a reader would object to in the catalogue: sentences said twice, gendered roles, forbidden typography.

`python -m knowledge_base.catalogue.review [DOMAIN…]` prints each objection and fails if there is one.
"""

import re
import sys
from collections.abc import Iterable, Iterator

from knowledge_base.catalogue.families import FOLDER, Family, read_domain
from knowledge_base.errors import BadRecord

# Above this share of common character 5-grams (Jaccard), two texts say the same thing in the same words.
# 0.6 keeps « Technicien de maintenance » families apart and catches a changed word in a sentence.
NEAR = 0.6
PHRASE_NEAR = 0.75

TYPOGRAPHY = re.compile(r"\w\([a-zé]{1,4}\)|\w·[a-zé]|\b(?:il|elle)\(|\b\w+\.e\.?s?\b", re.IGNORECASE)
GENDERED = re.compile(
    r"\b(?:métiers? (?:d'hommes?|de femmes?|masculins?|féminins?)|la secrétaire est|la ménagère|"
    r"l'infirmière (?:est|doit)|"
    r"(?:il|elle) (?:doit|travaille|peut|prépare|s'occupe))\b",
    re.IGNORECASE,
)
ENOUGH_SENTENCES = re.compile(r"[.!?…](?:\s|$)")


def objections(families: Iterable[Family]) -> Iterator[str]:
    """Yield one English sentence for each fault of form, and for each pair of texts that are nearly the same."""
    known = list(families)
    for family in known:
        yield from _form(family)
    for role, bar in (("day", NEAR), ("phrase", PHRASE_NEAR), ("digital", NEAR), ("belief", NEAR), ("truth", NEAR)):
        yield from _near_duplicates(role, [(f.code, text) for f in known for text in _texts(f, role)], bar)


def _texts(family: Family, role: str) -> tuple[str, ...]:
    found: dict[str, tuple[str, ...]] = {
        "day": (family.day,),
        "phrase": family.phrases,
        "digital": (family.digital,),
        "belief": (family.misconception.belief,),
        "truth": (family.misconception.truth,),
    }
    return found[role]


def _form(family: Family) -> Iterator[str]:
    prose = (family.day, family.digital, family.misconception.truth, *family.ways_in.values())
    for text in (*prose, family.misconception.belief, *family.phrases, *family.hard_sides):
        if TYPOGRAPHY.search(text):
            yield f"{family.code}: inclusive typography: {text[:80]}"
    for text in prose:
        if GENDERED.search(text):
            yield f"{family.code}: a gendered role: {GENDERED.search(text)}"
    if not 2 <= len(ENOUGH_SENTENCES.findall(family.day)) <= 4:
        yield f"{family.code}: `day` has 2 to 4 sentences"
    if 0 not in family.ways_in:
        yield f"{family.code}: `ways_in` says at level 0 what is open without a diploma, even if it is « not directly »"
    if family.code in family.neighbours:
        yield f"{family.code}: is its own neighbour"


def _near_duplicates(role: str, texts: list[tuple[str, str]], bar: float) -> Iterator[str]:
    grams = [_grams(text) for _, text in texts]
    holders: dict[str, list[int]] = {}
    for rank, parts in enumerate(grams):
        shared: dict[int, int] = {}
        for part in parts:
            for other in holders.setdefault(part, []):
                shared[other] = shared.get(other, 0) + 1
            holders[part].append(rank)
        for other, common in shared.items():
            if common / (len(parts) + len(grams[other]) - common) > bar:
                yield f"{texts[rank][0]} and {texts[other][0]}: nearly the same {role}: {texts[rank][1][:90]}"


def _grams(text: str, size: int = 5) -> set[str]:
    letters = re.sub(r"\W+", " ", text.lower()).strip()
    return {letters[start : start + size] for start in range(max(1, len(letters) - size + 1))}


def main(domains: list[str]) -> int:
    """Review the named domains (all without a name), print the objections, return how many there are."""
    families: list[Family] = []
    found: list[str] = []
    for path in sorted(FOLDER.glob("*.yml")):
        if domains and path.stem not in domains:
            continue
        try:
            families += read_domain(path)
        except BadRecord as error:
            found.append(str(error))
    found += objections(families)
    print("\n".join(found) or f"{len(families)} families, no objection")
    return len(found)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
