"""Every route of the console, under /console."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from connectors.console.guards import SignedIn
from connectors.console.navigation import entries_of
from connectors.console.pages import conversations, knowledge, knowledge_files, talking, transcript

router = APIRouter(prefix="/console", include_in_schema=False)


@router.get("/")
async def home(session: SignedIn) -> RedirectResponse:
    """Lead to the first page that somebody may open."""
    return RedirectResponse(entries_of(session.staff)[0].path, 303)


# Files before items, whose paths hold anything.
for page in (conversations, transcript, talking, knowledge_files, knowledge):
    router.include_router(page.router)
