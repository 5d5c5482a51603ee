"""Daily counts for the dashboard, which outlive the conversations that they were counted from."""

from alembic import op

revision = "0012"
down_revision = "0010"

COUNTS = """
-- What happened on a day, in numbers alone: kept when conversations are erased. Without a structure: all of them.
CREATE TABLE people.daily_counts (
    structure_id uuid REFERENCES people.structures,
    day date NOT NULL,                         -- in Paris
    department text NOT NULL,                  -- empty where it is not known
    measure text NOT NULL,
    label text NOT NULL,
    number integer NOT NULL,
    UNIQUE NULLS NOT DISTINCT (structure_id, day, department, measure, label) INCLUDE (number)
);

-- What each conversation was counted as, so that what it becomes later moves its counts and never adds them twice.
CREATE TABLE people.counted (
    conversation_id uuid PRIMARY KEY REFERENCES people.conversations ON DELETE CASCADE,
    cells jsonb NOT NULL                       -- [[structure, day, department, measure, label, number], …]
);
ALTER TABLE people.conversations ADD COLUMN counted_seq integer NOT NULL DEFAULT -1; -- the last message counted
CREATE INDEX conversations_uncounted ON people.conversations (active_at) WHERE last_seq > counted_seq;

-- The events that people joined, by name: feeds let go of past ones, their ledger does not.
CREATE TABLE people.counted_events (
    id text PRIMARY KEY,
    title text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz
);
"""
# A message makes a conversation count again by its number; these do without one.
AGAIN = """
CREATE FUNCTION people.count_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE people.conversations SET counted_seq = -1
    WHERE id = coalesce(NEW.conversation_id, OLD.conversation_id) AND counted_seq >= 0;
    RETURN NULL;
END $$;
CREATE TRIGGER count_again AFTER INSERT OR DELETE ON people.concerns
    FOR EACH ROW EXECUTE FUNCTION people.count_again();
CREATE TRIGGER count_again AFTER INSERT OR UPDATE ON people.calls
    FOR EACH ROW EXECUTE FUNCTION people.count_again();
CREATE TRIGGER count_again AFTER INSERT ON people.reminders
    FOR EACH ROW EXECUTE FUNCTION people.count_again();
"""


def upgrade() -> None:
    """Create the tables, empty: the gateway counts the conversations of before in its first minutes."""
    op.execute(COUNTS)
    op.execute(AGAIN)
