"""Towns and streets as people write them: in capitals, with a CEDEX, or somewhere in an address."""

import re
from functools import cache
from typing import Any

from knowledge_base.geography import fold_place, read_gazetteer

SMALL_WORDS = frozenset("de du des la le les en et sur sous aux au lès d l".split())  # noqa: SIM905
STREET = re.compile(r"\d|(?:allée|avenue|bd|boulevard|chemin|cours|impasse|place|quai|route|rue|square)\b", re.I)
TOWN_LAST = re.compile(r"\b(?:F-)?(?P<postcode>\d{5})\s+(?P<town>[^\W\d_][^\d,;()\n]*)")
TOWN_FIRST = re.compile(r"(?:^|[,;\n])\s*(?P<town>[^\W\d_][^\d,;\n(]*?)[\s(]+(?P<postcode>\d{5})\)?\s*$")


def written(capitals: str) -> str:
    """« ST GERMAIN LE CHATELET » becomes « Saint-Germain-le-Chatelet ». Accents are lost in the source."""
    words = {"st": "saint", "ste": "sainte"}
    found = [words.get(word, word) for word in capitals.lower().split()]
    named = [word if word in SMALL_WORDS and rank else word.capitalize() for rank, word in enumerate(found)]
    return "-".join(named)


def town_name(name: str) -> str:
    """Write « SAINT-DENIS CEDEX » as « Saint-Denis », « LE BOURGET » as « Le Bourget »; what is well written stays."""
    words = " ".join(re.sub(r"\s+cedex\b.*", "", name, flags=re.I).split())
    if not (words.isupper() or words.islower()):
        return words
    pattern = r"[^\W\d_]+"
    named = re.sub(pattern, lambda one: one[0].lower() if one[0].lower() in SMALL_WORDS else one[0].capitalize(), words)
    return named[:1].upper() + named[1:]


def site_in(text: str) -> dict[str, Any] | None:
    """Read « Salle X, 12 rue Y, 54000 Nancy » or « Nancy (54000) »; None without a postcode and a town."""
    address = re.sub(r"[,\s]+france\s*$", "", text.strip(), flags=re.I)
    found = [*TOWN_LAST.finditer(address)][-1:] or [*TOWN_FIRST.finditer(address)]
    if not found:
        return None
    town = town_name(found[0]["town"].strip(" -."))
    return {"commune": town, "postcode": found[0]["postcode"]} | label_and_street(address[: found[0].start()])


def label_and_street(text: str) -> dict[str, str | None]:
    """Tell the name of a place from its street: « Salle X, 12 rue Y »."""
    pieces = [piece for piece in (one.strip(" -–()") for one in re.split(r"[,;\n]", text)) if piece]
    label = pieces.pop(0) if pieces and not STREET.match(pieces[0]) else None
    return {"label": label, "address": ", ".join(pieces) or None}


def street_of(address: str, commune: str, postcode: str) -> str | None:
    """Return an address without the postcode, the town and the country that may end it."""
    bare = re.sub(r"[,\s]+france\s*$", "", " ".join(address.split()), flags=re.IGNORECASE)
    code = re.escape(postcode) if postcode else r"\d{5}"
    tail = rf"[\s,–-]*(?:\b{code}\b)?[\s,–-]*\b{re.escape(commune)}(?:\s+(?:\d\d?|{code}|cedex.*))?\s*$"
    street = re.sub(tail, "", bare, flags=re.IGNORECASE)
    # « rue de Paris » is a street of its own.
    linked = re.search(r"(?:\b(?:de|du|des|la|le|les|à)|['’])$", street, re.IGNORECASE)
    return (bare if linked else street.strip(" ,")) or None


def town_named(text: str) -> dict[str, Any] | None:
    """Read « CIDJ, Paris » where what follows the last comma is a commune we know."""
    address = re.sub(r"[,\s]+france\s*$", "", text.strip(" ()\n"), flags=re.IGNORECASE)
    town = re.split(r"[,;\n|(]|\s[-–—]\s", address)[-1].strip()
    if not town or fold_place(town) not in _communes():
        return None
    return {"commune": town_name(town)} | label_and_street(address.removesuffix(town))


@cache
def _communes() -> frozenset[str]:
    return frozenset(row["folded"] for row in read_gazetteer() if row["id"].startswith("geonames-"))
