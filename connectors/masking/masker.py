"""Everything personal of a message, or of a whole conversation."""

import re
import threading
from collections.abc import Collection, Sequence
from functools import cached_property

import spacy
from spacy.language import Language

from connectors.masking.lexicons import Lexicons, fold
from connectors.masking.names import CARRIERS, Names
from connectors.masking.numbers import shaped
from connectors.masking.spans import Kind, Span, apart

SHORTEST = 3  # letters of a name that the model alone reads
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Masker:
    """Loads what it needs the first time; may be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lexicons = Lexicons()
        self._names = Names(self._lexicons)

    @cached_property
    def _model(self) -> Language:
        return spacy.load("fr_core_news_md", exclude=["parser", "morphologizer", "attribute_ruler", "lemmatizer"])

    def spans(self, text: str, known: Collection[str] = ()) -> list[Span]:
        """Return what is personal in a message, in order; `known` are names of the conversation, folded."""
        with self._lock:
            return apart([*shaped(text), *self._names.find(text, known), *self._read(text)])

    def transcript(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return what is personal in each message of a conversation: a name that one shows is hidden in all."""
        found = [self.spans(text) for text in texts]
        known = {
            fold(word)
            for text, spans in zip(texts, found, strict=True)
            for span in spans
            if span.kind is Kind.NAME
            for word in WORDS.findall(text[span.start : span.end])
            if len(word) > 2 and word not in self._lexicons.french and fold(word) not in self._lexicons.towns
        }
        return [self.spans(text, known) for text in texts] if known else found

    def _read(self, text: str) -> list[Span]:
        """Return the people that spaCy's model reads, where their words look like names: it reads much slang as one."""
        found = []
        for entity in self._model(text).ents:
            if entity.label_ != "PER":
                continue
            words = WORDS.findall(entity.text)
            before = fold(text[: entity.start_char]).split()[-1:]
            if not words or not all(word[:1].isupper() for word in words) or set(before) & CARRIERS:
                continue
            if max(map(len, words)) < SHORTEST or fold(words[0]).startswith("saint"):
                continue
            if tuple(fold(word) for word in words) in self._lexicons.famous:
                continue
            if any(
                word not in self._lexicons.french and fold(word) not in self._lexicons.words | self._lexicons.towns
                for word in words
            ):
                found.append(Span(entity.start_char, entity.end_char, Kind.NAME))
        return found
