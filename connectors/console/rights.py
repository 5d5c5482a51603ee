"""Who may do what, and which conversations somebody sees: the one place where it is decided."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from connectors.database import Connection


class Role(StrEnum):
    """What an account is for."""

    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What a page or a form does, by which it is allowed."""

    READ = "read"  # masked transcripts, notes
    REVEAL = "reveal"  # what the masks hide, with a reason
    TALK = "talk"  # take over, write, hand back
    REFER = "refer"  # send somebody to a service
    ANNOTATE = "annotate"  # notes, tags, assignment, review
    SHARE = "share"  # a link to a masked transcript
    CORRECT = "correct"  # what was not understood
    EXPORT = "export"  # figures and corrections as files
    COUNT = "count"  # the dashboard
    KNOWLEDGE = "knowledge"  # events, trainings, places
    MODEL = "model"  # retrain, put in service, roll back
    PEOPLE = "people"  # accounts
    STRUCTURES = "structures"
    AUDIT = "audit"


OF_COUNSELLORS = {
    Act.READ, Act.REVEAL, Act.TALK, Act.REFER, Act.ANNOTATE, Act.SHARE, Act.CORRECT, Act.COUNT,
}  # fmt: skip
OF_SUPERVISORS = OF_COUNSELLORS | {Act.EXPORT, Act.KNOWLEDGE, Act.PEOPLE, Act.AUDIT}
# An administrator keeps the house and reads nobody's conversation.
OF_ADMINISTRATORS = {Act.COUNT, Act.EXPORT, Act.KNOWLEDGE, Act.PEOPLE, Act.AUDIT}
OF_THE_INSTALLATION = OF_ADMINISTRATORS | {Act.MODEL, Act.STRUCTURES}
# Flagged conversations of no structure, masked: nothing of them is revealed or leaves.
OF_THE_DUTY = {Act.READ, Act.TALK, Act.ANNOTATE, Act.COUNT}


@dataclass(frozen=True)
class Staff:
    """Somebody signed in. Without a structure: the installation's administrator, or who has the duty, or both."""

    id: UUID
    name: str
    login: str
    role: Role
    duty: bool
    structure_id: UUID | None
    structure_name: str | None


def acts_of(staff: Staff) -> set[Act]:
    """Return everything that somebody may do, to what they see."""
    if staff.structure_id is not None:
        return {
            Role.COUNSELLOR: OF_COUNSELLORS,
            Role.SUPERVISOR: OF_SUPERVISORS,
            Role.ADMINISTRATOR: OF_ADMINISTRATORS,
        }[staff.role]
    own = OF_THE_INSTALLATION if staff.role is Role.ADMINISTRATOR else set()
    return own | (OF_THE_DUTY if staff.duty else set())


def may(staff: Staff, act: Act) -> bool:
    """Say whether somebody may do something."""
    return act in acts_of(staff)


def may_manage(staff: Staff, role: Role, structure_id: UUID | None) -> bool:
    """Say whether somebody may create, change or close an account of this role in this structure.

    A supervisor manages the counsellors and supervisors of their structure, its administrator everybody in it, the
    installation's administrator everybody.
    """
    if not may(staff, Act.PEOPLE):
        return False
    if staff.structure_id is None:
        return True
    mine = structure_id == staff.structure_id
    return mine and (staff.role is Role.ADMINISTRATOR or role is not Role.ADMINISTRATOR)


def visible(staff: Staff) -> tuple[str, dict[str, Any]]:
    """Return the SQL condition on `c`, a row of people.conversations, that holds for what somebody sees.

    Its parameters are named `seen_by…`. Every query for the console that names a conversation goes through here.
    """
    if not may(staff, Act.READ):
        return "false", {}
    if staff.structure_id is None:
        return (
            "(c.flagged_at IS NOT NULL AND NOT EXISTS (SELECT FROM people.concerns k WHERE k.conversation_id = c.id))",
            {},
        )
    return (
        "EXISTS (SELECT FROM people.concerns k WHERE k.conversation_id = c.id AND k.structure_id = %(seen_by)s)",
        {"seen_by": staff.structure_id},
    )


async def sees(connection: Connection, staff: Staff, conversation_id: UUID) -> bool:
    """Say whether somebody sees a conversation."""
    condition, parameters = visible(staff)
    cursor = await connection.execute(
        f"SELECT 1 FROM people.conversations c WHERE c.id = %(conversation)s AND {condition}",
        {"conversation": conversation_id, **parameters},
    )
    return await cursor.fetchone() is not None
