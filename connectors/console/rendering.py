"""The console's pages: who is signed in, what they may reach from here, and their forms' token."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from connectors import templating
from connectors.api import gateway_of
from connectors.console import texts
from connectors.console.guards import csrf_of
from connectors.console.navigation import entries_of
from connectors.console.sessions import Session


def show(request: Request, session: Session, name: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render `connectors/templates/console/NAME`, in the frame of somebody signed in."""
    frame = {
        "staff": session.staff,
        "navigation": entries_of(session.staff),
        "here": request.url.path,
        "csrf": csrf_of(gateway_of(request).seal, session.token),
        "texts": texts,
    }
    return templating.page(f"console/{name}", status, **frame, **values)
