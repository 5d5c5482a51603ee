"""Files on their way to the importers: received, looked at without loading, then loaded whole or not at all."""

import asyncio
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from connectors.clock import Clock
from connectors.console import audit
from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.owned import seen_by
from connectors.console.knowledge.sets import Named
from connectors.console.rights import Staff
from connectors.database import Connection, Pool

logger = logging.getLogger(__name__)

LONGEST = timedelta(minutes=15)  # then an import is given up, and nothing of it is kept
KEPT_FOR = timedelta(days=1)
OF_STAFF = "(%(all)s OR structure_id = %(structure)s)"


@dataclass(frozen=True)
class Upload:
    """A file received, and how far it is: reading, read, refused, loading, loaded."""

    id: UUID
    structure_id: UUID | None
    format: str
    file: str
    encoding: str
    state: str
    report: dict[str, Any]
    changed_at: datetime

    def is_lost(self, now: datetime) -> bool:
        """Say whether whoever read it ended before it was done."""
        return self.state in ("reading", "loading") and now - self.changed_at > LONGEST


async def receive(connection: Connection, staff: Staff, named: Named, body: bytes, now: datetime) -> UUID:
    """Keep a file for a day; what others left for longer is let go."""
    await connection.execute("DELETE FROM people.uploads WHERE changed_at < %s", (now - KEPT_FOR,))
    identifier = uuid4()
    await connection.execute(
        "INSERT INTO people.uploads (id, staff_id, structure_id, format, file, encoding, body, state, changed_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, 'reading', %s)",
        (identifier, staff.id, staff.structure_id, named.format, named.file, named.encoding, body, now),
    )
    return identifier


async def find(connection: Connection, staff: Staff, identifier: UUID) -> Upload | None:
    """Return a file of somebody's structure."""
    cursor = await connection.execute(
        f"SELECT * FROM people.uploads WHERE id = %(id)s AND {OF_STAFF}", {"id": identifier} | seen_by(staff)
    )
    row = await cursor.fetchone()
    return Upload(**{name: row[name] for name in Upload.__dataclass_fields__}) if row else None


async def begin_loading(connection: Connection, identifier: UUID, now: datetime) -> bool:
    """Take a file that was read for loading, once, whoever else confirms it."""
    cursor = await connection.execute(
        "UPDATE people.uploads SET state = 'loading', changed_at = %s"
        " WHERE id = %s AND state = 'read' AND body IS NOT NULL RETURNING id",
        (now, identifier),
    )
    return await cursor.fetchone() is not None


async def note(connection: Connection, identifier: UUID, state: str, report: dict[str, Any], now: datetime) -> None:
    """Write how far a file is; one that was loaded or refused is let go."""
    done = state in ("loaded", "refused")
    await connection.execute(
        "UPDATE people.uploads SET state = %s, report = %s, changed_at = %s,"
        " body = CASE WHEN %s THEN NULL ELSE body END WHERE id = %s",
        (state, Jsonb(report), now, done, identifier),
    )


class Importing:
    """Runs the importers beside the gateway, one process a file."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Semaphore(1)  # each takes a core and the memory of an encoder

    def start(self, staff: Staff, identifier: UUID, named: Named, *, dry_run: bool) -> "asyncio.Task[None]":
        """Begin to read or to load a file."""
        task = asyncio.create_task(self._run(staff, identifier, named, dry_run=dry_run))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _run(self, staff: Staff, identifier: UUID, named: Named, *, dry_run: bool) -> None:
        async with self._one_at_a_time:
            report = await self._report(identifier, named, dry_run=dry_run)
        failed = "error" in report
        state = "refused" if failed else "read" if dry_run else "loaded"
        now = self._clock.now()
        async with self._pool.connection() as connection:
            await note(connection, identifier, state, report, now)
            if state == "loaded":
                await loaded(connection, staff, named, report, now)

    async def _report(self, identifier: UUID, named: Named, *, dry_run: bool) -> dict[str, Any]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute("SELECT body FROM people.uploads WHERE id = %s", (identifier,))
            row = await cursor.fetchone()
        if row is None or row["body"] is None:
            return {"error": texts.UPLOAD_GONE}
        with tempfile.TemporaryDirectory(prefix="piste-upload-") as folder:
            path = Path(folder) / named.on_disk
            await asyncio.to_thread(path.write_bytes, row["body"])
            asked = {"format": named.format, "path": str(path), "name": named.collection, "encoding": named.encoding,
                     "dry_run": dry_run}  # fmt: skip
            return named.shown(await in_a_process(asked))

    async def close(self) -> None:
        """Stop what runs: the database undoes what is half imported."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def in_a_process(asked: dict[str, Any], patience: float = LONGEST.total_seconds()) -> dict[str, Any]:
    """Run the guarded importer; whatever becomes of it, returns a report or an `error` in French."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "knowledge_base.importers.guarded",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        printed, _ = await asyncio.wait_for(process.communicate(json.dumps(asked).encode()), patience)
    except TimeoutError:
        return {"error": texts.UPLOAD_TOO_SLOW}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    except (ValueError, IndexError):
        logger.warning("an import ended without a report: %s", process.returncode)
        return {"error": texts.UPLOAD_TOO_MUCH}
    if "failure" in found:
        return {"error": texts.UPLOAD_LATER}
    return found


async def loaded(connection: Connection, staff: Staff, named: Named, report: dict[str, Any], now: datetime) -> None:
    """Note whose a set is, and that who joins one of its events concerns that structure."""
    await connection.execute(
        "INSERT INTO people.kept_sets (collection, structure_id, format, file, loaded_at, loaded_by)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (collection) DO UPDATE"
        " SET file = excluded.file, loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by",
        (report["collection"], staff.structure_id, named.format, named.file, now, staff.name),
    )
    if staff.structure_id is not None:
        await connection.execute(
            "INSERT INTO people.structure_events (event_id, structure_id)"
            " SELECT id, %s FROM knowledge.items WHERE collection = %s AND kind = 'event' ON CONFLICT DO NOTHING",
            (staff.structure_id, report["collection"]),
        )
    detail = f"{report['collection']} ({named.file}) : {report['kept']}"
    await audit.note(connection, now, staff, "knowledge_imported", detail=detail)


async def lately(connection: Connection, staff: Staff) -> Sequence[dict[str, Any]]:
    """Return the files of the day."""
    cursor = await connection.execute(
        f"SELECT id, file, format, state, changed_at FROM people.uploads WHERE {OF_STAFF}"
        " ORDER BY changed_at DESC LIMIT 20",
        seen_by(staff),
    )
    return await cursor.fetchall()
