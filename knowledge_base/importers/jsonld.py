"""schema.org/Event in JSON-LD: a file of its own, or the `application/ld+json` scripts of a web page.

Persons (organizer, performer, attendee) are never read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from knowledge_base.errors import BadFile
from knowledge_base.geography import OVERSEAS, fold_place
from knowledge_base.importers.columns import listed, short_hash
from knowledge_base.importers.french_dates import PARIS, in_column, in_paris, read_day
from knowledge_base.importers.occasions import FULL, LAST_MINUTE, Slot, event_type, upcoming, whole_days
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import MEGABYTE, Member, Source
from knowledge_base.importers.tables import DEEPEST, Row, json_rows
from knowledge_base.importers.towns import site_in, street_of, town_name, town_named
from knowledge_base.importers.wording import plain, shortened, unshouted
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord

SET = "file"
LARGEST_PAGE = 10 * MEGABYTE
Node = Mapping[str, Any]

# Subclasses of Event whose names do not end so, and those that are nothing one goes to.
OTHER_EVENTS = {"EventSeries", "Festival", "Hackathon"}
NO_EVENTS = {"DeliveryEvent", "PublicationEvent", "BroadcastEvent", "OnDemandEvent"}
MODES = {"Offline": "onsite", "Online": "remote", "Mixed": "hybrid"}
FRANCE = ("", "fr", "fra", "france", "guadeloupe", "martinique", "guyane", "mayotte", "reunion", "la reunion")


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each event of each file or page."""
    take = partial(_event, known=known)
    for member in source.of_kind("*.json", "*.jsonld", "*.html", "*.htm"):
        yield from judged(_rows(source, member), take)


def _rows(source: Source, member: Member) -> Iterator[Row]:
    """Yield each event as a row; a script that is not JSON is refused alone."""
    found = False
    for row in _documents(source, member):
        nodes = {str(node["@id"]): node for node in _nodes(row.values) if "@id" in node and len(node) > 1}
        events = [node for node in _nodes(row.values) if _is_event(node)]
        refused = [row] if "" in row.values else []
        for one in refused + [Row(row.file, row.line, _resolved(node, nodes)) for node in events]:
            found = True
            yield one
    if not found:
        raise BadFile(member.name, 1, "holds no schema.org Event in JSON-LD. Remedy: is it the right file or page?")


def _documents(source: Source, member: Member) -> Iterator[Row]:
    with source.bytes_of(member) as handle:
        start = handle.read(4096)
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from json_rows(source, member, "item", "")
        return
    for script in _page(source, member).xpath("//script[contains(@type, 'ld+json')]"):
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text or "{}")
        try:
            values = json.loads(text, strict=False)
        except (ValueError, RecursionError) as error:
            values = {"": f"a script of type application/ld+json is not JSON ({str(error)[:80]})"}
        yield Row(member.name, script.sourceline or 1, values if isinstance(values, dict) else {"@graph": values})


