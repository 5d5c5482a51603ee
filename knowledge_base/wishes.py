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
    # « pa » is typed as often as « pas ».
    return re.sub(r"\bpas\b", "pas?", f"(?:{'|'.join(WORDS[name])})")


# A « non » judges what comes before it; a « oui » in the middle only parts what it likes from what follows.
VERDICTS = r"\s+(?:oui|ouais?)(?=\s)|(?:(?<=\snon)|(?<=\snan)|(?<=\snn))\s+(?!merci)"
BOUNDARY = re.compile(rf"[,;.!?:\n()/]+|\s+{_any('boundaries')}\s+|\s+(?={_any('refusing_starts')}\b)|{VERDICTS}")
REFUSING_VERB = re.compile(rf"\b{_any('refusing_verbs')}$")
LISTING_ON = re.compile(r"\b(?:ni|ou)\s+$")
# « pas les maths et les chiffres »: what an article begins goes on the list.
LISTED = re.compile(r"\bet\s+$")
ARTICLE = re.compile(r"\s*(?:les?|la|l'|des|du|de la)\b")
CONTRAST = re.compile(r"\b(?:mais|par contre|sauf que)\s+$")
LIKING_START = re.compile(rf"\s+(?={_any('liking_starts')}\b)")
NO_REFUSAL = re.compile(rf"\b{_any('no_refusal')}\b")
REFUSAL = re.compile(rf"\b{_any('refusals')}\s*")
LIKED_AFTER = re.compile(rf"\s*\b{_any('liked_after')}\b[\s!]*$")
REFUSED_AFTER = re.compile(rf"\s*\b{_any('refused_after')}\b[\s!]*$")
TOLD = re.compile(rf"^{_any('told')}")
LEADING = re.compile(rf"^(?:{_any('leading')}(?=[\s']|$)[\s']*|[\s'\-–…*]+)")
TRAILING = re.compile(rf"(?:[\s'\-–…]|\b{_any('trailing')}\b)+$")
ALWAYS = re.compile(rf"\b{_any('always')}\b")
EMPTY = frozenset(WORDS["empty"].split())
SHORT_NOUNS = frozenset(WORDS["short_nouns"])


@dataclass(frozen=True)
class Wishes:
    """Likes and dislikes, in the order they were said; `wanted` is the sentence without what it refuses."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    wanted: str = ""


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
    wanted = text
    for reading in _readings(plain):
        likes += _quotes(text, plain, reading.liked)
        dislikes += _quotes(text, plain, reading.refused)
        for start, end in reading.left_out:
            wanted = wanted[:start] + " " * (end - start) + wanted[end:]
    return Wishes(tuple(dict.fromkeys(likes)), tuple(dict.fromkeys(dislikes)), " ".join(wanted.split()))


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
        listed = LISTED.search(plain[:start]) and ARTICLE.match(plain[start:end])
        found.append(_Clause(start, end, bool(listed or LISTING_ON.search(plain[:start]))))
        start = boundary.end() if boundary else end
    return found


Span = tuple[int, int]


@dataclass(frozen=True)
class _Reading:
    """The spans liked and refused in a clause. `refusing` says whether what is listed after it is refused too."""

    liked: list[Span]
    refused: list[Span]
    left_out: list[Span]  # the refused spans with the words that refuse them
    refusing: bool = False
    judged: bool = False  # whether a verdict was spoken
    on_previous: bool = False  # nothing but a verdict: « juge, par contre, jamais »


def _readings(plain: str) -> list[_Reading]:
    found: list[_Reading] = []
    clauses = _clauses(plain)
    for number, clause in enumerate(clauses):
        reading = _read(plain, clause, refusing=bool(found) and found[-1].refusing)
        if reading.on_previous:
            _refuse_last_like(plain, found)
        listed = number and LISTED.search(plain[: clause.start]) and not found[-1].judged
        if (
            listed
            and reading.judged
            and reading.refused
            and not reading.liked
            and CONTRAST.search(plain[: clauses[number - 1].start])
        ):  # « mais les piqûres et le sang je peux pas »: both
            before = clauses[number - 1]
            found[-1] = _Reading([], [(before.start, before.end)], [(before.start, before.end)])
        found.append(reading)
    return found


def _refuse_last_like(plain: str, found: list[_Reading]) -> None:
    """Turn what was last liked into a refusal."""
    for number in range(len(found) - 1, -1, -1):
        liked = [span for span in found[number].liked if _quotes(plain, plain, [span])]
        if liked:
            found[number] = _Reading([], liked, liked, judged=True)
            return


def _read(plain: str, clause: _Clause, *, refusing: bool) -> _Reading:
    start, end = clause.start, clause.end
    words = plain[start:end]
    liked_after, refused_after = LIKED_AFTER.search(words), REFUSED_AFTER.search(words)
    cuts = [match.start() for match in (liked_after, refused_after) if match]
    if cuts and min(cuts) > 0:
        judged = [(start, start + min(cuts))]
        if refused_after:
            return _Reading([], judged, [(start, end)], judged=True)
        return _Reading(judged, [], [], judged=True)
    if refused_after and not cuts[0]:
        return _Reading([], [], [(start, end)], judged=True, on_previous=True)
    if refusal := REFUSAL.search(words):
        stop = LIKING_START.search(words, refusal.end())
        cut = start + stop.start() if stop else end
        liked = [(start, start + refusal.start())] + ([(cut, end)] if stop else [])
        left_out = [(start + refusal.start(), cut)]
        return _Reading(liked, [(start + refusal.end(), cut)], left_out, refusing=not stop, judged=True)
    if refusing and clause.goes_on:
        stop = LIKING_START.search(words)
        cut = start + stop.start() if stop else end
        return _Reading([(cut, end)] if stop else [], [(start, cut)], [(start, cut)], refusing=not stop, judged=True)
    return _Reading([(start, end)], [], [])


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
    if ALWAYS.search(words):
        return True
    named = re.findall(r"[a-z0-9+#]+", words)
    return any(word not in EMPTY and (len(word) > 2 or word in SHORT_NOUNS) for word in named)
