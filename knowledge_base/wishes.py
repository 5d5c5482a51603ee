"""What a sentence says that its author likes, and what they refuse, each as a short quote.

« j'aime cuisiner mais pas le service en salle » → likes « cuisiner », dislikes « le service en salle ».
Quotes are cut from the person's own words, so that a reason can repeat them. A sentence is read as stretches of words
between breaks (« mais », a comma) and cues (« j'aime », « pas », « ça me saoule »). Each cue judges the stretch after
it, before it, or whichever there is; what nobody judges is liked. The words: `matching/cues.yml`, `wishes.yml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from pathlib import Path

import yaml

from knowledge_base.flat_text import flat as flat
from knowledge_base.french import plain_words
from knowledge_base.matching.cues import LINKS, Link, Mark, Verdict, marks, words_of

LONGEST_QUOTE = 120
WORDS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())


def _any(name: str) -> str:
    return f"(?:{'|'.join(WORDS[name])})"


# « pas les maths et les chiffres », « pas vendre et conseiller »: what begins alike goes on the list.
ARTICLE = re.compile(r"\s*(?:les?|la|l'|des|du|de la|aux?)(?!\w)")
ARTICLES = re.compile(r"(?<!\w)(?:les?|la|des?|du|aux?)(?!\w)|[ld]'")
INFINITIVE = re.compile(r"\s*\w+(?:er|ir|re)(?!\w)")
SUBJECT = re.compile(r"\s*(?:(?:je|tu|il|on|vous|ca|sa) |j'|t'|c'est )")
LEADING = re.compile(rf"^(?:{_any('leading')}(?=[\s']|$)[\s']*|[\s'\-–…*]+)")
TRAILING = re.compile(rf"(?:[\s'\-–…]|\b{_any('trailing')}\b)+$")
TIMES = re.compile(rf"(?:\b{_any('times')}[\s,]*)+$")
FRAMES = re.compile(rf"(?<!\w){_any('frames')}(?:(?<=[\s'])|(?!\w))")
INSISTS = re.compile(r"\b(vraiment|trop|grave|tellement|carrement|toujours) mais(?: alors)?(?: vraiment)? \1\b")
ALWAYS = re.compile(rf"\b{_any('always')}\b")
EMPTY = frozenset(WORDS["empty"].split())
ASKED = frozenset(WORDS["asked"].split())
DICTATED = 45  # words from which a message is a story: only what is said to be liked is a wish in it
DOES_NOT = re.compile(
    r"(?:je |j'?|on |il |elle )(?:me |m'|le |la |les |l'|lui |y |en )*\w+$"
)  # « jmange pas de viande »
# Where what is dictated goes on to something else: « la sono pour les fêtes c'est toujours moi qu'on appelle ».
RUNS_ON = re.compile(r"(?<=\w) (?=(?:c'?est|je|j'|jai|on|ils?|elles?|y'?a|ma|mon) ?\w)")
LEFT = re.compile(r"\b(?:a|ai|as|ont|avoir|etre) (?:quitte|arrete|lache|decroche|rate|vire)\w*\b")
REFUSABLE = frozenset(WORDS["refusable"].split())
QUESTION = 5  # words from which what ends with a question mark and has a verb is a question
SHORT_NOUNS = frozenset(WORDS["short_nouns"])


@dataclass(frozen=True)
class Wishes:
    """Likes and dislikes, in the order they were said; `wanted` is the sentence without what it refuses."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    wanted: str = ""


@dataclass
class _Stretch:
    """Words between two marks, and how they are judged."""

    start: int
    end: int
    link: Link
    verdict: Verdict | None = None
    by: Mark | None = None  # the cue that judged it
    dropped: bool = False  # says nothing by itself: « à mort » in « les maths, ça me saoule à mort »

    def judge(self, cue: Mark) -> None:
        self.verdict, self.by, self.dropped = cue.verdict, cue, False


def wishes_of(text: str, ignored: tuple[tuple[int, int], ...] = ()) -> Wishes:
    """Split a sentence into likes and dislikes. `ignored` are (start, end) spans that state another fact."""
    held = [match.span() for match in words_of("held").finditer(flat(text))]  # « en bts » is a fact: before it goes
    for start, end in ignored:
        text = f"{text[:start]},{' ' * (end - start - 1)}{text[end:]}" if end > start else text
    plain = _without_what_refuses_nothing(flat(text))
    likes: list[str] = []
    dislikes: list[str] = []
    wanted = text
    stretches = _judged(plain)
    _set_aside(plain, stretches, held)
    for one in stretches:
        if one.verdict == "refused":
            dislikes += _quotes(text, plain, one)
            start = min(one.start, one.by.start if one.by else one.start)
            end = max(one.end, one.by.end if one.by else one.end)
            wanted = wanted[:start] + " " * (end - start) + wanted[end:]
        elif not one.dropped:
            likes += _quotes(text, plain, one)
    return Wishes(tuple(dict.fromkeys(likes)), tuple(dict.fromkeys(dislikes)), " ".join(wanted.split()))


