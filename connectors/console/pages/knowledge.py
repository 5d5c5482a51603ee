"""`/console/savoirs`: what a structure announces, its forms, and what becomes of each item."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from connectors.api import Gateway, InGateway
from connectors.console import rendering, texts, texts_knowledge
from connectors.console.guards import CSRF_FIELD, SignedIn, who_may
from connectors.console.knowledge import forms, items, owned, saving
from connectors.console.knowledge.owned import Kept
from connectors.console.knowledge.preview import Preview
from connectors.console.knowledge.preview import preview as previewed
from connectors.console.knowledge.saving import Desk
from connectors.console.knowledge.towns import written
from connectors.console.knowledge.typed import Typed, only
from connectors.console.rights import Act, Staff
from connectors.console.sessions import Session
from connectors.knowledge.library import Library
from connectors.knowledge.records import KnowledgeError
from connectors.problems import Problem

ROOT = "/console/savoirs"
A_PAGE = 50
CANCEL, DELETE = LEAVING = ("annuler", "supprimer")
OF_THE_PAGE = (CSRF_FIELD, "do", "id", "version", "town_choice")
OF_THE_MOMENT = ("trade", "sentences")  # asked of the page, no part of the item

router = APIRouter(prefix="/savoirs", include_in_schema=False)
Keeper = Annotated[Staff, Depends(who_may(Act.KNOWLEDGE))]


def library_of(request: Request) -> Library:
    """Return the application's window on the library."""
    found: Library = request.app.state.library
    return found


InLibrary = Annotated[Library, Depends(library_of)]


@router.get("")
async def show_list(
    request: Request,
    gateway: InGateway,
    session: SignedIn,
    staff: Keeper,
    kind: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """List what is theirs, and what else is known under the words looked for."""
    sort = kind if kind in forms.READERS else None
    async with gateway.pool.connection() as connection:
        found = await owned.listed(
            connection, staff, kind=sort, words=q.strip(), most=A_PAGE + 1, skipped=A_PAGE * (page - 1)
        )
        others = await items.search(connection, sort, q.strip()) if q.strip() else []
    return rendering.show(
        request, session, "knowledge.html", kinds=texts_knowledge.KINDS, new=texts_knowledge.NEW, kind=sort, q=q,
        found=found[:A_PAGE], more=len(found) > A_PAGE, page=page, others=others, readers=forms.READERS,
        now=gateway.clock.now(), done=request.query_params.get("fait", ""),
    )  # fmt: skip


@router.get("/nouveau/{kind}")
async def show_new(
    request: Request, gateway: InGateway, session: SignedIn, staff: Keeper, kind: str,
    copie: Annotated[str, Query(max_length=80)] = "",
) -> Response:  # fmt: skip
    """Show an empty form, or one filled as another item is (`copie`)."""
    if kind not in forms.READERS:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    async with gateway.pool.connection() as connection:
        model = await owned.find(connection, staff, copie) if copie else None
    typed = Typed(model.typed if model and model.kind == kind else {})
    return await shown(request, gateway, session, Open(kind, owned.new_id(kind), typed))


@router.post("/nouveau/{kind}")
async def create(
    request: Request, gateway: InGateway, library: InLibrary, session: SignedIn, staff: Keeper, kind: str
) -> Response:
    """Keep a new item; the same form sent twice keeps it once."""
    if kind not in forms.READERS:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    given = await request.form()
    item_id = str(given.get("id", ""))
    async with gateway.pool.connection() as connection:
        if await owned.find(connection, staff, item_id):
            return RedirectResponse(f"{ROOT}/{item_id}", 303)
        if not await owned.is_free(connection, kind, item_id):
            item_id = owned.new_id(kind)
    return await taken(request, gateway, library, session, kind, item_id, None)


@router.get("/{item_id}/{act}")
async def ask_to_leave(
    request: Request, gateway: InGateway, library: InLibrary, session: SignedIn, staff: Keeper, item_id: str, act: str
) -> Response:
    """Ask whether an item is really to be cancelled or deleted."""
    if act not in LEAVING:
        return await show_item(request, gateway, library, session, staff, f"{item_id}/{act}")
    kept = await theirs(gateway, staff, item_id)
    if act == CANCEL and kept.kind != "event":
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    async with gateway.pool.connection() as connection:
        waiting = await saving.waiting(connection, item_id)
    return rendering.show(
        request, session, "knowledge_leaving.html", kept=kept, act=act, title=Typed(kept.typed)("title"),
        waiting=waiting,
    )  # fmt: skip


@router.post("/{item_id}/{act}")
async def leave(gateway: InGateway, library: InLibrary, staff: Keeper, item_id: str, act: str) -> Response:
    """Cancel an event, or delete an item."""
    kept = await theirs(gateway, staff, item_id)
    desk = Desk(gateway.pool, library, staff, gateway.clock.now())
    if act == DELETE:
        await saving.delete(desk, kept, Typed(kept.typed)("title"))
        return RedirectResponse(f"{ROOT}?fait=supprime", 303)
    if act != CANCEL or kept.kind != "event" or not await saving.cancel(desk, item_id):
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return RedirectResponse(f"{ROOT}/{item_id}?fait=annule", 303)


@router.get("/{item_id:path}")
async def show_item(
    request: Request, gateway: InGateway, library: InLibrary, session: SignedIn, staff: Keeper, item_id: str
) -> Response:
    """Show an item: its form where it is theirs, else what is known of it and who says so."""
    async with gateway.pool.connection() as connection:
        kept = await owned.find(connection, staff, item_id)
        known = None if kept else await items.read_only(connection, staff, item_id)
    if kept is not None:
        form = Open(kept.kind, item_id, Typed(kept.typed), kept)
        return await shown(request, gateway, session, form, preview=await of_kept(gateway, library, form))
    if known is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return rendering.show(request, session, "knowledge_known.html", item=known, kinds=texts_knowledge.KINDS)


@router.post("/{item_id}")
async def change(
    request: Request, gateway: InGateway, library: InLibrary, session: SignedIn, staff: Keeper, item_id: str
) -> Response:
    """Keep an item as it was changed."""
    kept = await theirs(gateway, staff, item_id)
    return await taken(request, gateway, library, session, kept.kind, item_id, kept)


async def theirs(gateway: Gateway, staff: Staff, item_id: str) -> Kept:
    """Return an item that somebody may edit; there is no other."""
    async with gateway.pool.connection() as connection:
        kept = await owned.find(connection, staff, item_id)
    if kept is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_SUCH)
    return kept


