"""For which sentences something would be found, kept or not yet: its rank beside all that the index holds now."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from psycopg import Connection
from psycopg.rows import DictRow

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.families import rank_sentence
from knowledge_base.kept import publish
from knowledge_base.matching import FamilyMatcher
from knowledge_base.recommend import ranked
from knowledge_base.records import Item, Place, Profile, Suggestion, Tried
from knowledge_base.records.typed import Record
from knowledge_base.search import item_of
from knowledge_base.wishes import wishes_of

LOOKED_AT = 40  # ranks
BEFORE_IT = 3  # titles told of what comes first
NEAREST_FAMILIES = 2  # whose sentences stand for something that names no family

# What young people would say of a trade, the shortest first: they say more to others than to the machine.
PHRASES = """
SELECT text FROM (
    SELECT text, row_number() OVER (PARTITION BY item_id ORDER BY hash) AS turn,
        array_position(%(ids)s::text[], item_id) AS place
    FROM knowledge.texts WHERE item_id = ANY (%(ids)s) AND role = 'phrase' AND length(text) BETWEEN 15 AND 90
) said ORDER BY turn, place LIMIT %(most)s
"""


class Borrowed:
    """A pool of one connection that is in use: what is asked through it sees what its transaction did."""

    def __init__(self, connection: Connection[DictRow]) -> None:
        self._connection = connection

    def connection(self) -> Any:
        """Lend it, and leave its transaction open."""
        return nullcontext(self._connection)


def rehearse(
    pool: Pool, encoder: Encoder, matcher: FamilyMatcher, record: Record, sentences: Sequence[str], now: datetime
) -> list[Tried]:
    """Try sentences as people around the item would say them. Nothing of it stays in the index."""
    with pool.connection() as connection:
        try:
            publish(connection, pool, encoder, record)
            row = connection.execute("SELECT * FROM knowledge.items WHERE id = %s", (record.id,)).fetchone()
            lent = cast("Pool", Borrowed(connection))
            item = item_of(row) if row else record.item()
            return [_tried(lent, encoder, matcher, item, sentence, now) for sentence in sentences]
        finally:
            connection.rollback()


def _tried(pool: Pool, encoder: Encoder, matcher: FamilyMatcher, item: Item, sentence: str, now: datetime) -> Tried:
    wishes = wishes_of(sentence)
    profile = Profile(likes=wishes.likes or (sentence,), dislikes=wishes.dislikes, place=_around(item))
    found: list[Suggestion] = ranked(pool, encoder, matcher, profile, now, item.kind, LOOKED_AT)
    ranks = {one.item.id: rank for rank, one in enumerate(found, 1)}
    return Tried(sentence, ranks.get(item.id), tuple(one.item.title for one in found[:BEFORE_IT]))


def _around(item: Item) -> Place | None:
    return replace(item.place, region=None) if item.place else None


def sentences_for(pool: Pool, encoder: Encoder, matcher: FamilyMatcher, item: Item, most: int = 5) -> list[str]:
    """Return what young people drawn to an item's trades would say; without any, of those nearest."""
    codes = list(item.families)
    if not codes:
        nearest = rank_sentence(matcher, encoder, f"{item.title}. {item.text}").best(NEAREST_FAMILIES)
        codes = [code for code, _ in nearest]
    ids = [f"job-{code}" for code in codes]
    with pool.connection() as connection:
        rows = connection.execute(PHRASES, {"ids": ids, "most": most}).fetchall()
    return [row["text"] for row in rows]