def _without_what_refuses_nothing(plain: str) -> str:
    plain = words_of("nothing").sub(lambda match: "," * len(match[0]), plain)
    plain = INSISTS.sub(lambda match: " " * len(match[0]), plain)
    plain = FRAMES.sub(lambda match: "," * len(match[0]), plain)
    # « j'ai pas peur du bruit ni du froid »
    return re.sub(r"(,{3,}[^.;!?]*?\b)ni\b", r"\1et", plain)


def _pieces(plain: str) -> Iterator[Mark | tuple[int, int]]:
    """Yield the marks, and the spans of words between them that say something."""
    position = 0
    for mark in [*marks(plain), None]:
        end = mark.start if mark else len(plain)
        if _names_something(plain[position:end], refused=True):
            yield position, end
        if mark:
            yield mark
            position = mark.end


def _judged(plain: str) -> list[_Stretch]:
    found: list[_Stretch] = []
    link: Link = ""
    cue: Mark | None = None  # waits for what it judges
    for piece in _pieces(plain):
        if isinstance(piece, tuple):
            found.append(_next_stretch(found, piece, link, cue))
            link, cue = "", None
            continue
        cue = _heard(plain, found, piece, link, cue)
        link = max(link, piece.link, key=LINKS.index)
    _judge_back(found, cue, link)
    _go_on(plain, found)
    _doubt(plain, found)
    return found


def _next_stretch(found: list[_Stretch], span: tuple[int, int], link: Link, cue: Mark | None) -> _Stretch:
    one = _Stretch(*span, link)
    if cue:
        one.judge(cue)
    elif link == "cue" and found and found[-1].by and found[-1].by.side in ("either", "onward"):
        one.dropped = found[-1].verdict == "refused"  # goes on with the verdict: « ça me saoule à mort »
    return one


def _heard(plain: str, found: list[_Stretch], mark: Mark, link: Link, cue: Mark | None) -> Mark | None:
    """Take in a mark, and return the cue that waits for what follows, if any."""
    close = bool(found) and link in ("", "cue")  # nothing but cues since the last stretch
    if mark.link != "cue":
        _judge_back(found, cue, link)
        return None
    if mark.side != "before" and close and found[-1].by is None and not _looks_on(plain, mark):
        _judge_listed(found, mark)
        return cue
    explains = mark.side == "either" and words_of("explains").match(plain, mark.start)
    if explains and close and found[-1].verdict == "refused":  # « pas véto, c'est trop long »
        found[-1].by = replace(mark, side="either")
        return cue
    _judge_back(found, cue, link)
    if mark.side == "after":
        _judge_back(found, mark, link)
        return None
    return mark


def _looks_on(plain: str, cue: Mark) -> bool:
    """Say whether a cue that looks ahead has something to judge there: « banquier, je veux pas de guichet »."""
    ahead = plain[cue.end :]
    first = next(_pieces(ahead), None) if cue.side == "onward" else None
    return isinstance(first, tuple) and not SUBJECT.match(ahead) and not words_of("explains").match(ahead.lstrip())


def _judge_listed(found: list[_Stretch], cue: Mark) -> None:
    """Judge the last stretch and those listed with it: « les piqûres et le sang, je peux pas »."""
    for number in range(len(found) - 1, -1, -1):
        if found[number].by is None:
            found[number].judge(cue)
        if found[number].link != "list" or (number and found[number - 1].by):
            return


def _judge_back(found: list[_Stretch], cue: Mark | None, link: Link) -> None:
    """Let a cue that nothing follows judge what nobody judged before it, back to a turn: « la banque, jamais »."""
    if cue is None or cue.side == "before" or not found:
        return
    number = len(found)
    while number and found[number - 1].by is None:
        number -= 1
        found[number].judge(cue)
        if found[number].link in ("contrast", "stop"):
            return
    # « j'aime la vente… non », « c'est dur mais j'aime »
    if number == len(found) and (cue.verdict == "refused" or (cue.side == "either" and link == "contrast")):
        found[-1].judge(cue)


def _go_on(plain: str, found: list[_Stretch]) -> None:
    """Refuse what is listed after a refusal, and leave out why it is refused."""
    for before, one in pairwise(found):
        if before.verdict != "refused" or one.verdict or before.by is None or before.by.side == "after":
            continue
        one.dropped = one.dropped or one.link == "reason"
        alike = ARTICLE.match(plain, one.start) and ARTICLES.search(plain, before.by.start, before.end)
        alike = alike or (INFINITIVE.match(plain, one.start) and INFINITIVE.match(plain, before.start))
        listed = one.link == "list" and (alike or re.search(r"\bou\b", plain[before.end : one.start]))
        listed = listed or (one.link == "comma" and alike and words_of("listing").search(plain, before.by.start))
        if listed and before.by.end <= before.start:
            one.judge(Mark(before.end, one.start, verdict="refused", side=before.by.side))


