"""For whom somebody asks, and how they want to be spoken to, noticed in what they write."""

import re
from typing import Any

from knowledge_base.french import fold

# What the absent person is called, by how they are named; it follows « ton » or « votre ».
WHO = {
    "fils": r"(?:mon|notre) (?:petit )?(?:fils|garcon|gamin)",
    "fille": r"(?:ma|notre) (?:petite )?fille",
    "frère": r"mon (?:petit |grand |demi )*(?:frere|frero|reuf)",
    "sœur": r"ma (?:petite |grande |demi )*(?:soeur|reus)",
    "neveu": r"mon neveu",
    "nièce": r"ma niece",
    "cousin": r"mon cousin",
    "cousine": r"ma cousine",
    "pote": r"mon (?:pote|copain|ami|mec)",
    "copine": r"ma (?:copine|pote|meuf)",
    "jeune": r"(?:une?|des|les|trois|deux|mes) jeunes?|mes eleves|une? eleve|d un garcon|d une fille|pour (?:lui|elle)",
}
CALLED = {name: re.compile(rf"\b(?:{words})\b") for name, words in WHO.items()}
# « mon frère est cuistot, moi j'aime… », « comme ma mère »: named, not asked for.
OF_ONESELF = re.compile(
    r"\b(?:moi (?:c|j|je)|j ?aime|j ?adore|j ?kiffe|je (?:veux|cherche|voudrais|fais|vais|reve)|jveux|jcherche|g \d"
    r"|j ?ai \d+ ans|comme mon|comme ma)\b"
)
ASKS_FOR = re.compile(r"\b(?:pour|pr|aider?|aidez|accompagne|occupe|il|elle|ils|elles|lui|a|aime|cherche|veut)\b")
FORMAL = re.compile(
    r"\b(?:pourriez|auriez|voudriez|seriez|veuillez|puis je|dois je|pourrais je|cordialement|s il vous plait"
    r"|pouvez vous|avez vous|proposez vous|savez vous|faites vous)\b"
)
FAMILIAR = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|jsuis|chui|wesh|wsh|slt|stp|mdr|frr)\b")


def noticed_in(text: str, slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots `about`, `who` and `register` as far as a message changes them."""
    said, found = fold(text), dict[str, Any]()
    who = next((name for name, words in CALLED.items() if words.search(said)), None)
    if who and ASKS_FOR.search(said) and not OF_ONESELF.search(said):
        found |= {"about": "other", "who": who}
    if slots.get("register") is None and FORMAL.search(said) and not FAMILIAR.search(said):
        found["register"] = "vous"
    return {name: value for name, value in found.items() if slots.get(name) != value}
