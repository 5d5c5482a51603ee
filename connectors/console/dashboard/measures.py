"""What is counted of a conversation, as SQL: one row each time that something happened (docs/dashboard.md)."""

from connectors.handovers import NOBODY
from connectors.not_understood import FALLBACK, UNSURE

PARIS = "AT TIME ZONE 'Europe/Paris'"
NO_THEME = "aucun"
# What somebody presses on a card, or on what is told of it, names the card's item.
PRESSED_ITEM = r"""substring(t.text FROM '"item": *"((?:[^"\\]|\\.)*)"')"""
REFUSED = "/not_for_me%%"
# Seconds until somebody came, in steps of 5, then of 30 from 2 minutes, then of 300 from 30 minutes.
STEPS = ((120, 5), (1800, 30))
LAST_STEP = 300
LASTS = "interval '8 hours'"  # an event without an end (connectors.knowledge.LASTS)


def seconds_in_steps(seconds: str) -> str:
    """Return the SQL of the middle of the step that a number of seconds stands in."""
    cases = "".join(
        f" WHEN {seconds} < {below} THEN floor({seconds} / {step}) * {step} + {step} / 2.0" for below, step in STEPS
    )
    return f"CASE{cases} ELSE floor({seconds} / {LAST_STEP}) * {LAST_STEP} + {LAST_STEP} / 2.0 END"


ANSWER_TIME = seconds_in_steps("greatest(extract(epoch FROM k.answered_at - k.asked_at), 0)")

# A cell may be of one structure alone (`only_for`: who was called), or of none (`is_nobodys`: the duty was called).
CELLS = f"""
c AS (
    SELECT id, created_at, (created_at {PARIS})::date AS day, coalesce(department, '') AS department, channel, themes,
        heard_seq, event_id
    FROM people.conversations WHERE id = ANY (%(ids)s)
),
turns AS (
    SELECT t.conversation_id, (t.created_at {PARIS})::date AS day, t.created_at, t.kind, t.text,
        t.intent = '{FALLBACK}' OR t.confidence < {UNSURE} AS unclear, {PRESSED_ITEM} AS item
    FROM people.turns t WHERE t.conversation_id = ANY (%(ids)s)
),
shown AS (
    SELECT DISTINCT m.conversation_id, (m.created_at {PARIS})::date AS day, card ->> 'kind' AS kind,
        card ->> 'id' AS item
    FROM people.messages m, jsonb_array_elements(m.cards) card
    WHERE m.conversation_id = ANY (%(ids)s) AND m.cards <> '[]'
),
pressed AS (
    SELECT DISTINCT t.conversation_id, t.day, s.kind, t.item,
        CASE WHEN t.text LIKE '{REFUSED}' THEN 'refused' ELSE 'opened_card' END AS measure
    FROM turns t JOIN (SELECT DISTINCT conversation_id, kind, item FROM shown) s USING (conversation_id, item)
    WHERE t.kind = 'payload'
),
attended AS (
    SELECT id AS conversation_id, event_id AS event FROM c WHERE event_id IS NOT NULL
    UNION SELECT conversation_id, item_id FROM people.reminders
        WHERE conversation_id = ANY (%(ids)s) AND step <> 'after'
),
back AS (
    SELECT a.conversation_id, a.event, min(t.day) AS day
    FROM attended a JOIN people.counted_events e ON e.id = a.event
    JOIN turns t ON t.conversation_id = a.conversation_id AND t.kind <> 'event'
        AND t.created_at >= coalesce(e.ends_at, e.starts_at + {LASTS})
    JOIN c ON c.id = a.conversation_id AND c.created_at < coalesce(e.ends_at, e.starts_at + {LASTS})
    GROUP BY 1, 2
),
calls AS (
    SELECT k.conversation_id, (k.asked_at {PARIS})::date AS day, k.structure_id, k.answered_at,
        CASE WHEN k.answered_at IS NOT NULL THEN 'answered' WHEN k.given_up_at IS NOT NULL THEN 'given_up'
            ELSE 'waiting' END AS label, ({ANSWER_TIME})::text AS took
    FROM people.calls k WHERE k.conversation_id = ANY (%(ids)s)
),
happened AS (
    SELECT id AS conversation_id, day, 'opened' AS measure, channel AS label, NULL::uuid AS only_for,
        false AS is_nobodys FROM c
    UNION ALL SELECT id, day, CASE WHEN heard_seq > 0 THEN 'spoke' ELSE 'silent' END, '', NULL, false FROM c
    UNION ALL SELECT id, day, 'theme', unnest(CASE themes WHEN '{{}}' THEN ARRAY['{NO_THEME}'] ELSE themes END),
        NULL, false FROM c WHERE heard_seq > 0
    UNION ALL SELECT conversation_id, day, 'words', CASE WHEN unclear THEN 'unclear' ELSE 'clear' END, NULL, false
        FROM turns WHERE kind = 'words' AND unclear IS NOT NULL
    UNION ALL SELECT conversation_id, day, 'shown', kind, NULL, false FROM shown
    UNION ALL SELECT conversation_id, day, measure, kind, NULL, false FROM pressed
    UNION ALL SELECT conversation_id, day, 'call', label, structure_id, structure_id IS NULL FROM calls
    UNION ALL SELECT conversation_id, day, 'call', 'nobody', NULL, false FROM turns
        WHERE kind = 'event' AND text = '{NOBODY}'
    UNION ALL SELECT conversation_id, day, 'answer_time', took, structure_id, structure_id IS NULL FROM calls
        WHERE answered_at IS NOT NULL
    UNION ALL SELECT id, day, 'event_joined', event_id, NULL, false FROM c WHERE event_id IS NOT NULL
    UNION ALL SELECT DISTINCT conversation_id, (min(created_at) {PARIS})::date, 'event_reminder', item_id, NULL::uuid,
        false FROM people.reminders WHERE conversation_id = ANY (%(ids)s) AND step <> 'after'
        GROUP BY conversation_id, item_id
    UNION ALL SELECT conversation_id, day, 'event_back', event, NULL, false FROM back
    UNION ALL SELECT conversation_id, (created_at {PARIS})::date, 'alarm', danger, NULL, false FROM people.alarms
        WHERE conversation_id = ANY (%(ids)s)
),
cells AS (
    SELECT h.*, c.department FROM happened h JOIN c ON c.id = h.conversation_id
)
"""
