"""How reminders of an event are asked for and refused, and when they are due."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from actions import texts
from actions.cards import button
from actions.item_details import card_again
from actions.turn import Turn
from knowledge_base import Item
from knowledge_base.french import fold

Row = dict[str, Any]

AT = time(17)  # Paris time at which reminders are sent, well within the day
STEPS = {"week_before": timedelta(days=-7), "day_before": timedelta(days=-1), "after": timedelta(days=2)}
SOONEST = timedelta(minutes=30)  # what would be sent before that is not worth sending
NAMED = {"week_before": "semaine", "day_before": "veille", "after": "apres"}  # what asks for one of them alone
REMIND = re.compile(r"\b(?:rappell?e?s? moi|(?:me|m) ?(?:le |la |les )?rappel\w*|un rappel)\b")
AND_REMIND = re.compile(r"\bet\b.{0,25}\brappel")  # « c'est où exactement, et tu peux me le rappeler ? »
# « pas de rappel », « ne me le rappelle pas »; not « pas celle-là, rappelle-moi l'autre ».
NO_REMINDER = re.compile(
    r"\b(?:pas|plus|sans|aucun|annule\w*|arrete\w*|laisse)\b"
    r"(?! (?:celle?s?|celui|ca|cela|cette?|le|la|l|lui|oublier)\b).{0,20}\brappe"
    r"|\brappel\w* (?:\w+ )?(?:pas|plus)\b"
)
CANCELS = re.compile(
    r"\b(?:annul\w*|enleve\w*|supprim\w*|retire\w*|vire\w*) (?:le |les |mon |mes |ton |ce )?rappels?\b"
)
OTHERWISE = re.compile(r"\b(?:pas|non) (?:celle?s?|celui|ca|cela|cette?|cet|le|la|l)\b|\bl autre\b")
# The words of such a request that tell nothing of the event.
REMINDING = re.compile(
    r"\b(?:(?:tu |vous )?(?:peux|peut|pouvez|pourrais|veux)|tu|vous"
    r"|pense[sz]? a|(?:qu )?il (?:faut|fallait)|c (?:etait|est)"
    r"|stp|svp|plutot|mince|zut|non|merci|moi|me|je"
    r"|(?:me |m |moi |le |la |l )*(?:rappel\w*|previen\w*|prevenir|alert\w*|mets?|mettre|fai[st]s? signe|envoie\w*"
    r"|ecri[stv]\w*|note\w*)(?: (?:moi|nous))?|un rappel|une alerte|avant|la veille|une semaine|le jour|pour|de"
    r"|l atelier|la journee|la visite|le forum|l evenement|la rencontre|le truc|les)\b"
)
WHEN = {"week_before": "une semaine avant", "day_before": "la veille", "after": "deux jours après"}


def without_reminding(text: str) -> str:
    """Return what a request for a reminder says of the event: « pas celle-là, rappelle-moi l'atelier mécanique »."""
    parts = [REMINDING.sub(" ", fold(part)) for part in re.split(r"[.!?;,:]", text)]
    return " ".join(" ".join(part for part in parts if not OTHERWISE.search(part)).split())


def times_of(item: Item, now: datetime) -> list[dict[str, Any]]:
    """Return when to write about an event: those of the three moments that are still to come."""
    moments: list[dict[str, Any]] = []
    for step, shift in STEPS.items():
        about = item.ends_at or item.starts_at if step == "after" else item.starts_at
        if about is None:
            continue
        day = (about.astimezone(texts.PARIS) + shift).date()
        due = datetime.combine(day, AT, texts.PARIS)
        if due > now + SOONEST:
            moments.append({"step": step, "due_at": due.isoformat()})
    return moments


def wanted(times: list[dict[str, Any]], said: str) -> list[dict[str, Any]]:
    """Leave the moments that a message asks for, « la veille »; all of them when it asks for none."""
    return [one for one in times if NAMED[one["step"]] in said] or times


def again(item: Item, turn: Turn) -> dict[str, Any]:
    """Return an event's card with the reason and distance it was shown with."""
    asked = {"id": item.id, "why": texts.in_register(texts.ASKED_TO_BE_REMINDED, vous=turn.vous)}
    row: dict[str, Any] = next((one for one in turn.slot("shown", []) if one["id"] == item.id), asked)
    return card_again(item, row, turn)


def ways_on() -> list[dict[str, str]]:
    """Return what one may want beside reminders."""
    return [button("Des événements", "find_event"), button("Des idées de métiers", "explore_jobs")]
