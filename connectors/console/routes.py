"""Every route of the console, under /console."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from connectors.console.guards import SignedIn
from connectors.console.navigation import entries_of
from connectors.console.pages import conversations, knowledge, knowledge_files, sign_in, talking, transcript

router = APIRouter(prefix="/console", include_in_schema=False)


@router.get("/")
async def home(session: SignedIn) -> RedirectResponse:
    """Lead to the first page that somebody may open; there is one for everybody."""
    return RedirectResponse(entries_of(session.staff)[0].path, 303)


# `knowledge_files` before `knowledge`, whose paths hold ids of any kind.
for page in (sign_in, conversations, transcript, talking, knowledge_files, knowledge):
    router.include_router(page.router)
