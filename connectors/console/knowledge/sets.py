"""The sets that structures import: what each is called, whose it is, and how it leaves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from connectors.console.knowledge.owned import seen_by
from connectors.console.rights import Staff
from connectors.database import Connection
from connectors.knowledge.records import slug

# Formats of which several files stand side by side; the others are national sets, which replace the only one there is.
OF_STRUCTURES = (
    "csv", "ics", "jsonld", "openagenda", "mes-evenements", "data-inclusion", "lheo", "onisep-actions",
    "onisep-etablissements", "cpf",
)  # fmt: skip
OF_THE_INSTALLATION = (*OF_STRUCTURES, "annuaire", "onisep-formations", "rncp", "kit-apprentissage", "rome", "laposte")
ENCODINGS = ("utf-8-sig", "windows-1252")
ENDINGS = (".csv", ".json", ".jsonl", ".xml", ".ics", ".zip", ".xlsx", ".html", ".htm", ".txt")
LONGEST_NAME = 60


@dataclass(frozen=True)
class Named:
    """A file, and the set that it becomes (`collection`: None for a national one, called after its format)."""

    format: str
    file: str
    encoding: str
    collection: str | None
    on_disk: str

    def shown(self, report: dict[str, Any]) -> dict[str, Any]:
        """Return a report in which the file is called as the person's own is."""
        ours = PurePosixPath(self.on_disk)

        def said(text: str) -> str:
            return text.replace(self.on_disk, self.file).replace(ours.stem, PurePosixPath(self.file).stem)

        told = dict(report)
        if "error" in told:
            told["error"] = said(told["error"])
        if "reasons" in told:
            told["reasons"] = [said(reason) for reason in told["reasons"]]
        return told


def formats_of(staff: Staff) -> tuple[str, ...]:
    """Return the formats that somebody may import: what a structure brings stands beside what others do."""
    return OF_THE_INSTALLATION if staff.structure_id is None else OF_STRUCTURES


def named(structure_id: UUID | None, form: str, file: str, encoding: str) -> Named:
    """Name a file and its set. Structures that call their files alike have each their own.

    Naming again what is already named changes nothing.
    """
    shown = re.sub(r"[^\w .,()'+-]", "_", PurePosixPath(file.replace("\\", "/")).name)[-LONGEST_NAME:] or form
    path = PurePosixPath(shown)
    ending = path.suffix.lower() if path.suffix.lower() in ENDINGS else ""
    whose = structure_id.hex[:8] if structure_id else "piste"
    stem = f"{whose}-{slug(path.stem or form)}"
    return Named(form, shown, encoding, f"console/{form}-{stem}" if form in OF_STRUCTURES else None, f"{stem}{ending}")


async def former(connection: Connection, named: Named) -> dict[str, Any] | None:
    """Return the set that a file would replace, and how many items it has; None where it is new."""
    cursor = await connection.execute(
        "SELECT c.name, c.loaded_at, (SELECT count(*) FROM knowledge.items i WHERE i.collection = c.name) AS items"
        " FROM knowledge.collections c WHERE c.name = %s",
        (named.collection or named.format,),
    )
    return await cursor.fetchone()


async def listed(connection: Connection, staff: Staff) -> Sequence[dict[str, Any]]:
    """Return the sets that are somebody's."""
    cursor = await connection.execute(
        "SELECT k.*, t.name AS structure,"
        " (SELECT count(*) FROM knowledge.items i WHERE i.collection = k.collection) AS items"
        " FROM people.kept_sets k LEFT JOIN people.structures t ON t.id = k.structure_id"
        " WHERE %(all)s OR k.structure_id = %(structure)s ORDER BY k.loaded_at DESC",
        seen_by(staff),
    )
    return await cursor.fetchall()


async def find(connection: Connection, staff: Staff, collection: str) -> dict[str, Any] | None:
    """Return a set of somebody's."""
    cursor = await connection.execute(
        "SELECT * FROM people.kept_sets WHERE collection = %(collection)s"
        " AND (%(all)s OR structure_id = %(structure)s)",
        {"collection": collection} | seen_by(staff),
    )
    return await cursor.fetchone()


async def forget(connection: Connection, collection: str) -> None:
    """Remove whose a set is, and whose its events are."""
    await connection.execute("DELETE FROM people.kept_sets WHERE collection = %s", (collection,))
    await connection.execute(
        "DELETE FROM people.structure_events WHERE event_id IN (SELECT id FROM knowledge.items WHERE collection = %s)",
        (collection,),
    )
