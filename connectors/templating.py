"""Pages made here: one Jinja environment, everything escaped, and the few filters that French pages need."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

PARIS = ZoneInfo("Europe/Paris")
OPENS = ("http", "https", "tel", "mailto")


def safe_url(url: str | None) -> str | None:
    """Return an address that a link may open: ours, a page, a call, a mail; None for any other, `javascript:` first."""
    bare = (url or "").strip()
    if re.search(r"[\s\\\x00-\x1f]", bare) or bare.startswith("//"):
        return None
    try:
        parts = urlsplit(bare)
    except ValueError:  # a host that is none
        return None
    if not parts.scheme:
        return bare if bare.startswith("/") else None
    if parts.scheme.lower() not in OPENS:
        return None
    return bare if parts.netloc or parts.scheme.lower() not in ("http", "https") else None


def day(moment: datetime) -> str:
    """Write a day as French people do, in Paris."""
    return moment.astimezone(PARIS).strftime("%d/%m/%Y")


def clock(moment: datetime) -> str:
    """Write a day and an hour, in Paris."""
    return moment.astimezone(PARIS).strftime("%d/%m/%Y à %H:%M")


def moment(when: datetime, now: datetime) -> str:
    """Write when something was, as one says it: in minutes, then the hour, then the day."""
    minutes = int((now - when).total_seconds() // 60)
    if minutes < 1:
        return "moins d'une minute"
    if minutes < 60:
        return f"{minutes} min"
    same_day = when.astimezone(PARIS).date() == now.astimezone(PARIS).date()
    return when.astimezone(PARIS).strftime("%H:%M") if same_day else clock(when)


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters.update(safe_url=safe_url, day=day, clock=clock, moment=moment)


def page(name: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template of `connectors/templates`; a page that holds somebody's words is kept by nobody on the way."""
    html = ENVIRONMENT.get_template(name).render(values)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
