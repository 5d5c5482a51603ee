"""Conversations by the hundred thousand, made in SQL: what the console's pages are tried and timed against."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

from tests import many_sentences as said

# Every conversation with what its sentences are made of; each one's numbers are drawn once and read often.
DRAWN = """
CREATE TEMP TABLE many ON COMMIT DROP AS
SELECT n, gen_random_uuid() AS id,
    -- in the day rather than at night, the latest weeks busier
    date_trunc('day', %(now)s - %(days)s * power(random(), 1.3) * interval '1 day')
        + interval '6 hours' + random() * interval '15 hours' AS at,
    CASE WHEN luck < 0.05 THEN 0 WHEN luck < 0.1 THEN 9 WHEN luck < 0.55 THEN 4 ELSE 5 END AS turns,
    1 + floor(20 * power(random(), 2))::int AS town, 1 + floor(20 * random())::int AS job,
    %(channels)s::text[] AS channels, 1 + floor(10 * random())::int AS channel,
    CASE WHEN random() < 0.04 THEN (%(events)s::text[])[1 + floor(4 * random())::int] END AS event,
    random() < 0.1 AS comes_back, random() < 0.04 AS calls, random() < 0.005 AS in_danger, random() < 0.8 AS is_read
FROM (SELECT n, random() AS luck FROM generate_series(1, %(conversations)s) n) AS lucks
"""
CONVERSATIONS = """
UPDATE many SET at = at - interval '1 day' WHERE at > %(now)s - interval '30 minutes';
INSERT INTO people.conversations (id, channel, origin, last_seq, profile, created_at, active_at, event_id, heard_seq,
    read_seq, themes, department, masked_seq, flagged_at, reviewed_at)
SELECT id, channels[channel], CASE WHEN n %% 3 = 0 THEN 'affiche' END, 1 + 2 * turns,
    jsonb_build_object('place', (%(towns)s::text[])[town], 'age_group',
        (ARRAY['15_17', '18_25', '18_25', '26_plus'])[1 + n %% 4]),  -- under 15 they would be erased at once
    at, at + turns * interval '40 seconds', event, 2 * turns, CASE WHEN is_read THEN 2 * turns ELSE 0 END,
    CASE WHEN turns > 0 AND n %% 11 > 0 THEN ARRAY[(%(themes)s::text[])[job]] ELSE '{}' END,
    CASE WHEN turns > 0 AND n %% 8 > 0 THEN (%(departments)s::text[])[town] END, 1 + 2 * turns,
    CASE WHEN in_danger AND turns > 0 THEN at + interval '40 seconds' END,
    CASE WHEN n %% 9 = 0 AND is_read THEN at + interval '1 day' END
FROM many
"""
# Of each turn: which sentence it takes, from which list, and what is not understood.
TURNS = """
CREATE TEMP TABLE many_turns ON COMMIT DROP AS
SELECT m.n, k, gen_random_uuid() AS id, m.id AS conversation_id, m.job, m.town, k = turns AS is_last,
    least(at + k * interval '40 seconds' + CASE WHEN comes_back AND k > 3 THEN interval '50 hours' ELSE '0' END,
        %(now)s) AS at,
    CASE WHEN k = turns THEN 'end' WHEN k = 1 THEN 'wish' WHEN k %% 3 = 0 THEN 'press'
        WHEN random() < 0.12 THEN 'unclear' WHEN calls AND k = 4 THEN 'call'
        WHEN k %% 3 = 2 THEN 'add' ELSE 'ask' END AS kind,
    1 + floor(8 * random())::int AS which, floor(random() * 1000)::int AS dice
