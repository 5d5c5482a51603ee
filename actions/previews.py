"""The card of something that is not proposed yet, for those who type it in the console."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from actions.cards import card
from knowledge_base import Reason, Suggestion
from knowledge_base.records.typed import record_of

SHOWN = ("event", "training", "place")


def preview(told: dict[str, Any]) -> dict[str, Any] | None:
    """Return the card of a record (`kind`, `record`) as somebody who `said` this gets it `now`; None for no record."""
    if told.get("kind") not in SHOWN:
        return None
    try:
        item = record_of(told["kind"], told["record"]).item()
    except ValidationError:
        return None
    reasons = (Reason("words", words=told["said"]),) if told.get("said") else ()
    return card(Suggestion(item, 1.0, reasons), datetime.fromisoformat(told["now"]))
