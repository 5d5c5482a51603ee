"""Messages in another language, said in simple French word by word before anything reads them.

Who learnt French lately writes « i live in Metz, i want to work », « bghit nkhdem », « mwen vlé travay », or half of it
in French. Piste answers in French but must understand: `gloss` puts the longest expressions first, keeps names, numbers
and words that it does not know, and leaves French alone. The lexicons are in `lexicons/`, one file a language.
"""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence, Set, Text, Tuple

import yaml

from bot.components.fact import flat

FOLDER = Path(__file__).parent / "lexicons"
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d{1,3}")
ANY_NUMBER = "0"  # how a lexicon writes a number
ANY_NUMBER_ALONE = re.compile(r"\b0\b")
LONGEST = 10  # words of an expression
UNKNOWN_TO_KNOWN = 2  # unknown words to a known one, from which a clause is left as it stands
GROUP = re.compile(r"\((?P<choices>[^()]*)\)(?P<maybe>\??)")  # the innermost choices of an expression
OPENING = str.maketrans("", "", "¿¡")
# What parts a message into clauses, each in one language: « gracias. je cherche cuisine ».
BETWEEN = re.compile(r"([.,;:!?…]+(?=\s|$)|[!?;…\n]+|\s[-–—]\s)")
# Words by which French is known, as far as the other language has no such word.
FRENCH = frozenset(
    """
    je j jai jaime jsuis chui suis c cest ces est es ai as a ont sont sommes etes tu t toi te ton ta tes il elle on nous
    vous ils elles le la les l un une des du de d au aux et ou mais donc car que qu qui quoi quand comment pourquoi pk
    pourkoi combien dans pour pr avec avc sans sur sous chez vers par pas plus rien jamais mon ma mes son sa ses ce cet
    cette ca cela me se y en moi lui leur veux veut peux peut fais fait faire voir aller vais va vas aime cherche habite
    ya si ne n m s tres trop bien bon aussi comme quel quelle quels tout tous toute meme alors voila faut sais sait dire
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
ELISIONS = (
    (re.compile(r"\b([jJ]|[dlnmtsDLNMTS]|qu|Qu)[ea] (?=[aeiouàâéèêîô]|h(?:abit|ôp|ôt|om|eur|ist|ora))(?!onz)"), r"\1'"),
    (re.compile(r"\bà le (?![aeiouhéèê])"), "au "),
    (re.compile(r"\bà les "), "aux "),
    (re.compile(r"\bde le (?![aeiouhéèê])"), "du "),
    (re.compile(r"\bde les "), "des "),
    (re.compile(r"\b(?:un|une|le|la|les|des) (?=(?:une?|l[ae]s?|des|ce|mon|ma) |l')"), ""),
)


class Glossed(NamedTuple):
    """A text in French as far as its words are known, and the language that it was in, "" for French."""

    text: Text
    language: Text
    whole: bool  # nothing is left of that language


class Reading(NamedTuple):
    """A clause as one language reads it."""

    language: Text
    text: Text
    telling: int = 0  # words that only this language has
    known: int = 0  # words that its lexicon holds
    french: int = 0  # other words, that French has
    unknown: int = 0


class Entry(NamedTuple):
    """What an expression says in French, and whether it tells that its language is spoken."""

    french: Text
    own: bool


Lexicon = Dict[Tuple[Text, ...], Entry]


def gloss(text: Text, spoken: Text = "") -> Glossed:
    """Return a text in French; `spoken` is the language of the message before, in which « why? » may go on."""
    parts = BETWEEN.split(text)
    clauses = [[read(clause, language) for language in lexicons()] for clause in parts[::2]]
    best = [max(readings, key=lambda one: (one.telling - one.french, one.known)) for readings in clauses]
    told = Counter(dict.fromkeys(lexicons(), 0))
    for one in best:
        told[one.language] += one.telling
    main, telling = told.most_common(1)[0]
    in_french = sum(one.french for one in best)
    # Mostly French: one word of another language is slang, two are a clause in it.
    least = 2 if in_french >= telling else 1
    goes_on = () if in_french >= telling and in_french else (main, spoken) if telling else (spoken,)
    said = [chosen(clause, readings, least, goes_on) for clause, readings in zip(parts[::2], clauses, strict=True)]
    read_so = [one for one in said if one.language]
    if not read_so:
        return Glossed(text, "", True)
    parts[::2] = [one.text for one in said]
    plain = re.sub(r"\s+", " ", "".join(parts).translate(OPENING)).strip()
    language = max(read_so, key=lambda one: (one.telling, one.known)).language
    return Glossed(plain, language, not any(one.unknown for one in read_so))


def chosen(clause: Text, readings: Sequence[Reading], least: int, goes_on: Sequence[Text]) -> Reading:
    """Return a clause as the language that it is surely in reads it, else as it stands."""
    best = max(readings, key=lambda one: (one.telling - one.french, one.known))
    if best.telling >= least and best.telling > best.french and best.unknown <= UNKNOWN_TO_KNOWN * best.known:
        return best
    # A clause without a word of French goes on in the language of the others, where it is understood.
    same = (one for name in goes_on for one in readings if one.language == name)
    return next((one for one in same if one.known and not one.french and not one.unknown), Reading("", clause))


def read(clause: Text, language: Text) -> Reading:
    """Read a clause by one language's lexicon, the longest expressions first."""
    lexicon = lexicons()[language]
    words = [(match.start(), match.end(), flat(match[0])) for match in WORD.finditer(clause)]
    said: List[Text] = []
    counts = Counter({"telling": 0, "known": 0, "french": 0, "unknown": 0})
    at = rank = 0
    while rank < len(words):
        start, end, word = words[rank]
        length, entry = longest(lexicon, [one for _, _, one in words[rank : rank + LONGEST]])
        if entry is not None:
            end = words[rank + length - 1][1]
            said += [clause[at:start], with_numbers(entry.french, [one for _, _, one in words[rank : rank + length]])]
            counts.update({"known": length, "telling": length if entry.own else 0})
        else:
            said.append(clause[at:end])
            is_name = word.isdigit() or (clause[start].isupper() and not clause.isupper() and rank > 0)
            counts["french" if word in FRENCH else "known" if is_name else "unknown"] += 1
        at, rank = end, rank + length
    return Reading(language, elided("".join([*said, clause[at:]])), **counts)


def longest(lexicon: Lexicon, words: Sequence[Text]) -> Tuple[int, Optional[Entry]]:
    """Return how many of these words, from the first, are one expression, and what it says: (1, None) if none is."""
    for length in range(len(words), 0, -1):
        key = tuple(words[:length])
        entry = lexicon.get(key) or lexicon.get(tuple(ANY_NUMBER if NUMBER.fullmatch(one) else one for one in key))
        if entry is not None:
            return length, entry
    return 1, None


def with_numbers(french: Text, words: Sequence[Text]) -> Text:
    """Put the numbers among some words where a lexicon's French has any number."""
    numbers = iter([one for one in words if NUMBER.fullmatch(one)])
    return ANY_NUMBER_ALONE.sub(lambda _: next(numbers, ""), french)


def elided(text: Text) -> Text:
    """Say « je habite à le port » as French does."""
    for pattern, said in ELISIONS:
        text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=None)
def lexicons() -> Dict[Text, Lexicon]:
    """Return each language's lexicon."""
    return {path.stem: lexicon_of(path) for path in sorted(FOLDER.glob("*.yml"))}


def lexicon_of(path: Path) -> Lexicon:
    """Read one file: `own` holds what only this language says, `shared` what is read once it is known."""
    held: Lexicon = {}
    for section, entries in yaml.safe_load(path.read_text("utf-8")).items():
        for written, french in entries.items():
            for expression in written_out(str(written)):
                words = tuple(WORD.findall(flat(expression)))
                if words:
                    held.setdefault(words, Entry(str(french), section == "own"))
    return held


def written_out(expression: Text) -> Set[Text]:
    """Return every wording of « (i|we) live( now|) in »; a group with a `?` may be left out."""
    group = GROUP.search(expression)
    if group is None:
        return {expression}
    choices = [*group["choices"].split("|"), *([""] if group["maybe"] else [])]
    before, after = expression[: group.start()], expression[group.end() :]
    return {one for choice in choices for one in written_out(before + choice + after)}