FROM many m CROSS JOIN LATERAL generate_series(1, m.turns) k;
CREATE FUNCTION pg_temp.filled(template text, job text, town text, day text, name text, dice int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT replace(replace(replace(replace(replace(replace(template, '{job}', job), '{town}', town), '{day}', day),
    '{name}', name), '{digits}', lpad((dice * 9973 + 10000000)::text, 8, '0')), '{mail}', lower(name) || dice) $$;
CREATE TEMP TABLE many_said ON COMMIT DROP AS
SELECT t.*, CASE WHEN kind = 'press' THEN (ARRAY['Pas pour moi', 'M''y former', 'Une journée', 'Me le rappeler'])
        [1 + dice %% 4] ELSE pg_temp.filled(
    CASE kind WHEN 'wish' THEN (%(wishes)s::text[])[which] WHEN 'add' THEN (%(added)s::text[])[which]
        WHEN 'ask' THEN (%(asked)s::text[])[which] WHEN 'call' THEN 'je veux parler à une vraie personne'
        WHEN 'unclear' THEN (%(unclear)s::text[])[1 + dice %% %(unclears)s] ELSE (%(ends)s::text[])[which] END,
    (%(titles)s::text[])[job], (%(towns)s::text[])[town], (%(when)s::text[])[1 + dice %% 6],
    (%(names)s::text[])[1 + dice %% 8], dice) END AS text,
    CASE kind WHEN 'press' THEN (ARRAY['not_for_me', 'find_training', 'ask_daily_life', 'remind_me'])[1 + dice %% 4]
        WHEN 'wish' THEN (%(wish_intents)s::text[])[which] WHEN 'add' THEN (%(added_intents)s::text[])[which]
        WHEN 'ask' THEN (%(asked_intents)s::text[])[which] WHEN 'call' THEN 'ask_handoff'
        WHEN 'unclear' THEN 'nlu_fallback' ELSE (%(ends_intents)s::text[])[which] END AS intent
FROM many_turns t;
CREATE INDEX ON many_said (conversation_id);
INSERT INTO people.turns (id, conversation_id, client_id, kind, text, state, next_attempt, created_at, answered_at,
    intent, confidence)
SELECT id, conversation_id, id::text, CASE kind WHEN 'press' THEN 'payload' ELSE 'words' END,
    CASE kind WHEN 'press' THEN format('/%%s{"item": "%%s"}', intent,
        CASE intent WHEN 'remind_me' THEN (%(events)s::text[])[1 + dice / 7 %% 4] ELSE (%(jobs)s::text[])[job] END)
        ELSE text END,
    'answered', at, at, at + interval '1 second', intent,
    CASE kind WHEN 'press' THEN 1 WHEN 'unclear' THEN 0.2 + dice / 5000.0 ELSE 0.5 + dice / 2000.0 END
FROM many_said;
"""
MESSAGES = """
CREATE FUNCTION pg_temp.card(kind text, id text, title text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
SELECT jsonb_build_object('kind', kind, 'id', id, 'code', NULLIF(substr(id, 5), ''), 'title', title, 'subtitle', NULL,
    'text', NULL, 'why', 'Parce que tu as parlé de ' || title || '.', 'facts', '[]'::jsonb, 'url', NULL,
    'source', 'Essai', 'verified_at', '2026-01-05T08:00:00+01:00', 'distance_km', NULL, 'starts_at', NULL,
    'ends_at', NULL, 'modality', NULL, 'demo', true, 'actions', jsonb_build_array(jsonb_build_object(
        'title', 'Pas pour moi', 'payload', format('/not_for_me{"item": "%%s"}', id), 'url', NULL))) $$;
-- Where a number, an address or a name stands in a text, as the masks say it.
CREATE FUNCTION pg_temp.masks(text text, name text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
SELECT CASE
    WHEN position('06 ' in text) > 0 THEN jsonb_build_array(jsonb_build_array(
        position('06 ' in text) - 1, length(text), 'phone'))
    WHEN position('@' in text) > 0 THEN jsonb_build_array(jsonb_build_array(
        position('moi à ' in text) + 5, length(text), 'mail'))
    WHEN position('m''appelle ' in text) > 0 THEN jsonb_build_array(jsonb_build_array(
        position('m''appelle ' in text) + 9, position('m''appelle ' in text) + 9 + length(name), 'name'))
    ELSE '[]' END $$;
INSERT INTO people.messages (id, conversation_id, seq, author, author_name, text, created_at, masks)
SELECT gen_random_uuid(), id, 1, 'bot', 'Piste', %(welcome)s, at, '[]' FROM many;
INSERT INTO people.messages (id, conversation_id, seq, turn_id, author, author_name, text, created_at, masks)
SELECT gen_random_uuid(), conversation_id, 2 * k, id, 'user', 'Vous', text, at,
    pg_temp.masks(text, (%(names)s::text[])[1 + dice %% 8])
FROM many_said;
INSERT INTO people.messages (id, conversation_id, seq, turn_id, author, author_name, text, cards, created_at, masks)
SELECT gen_random_uuid(), conversation_id, 2 * k + 1, id, 'bot', 'Piste',
    CASE kind WHEN 'unclear' THEN %(not_understood)s ELSE pg_temp.filled((%(answers)s::text[])[which],
        (%(titles)s::text[])[job], (%(towns)s::text[])[town], (%(when)s::text[])[1 + dice %% 6], '', dice) END,
    CASE kind
        WHEN 'wish' THEN jsonb_build_array(
            pg_temp.card('job_family', (%(jobs)s::text[])[job], (%(titles)s::text[])[job]),
            pg_temp.card('job_family', (%(jobs)s::text[])[1 + dice %% 20], (%(titles)s::text[])[1 + dice %% 20]))
        WHEN 'ask' THEN jsonb_build_array(pg_temp.card('event', (%(events)s::text[])[1 + dice %% 4], 'Un événement'))
        ELSE '[]' END, at + interval '1 second', '[]'
FROM many_said;
"""
LED_TO = """
INSERT INTO people.calls (id, conversation_id, asked_at, answered_at, given_up_at)
SELECT gen_random_uuid(), conversation_id, at, CASE WHEN dice < 700 THEN at + (dice / 3) * interval '1 second' END,
    CASE WHEN dice >= 700 THEN at + interval '5 minutes' END
FROM many_said WHERE kind = 'call' OR intent = 'ask_handoff';
WITH raised AS (
    INSERT INTO people.alarms (id, conversation_id, turn_id, danger, created_at)
    SELECT gen_random_uuid(), s.conversation_id, s.id, (%(dangers)s::text[])[1 + s.dice %% 3], s.at
    FROM many_said s JOIN many m USING (n) WHERE m.in_danger AND s.k = 1 RETURNING created_at::date AS day, danger)
INSERT INTO people.alarm_counts (day, danger, under_15, number)
SELECT day, danger, false, count(*) FROM raised GROUP BY 1, 2
ON CONFLICT (day, danger, under_15) DO UPDATE SET number = people.alarm_counts.number + excluded.number;
INSERT INTO people.reminders (id, conversation_id, item_id, step, due_at, sent_at, created_at)
SELECT gen_random_uuid(), conversation_id, (%(events)s::text[])[1 + dice / 7 %% 4], 'day_before',
    at + interval '5 days',
    CASE WHEN at < %(now)s - interval '5 days' THEN at + interval '5 days' END, at
FROM many_said WHERE intent = 'remind_me' ON CONFLICT DO NOTHING;
UPDATE people.conversations c SET active_at = latest.at, unclear = latest.unclear FROM (
    SELECT conversation_id, max(at) AS at, count(*) FILTER (WHERE kind = 'unclear') AS unclear
    FROM many_said GROUP BY 1) latest
WHERE c.id = latest.conversation_id AND (c.active_at <> latest.at OR latest.unclear > 0);
INSERT INTO people.conversation_words (conversation_id, words)
SELECT conversation_id, to_tsvector('knowledge.french', string_agg(
    CASE WHEN text ~ '06 |@' THEN '' ELSE text END, ' ' ORDER BY k)) FROM many_said GROUP BY 1;
"""
OF_STRUCTURE = """
UPDATE people.calls SET structure_id = %(structure)s FROM many
WHERE many.id = conversation_id AND n %% %(one_in)s = 0;
INSERT INTO people.concerns (structure_id, conversation_id, why, since)
SELECT %(structure)s, id, (ARRAY['event', 'handover', 'shared'])[1 + n %% 3], at FROM many
WHERE n %% %(one_in)s = 0 ON CONFLICT DO NOTHING;
INSERT INTO people.tags (conversation_id, structure_id, tag)
SELECT id, %(structure)s, (%(tags)s::text[])[1 + n %% 5] FROM many WHERE n %% %(one_in)s = 0 AND n %% 4 = 0;
"""
ANALYSED = ("conversations", "turns", "messages", "concerns", "conversation_words", "calls", "reminders", "tags")


def fill(
    connection: psycopg.Connection[Any],
    conversations: int = 100_000,
    structure: UUID | None = None,
    *,
    one_in: int = 10,
    days: int = 90,
    now: datetime | None = None,
) -> None:
    """Add conversations of about ten messages each over the latest days, one in `one_in` of which concerns a structure.

    Times end at `now`. One transaction; everything is masked, read for search and analysed already.
    """
    values = {
        "conversations": conversations, "structure": structure, "one_in": one_in, "days": days,
        "now": now or datetime.now(UTC), **sentences(),
    }  # fmt: skip
    cursor = psycopg.ClientCursor(connection)  # several statements each: their values are written into them
    with connection.transaction():
        cursor.execute("SET LOCAL synchronous_commit = off; SET LOCAL statement_timeout = 0; SET LOCAL jit = off")
        for statements in (DRAWN, CONVERSATIONS, TURNS, MESSAGES, LED_TO):
            cursor.execute(statements, values)
        if structure is not None:
            cursor.execute(OF_STRUCTURE, values)
        for name in ("filled", "card", "masks"):
            cursor.execute(f"DROP FUNCTION pg_temp.{name}")
    for table in ANALYSED:
        connection.execute(f"ANALYZE people.{table}")


def sentences() -> dict[str, Any]:
    """Return the lists that sentences are drawn from, by the names under which the SQL knows them."""
    towns, departments = columns(said.TOWNS)
    themes, jobs, titles = columns(said.JOBS)
    found: dict[str, Any] = {
        "towns": towns, "departments": departments, "themes": themes, "jobs": jobs, "titles": titles,
        "channels": list(said.CHANNELS), "events": list(said.EVENTS), "dangers": list(said.DANGERS),
        "names": list(said.NAMES), "tags": list(said.TAGS), "when": list(said.DAYS), "answers": list(said.ANSWERS),
        "unclear": list(said.UNCLEAR), "unclears": len(said.UNCLEAR), "welcome": said.WELCOME,
        "not_understood": said.NOT_UNDERSTOOD,
    }  # fmt: skip
    for name, pairs in {"wish": said.WISHES, "added": said.ADDED, "asked": said.ASKED, "ends": said.ENDS}.items():
        found[f"{name}_intents"], found["wishes" if name == "wish" else name] = columns(pairs)
    return found


def columns(rows: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Turn rows into columns."""
    return [list(column) for column in zip(*rows, strict=True)]
