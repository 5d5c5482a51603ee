"""From a form to a record: which reader reads which kind, and what it looks up meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge import campaigns, events, places, trainings
from connectors.console.knowledge.owned import Kept
from connectors.console.knowledge.shared import Known, Reader
from connectors.console.knowledge.typed import Typed
from connectors.console.rights import Staff
from connectors.database import Connection, Pool
from connectors.knowledge.library import Library
from connectors.knowledge.records import Record, record_of

PROPOSED = 6  # job families to tick, of those nearest to some words
READERS: dict[str, Reader] = {
    "event": events.read,
    "training": trainings.read,
    "place": places.read,
    "campaign": campaigns.read,
}


async def read(
    library: Library, pool: Pool, typed: Typed, kind: str, item_id: str, source: str, now: datetime, before: Kept | None
) -> Record | None:
    """Return the record that a form makes; None where `typed.wrong` says why there is none."""
    async with pool.connection() as connection:
        families = await titles_of(connection, typed.all("families"))
    was = Typed(before.typed) if before else None

    def look(towns: object) -> dict[str, object]:
        return READERS[kind](typed, Known(item_id, source, now, towns, families, was))  # type: ignore[arg-type]

    told = await library.ask(look)
    if typed.wrong:
        return None
    try:
        return record_of(kind, told)
    except ValidationError as error:
        first = error.errors()[0]
        typed.refuse("title", texts.NOT_KEPT.format(reason=f"{'.'.join(map(str, first['loc']))} : {first['msg']}"))
        return None


async def trades(library: Library, typed: Typed) -> dict[str, str]:
    """Return the job families nearest to the words looked for, else to the title and the summary, by code."""
    words = typed.text("trade", 200) or f"{typed('title')} {typed('summary')[:500]}".strip()
    if not words:
        typed.refuse("trade", texts.NO_FAMILY_FOUND)
        return {}
    found = await library.ask(lambda knowledge: knowledge.search(words, "job_family", PROPOSED))
    return {one.code: one.title for one in found if one.code}


async def titles_of(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """Return the title of each job family that exists, by its code."""
    cursor = await connection.execute(
        "SELECT code, title FROM knowledge.items WHERE kind = 'job_family' AND code = ANY (%s) ORDER BY title",
        (list(codes),),
    )
    return {row["code"]: row["title"] for row in await cursor.fetchall()}


def source_of(staff: Staff, before: Kept | None, operator: str) -> str:
    """Name who announces an item: the structure whose it is, else who runs this Piste."""
    return (before.structure if before else staff.structure_name) or operator or texts.OWN_SOURCE
