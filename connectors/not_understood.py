"""What people wrote that the bot did not understand, or hardly: what counsellors correct and the model lacks."""

from dataclasses import dataclass
from datetime import datetime

from connectors.database import Connection

FALLBACK = "nlu_fallback"  # the name that the dialogue engine gives to what it does not understand
UNSURE = 0.45  # confidence below which what was understood is to be looked at; the index of turns holds the same

READ = f"""
SELECT text AS words, count(*) AS times, max(created_at) AS last_time
FROM people.turns
WHERE kind = 'words' AND (intent = %(fallback)s OR confidence < {UNSURE}) AND created_at >= %(since)s
GROUP BY text ORDER BY times DESC, last_time DESC LIMIT %(limit)s
"""


def is_unclear(kind: str, intent: str | None, confidence: float | None) -> bool:
    """Say whether a turn's words were not understood, or hardly."""
    return kind == "words" and (intent == FALLBACK or (confidence is not None and confidence < UNSURE))


@dataclass(frozen=True)
class NotUnderstood:
    """A message as it was written, how often, and when last."""

    words: str
    times: int
    last_time: datetime


async def not_understood(connection: Connection, since: datetime, limit: int = 500) -> list[NotUnderstood]:
    """Return what was not understood, most frequent first."""
    cursor = await connection.execute(READ, {"fallback": FALLBACK, "since": since, "limit": limit})
    return [NotUnderstood(**row) for row in await cursor.fetchall()]