async def taken(
    request: Request, gateway: Gateway, library: Library, session: Session, kind: str, item_id: str, kept: Kept | None
) -> Response:
    """Do what the button of a form says: keep it, or show it again with what was asked for or what is wrong."""
    given = await request.form()
    typed = Typed(only(given.multi_items(), OF_THE_PAGE))
    if choice := str(given.get("town_choice", "")):
        typed.given["town"] = [choice]
    form = Open(kind, item_id, typed, kept)
    if given.get("do") == "trades":
        proposed = await forms.trades(library, typed)
        return await shown(request, gateway, session, form, proposed=proposed)
    now = gateway.clock.now()
    source = forms.source_of(session.staff, kept, gateway.settings.operator_name)
    record = await forms.read(library, gateway.pool, typed, kind, item_id, source, now, kept)
    if record is None:
        return await shown(request, gateway, session, form, 422)
    if given.get("do") == "preview":
        seen = await previewed(gateway.settings, library, record, typed, now)
        return await shown(request, gateway, session, form, preview=seen)
    if kept is not None and str(given.get("version", "")) != str(kept.version):
        said = texts_knowledge.CHANGED_MEANWHILE.format(name=kept.changed_by)
        return await shown(request, gateway, session, form, 409, notice=said)
    try:
        await saving.keep(Desk(gateway.pool, library, session.staff, now), record, typed.but(*OF_THE_MOMENT), kept)
    except KnowledgeError:
        return await shown(request, gateway, session, form, 503, notice=texts_knowledge.INDEX_ABSENT)
    return RedirectResponse(f"{ROOT}/{item_id}?fait=enregistre", 303)


@dataclass(frozen=True)
class Open:
    """A form on somebody's screen: of what, and as it was last saved, if it was."""

    kind: str
    item_id: str
    typed: Typed
    kept: Kept | None = None


async def of_kept(gateway: Gateway, library: Library, form: Open) -> Preview | None:
    """Return what people get of an item as it was last saved; nothing of one that is proposed no more."""
    async with gateway.pool.connection() as connection:
        record = await owned.record(connection, form.item_id)
    if record is None or getattr(record, "cancelled", False):
        return None
    return await previewed(gateway.settings, library, record, Typed({}), gateway.clock.now())


async def shown(
    request: Request, gateway: Gateway, session: Session, form: Open, status: int = 200, **more: Any
) -> Response:
    """Write the form."""
    now = gateway.clock.now()
    async with gateway.pool.connection() as connection:
        families = await forms.titles_of(connection, form.typed.all("families"))
        state = await items.state_of(connection, form.item_id) if form.kept else None
        campaigns = await items.campaigns(connection, now) if form.kind == "event" else []
        grouped = await items.of_campaign(connection, form.typed("title")) if form.kind == "campaign" else []
    known = {"proposed": {}, "preview": None, "notice": "", "done": request.query_params.get("fait", "")} | more
    return rendering.show(
        request, session, f"knowledge_{form.kind}.html", status, kind=form.kind, kinds=texts_knowledge.KINDS,
        new=texts_knowledge.NEW, item_id=form.item_id, path=form.item_id, form=form.typed, kept=form.kept,
        state=state, families=families, campaigns=campaigns, grouped=grouped, written=written, said=texts_knowledge,
        now=now, **known,
    )  # fmt: skip
