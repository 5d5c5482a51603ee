"""Items asked for by their own name: « le forum du numérique », « l'Espace Emploi et Numérique », a campaign."""

import re
from datetime import datetime

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.french import fold
from knowledge_base.records import Item, Kind, Place
from knowledge_base.search import Hit, Query, run

MOST = 20  # items near the text whose names are looked at
NAMED_FROM = 0.6  # share of a name's words that a text must say
TRAINING_NAMED_FROM = 1.0  # « une formation en cuisine » is a wish: only a whole title is a name
LEAST = 2  # of them
STEM = 6  # letters by which words are the same
# Words of titles and of those who organise that name nobody by themselves.
COMMON = frozenset(
    """
    access atelier ateliers campus centre chambre cite code compagnons ecole emploi entreprise entreprises espace forum
    france garage grande groupe industrie info information jeunes jeunesse journee lycee maison metier metiers mission
    locale numerique orientation portes ouvertes poste regie region salon service services travail universite
    usine ville
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
GENERIC = frozenset(
    ("les", "des", "pour", "dans", "avec", "une", "ton", "tes", "aux", "sur", "par", "qui", "que", "ou")
)


def named_in(
    pool: Pool, encoder: Encoder, text: str, kind: Kind, now: datetime, place: Place | None = None
) -> list[Hit]:
    """Return the items of a kind that a text calls by their title or campaign, the best named first."""
    said = _words(text)
    plain = fold(text)
    hits = run(pool, encoder, Query(kind, [text], now, place=place, within_km=20_000.0 if place else None, limit=MOST))
    found = [(_named(hit.item, said, plain), hit) for hit in hits]
    best = max((score for score, _ in found), default=0.0)
    least = TRAINING_NAMED_FROM if kind == "training" else NAMED_FROM
    return [hit for score, hit in found if score >= least and score == best]


def _named(item: Item, said: set[str], plain: str) -> float:
    by_brand = NAMED_FROM if brands(item) & said else 0.0
    return max(by_brand, *(share(name, said, plain) for name in names_of(item)))


def names_of(item: Item) -> list[str]:
    """Return what an item may be called: its title, its campaign, and its title's beginning where that says enough."""
    campaign = item.details.get("campaign")
    # « École de la 2e chance, Planoise », « POP School : développer des sites »; not « L'industrie, ce n'est pas… ».
    short = [name for name in re.split(r"(,| : )", item.title)[:1] if len(_words(name)) >= LEAST]
    return [item.title, *short, *([campaign] if campaign else [])]


def brands(item: Item) -> set[str]:
    """Return the words by which a company is called in a title, « visite de l'usine Toyota »: each names it alone."""
    title = set(re.findall(r"\w{4,}", fold(item.title)))
    shown = {word for one in item.details.get("exhibitors") or () for word in re.findall(r"\b[A-Z]\w{3,}", one)}
    town = fold(str((item.details.get("place") or {}).get("commune") or "")).split()
    called = {fold(word) for word in shown} & title - GENERIC - COMMON - set(town)
    return {word[:STEM] for word in called}


def share(name: str, said: set[str], plain: str) -> float:
    """Return how much of a name was said, 0 to 1; nothing when too few of its words were, or two of them apart."""
    words = _words(name)
    if len(words) == LEAST and not re.search(r"\w*\W+(?:\w{1,4}\W+)*".join(_in_order(name)), plain):
        return 0.0  # « je cherche du travail en France » does not name France Travail
    common = words & said
    return len(common) / len(words) if len(common) >= min(LEAST, len(words)) and words else 0.0


def _in_order(text: str) -> list[str]:
    return [word[:STEM] for word in re.findall(r"\w{3,}", fold(text)) if word not in GENERIC]


def _words(text: str) -> set[str]:
    return set(_in_order(text))
