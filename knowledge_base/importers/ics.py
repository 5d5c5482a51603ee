"""iCalendar (RFC 5545): the calendars that structures publish from Google, Outlook, Nextcloud or their web site.

A file is read an event at a time, so that one bad event loses nothing of the rest. Attendees, organisers and contacts
may be persons: they are never read. An event that comes back is one item; its occurrences of the year are its `days`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar
from icalendar.prop import vBroken, vGeo

from knowledge_base.entries import item_entry
from knowledge_base.errors import BadFile
from knowledge_base.french import fold
from knowledge_base.importers.columns import listed, short_hash
from knowledge_base.importers.french_dates import PARIS
from knowledge_base.importers.ics_occurrences import LONGEST, occurrences
from knowledge_base.importers.occasions import LAST_MINUTE, MOST_DAYS, event_type, upcoming, whole_days
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import MEGABYTE, Member, Source
from knowledge_base.importers.tables import Row
from knowledge_base.importers.towns import site_in, town_named
from knowledge_base.importers.wording import plain, shortened, unshouted
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import EventRecord

SET = "file"
LARGEST_EVENT = MEGABYTE  # characters; some hold pictures
MOST_ZONE_LINES = 1_000
NEEDED = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
ONLINE = re.compile(r"https?://|\b(?:en ligne|a distance|visio(?:conference)?|webinaires?|teams|zoom|google meet)\b")
Properties = Mapping[str, Any]
Replaced = Mapping[str, Sequence[date]]  # UID → the occurrences that another VEVENT of the file replaces


@dataclass
class _Block:
    """The lines of one component, and where it starts. Of what is too long, the first lines alone."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, line: str) -> None:
        """Keep a line, within bounds."""
        self.size += len(line)
        if self.size <= LARGEST_EVENT:
            self.lines.append(line.rstrip("\r\n"))


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each event of each calendar."""
    for member in source.of_kind("*.ics"):
        replaced = _replaced(source, member)

        def take(row: Row, replaced: Replaced = replaced) -> Taken:
            return Taken(row.file, item_entry(_event(row, known, replaced).item()))

        yield from judged(_rows(source, member), take)


def _rows(source: Source, member: Member) -> Iterator[Row]:
    """Yield each VEVENT as its text, with the time zones and the name of the calendar met before it."""
    zones, name = list[str](), ""
    for block in _blocks(source, member):
        if block.kind == "X-WR-CALNAME":
            name = block.lines[0].partition(":")[2].strip().replace("\\,", ",")
        elif block.kind == "VTIMEZONE":
            zones = [*zones, *block.lines] if len(zones) < MOST_ZONE_LINES else zones
        else:
            values: dict[str, Any] = {"zones": zones, "lines": block.lines, "calendar": name}
            if block.size > LARGEST_EVENT:
                values[""] = f"a VEVENT of more than {LARGEST_EVENT:,} characters"
            elif block.lines[-1].strip().upper() != "END:VEVENT":
                values[""] = "the VEVENT is not closed by END:VEVENT"
            yield Row(member.name, block.line, values)


def _blocks(source: Source, member: Member) -> Iterator[_Block]:
    """Yield the events, the time zones and the name of a calendar; a block left open ends where the next begins."""
    block: _Block | None = None
    for number, line in enumerate(source.lines(member), start=1):
        mark = line.strip().upper()
        if number == 1 and mark != "BEGIN:VCALENDAR":
            raise BadFile(member.name, 1, "does not begin with BEGIN:VCALENDAR. Remedy: give the .ics file itself")
        if mark in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            if block:
                yield block
            block = _Block(mark.removeprefix("BEGIN:"), number)
        if block:
            block.add(line)
        if block and mark == f"END:{block.kind}":
            yield block
            block = None
        elif not block and mark.startswith("X-WR-CALNAME"):
            yield _Block("X-WR-CALNAME", number, [line])
    if block:
        yield block


def _replaced(source: Source, member: Member) -> Replaced:
    """Read first which occurrences were moved or cancelled: those say so in events of their own."""
    found: dict[str, list[date]] = defaultdict(list)
    for row in _rows(source, member):
        if "" in row.values or not any(line.upper().startswith("RECURRENCE-ID") for line in row.values["lines"]):
            continue
        try:
            event = _parsed(row)
        except Unusable:
            continue  # it will be refused in its turn
        if again := event.get("RECURRENCE-ID"):
            found[_text(event, "UID")].append(again.dt)
    return found


def _parsed(row: Row) -> Properties:
    """Return the properties of a VEVENT, those that cannot be read left out unless they tell when it is."""
    component = _component(row, row.values["zones"]) or _component(row, ())
    if component is None:
        raise Unusable("the VEVENT cannot be read: one of its lines is no « NAME:value », or its parts are not closed")
    for name, reason in component.errors:
        if name in NEEDED:
            raise Unusable(f"{name}: {reason}")
    event: dict[str, Any] = {}
    for name, value in component.items():
        kept = [one for one in listed(value) if not isinstance(one, vBroken)]
        event |= {name: kept[0] if len(kept) == 1 else kept} if kept else {}
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        moment = getattr(event.get(name), "dt", None)
        short = name == "DURATION" and isinstance(moment, timedelta) and moment < LONGEST
        sane = short or 1900 <= getattr(moment, "year", 0) <= 2100
        if name in event and not sane:
            given = " and ".join(line for line in row.values["lines"] if line.upper().startswith(name))
            raise Unusable(f"{given!r} is not one moment of this century or the last")
    return event


def _component(row: Row, zones: Sequence[str]) -> Any:
    """Parse one VEVENT; None when it cannot be, for instance because of its time zones."""
    lines = ["BEGIN:VCALENDAR", *zones, *row.values["lines"], "END:VCALENDAR", ""]
    try:
        events = Calendar.from_ical("\r\n".join(lines)).walk("VEVENT")
    except (ValueError, LookupError, AttributeError, TypeError):  # its own slips on odd input among them
        return None
    return events[0] if len(events) == 1 else None


def _event(row: Row, known: Known, replaced: Replaced) -> EventRecord:
    event = _parsed(row)
    if _text(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        raise Unusable(f"CLASS {_text(event, 'CLASS')!r} is not public")
    if not _text(event, "SUMMARY"):
        raise Unusable("SUMMARY is empty")
    categories = [str(one) for group in listed(event.get("CATEGORIES")) for one in getattr(group, "cats", ())]
    place, modality = _where(event, categories)
    url, changed = web_address(_text(event, "URL")), getattr(event.get("LAST-MODIFIED"), "dt", None)
    uid, again = _text(event, "UID") or "\n".join(row.values["lines"]), event.get("RECURRENCE-ID")
    return EventRecord.model_validate(
        _when(event, known.today, () if again else replaced.get(_text(event, "UID"), ()))
        | {
            "id": f"ics-{short_hash(uid, again.to_ical().decode() if again else '')}",
            "title": unshouted(plain(_text(event, "SUMMARY")), place["commune"] if place else ""),
            "summary": shortened(plain(_text(event, "DESCRIPTION"))),
            "type": event_type(_text(event, "SUMMARY"), *categories),
            "place": place,
            "modality": modality,
            "cancelled": _text(event, "STATUS").upper() == "CANCELLED",
            "url": url,
            "source": {"name": row.values["calendar"] or f"Agenda {row.file}", "url": url},
            "verified_at": changed.astimezone(PARIS).date() if isinstance(changed, datetime) else known.dated,
        }
    )


def _text(event: Properties, name: str) -> str:
    return str(next(iter(listed(event.get(name))), "")).strip()


def _where(event: Properties, categories: Sequence[str]) -> tuple[dict[str, Any] | None, str]:
    """Return where it is and its modality; what names neither a town nor the web is refused."""
    location = _text(event, "LOCATION")
    site = site_in(location) or town_named(location)
    if site is not None:
        if isinstance(point := event.get("GEO"), vGeo):
            site |= {"latitude": point.latitude, "longitude": point.longitude}
        return site, "onsite"
    if "CONFERENCE" in event or ONLINE.search(fold(" ".join((location, _text(event, "SUMMARY"), *categories)))):
        return None, "remote"
    raise Unusable(f"LOCATION {location!r} names no town (expected « Salle X, 12 rue Y, 54000 Nancy »)")


def _when(event: Properties, today: date, replaced: Sequence[date]) -> dict[str, Any]:
    """Return the days of an all-day event, or the occurrences of one that has hours."""
    if "DTSTART" not in event:
        raise Unusable("DTSTART is empty")
    start: date = event["DTSTART"].dt
    if not isinstance(start, datetime):
        length = _last_day(event, start) - start
        firsts = [one.date() for one in occurrences(event, datetime.combine(start, time()), today, replaced)]
        slots = [slot for first in firsts for slot in whole_days(first, first + length, today)]
        return upcoming(slots[:MOST_DAYS], today)
    begin = _placed(event, "DTSTART")
    end = _end(event, begin)
    walls = occurrences(event, begin.replace(tzinfo=None), today, replaced)
    local = [one.replace(tzinfo=begin.tzinfo).astimezone(PARIS) for one in walls]
    found = upcoming([(one, one + ((end or begin) - begin)) for one in local], today)
    return found if end else found | {"ends_at": None}


def _placed(event: Properties, name: str) -> datetime:
    """Return a moment with its zone: a floating one is Paris time, an unknown zone is refused."""
    value = event[name]
    moment: datetime = value.dt
    if moment.tzinfo is None and "TZID" in value.params:
        raise Unusable(f"{name} has the unknown time zone {value.params['TZID']!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def _end(event: Properties, begin: datetime) -> datetime | None:
    """Return the end, by DTEND or DURATION; None when neither is there."""
    if "DTEND" in event and isinstance(event["DTEND"].dt, datetime):
        end = _placed(event, "DTEND")
    elif "DTEND" in event:
        end = datetime.combine(event["DTEND"].dt, LAST_MINUTE, begin.tzinfo)
    elif "DURATION" in event:
        end = begin + event["DURATION"].dt
    else:
        return None
    if end < begin:
        raise Unusable(f"DTEND ({end:%d/%m/%Y %H:%M}) is before DTSTART ({begin:%d/%m/%Y %H:%M})")
    return end


def _last_day(event: Properties, start: date) -> date:
    """Return the last day of an all-day event: DTEND is the day after it, though some calendars repeat DTSTART."""
    end: date = event["DTEND"].dt if "DTEND" in event else start
    if "DTEND" not in event and "DURATION" in event:
        end = start + event["DURATION"].dt
    end = end.date() if isinstance(end, datetime) else end
    if end < start:
        raise Unusable(f"DTEND ({end:%d/%m/%Y}) is before DTSTART ({start:%d/%m/%Y})")
    return max(start, end - timedelta(days=1))