def _doubt(plain: str, found: list[_Stretch]) -> None:
    """Judge what nobody judged by what surrounds it: what others propose, what turns sour."""
    turns = any(one.by or one.link == "contrast" for one in found) and len(found) > 1
    for number, one in enumerate(found):
        if one.verdict or one.dropped:
            continue
        words = plain[one.start : one.end].lstrip()
        if words_of("hearsay").match(words):
            one.dropped = not any(after.by and after.verdict == "liked" for after in found[number + 1 :])
            one.verdict = None if one.dropped else "refused"
        elif turns and words_of("sour").search(words):
            one.verdict = "refused"


def _set_aside(plain: str, found: list[_Stretch], held: list[tuple[int, int]]) -> None:
    """Drop what is no wish: who is spoken of, a question, what is done now by who wants something else."""
    _leave_the_story(plain, found)
    of_now = [any(start <= _begins(plain, one) <= end + 1 for start, end in held) for one in found]
    wants_other = words_of("leaving").search(plain) or any(
        one.by and one.verdict == "liked" and not now for one, now in zip(found, of_now, strict=True)
    )
    for one, now in zip(found, of_now, strict=True):
        words = plain[_begins(plain, one) : one.end].rstrip(" ,'-")
        after = one.by is not None and one.by.start >= one.end and one.verdict == "liked"
        if (one.by is None or after) and words_of("aside").fullmatch(words):  # « ma sœur adore la chimie »
            one.dropped = True
        elif one.by is None:
            asked = len(words.split()) >= QUESTION and plain[one.end :].lstrip().startswith("?")
            one.dropped |= bool((now and wants_other) or (asked and words_of("asking").search(words)))


def _leave_the_story(plain: str, found: list[_Stretch]) -> None:
    """Drop what a long story tells beside what it likes, and the verb of « jmange pas de viande »."""
    tells = len(plain.split()) >= DICTATED and any(one.verdict == "liked" for one in found)
    for one, after in zip_longest(found, found[1:]):
        refuses = after is not None and after.verdict == "refused" and after.by and after.by.start <= one.end + 1
        if one.by is None and (
            tells or (refuses and DOES_NOT.fullmatch(plain[_begins(plain, one) : one.end].rstrip()))
        ):
            one.dropped = True


def _begins(plain: str, one: _Stretch) -> int:
    """Return where its first word begins."""
    return one.end - len(plain[one.start : one.end].lstrip(" ,'-"))


def _quotes(text: str, plain: str, one: _Stretch) -> list[str]:
    """Strip what carries no wish from both ends of a stretch, and quote it if a content word remains."""
    start, end, refused = one.start, one.end, one.verdict == "refused"
    for told in ("hearsay", "experienced") if refused else ():
        words = plain[start:end].lstrip()
        said = words_of(told).match(words)
        start = end - len(words) + (said.end() if said else 0)
    while (lead := LEADING.match(plain[start:end])) and lead.end() > 0:
        if refused and not _is_wish(plain[start + lead.end() : end], refused=True):
            break
        start += lead.end()
    if refused and SUBJECT.match(plain[start:end]):
        return []
    if refused and (why := words_of("explains").search(plain[start:end])) and why.start():
        end = start + why.start()
    if not refused and (when := TIMES.search(plain[start:end])) and when.start():
        end = start + when.start()
    if len(plain.split()) >= DICTATED and (more := RUNS_ON.search(plain[start:end])):
        end = start + more.start()
    tail = TRAILING.search(plain[start:end])
    stop = start + tail.start() if tail else end
    quote = text[start:stop].strip()[:LONGEST_QUOTE]
    if not _is_wish(plain[start:stop], refused=refused):
        return []
    # « koi kom formation »: said plainly, nothing of it is a wish.
    return [quote] if _names_something(flat(plain_words(quote)), refused=refused) else []


def _is_wish(words: str, *, refused: bool = False) -> bool:
    """Say whether there is something to look for in these words."""
    if ASKED & set(re.findall(r"[a-z0-9][a-z0-9'-]*", words)) or LEFT.search(words):
        return False
    return not words_of("told").match(words.lstrip()) and _names_something(words, refused=refused)


def _names_something(words: str, *, refused: bool) -> bool:
    named = re.findall(r"[a-z0-9+#]+", words)
    empty = EMPTY - REFUSABLE if refused else EMPTY
    return bool(ALWAYS.search(words)) or any(w not in empty and (len(w) > 2 or w in SHORT_NOUNS) for w in named)
