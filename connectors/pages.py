"""The plain page to talk to Piste."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False)


@router.get("/")
@router.get("/chat")
async def chat() -> FileResponse:
    """Serve the chat."""
    return FileResponse(STATIC / "chat.html")
