"""The composition root of the gateway: `python -m connectors.app`."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi_offline import FastAPIOffline
from starlette.staticfiles import StaticFiles

from connectors import api, calendar, health, metrics, pages, pictures, problems, recap
from connectors.api import Gateway
from connectors.bot import Bot
from connectors.clock import Clock
from connectors.database import make_pool
from connectors.limits import Limiter
from connectors.live import Live
from connectors.outbox import Channel, Outbox
from connectors.reminders import remind_forever
from connectors.retention import erase_asked_forever, purge_forever
from connectors.settings import Settings
from connectors.turns import TurnRunner

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 64 * 1024  # bytes
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(
    settings: Settings, clock: Clock | None = None, channels: Mapping[str, Channel] | None = None
) -> FastAPI:
    """Put the parts together. `channels` are the messaging platforms of this installation, by name."""
    app: FastAPI = FastAPIOffline(
        title="Piste",
        version="1",
        description="Assistant d'orientation : l'API des conversations.",
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.clock = clock or Clock()
    app.state.channels = channels or {}
    problems.install(app)
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(pages.router)
    app.include_router(pictures.router)
    app.include_router(calendar.router)
    app.include_router(recap.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.middleware("http")(guard)
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
    app.state.gateway = Gateway(settings, pool, clock, live, runner, opening, speaking)
    await asyncio.gather(pool.open(), turn_pool.open())
    outbox = Outbox(pool, clock, app.state.channels)
    work = (
        live.listen_forever(),
        runner.sweep_forever(),
        purge_forever(pool, clock, timedelta(days=settings.retention_days)),
        erase_asked_forever(pool, clock),
        remind_forever(pool, clock, runner.kick),
        outbox.deliver_forever(),
    )
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(pool.close(), turn_pool.close(), bot.close())


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies that no message needs, add security headers, count requests."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_BODY:
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
