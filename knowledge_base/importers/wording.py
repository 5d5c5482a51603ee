"""Texts as a card shows them: plain words on one line, whole sentences, cut at a word, none of them shouted."""

import re
from collections.abc import Iterable
from html import unescape
from textwrap import shorten

from lxml import etree, html

from knowledge_base.french import fold

# Named, because « <25 ans> » and « <https://…> » are no tags.
TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h\d|hr|html|i|img|li|ol|p|script|span|strong|style|table|ul|u)\b[^>]*>", re.I
)
BREAK = re.compile(r"<(?:br|/p|/div|/h\d|/ul|/ol|/tr|hr)\b[^>]*>", re.I)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|[\x00-\x08\x0b\x0c\x0e-\x1f]", re.I | re.S)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
BULLET = re.compile(r"\s*[-–•·●▪►*]\s+")
LONGEST_SUMMARY = 600
PART = re.compile(r"(\s+[-–—|:]\s+)")
ACRONYMS = re.findall(
    r"\w+",
    "AES AESH AFPA ATSEM BAFA BEP BPJEPS BTP BTS BUT CACES CAP CCI CFA CFPPA CIDJ CIO CNAM CRIJ CV DAEU DEUST DUT ESS"
    " FLE GEIQ GRETA IA IFAS IFSI INSA IUT JPO MFR PME RATP RH RNCP SNCF SST STAPS TPE UIMM VAE II III IV VI",
)


def plain(text: str) -> str:
    """Return the words of HTML, Markdown or plain text on one line; the items of a list are separated by « ; »."""
    bare = HIDDEN.sub("", text)
    if TAG.search(bare):
        broken = re.sub(r"<li\b[^>]*>", "\n- ", BREAK.sub("\n\n", bare), flags=re.I)
        tree = html.document_fromstring(f"<div>{broken}</div>")
        bare = str(etree.tostring(tree, method="text", encoding="unicode"))
    bare = LINK.sub(r"\1", unescape(bare))
    return _on_one_line(EMPHASIS.sub(r"\2", bare).replace("**", ""))


def _on_one_line(text: str) -> str:
    said, in_list, fresh = "", False, True
    for line in text.splitlines():
        item = BULLET.match(line) is not None
        words = " ".join(BULLET.sub("", line, count=1).strip("# ").split())
        words = words.rstrip(" ;,") if item else words
        if not words:
            fresh = True
            continue
        ended = said.endswith((".", "!", "?", "…", ":", ";", ","))
        if item:
            joint = " ; " if in_list else " " if ended else " : "
        else:
            joint = ". " if (fresh or in_list) and not ended and not words[0].islower() else " "
        said, in_list, fresh = said + joint + words if said else words, item, False
    return said


def shortened(text: str, most: int = LONGEST_SUMMARY) -> str:
    """Cut a text at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def sentences(parts: Iterable[str]) -> str:
    """Make a sentence of each part there is, no longer in all than a card shows."""
    told = " ".join(f"{sentence(part).rstrip('.')}." for part in parts if part)
    return shorten(told, LONGEST_SUMMARY, placeholder=" …")


def sentence(text: str) -> str:
    """Begin with a capital, leave the rest as it is; quotation marks that nothing opened are dropped."""
    words = " ".join(text.split())
    words = words if re.search(r'(?:^|[\s(])"', words) else words.replace('"', "")
    return words[:1].upper() + words[1:]


def unshouted(title: str, *names: str) -> str:
    """Write « SALON DU BTS, NANCY » as « Salon du BTS, Nancy »; `names` are proper nouns it may hold."""
    words = " ".join(title.split())
    loud = _shouts(words)
    parts = (_lowered(part) if _shouts(part) or (loud and part.isupper()) else part for part in PART.split(words))
    lowered = "".join(parts)
    for name in filter(None, names):
        lowered = re.sub(rf"\b{re.escape(name)}\b", name.replace("\\", ""), lowered, flags=re.I)
    return lowered


def _shouts(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) >= 6 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _lowered(words: str) -> str:
    lowered = re.sub(r"[^\W_]+", lambda word: word[0] if _is_acronym(word[0]) else word[0].lower(), words)
    return lowered[:1].upper() + lowered[1:]


def _is_acronym(word: str) -> bool:
    consonants = len(word) > 1 and not set(fold(word)) & set("aeiouy")
    return word in ACRONYMS or consonants or any(letter.isdigit() for letter in word)
