"""The words that judge a wish, and those that part one from the next: `cues.yml`, found in a sentence.

« j'aime cuisiner mais pas servir » → the cue « j'aime », the break « mais », the cue « pas ».
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Verdict = Literal["liked", "refused"]
# Where a cue stands beside what it judges; of those on either side, `either` looks back first and `onward` ahead.
Side = Literal["before", "after", "either", "onward"]
SIDES: tuple[Side, ...] = ("after", "either", "onward", "before")  # the first wins where two say the same words
# What parts a stretch of words from the one before it; the later, the stronger.
Link = Literal["", "cue", "list", "comma", "reason", "contrast", "stop"]
LINKS: tuple[Link, ...] = ("", "cue", "list", "comma", "reason", "contrast", "stop")
JUDGES = re.compile(r"\b(?:c'?(?:est)?|ca|sa) |\bn[oa]n$")  # « c'est » long
REACH = 7  # letters before a cue within which it stands
UP_TO_QUESTION = re.compile(r"[^,.;!?\n]*\?")
STOP = re.compile(r"[.;:!?…\n]+")
COMMA = re.compile(r"[,()\"«»/]+|\s{2,}")  # two spaces: where `plain_words` dropped a word


@dataclass(frozen=True)
class Mark:
    """A cue or a break, and where it stands. A break has no verdict."""

    start: int
    end: int
    link: Link = "cue"
    verdict: Verdict = "liked"
    side: Side = "before"


def marks(plain: str) -> list[Mark]:
    """Return the cues and breaks of a text in lower case without accents, in order, none over another."""
    found = [Mark(*match.span(), link=link) for link, pattern in _breaks() for match in pattern.finditer(plain)]
    for verdict, side, pattern in _cues():
        for match in pattern.finditer(plain):
            span = match.span("cue") if "cue" in pattern.groupindex else match.span()
            found.append(Mark(*span, verdict=verdict, side=side))
    apart: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, -one.end)):  # of those that begin together, the longest
        if mark.end > mark.start and (not apart or mark.start >= apart[-1].end) and not _is_asked(plain, mark):
            apart.append(mark)
    return apart


def _is_asked(plain: str, mark: Mark) -> bool:
    """« développeur, c'est dur ? » asks, and refuses nothing."""
    judges = JUDGES.search(plain[: mark.end], max(mark.start - REACH, 0))
    return mark.verdict == "refused" and bool(judges) and bool(UP_TO_QUESTION.match(plain, mark.end))


@cache
def words_of(name: str) -> re.Pattern[str]:
    """Return the pattern of an entry of `cues.yml`, as whole words."""
    return _whole("|".join(_lines(_entries()[name])))


@cache
def _breaks() -> tuple[tuple[Link, re.Pattern[str]], ...]:
    links: tuple[Link, ...] = ("contrast", "reason", "comma", "list")
    named = [(link, _whole("|".join(_lines(_entries()["breaks"][link])))) for link in links]
    return (*named, ("stop", STOP), ("comma", COMMA))


@cache
def _cues() -> tuple[tuple[Verdict, Side, re.Pattern[str]], ...]:
    verdicts: tuple[Verdict, ...] = ("liked", "refused")
    return tuple(
        (verdict, side, _whole(line, r"(?:\s*:)?" if side in ("before", "onward") else ""))
        for verdict in verdicts
        for side in SIDES
        for line in _lines(_entries()[verdict].get(side, ""))
    )


def _whole(pattern: str, more: str = "") -> re.Pattern[str]:
    while short := re.search(r"(?<!\?P)<(\w+)>", pattern):
        pattern = pattern.replace(short[0], _shorthand()[short[1]])
    return re.compile(rf"(?<!\w)(?:{pattern})(?:(?<=['\s])|(?!\w)){more}")


@cache
def _shorthand() -> dict[str, str]:
    return dict(line.split(" = ", 1) for line in _lines(_entries()["shorthand"]))


def _lines(block: str) -> list[str]:
    """Return the patterns of a block: one a line, without comments; a line that begins with « | » goes on."""
    found: list[str] = []
    for line in map(str.strip, block.splitlines()):
        if line.startswith("|"):
            found[-1] += line
        elif line and not line.startswith("#"):
            found.append(line)
    return found


@cache
def _entries() -> dict[str, Any]:
    entries: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())
    return entries
