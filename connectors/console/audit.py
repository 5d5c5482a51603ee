"""What was done in the console, by whom, to which conversation; never what was said in it."""

from datetime import datetime
from uuid import UUID

from connectors.console.rights import Staff
from connectors.database import Connection


async def note(
    connection: Connection, now: datetime, staff: Staff, act: str, *, conversation: UUID | None = None, detail: str = ""
) -> None:
    """Write one line, in the transaction of what it tells."""
    await connection.execute(
        "INSERT INTO people.audit (at, staff_id, staff_name, structure_id, act, conversation_id, detail)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (now, staff.id, staff.name, staff.structure_id, act, conversation, detail),
    )
