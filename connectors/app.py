"""The composition root of the gateway: `python -m connectors.app`."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from connectors import api, calendar, continuations, forms, health, metrics, pages, pictures, problems, recap
from connectors.agenda import posters, web
from connectors.agenda.themes import Overview
from connectors.api import Gateway
from connectors.bot import Bot
from connectors.channels import webhooks
from connectors.channels.platform import Platform
from connectors.channels.registry import platforms_of
from connectors.clock import Clock
from connectors.console import routes as console
from connectors.console.hiding import Hiding
from connectors.conversations import OUTBOX
from connectors.database import make_pool
from connectors.handovers import TYPING, give_up_forever
from connectors.limits import Limiter
from connectors.live import Live
from connectors.outbox import AT_ONCE, Outbox
from connectors.reminders import remind_forever
from connectors.retention import erase_asked_forever, purge_forever
from connectors.seal import Seal
from connectors.settings import Settings
from connectors.turns import TurnRunner


class Masker:
    def transcript(self, texts):
        return [[] for _ in texts]


STATIC = Path(__file__).parent / "static"
# The widget calls from whatever site holds it. The API looks at no cookie: who has a conversation's token reads it.
FROM_ANY_SITE: dict[str, Any] = {
    "allow_origins": ["*"],
    "allow_methods": ["GET", "POST", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "Last-Event-ID"],
    "expose_headers": ["Retry-After"],
    "max_age": 86400,
}
LARGEST_BODY = 64 * 1024  # bytes
# Tries of a code that continues a conversation elsewhere: more than anybody mistypes, nothing to a guesser.
CODES_BURST, CODES_PER_SECOND = 10, 1 / 30
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Put the parts together."""
    app: FastAPI = FastAPIOffline(
        title="Piste",
        version="1",
        description="Assistant d'orientation : l'API des conversations.",
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.clock = clock or Clock()
    app.state.platforms = platforms_of(settings)
    problems.install(app)
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(pages.router)
    app.include_router(forms.router)
    app.include_router(pictures.router)
    app.include_router(calendar.router)
    app.include_router(recap.router)
    app.include_router(continuations.router)
    app.include_router(webhooks.router)
    app.include_router(web.router)
    app.include_router(posters.router)
    app.include_router(console.router)
    app.mount("/static/leaflet", StaticFiles(directory=leaflet.BASE_DIR), name="leaflet")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.middleware("http")(guard)
    app.add_middleware(GZipMiddleware)
    app.add_middleware(CORSMiddleware, **FROM_ANY_SITE)
    return app


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the pools and start the work that goes on beside requests."""
    settings, clock = app.state.settings, app.state.clock
    # Two pools: turns hold a connection while the bot thinks, and must not starve people who write.
    pool, turn_pool = make_pool(settings.database_url, 16, "gateway"), make_pool(settings.database_url, 16, "turns")
    bot, live = Bot(settings.bot_url, settings.bot_secret), Live(settings.database_url)
    runner = TurnRunner(turn_pool, bot, clock, live)
    opening = Limiter(settings.conversations_burst, settings.conversations_per_second)
    speaking = Limiter(settings.messages_burst, settings.messages_per_second)
    app.state.bot = bot
    guessing = Limiter(CODES_BURST, CODES_PER_SECOND)
    seal, platforms = Seal(settings.channels_secret), app.state.platforms
    app.state.gateway = Gateway(settings, pool, clock, live, runner, opening, speaking, guessing, seal)
    app.state.agenda_overview = Overview(pool)
    await asyncio.gather(pool.open(), turn_pool.open())
    outboxes = outboxes_of(settings, clock, seal, platforms.values())
    for outbox in outboxes:
        live.relay(OUTBOX, outbox.kick)
    live.relay(TYPING, live.typing)
    app.state.hiding = Hiding(pool, Masker())
    work = (
        live.listen_forever(),
        runner.sweep_forever(),
        purge_forever(pool, clock, timedelta(days=settings.retention_days)),
        erase_asked_forever(pool, clock),
        remind_forever(pool, clock, runner.kick),
        give_up_forever(pool, clock, runner.kick),
        app.state.hiding.look_forever(),
        *[one.deliver_forever() for one in outboxes],
    )
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(pool.close(), turn_pool.close(), bot.close())
        await asyncio.gather(*[platform.close() for platform in platforms.values()])


def outboxes_of(settings: Settings, clock: Clock, seal: Seal, platforms: Iterable[Platform]) -> list[Outbox]:
    """Give each platform its outbox, with connections of its own: it holds them while it is spoken to."""
    return [
        Outbox(
            make_pool(settings.database_url, AT_ONCE + 1, f"outbox-{platform.name}"),
            clock, seal, platform, settings.public_url,
        )
        for platform in platforms
    ]  # fmt: skip


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies that no message needs, add security headers, count requests."""
    length = request.headers.get("content-length", "0")
    largest = webhooks.LARGEST_DELIVERY if request.url.path.startswith(webhooks.PREFIX) else LARGEST_BODY
    if length.isdigit() and int(length) > largest:
        response: Response = problems.too_large()
    else:
        response = await call_next(request)
    for name, value in HEADERS.items():
        if not (name == "Content-Security-Policy" and request.url.path.startswith(("/docs", "/redoc"))):
            response.headers.setdefault(name, value)
    metrics.REQUESTS.labels(problems.route_of(request), str(response.status_code)).inc()
    return response


def main() -> None:
    """Serve, with logs that name routes and errors, never addresses or words."""
    settings = Settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    uvicorn.run(
        create_app(settings), host=settings.host, port=settings.port, log_level="warning", access_log=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip


if __name__ == "__main__":
    main()
