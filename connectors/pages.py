"""The pages of Piste itself: the whole-page conversation, the widget's script, the accessibility statement."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, Response

from connectors import templating
from connectors.api import InGateway

STATIC = Path(__file__).parent / "static"
IDLE = 120  # seconds after which a screen of everybody's forgets

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(code: Annotated[str, Query(max_length=64)] = "", kiosk: bool = False) -> Response:
    """Serve the conversation as a page; `?code=` opens it inside an event, `?kiosk=1` forgets when nobody is there."""
    return templating.page("index.html", code=code, kiosk=IDLE if kiosk else None)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Serve the one script that a site includes (docs/widget.md)."""
    return FileResponse(
        STATIC / "widget" / "loader.js", media_type="text/javascript", headers={"Cache-Control": "max-age=300"}
    )


@router.get("/accessibilite")
async def accessibility(gateway: InGateway) -> Response:
    """Serve the statement that RGAA asks for."""
    settings = gateway.settings
    return templating.page("accessibility.html", operator=settings.operator_name, contact=settings.operator_contact)
