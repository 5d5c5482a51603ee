"""What a conversation leads to: the event it began in, reminders, bookings and offers, and alarms of danger."""

from alembic import op

revision = "0008"
down_revision = "0007"

SQL = """
CREATE TABLE people.join_codes (
    code text PRIMARY KEY,
    event_id text NOT NULL UNIQUE,  -- of knowledge.items, which feeds may load again at any time
    created_at timestamptz NOT NULL
);
ALTER TABLE people.conversations ADD COLUMN event_id text;
CREATE INDEX conversations_by_event ON people.conversations (event_id) WHERE event_id IS NOT NULL;

-- Messages that somebody asked to be sent at a later time.
CREATE TABLE people.reminders (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    item_id text NOT NULL,
    step text NOT NULL CHECK (step IN ('week_before', 'day_before', 'after')),
    due_at timestamptz NOT NULL,
    sent_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (conversation_id, item_id, step)
);
CREATE INDEX reminders_due ON people.reminders (due_at) WHERE sent_at IS NULL;

-- A class to bring, or a visit that a company offers, with what its author left to be answered.
CREATE TABLE people.intakes (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('class', 'visit')),
    told text NOT NULL,
    contact text NOT NULL,
    created_at timestamptz NOT NULL
);

-- Conversations that told of danger, for who has that duty. Those of under-15s leave a number alone.
CREATE TABLE people.alarms (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    turn_id uuid REFERENCES people.turns ON DELETE CASCADE,
    danger text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (turn_id)
);
CREATE TABLE people.alarm_counts (
    day date NOT NULL,
    danger text NOT NULL,
    under_15 boolean NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (day, danger, under_15)
);
"""


def upgrade() -> None:
    """Create the tables, empty."""
    op.execute(SQL)
