"""What a card says of an item: what it is, when, where, and what is known of it."""

from datetime import datetime
from typing import Any

from actions.texts import APPOINTMENTS, EVENT_TYPES, LEVELS, MONTHS, day, listed, opening, where
from knowledge_base import Item
from knowledge_base.french import fold

# Public services that nobody pays for.
FREE = frozenset(("mission_locale", "cio", "information_jeunesse", "france_travail", "cap_emploi", "mdph", "plie",
                  "france_services", "espace_numerique"))  # fmt: skip


def subtitle(item: Item) -> str | None:
    """Say in a few words what an item is, when and where."""
    match item.kind:
        case "job_family":
            return str(item.details.get("domain_name") or "") or None
        case "event":
            all_day = bool(item.details.get("all_day"))
            when = day(item.starts_at, all_day=all_day) if item.starts_at else None
            parts = [EVENT_TYPES.get(item.details.get("type", "")), when, where(item)]
        case "training":
            parts = [item.details.get("organiser"), where(item)]
        case "place":
            parts = [where(item), APPOINTMENTS.get(item.details.get("appointment") or "")]
    once: dict[str, str] = {}  # a school is often its own place, « En ligne » is both what and where
    for part in filter(None, parts):
        once.setdefault(fold(part), part)
    return " · ".join(once.values()) or None


def facts(item: Item, now: datetime) -> list[dict[str, str]]:
    """Return what is known and useful, by label. What is not known is left out, never guessed."""
    details = item.details
    place = details.get("place") or {}
    registration = details.get("registration") or {}
    sessions = [one["starts_on"] for one in details.get("sessions") or []]
    address = ", ".join(part for part in (place.get("address"), place.get("commune")) if part)
    outcomes = details.get("outcomes") or {}
    entry = details.get("entry_text") or (LEVELS.get(item.entry_level) if item.entry_level is not None else None)
    public = (details.get("public") or {}).get("text")
    rows = [
        ("Métiers", listed(details.get("titles", [])[:3]) if item.kind == "job_family" else None),
        ("Pour entrer", entry if item.kind == "training" else None),
        ("Diplôme au bout", LEVELS.get(details.get("exit_level") or -1)),
        ("Label", listed(details.get("labels") or [])),
        ("Durée", details.get("duration")),
        ("Prochaine session", day_only(min(sessions)) if sessions else None),
        ("Prix", "gratuit" if details.get("service") in FREE else price(details.get("price") or {})),
        ("Rendez-vous", APPOINTMENTS.get(details.get("appointment") or "")),
        ("Financement", details.get("funding")),
        ("Résultats", f"{outcomes['text']} ({outcomes['year']}, {outcomes['source']})" if outcomes else None),
        ("Pour qui", public),
        ("Accessibilité", details.get("accessibility")),
        ("Adresse", address or None),
        ("Y aller", details.get("access")),
        ("Inscription", registration.get("text")),
        ("À apporter", details.get("bring")),
        ("Exposants", listed(details.get("exhibitors") or [])),
        ("Organisé par", details.get("organiser") if item.kind == "event" else None),
        ("Horaires", opening.said(details.get("hours"))),
        ("En ce moment", opening.state(details.get("hours"), now)),
        ("Téléphone", details.get("phone")),
        ("Sur place", listed(details.get("equipment") or [])),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def price(known: dict[str, Any]) -> str | None:
    """« 1 428 € », « gratuit », or what the source wrote."""
    if known.get("text") or known.get("euros") is None:
        return known.get("text")
    return f"{known['euros']:,.0f} €".replace(",", " ") if known["euros"] else "gratuit"


def day_only(iso_date: str) -> str:
    """« 4 décembre 2026 »."""
    moment = datetime.fromisoformat(iso_date)
    return f"{'1er' if moment.day == 1 else moment.day} {MONTHS[moment.month - 1]} {moment.year}"
