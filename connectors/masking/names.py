"""Names of people: after a cue, by the lists of first names, beside another name, or said before."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from connectors.masking.lexicons import Lexicons, fold
from connectors.masking.spans import Kind, Span

# « N'Diaye », « M'Bappé » are one word; otherwise an apostrophe ends a word, « l'ambiance ».
ELIDED = "diaye|dour|guessan|gom|goran|baye|bala|bengue|golo|dri|dombele|barek|hamed|barki|zonzi|doye|dao|diay"
LETTERS = r"[^\W\d_]+(?:-[^\W\d_]+)*"
WORD = re.compile(rf"[nm]['’](?:{ELIDED})\w*|{LETTERS}", re.IGNORECASE)
# What a name comes after. After the first, any word that is not French may be one; after the second, one that looks so.
NAMED = (
    r"(?:je|j|i) ?m ?['’]?app?el+e?|jm ?['’]?app?el+e?|^m ?['’]?app?el+e?|moi c ?['’]?est|mwa c|^moi c|c ?['’]?est moi"
    r"|(?:pr[eé])?nom(?: de famille)? ?(?:c ?['’]?est|est|:)|(?:il|elle|qui) s ?['’]?app?el+e?|nomm[ée]e?"
    r"|mme|madame|mlle|mademoiselle|monsieur|mr|m\.|appell?ez[ -]moi"
)
RELATED = (
    r"(?:mon|ma|son|sa|notre|votre|ton|ta|la|le|une?) (?:petite? |grande? |meilleure? |demi[ -]|beau[ -]|belle[ -])*"
    r"(?:fils|fille|fr[eèé]re|frangine?|soeur|sœur|cousine?|neveu|ni[eè]ce|copine?|copain|pote|amie?|mari|femme|enfant|ado"
    r"|tut(?:eur|rice)|prof|conseill[eè]re?|patron(?:ne)?|ma[iî]tre|[ée]duc\w*|papa|maman|p[eè]re|m[eè]re|parents?)"
    r" (?:de |d['’])?"
    r"|bisous?|cordialement|ici|sign[ée]|je suis|jsuis|chui|c ?['’]?est|salut|bonjour|coucou|slt|cc|hello|merci|avec"
)
CUES = {
    strong: re.compile(rf"(?<![\w'’-])(?:{words})[ ,:!]*(?=\w)", re.IGNORECASE)
    for strong, words in ((True, NAMED), (False, RELATED))
}
# Alone after these, a name must look like one: « madame la directrice », « mon fils cherche ».
PARTICLES = frozenset(
    "de du des la le el al ben ibn van von da dos di del st saint d bin abu o".split()  # noqa: SIM905 (a list of words)
)
# What carries the name of somebody and is no person: « lycée Jules-Haag », « rue Pasteur », « fondation Abbé Pierre ».
CARRIERS = frozenset(
    """
    lycee lycees college ecole fac faculte universite univ institut institution cfa iut campus centre hopital clinique
    rue avenue boulevard place quai stade salle gymnase fondation maison mission locale foyer residence prix bts saint
    sainte ville station metro tour aeroport musee theatre mediatheque bibliotheque complexe groupe internat
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
LONGEST_NAME = 4  # words


@dataclass(frozen=True)
class Token:
    """A word at its place."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def is_capital(self) -> bool:
        """Say whether it is written as names are."""
        return self.text[:1].isupper()


class Names:
    """Finds names with word lists; the model of spaCy has its say elsewhere."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._known = lexicons

    def find(self, text: str, known: Collection[str] = ()) -> Iterator[Span]:
        """Yield names; `known` are folded words that were names elsewhere in the conversation."""
        tokens = [Token(m.start(), m.end(), m[0], fold(m[0])) for m in WORD.finditer(text)]
        cued = {match.end(): strong for strong in (False, True) for match in CUES[strong].finditer(text)}
        at = 0
        while at < len(tokens):
            if famous := self._famous(tokens, at):
                at += famous
                continue
            token = tokens[at]
            after_cue = cued.get(token.start)
            if not self._begins(tokens, at, text, known, after_cue=after_cue):
                at += 1
                continue
            end = self._runs_to(tokens, at, text, known, cued=bool(after_cue))
            yield Span(token.start, tokens[end - 1].end, Kind.NAME)
            at = end

    def _famous(self, tokens: list[Token], at: int) -> int:
        """Return how many words name somebody known, from here."""
        for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            words = tuple(part for token in tokens[at : at + length] for part in re.split(r"['’-]", token.folded))
            if words in self._known.famous:
                return length
        return 0

    def _begins(
        self, tokens: list[Token], at: int, text: str, known: Collection[str], *, after_cue: bool | None
    ) -> bool:
        token = tokens[at]
        before = tokens[at - 1].folded if at else ""
        if before in CARRIERS or (at > 1 and before in PARTICLES and tokens[at - 2].folded in CARRIERS):
            return False
        if token.folded in known:
            return True
        if after_cue is not None and self._may_follow_cue(token, strong=after_cue):
            return True
        if self._is_first_name(token):
            return True
        # « Rose Dupont », « Martin Petit »: words that are names too, written as names, beside another.
        return token.is_capital and self._could_be(token) and at > 0 and self._next_is_surname(tokens, at, text)

    def _is_first_name(self, token: Token) -> bool:
        parts = token.folded.split("-")
        if parts[0] in ("saint", "sainte"):
            return False
        if len(parts) == 1:
            ordinary = token.text in self._known.french or token.folded in self._known.towns
            return not ordinary and token.folded in self._known.unmistaken
        return all(part in self._known.first_names for part in parts)

    def _could_be(self, token: Token) -> bool:
        return token.folded in self._known.first_names and token.folded not in self._known.towns

    def _next_is_surname(self, tokens: list[Token], at: int, text: str) -> bool:
        if at + 1 >= len(tokens) or text[tokens[at].end : tokens[at + 1].start] != " ":
            return False
        following = tokens[at + 1]
        return following.is_capital and following.text not in self._known.french

    def _may_follow_cue(self, token: Token, *, strong: bool) -> bool:
        if token.folded in PARTICLES or token.folded in self._known.words or len(token.folded) < 2:
            return False
        ordinary = token.text in self._known.french
        if not strong:
            return token.is_capital and not ordinary and token.folded not in self._known.towns
        return self._could_be(token) or not ordinary or (token.is_capital and token.folded not in self._known.stops)

    def _runs_to(self, tokens: list[Token], at: int, text: str, known: Collection[str], *, cued: bool) -> int:
        """Return where the name ends: its surname, written after it, particles included."""
        end = at + 1
        while end < len(tokens) and end - at < LONGEST_NAME + 1:
            gap = text[tokens[end - 1].end : tokens[end].start]
            token = tokens[end]
            if gap not in (" ", "-", ". ", "  "):
                break
            if (
                token.folded in PARTICLES
                and end + 1 < len(tokens)
                and self._is_surname(tokens[end + 1], known, cued=cued)
            ):
                end += 2
            elif self._is_surname(token, known, cued=cued):
                end += 1
            else:
                break
        return end

    def _is_surname(self, token: Token, known: Collection[str], *, cued: bool) -> bool:
        if token.folded in known:
            return True
        if token.folded in self._known.words or token.folded in PARTICLES or len(token.folded) < 2:
            return False
        if token.folded in self._known.stops:
            return False
        if token.is_capital or self._could_be(token):
            return True
        return len(token.folded) > 2 and token.text not in self._known.french and token.folded not in self._known.towns
