"""Fields of work that visitors choose among: ROME's fourteen, and what is digital apart from the office."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors import texts
from connectors.database import Connection, Pool

# The first letters of ROME codes (France Travail, ROME 4.0): a letter is one of its fourteen fields.
PREFIXES: dict[str, tuple[str, ...]] = {
    "numerique": ("M18",),
    "nature": ("A",),
    "artisanat-art": ("B",),
    "banque": ("C",),
    "vente": ("D",),
    "communication": ("E",),
    "batiment": ("F",),
    "accueil": ("G",),
    "industrie": ("H",),
    "reparation": ("I",),
    "sante": ("J",),
    "social": ("K",),
    "spectacle": ("L",),
    "bureau": ("M11", "M12", "M13", "M14", "M15", "M16", "M17"),
    "transport": ("N",),
}
NO_FAMILY = "i.families = '{}'"
FAMILIES_OF = """i.families && ARRAY(
    SELECT code FROM knowledge.items WHERE kind = 'job_family' AND code ^@ ANY (%(prefixes)s))"""
# The soonest events stand for all, however many there are: what has none among them is left out of the choices.
LOOKED_AT = 20_000
KEPT_FOR = timedelta(seconds=60)

OVERVIEW = """
WITH coming AS MATERIALIZED (
    SELECT families, details ->> 'campaign' AS campaign FROM knowledge.items
    WHERE kind = 'event' AND NOT cancelled AND duplicate_of IS NULL AND starts_at >= %(now)s
    ORDER BY starts_at LIMIT %(most)s
)
SELECT families, NULL AS campaign, count(*) AS n FROM coming GROUP BY families
UNION ALL
SELECT NULL, campaign, count(*) FROM coming WHERE campaign IS NOT NULL GROUP BY campaign
"""


def prefixes(theme: str | None) -> list[str]:
    """Return how the ROME codes of a theme begin."""
    return list(PREFIXES.get(theme or "", ()))


def themes_of(families: list[str]) -> set[str]:
    """Return the themes of an event, by its ROME codes."""
    if not families:
        return {"tous"}
    return {name for name, begins in PREFIXES.items() if any(code.startswith(begins) for code in families)}


@dataclass(frozen=True)
class Choices:
    """How many events to come each theme and each campaign has; `whole`: all events were counted."""

    themes: dict[str, int]
    campaigns: dict[str, int]
    whole: bool


class Overview:
    """What visitors may choose among, looked up at most once a minute by each process."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: tuple[datetime, Choices] | None = None

    async def choices(self, now: datetime) -> Choices:
        """Return the choices of this minute."""
        if self._known is None or not timedelta() <= now - self._known[0] < KEPT_FOR:
            async with self._pool.connection() as connection:
                self._known = (now, await look(connection, now))
        return self._known[1]


async def look(connection: Connection, now: datetime) -> Choices:
    """Count events to come by theme and by campaign."""
    cursor = await connection.execute(OVERVIEW, {"now": now, "most": LOOKED_AT})
    themes, campaigns, seen = Counter[str](), Counter[str](), 0
    for row in await cursor.fetchall():
        if row["families"] is None:
            campaigns[row["campaign"]] += row["n"]
            continue
        seen += row["n"]
        for theme in themes_of(row["families"]):
            themes[theme] += row["n"]
    in_order = {name: themes[name] for name in texts.THEMES if themes[name]}
    return Choices(in_order, dict(sorted(campaigns.items())), seen < LOOKED_AT)
