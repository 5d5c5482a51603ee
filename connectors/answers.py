"""What the bot says is stored, and what its actions ask of the gateway is carried out, in one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from connectors import conversations, handovers, reminders
from connectors.agenda.themes import themes_of
from connectors.bot import Utterance
from connectors.conversations import Turn
from connectors.database import Connection
from connectors.directives import (
    AnyDirective,
    Cards,
    Erase,
    Handoff,
    Intake,
    Picture,
    ProfileCopy,
    Remind,
    Safety,
    parse,
)

ERASED_AFTER = timedelta(seconds=5)  # time to read that it is done

COUNT_ALARM = """
INSERT INTO people.alarm_counts (day, danger, under_15, number)
SELECT %(now)s::date, %(danger)s, coalesce(profile ->> 'age_group', '') = 'under_15', 1
FROM people.conversations WHERE id = %(conversation)s
ON CONFLICT (day, danger, under_15) DO UPDATE SET number = people.alarm_counts.number + 1
"""


async def add_answer(connection: Connection, turn: Turn, utterances: Sequence[Utterance], now: datetime) -> None:
    """Store what the bot said: one message an utterance, with its cards and what it offers."""
    for utterance in utterances:
        directives = parse(utterance.directives)
        cards = [card for one in directives if isinstance(one, Cards) for card in one.cards]
        shown = [card.model_dump(mode="json") for card in cards]
        image = next(({"url": one.url, "alt": one.alt} for one in directives if isinstance(one, Picture)), None)
        await conversations.add_message(
            connection, turn.conversation_id, turn.id, now, "bot", utterance.text, utterance.buttons, shown, image
        )
        offers = [(b["payload"], b["title"]) for b in utterance.buttons]
        offers += [(a.payload, f"{a.title} : {card.title}") for card in cards for a in card.actions if a.payload]
        for payload, title in offers:
            await connection.execute(
                "INSERT INTO people.offers VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (turn.conversation_id, payload, title),
            )
        for one in directives:
            await carry_out(connection, turn, one, now)


async def carry_out(connection: Connection, turn: Turn, asked: AnyDirective, now: datetime) -> None:
    """Do what an action asked; what is only shown is in its message already."""
    conversation = turn.conversation_id
    match asked:
        case Erase():
            await connection.execute(
                "UPDATE people.conversations SET erase_at = %s WHERE id = %s", (now + ERASED_AFTER, conversation)
            )
        case ProfileCopy():
            await connection.execute(
                "UPDATE people.conversations SET profile = %s, department = coalesce(%s, department) WHERE id = %s",
                (Jsonb(asked.facts), asked.facts.get("department"), conversation),
            )
        case Cards():
            await note_themes(connection, conversation, asked)
        case Handoff():
            await handovers.call(connection, conversation, now)
        case Remind():
            await reminders.remind(connection, conversation, asked, now)
        case Intake():
            await connection.execute(
                "INSERT INTO people.intakes (id, conversation_id, kind, told, contact, created_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                (uuid4(), conversation, asked.kind, asked.told, asked.contact, now),
            )
        case Safety():
            await raise_alarm(connection, turn, asked, now)


async def note_themes(connection: Connection, conversation: UUID, shown: Cards) -> None:
    """Keep the fields of work of the job families shown: what counsellors sort conversations by."""
    codes = [card.code for card in shown.cards if card.kind == "job_family" and card.code]
    if codes:
        await connection.execute(
            "UPDATE people.conversations SET themes = ARRAY(SELECT DISTINCT unnest(themes || %s::text[]) ORDER BY 1)"
            " WHERE id = %s",
            (sorted(themes_of(codes)), conversation),
        )


async def raise_alarm(connection: Connection, turn: Turn, asked: Safety, now: datetime) -> None:
    """Flag the conversation, once a turn, and count: the count alone outlives an erased conversation."""
    cursor = await connection.execute(
        "INSERT INTO people.alarms (id, conversation_id, turn_id, danger, created_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (turn_id) DO NOTHING",
        (uuid4(), turn.conversation_id, turn.id, asked.danger, now),
    )
    if cursor.rowcount:
        await connection.execute(
            "UPDATE people.conversations SET flagged_at = %s WHERE id = %s", (now, turn.conversation_id)
        )
        await connection.execute(
            COUNT_ALARM, {"now": now, "danger": asked.danger, "conversation": turn.conversation_id}
        )
