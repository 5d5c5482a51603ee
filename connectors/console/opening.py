"""What every page about one conversation begins with: it is there, and whoever asks sees it."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from connectors.api import InGateway
from connectors.console import texts
from connectors.console.guards import SignedIn
from connectors.console.hiding import Hiding
from connectors.console.rights import Staff, sees
from connectors.handovers import Counsellor
from connectors.problems import Problem


async def seen(gateway: InGateway, session: SignedIn, conversation: str) -> UUID:
    """Return the conversation of the address; 404 where it is none, and where it does not concern who asks."""
    try:
        identifier = UUID(conversation)
    except ValueError:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH) from None
    async with gateway.pool.connection() as connection:
        if not await sees(connection, session.staff, identifier):
            raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return identifier


Seen = Annotated[UUID, Depends(seen)]


def hiding_of(request: Request) -> Hiding:
    """Return what looks for personal data, of this application."""
    found: Hiding = request.app.state.hiding
    return found


def counsellor_of(staff: Staff) -> Counsellor:
    """Return somebody as the people whom they talk with know them."""
    return Counsellor(staff.id, staff.name, staff.structure_name)


InHiding = Annotated[Hiding, Depends(hiding_of)]
