"""What a broad word means every day: « mécano » is of cars before boats, « le numérique » is code before lathes.

`everyday.yml` holds the words as people say them and, for each, the families that a counsellor would name first.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

import yaml

from knowledge_base.french import plain_words

PATH = Path(__file__).with_suffix(".yml")
# What stands before the word itself.
LEADING = re.compile(
    r"^(?:(?:j'?)?(?:aime|adore|kiffe)(?: bien| trop)? |mon truc (?:c'est )?"
    r"|(?:faire|etre|devenir|travailler|bosser|taffer)(?: (?:dans|avec|en|comme))? |(?:dans|avec|tout ce qui est) )*"
    r"(?:l[ea]s? |l'|d[eu]s? |du |de la |de l'|d'|une? |mes |mon )*"
)
SEVERAL = re.compile(r"\s*(?:,|/|&|\bet\b|\bou\b)\s*")
INFINITIVE = re.compile(r"(?:é|ée|és|ez)\b")  # « bricolé » is how « bricoler » is often spelt


def everyday_codes(wish: str) -> Sequence[str]:
    """Return the families that a wish means first; each in turn where it holds several words, all of them known."""
    if codes := _codes_of(wish):
        return codes
    parts = [_codes_of(part) for part in SEVERAL.split(wish) if part]
    if not all(parts):
        return ()
    return list(dict.fromkeys(code for code in chain.from_iterable(zip_longest(*parts)) if code))


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
    from knowledge_base.wishes import flat

    return " ".join(flat(text).split())
