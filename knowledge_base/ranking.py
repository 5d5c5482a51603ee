"""`rank`: the same matcher on anybody's corpus, in temporary tables of the same shape."""

from collections.abc import Iterator, Sequence

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.french import fold
from knowledge_base.search import SELECT_BEST, SQL, encode_wishes, wish_parameters

TABLE = """
CREATE TEMPORARY TABLE rank_texts (
    item_id text, kind text, text text, folded text, lexemes tsvector, encoder text, embedding vector
) ON COMMIT DROP
"""

Pair = tuple[str, str]


def rank(
    pool: Pool, encoder: Encoder, queries: Sequence[Pair], corpus: Sequence[Pair], top: int
) -> Iterator[list[tuple[str, float]]]:
    """Yield, for each (id, text) query, the best (id, score) of the corpus."""
    vectors = encoder.encode([text for _, text in corpus], "document")
    asked = encode_wishes(encoder, [text for _, text in queries])
    statement = (SQL + SELECT_BEST).format(texts="rank_texts")
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.executemany(
            "INSERT INTO rank_texts VALUES (%s, 'any', %s, %s, to_tsvector('knowledge.french', %s), %s, %s)",
            [
                (key, text, fold(text), text, encoder.identity, vector)
                for (key, text), vector in zip(corpus, vectors, strict=True)
            ],
        )
        cursor.execute("ANALYZE rank_texts")
        for (_, text), vector in zip(queries, asked, strict=True):
            parameters = wish_parameters(encoder, "any", [text], vector[None]) | {"limit": top}
            rows = cursor.execute(statement, parameters).fetchall()
            yield [(row["item_id"], row["score"]) for row in rows]
