"""What a sentence says that its author likes, and what they refuse, each as a short quote.

« j'aime cuisiner mais pas le service en salle » → likes « cuisiner », dislikes « le service en salle ».
Quotes are cut from the person's own words, so that a reason can repeat them. The words that surround a wish are data:
`wishes.yml`.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

LONGEST_QUOTE = 120
WORDS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())


def _any(name: str) -> str:
    return f"(?:{'|'.join(WORDS[name])})"


BOUNDARY = re.compile(rf"[,;.!?:\n()/]+|\s+{_any('boundaries')}\s+|\s+(?={_any('refusing_starts')}\b)")
REFUSING_VERB = re.compile(rf"\b{_any('refusing_verbs')}$")
LISTING_ON = re.compile(r"\b(?:ni|ou)\s+$")
NO_REFUSAL = re.compile(rf"\b{_any('no_refusal')}\b")
REFUSAL = re.compile(rf"\b{_any('refusals')}\s*")
LIKED_AFTER = re.compile(rf"\s*\b{_any('liked_after')}\b[\s!]*$")
REFUSED_AFTER = re.compile(rf"\s*\b{_any('refused_after')}\b[\s!]*$")
TOLD = re.compile(rf"^{_any('told')}")
LEADING = re.compile(rf"^(?:{_any('leading')}(?=[\s']|$)[\s']*|[\s'\-–…*]+)")
TRAILING = re.compile(rf"(?:[\s'\-–…]|\b{_any('trailing')}\b)+$")
EMPTY = frozenset(WORDS["empty"].split())
SHORT_NOUNS = frozenset(WORDS["short_nouns"])


@dataclass(frozen=True)
class Wishes:
    """Likes and dislikes, in the order they were said."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Clause:
    """A stretch of the sentence between two boundaries."""

    start: int
    end: int
    goes_on: bool  # « pas la vente ni l'accueil »: the second goes on refusing


def wishes_of(text: str, ignored: tuple[tuple[int, int], ...] = ()) -> Wishes:
    """Split a sentence into likes and dislikes. `ignored` are (start, end) spans that state another fact."""
    for start, end in ignored:
        text = f"{text[:start]},{' ' * (end - start - 1)}{text[end:]}" if end > start else text
    plain = NO_REFUSAL.sub(lambda match: "," * len(match[0]), flat(text))
    likes: list[str] = []
    dislikes: list[str] = []
    refusing = False
    for clause in _clauses(plain):
        liked, refused, refusing = _read(plain, clause, refusing=refusing)
        likes += _quotes(text, plain, liked)
        dislikes += _quotes(text, plain, refused)
    return Wishes(tuple(dict.fromkeys(likes)), tuple(dict.fromkeys(dislikes)))


def flat(text: str) -> str:
    """Lower case without accents, character for character, so that positions in it are positions in `text`."""
    plain = text.replace("’", "'").replace("`", "'")
    return "".join(unicodedata.normalize("NFD", c.lower())[:1] or c for c in plain)


def _clauses(plain: str) -> list[_Clause]:
    found, start = [], 0
    found_boundaries = BOUNDARY.finditer(plain)
    boundaries = [one for one in found_boundaries if one[0].strip() or not REFUSING_VERB.search(plain[: one.start()])]
    for boundary in [*boundaries, None]:
        end = boundary.start() if boundary else len(plain)
        found.append(_Clause(start, end, bool(LISTING_ON.search(plain[:start]))))
        start = boundary.end() if boundary else end
    return found


Span = tuple[int, int]


def _read(plain: str, clause: _Clause, *, refusing: bool) -> tuple[list[Span], list[Span], bool]:
    """Return the spans liked and refused in a clause, and whether what is listed after it is refused too."""
    start, end = clause.start, clause.end
    words = plain[start:end]
    liked_after, refused_after = LIKED_AFTER.search(words), REFUSED_AFTER.search(words)
    cuts = [match.start() for match in (liked_after, refused_after) if match]
    if cuts and min(cuts) > 0:
        judged = [(start, start + min(cuts))]
        return ([], judged, False) if refused_after else (judged, [], False)
    if refusal := REFUSAL.search(words):
        return [(start, start + refusal.start())], [(start + refusal.end(), end)], True
    if refusing and clause.goes_on:
        return [], [(start, end)], True
    return [(start, end)], [], False


def _quotes(text: str, plain: str, spans: list[Span]) -> list[str]:
    """Strip what carries no wish from both ends of each span, and keep those where a content word remains."""
    found = []
    for start, end in spans:
        while (lead := LEADING.match(plain[start:end])) and lead.end() > 0:
            start += lead.end()
        tail = TRAILING.search(plain[start:end])
        stop = start + tail.start() if tail else end
        if _is_wish(plain[start:stop]):
            found.append(text[start:stop].strip()[:LONGEST_QUOTE])
    return found


def _is_wish(words: str) -> bool:
    """Say whether there is something to look for in these words."""
    if TOLD.search(words):
        return False
    named = re.findall(r"[a-z0-9+#]+", words)
    return any(word not in EMPTY and (len(word) > 2 or word in SHORT_NOUNS) for word in named)