def _page(source: Source, member: Member) -> Any:
    """Read a page whole, within bounds."""
    data = b""
    with source.bytes_of(member) as handle:
        while piece := handle.read(MEGABYTE):
            data += piece
            if len(data) > LARGEST_PAGE:
                reason = f"a page of more than {LARGEST_PAGE:,} bytes. Remedy: save the page of the events alone"
                raise BadFile(member.name, 1, reason)
    try:
        return html.document_fromstring(data)
    except (etree.LxmlError, ValueError) as error:
        raise BadFile(member.name, 1, f"is not a web page ({error}). Remedy: is it the right file?") from error


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """Yield every object, wherever it stands: `@graph`, `itemListElement`, `subEvent`."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list) and depth < DEEPEST:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _nodes(one, depth + 1)


def _types(node: Any) -> set[str]:
    given = node.get("@type") if isinstance(node, dict) else None
    return {re.split(r"[/:#]", str(one))[-1] for one in listed(given)}


def _is_event(node: Node) -> bool:
    """Tell events; one that only gathers others, without a date of its own, is none."""
    kinds = {one for one in _types(node) - NO_EVENTS if one.endswith("Event") or one in OTHER_EVENTS}
    return bool(kinds) and ("startDate" in node or "subEvent" not in node)


def _resolved(event: Node, nodes: Mapping[str, Node]) -> dict[str, Any]:
    """Put in place the objects that an event names by their @id."""

    def known(value: Any) -> Any:
        if isinstance(value, list):
            return [known(one) for one in value]
        return nodes.get(str(value.get("@id")), value) if isinstance(value, dict) and len(value) == 1 else value

    return {key: known(value) for key, value in event.items()}


def _first(node: Any, name: str) -> str:
    """Return a text: the first of several, the name of an object, the value of a language."""
    value = next(iter(listed(node.get(name) if isinstance(node, dict) else None)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    return str(value).strip()


def _event(row: Row, known: Known) -> EventRecord:
    event = row.values
    if not _first(event, "name"):
        raise Unusable("name is empty")
    status = _first(event, "eventStatus")
    place, modality = _where(event, moved_online="MovedOnline" in status)
    said, url = _first(event, "url"), web_address(_first(event, "url"))
    own_id = _first(event, "@id")
    if "//" not in own_id:  # « #event » is the same on every page
        own_id = "|".join((said or _first(event, "name"), _first(event, "startDate")))
    changed = _first(event, "dateModified")
    return EventRecord.model_validate(
        upcoming(_slots(event, known.today), known.today)
        | ({} if _first(event, "endDate") or _is_day(_first(event, "startDate")) else {"ends_at": None})
        | {
            "id": f"jsonld-{short_hash(own_id, '' if said or not place else place['commune'])}",
            "title": unshouted(plain(_first(event, "name")), place["commune"] if place else ""),
            "summary": shortened(plain(_first(event, "description"))),
            "type": event_type(_first(event, "name"), *map(str, listed(event.get("keywords")))),
            "place": place,
            "modality": modality,
            "public": _public(event),
            "seats": next(iter(re.findall(r"^[0-9]{1,9}$", _first(event, "maximumAttendeeCapacity"))), None),
            "organiser": _organiser(event),
            "registration": _registration(event),
            "cancelled": status.endswith(("EventCancelled", "EventPostponed")),
            "url": url,
            "source": {"name": _host(url) or row.file, "url": url},
            "verified_at": in_paris("dateModified", changed).date() if changed else known.dated,
        }
    )


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # « http://[ », and letters that no name of a machine has
        return None


def _where(event: Node, *, moved_online: bool) -> tuple[dict[str, Any] | None, str | None]:
    """Return the place and the modality: as said, else as the kinds of places tell."""
    places = listed(event.get("location"))
    virtual = [one for one in places if "VirtualLocation" in _types(one) or str(one).startswith("http")]
    real = [one for one in places if one not in virtual]
    mode = re.search(r"(Offline|Online|Mixed)EventAttendanceMode", _first(event, "eventAttendanceMode"))
    told = "hybrid" if virtual and real else "remote" if virtual else "onsite" if real else None
    modality = "remote" if moved_online else MODES[mode[1]] if mode else told
    if modality == "remote":
        return None, modality
    if not real:
        raise Unusable("location is empty: where is it?")
    return _site(real[0]), modality


def _site(place: Any) -> dict[str, Any]:
    """Read a Place, a PostalAddress or a text; the town may stand in any of them."""
    address = place.get("address", place) if isinstance(place, dict) else place
    address = next(iter(listed(address)), "")
    name = _first(place, "name")
    country = _first(address, "addressCountry")
    if fold_place(country) not in FRANCE and country.upper() not in OVERSEAS:
        raise Unusable(f"addressCountry {country!r} is not in France")
    written = address if isinstance(address, str) else _first(address, "streetAddress")
    if town := town_name(_first(address, "addressLocality")):
        postcode = _first(address, "postalCode")
        street = street_of(_first(address, "streetAddress"), town, postcode)
        site: dict[str, Any] = {"label": name or None, "commune": town, "postcode": postcode or None, "address": street}
    elif found := site_in(written) or town_named(written):
        site = found | {"label": name or found["label"]}
    elif found := town_named(name):
        site = found
    else:
        raise Unusable(f"location {name or written[:80]!r} names no town (addressLocality)")
    point = next(iter(listed(place.get("geo") if isinstance(place, dict) else None)), None)
    return site | {key: _first(point, key) or None for key in ("latitude", "longitude")}


def _public(event: Node) -> dict[str, Any]:
    ages = re.fullmatch(r"(\d{1,3})\s*-\s*(\d{1,3})?", _first(event, "typicalAgeRange"))
    audience = event.get("audience")
    text = _first(audience, "audienceType") if isinstance(audience, dict) else ""
    return {"age_min": ages and ages[1], "age_max": ages and ages[2], "text": text or None}


def _organiser(event: Node) -> str | None:
    """Return the first organisation; a person, or a name that may be one, is left out."""
    names = (_first(one, "name") for one in listed(event.get("organizer")) if _types(one) - {"Person"})
    return next(filter(None, names), None)


def _registration(event: Node) -> dict[str, Any]:
    """Return where to register, at what price, and whether seats are left."""
    offers = [one for one in listed(event.get("offers")) if isinstance(one, dict)]
    prices = sorted({price for one in offers for price in _prices(one)})
    free = _first(event, "isAccessibleForFree").lower() == "true" or prices == [0]
    said = [f"{price:.2f} €".replace(".00", "").replace(".", ",") for price in prices]
    cost = "Gratuit" if free else " à ".join(dict.fromkeys((*said[:1], *said[-1:])))
    full = bool(offers) and all(_first(one, "availability").endswith("SoldOut") for one in offers)
    url = next(filter(None, (web_address(_first(one, "url")) for one in offers)), None)
    return {"url": url, "text": ". ".join(filter(None, (FULL if full else "", cost))) or None}


def _prices(offer: Node) -> list[float]:
    """Return the prices in euros; what is no number, or another currency, is left out."""
    texts = [_first(offer, key).replace(",", ".") for key in ("price", "lowPrice", "highPrice")]
    euros = _first(offer, "priceCurrency") in ("EUR", "€", "")
    return [float(text) for text in texts if euros and re.fullmatch(r"\d+(?:\.\d+)?", text)]


def _slots(event: Node, today: date) -> list[Slot]:
    start, end = _first(event, "startDate"), _first(event, "endDate")
    if not start:
        raise Unusable("startDate is empty")
    if _is_day(start):
        first = in_column("startDate", read_day, start)
        last = in_paris("endDate", end).date() if end else first
        if last < first:
            raise Unusable(f"endDate {end!r} is before startDate {start!r}")
        return whole_days(first, last, today)
    begin = in_paris("startDate", start)
    stop = in_paris("endDate", end) if end else begin
    if _is_day(end):
        stop = datetime.combine(stop.date(), LAST_MINUTE, PARIS)
    if stop < begin:
        raise Unusable(f"endDate {end!r} is before startDate {start!r}")
    return [(begin, stop)]


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
