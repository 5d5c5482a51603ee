"""What a broad word means every day: « mécano » is of cars before boats, « le numérique » is code before lathes.

`everyday.yml` holds the words as people say them and, for each, the families that a counsellor would name first.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

import yaml

from knowledge_base.flat_text import flat
from knowledge_base.french import plain_words

PATH = Path(__file__).with_suffix(".yml")
# What stands before the word itself.
LEADING = re.compile(
    r"^(?:ac )?(?:(?:j'?)?(?:aime|adore|kiffe)(?: bien| trop)? |mon truc (?:c'est )?"
    r"|(?:faire|etre|devenir|travailler|bosser|taffer)(?: (?:dans|avec|en|comme))? |(?:dans|avec|tout ce qui est) )*"
    r"(?:l[ea]s? |l'|d[eu]s? |du |de la |de l'|d'|une? |mes |mon )*"
)
SEVERAL = re.compile(r"\s*(?:,|/|&|\bet\b|\bou\b)\s*")
INFINITIVE = re.compile(r"(?:é|ée|és|ez)\b")  # « bricolé » is how « bricoler » is often spelt
LONGEST = 4  # words of a broad wish
ONE_DOES = re.compile(r"^(?:(?:je |j|jm|on )(?=\w{4,}e$))")  # « je dessine » is « dessiner »
# Broad words that, inside a sentence, mostly stand for something else.
ELSEWHERE = frozenset(
    """
    car cars son sons petit petits petite petites ptit ptits ptite ptites
    ecole ecoles lycee college gens patron patronne educateur utile note
    route place caisse cochon jeune jeunes enfant chambre etudes etude travail stage medecin medecine assis seul seule
    fer com aide aidez aider fermer ferme montrer parler accueil papiers vacances maison chez orientation profs nuit
    parle mort morts vie code compter porter vendu on en un une psy prefecture machine basse train trains gare
    places moi toi lui elle association associations
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
# Before such words: what is had, missing, lived beside, or done by somebody else.
NOT_DRAWN = re.compile(
    r"\b(?:sans|pas|plus|peur|honte|marre|degoute\w*|habite|cote|cause|titulaire|diplome|cap|bts|bac|bep|en"
    r"|j?viens|vient|viennent"
    r"|(?:mon|ma|mes|son|sa) \w+ (?:\w+ )?(?:est|etait|c'est|bosse|travaille)|j'?ai|attends|attend)"
    r"(?: (?:de|d|des|du|la|le|l|les|une?|a|ma|mon|pro))*\W*$"
)


def everyday_codes(wish: str) -> Sequence[str]:
    """Return the families that a wish means first; each in turn where it holds several words, all of them known."""
    if codes := _codes_of(wish):
        return codes
    parts = [_codes_of(part) for part in SEVERAL.split(wish) if part]
    if not all(parts):
        return ()
    return list(dict.fromkeys(code for code in chain.from_iterable(zip_longest(*parts)) if code))


def everyday_in(text: str) -> list[str]:
    """Return the broad words that a text holds, longest first where they overlap, as they are written there."""
    plain, found, at = flat(text), [], 0
    words = list(re.finditer(r"[\w+#]+", plain))
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + length - 1].end()
            if _stands_for_itself(plain[start:end]) and not NOT_DRAWN.search(plain[:start]):
                lead = LEADING.match(plain[start:end])
                found.append(text[start + (lead.end() if lead else 0) : end])
                at += length - 1
                break
        at += 1
    return found


def _stands_for_itself(words: str) -> bool:
    bare = LEADING.sub("", words)
    done = ONE_DOES.sub("", words)
    said = [words, *([f"{done}r"] if done != words and " " not in done else [])]
    return len(bare) > 2 and bare.split()[-1] not in ELSEWHERE and any(map(_codes_of, said))


def _codes_of(wish: str) -> Sequence[str]:
    for said in (wish, plain_words(wish), INFINITIVE.sub("er", wish)):
        bare = LEADING.sub("", _flat(said)).strip(" .!?…")
        for words, codes in _entries():
            if words.fullmatch(bare):
                return codes
    return ()


@cache
def _entries() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile("|".join(f"(?:{words})" for words in entry["words"])), tuple(entry["codes"]))
        for entry in yaml.safe_load(PATH.read_text())
    )


def _flat(text: str) -> str:
    return " ".join(flat(text).split())
