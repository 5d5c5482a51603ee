"""The words of a wish, reduced as PostgreSQL reduces those of the texts; misspelt ones become known words."""

from collections.abc import Sequence

from psycopg import Connection
from psycopg.rows import DictRow

SHORTEST = 5  # letters: below, too many words are alike

KNOWN = """
SELECT said.number, coalesce(near.lexeme, said.lexeme) AS lexeme
FROM (
    SELECT number::int, lexeme FROM unnest(%(words)s::text[]) WITH ORDINALITY AS wish (words, number)
    CROSS JOIN unnest(to_tsvector('knowledge.french', words))
) said
LEFT JOIN knowledge.lexemes known USING (lexeme)
LEFT JOIN LATERAL (
    SELECT l.lexeme FROM knowledge.lexemes l
    WHERE known.lexeme IS NULL AND length(said.lexeme) >= %(shortest)s AND l.lexeme %% said.lexeme
    ORDER BY similarity(l.lexeme, said.lexeme) DESC, l.texts DESC, l.lexeme LIMIT 1
) near ON true
"""


def lexemes_of(connection: Connection[DictRow], wishes: Sequence[str]) -> list[list[str]]:
    """Return each wish's lexemes: « aprentisage » counts as « apprentissage » does, where no text writes it so."""
    found: list[list[str]] = [[] for _ in wishes]
    for row in connection.execute(KNOWN, {"words": list(wishes), "shortest": SHORTEST}).fetchall():
        found[row["number"] - 1].append(row["lexeme"])
    return found
