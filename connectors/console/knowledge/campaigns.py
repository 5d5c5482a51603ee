"""The form of a campaign, read: a name under which events stand together for some days."""

from datetime import datetime, time
from typing import Any

from connectors.console import texts_knowledge as texts
from connectors.console.knowledge.shared import LONGEST_SUMMARY, Known, check_days, public
from connectors.console.knowledge.typed import Typed
from connectors.knowledge.records import PARIS, end_of_day


def read(typed: Typed, known: Known) -> dict[str, Any]:
    """Return a campaign's record as far as the form tells it."""
    first, last = typed.day("starts_on", texts.NO_START), typed.day("ends_on", texts.NO_END)
    if first and last:
        check_days(typed, known, first, last, ("starts_on", "ends_on"))
    return {
        "id": known.id,
        "title": typed.text("title", 80, texts.NO_TITLE) or "",  # as long as an event may name its campaign
        "summary": typed.text("summary", LONGEST_SUMMARY, texts.NO_SUMMARY) or "",
        "starts_at": datetime.combine(first, time(), PARIS) if first else None,
        "ends_at": end_of_day(last) if last else None,
        "organiser": typed.text("organiser", 120) or known.source,
        "public": public(typed),
        "url": typed.url("url"),
        "source": {"name": known.source},
        "verified_at": known.today,
        "families": [],
    }
