"""Events as calendar files, which any agenda opens."""

from datetime import datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from icalendar import Calendar, vText
from icalendar import Event as Entry

from connectors import texts
from connectors.api import InGateway
from connectors.knowledge import Event, find_event
from connectors.problems import Problem

PARIS = ZoneInfo("Europe/Paris")

router = APIRouter(tags=["events"])


@router.get("/api/v1/events/{event_id:path}.ics", response_class=Response)
async def event_file(gateway: InGateway, event_id: str) -> Response:
    """Return an event as an iCalendar file (RFC 5545), an entry for each of its days."""
    async with gateway.pool.connection() as connection:
        event = await find_event(connection, event_id)
    if event is None:
        raise Problem(HTTPStatus.NOT_FOUND, texts.NO_EVENT)
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"', "Cache-Control": "no-cache"}
    return Response(calendar_of(event, gateway.clock.now()), media_type="text/calendar", headers=headers)


def calendar_of(event: Event, now: datetime) -> bytes:
    """Write the file. A cancelled event says so, which agendas show."""
    calendar = Calendar()
    calendar.add("prodid", "-//Piste//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled else "PUBLISH")
    times = dict.fromkeys([(event.starts_at, event.ends_at), *event.days])
    for number, (start, end) in enumerate(times):
        entry = Entry()
        entry.add("uid", f"{event.id}-{number}@piste")
        entry.add("dtstamp", now)
        entry.add("summary", event.title)
        if event.all_day:
            entry.add("dtstart", start.astimezone(PARIS).date())
            entry.add("dtend", (end or start).astimezone(PARIS).date() + timedelta(days=1))
        else:
            entry.add("dtstart", start.astimezone(PARIS))
            if end is not None:
                entry.add("dtend", end.astimezone(PARIS))
        for name, said in (("description", event.text), ("location", event.where)):
            if said:
                entry[name] = vText(said)
        if event.url:
            entry.add("url", event.url)
        entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
