"""`/console/savoirs/importer`: a file of many items, read first, loaded once somebody has seen what is in it."""

import asyncio
import contextlib
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from connectors import problems
from connectors.api import InGateway
from connectors.console import audit, rendering, texts, texts_knowledge
from connectors.console.guards import SignedIn
from connectors.console.knowledge import sets, uploads
from connectors.console.knowledge.sets import Named
from connectors.console.knowledge.uploads import Importing, Upload
from connectors.console.pages.knowledge import InLibrary, Keeper
from connectors.console.rights import Staff
from connectors.console.sessions import Session
from connectors.knowledge.records import KnowledgeError
from connectors.problems import Problem

HERE = "/console/savoirs/importer"
LARGEST = 10 * 1024 * 1024  # bytes of a file
LARGEST_FORM = LARGEST + 64 * 1024
WAITED = 10.0  # seconds that the page itself waits for a file to be read

router = APIRouter(prefix="/savoirs/importer", include_in_schema=False)


def importing_of(request: Request) -> Importing:
    """Return what runs the importers."""
    found: Importing = request.app.state.importing
    return found


@router.get("")
async def show(request: Request, gateway: InGateway, session: SignedIn, staff: Keeper) -> Response:
    """Show the form, what was imported, and the files of the day."""
    return await written(request, gateway, session)


@router.post("")
async def receive(request: Request, gateway: InGateway, session: SignedIn, staff: Keeper) -> Response:
    """Take a file and have it read; nothing of it is loaded."""
    given = await request.form()
    form, encoding = str(given.get("format", "")), str(given.get("encoding", ""))
    file = given.get("file")
    body = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
    wrong = refusal(staff, form, encoding, body)
    if wrong or not isinstance(file, UploadFile):
        return await written(request, gateway, session, 422, wrong=wrong, format=form, encoding=encoding)
    named = sets.named(staff.structure_id, form, file.filename or "", encoding)
    async with gateway.pool.connection() as connection:
        identifier = await uploads.receive(connection, staff, named, body, gateway.clock.now())
    task = importing_of(request).start(staff, identifier, named, dry_run=True)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(task), WAITED)
    return RedirectResponse(f"{HERE}/{identifier}", 303)


def refusal(staff: Staff, form: str, encoding: str, body: bytes) -> dict[str, str]:
    """Say which field of the form is wrong, and why."""
    if form not in sets.formats_of(staff):
        return {"format": texts_knowledge.NO_FORMAT}
    if encoding not in sets.ENCODINGS:
        return {"encoding": texts_knowledge.NO_SUCH_CHOICE}
    if not body:
        return {"file": texts_knowledge.NO_FILE}
    return {"file": texts_knowledge.LARGE_FILE} if len(body) > LARGEST else {}


def too_large(request: Request) -> Response:
    """Answer a file that is not even read."""
    return problems.response(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, texts_knowledge.LARGE_FILE)


async def written(request: Request, gateway: InGateway, session: Session, status: int = 200, **more: Any) -> Response:
    """Write the page."""
    async with gateway.pool.connection() as connection:
        found = await sets.listed(connection, session.staff)
        lately = await uploads.lately(connection, session.staff)
    known = {"wrong": {}, "format": "csv", "encoding": "utf-8-sig", "done": request.query_params.get("fait", "")} | more
    formats = {name: texts_knowledge.FORMATS[name] for name in sets.formats_of(session.staff)}
    return rendering.show(
        request, session, "knowledge_files.html", status, formats=formats, sets=found, lately=lately,
        states=texts_knowledge.STATES, encodings=texts_knowledge.ENCODINGS, **known,
    )  # fmt: skip


@router.get("/{identifier}")
async def show_report(
    request: Request, gateway: InGateway, session: SignedIn, staff: Keeper, identifier: UUID
) -> Response:
    """Show what is in a file, or what came of it."""
    return await reported(request, gateway, session, await theirs(gateway, staff, identifier))


async def theirs(gateway: InGateway, staff: Staff, identifier: UUID) -> Upload:
    """Return a file of somebody's structure; there is no other."""
    async with gateway.pool.connection() as connection:
        found = await uploads.find(connection, staff, identifier)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return found


async def reported(
    request: Request, gateway: InGateway, session: Session, upload: Upload, status: int = 200, notice: str = ""
) -> Response:
    """Write a file's report."""
    async with gateway.pool.connection() as connection:
        former = await sets.former(connection, called(upload))
    return rendering.show(
        request, session, "knowledge_file.html", status, upload=upload, former=former, notice=notice,
        formats=texts_knowledge.FORMATS, lost=upload.is_lost(gateway.clock.now()),
    )  # fmt: skip


def called(upload: Upload) -> Named:
    """Name the set of a file as when it was received."""
    return sets.named(upload.structure_id, upload.format, upload.file, upload.encoding)


@router.post("/{identifier}")
async def load(
    request: Request, gateway: InGateway, session: SignedIn, staff: Keeper, identifier: UUID,
    replace: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Load a file that was read; what it replaces is to be agreed to."""
    upload = await theirs(gateway, staff, identifier)
    if upload.structure_id != staff.structure_id:
        raise Problem(HTTPStatus.FORBIDDEN, texts.NOT_YOURS)
    named = called(upload)
    async with gateway.pool.connection() as connection:
        if await sets.former(connection, named) and replace != "yes":
            said = texts_knowledge.AGREE_TO_REPLACE
            return await reported(request, gateway, session, upload, 422, said)
        begun = await uploads.begin_loading(connection, identifier, gateway.clock.now())
    if begun:
        task = importing_of(request).start(staff, identifier, named, dry_run=False)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(task), WAITED)
    return RedirectResponse(f"{HERE}/{identifier}", 303)


@router.get("/ensemble/{collection:path}")
async def ask_to_remove(
    request: Request, gateway: InGateway, session: SignedIn, staff: Keeper, collection: str
) -> Response:
    """Ask whether a set is really to be removed."""
    async with gateway.pool.connection() as connection:
        found = await sets.find(connection, staff, collection)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return rendering.show(request, session, "knowledge_set.html", set=found, formats=texts_knowledge.FORMATS)


@router.post("/ensemble/{collection:path}")
async def remove(gateway: InGateway, library: InLibrary, staff: Keeper, collection: str) -> Response:
    """Remove a set and all its items."""
    now = gateway.clock.now()
    try:
        async with gateway.pool.connection() as connection:
            if await sets.find(connection, staff, collection) is None:
                raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
            await sets.forget(connection, collection)
            await audit.note(connection, now, staff, "knowledge_set_removed", detail=collection)
            await library.ask(lambda knowledge: knowledge.remove_set(collection))
    except KnowledgeError:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, texts_knowledge.UPLOAD_LATER) from None
    return RedirectResponse(f"{HERE}?fait=retire", 303)
