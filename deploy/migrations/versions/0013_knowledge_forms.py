"""What is typed in the console: its records, whose they are, and files on their way to the importers."""

from alembic import op

revision = "0013"
down_revision = "0012"

SQL = """
-- Records typed by people, from which the index is made again as often as needed.
CREATE TABLE knowledge.kept_records (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('training', 'event', 'place', 'campaign')),
    record jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Whose a record is (null: the installation's own), and its form as it was typed.
CREATE TABLE people.kept_items (
    item_id text PRIMARY KEY,
    kind text NOT NULL,
    structure_id uuid REFERENCES people.structures,
    typed jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,        -- a form opened before somebody else saved is told so
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL
);
CREATE INDEX kept_items_by_structure ON people.kept_items (structure_id, changed_at DESC);

-- Sets that a structure imported.
CREATE TABLE people.kept_sets (
    collection text PRIMARY KEY,
    structure_id uuid REFERENCES people.structures,
    format text NOT NULL,
    file text NOT NULL,
    loaded_at timestamptz NOT NULL,
    loaded_by text NOT NULL
);
CREATE INDEX kept_sets_by_structure ON people.kept_sets (structure_id);

-- Files received, looked at without loading anything, until somebody confirms or a day has passed.
CREATE TABLE people.uploads (
    id uuid PRIMARY KEY,
    staff_id uuid NOT NULL REFERENCES people.staff ON DELETE CASCADE,
    structure_id uuid REFERENCES people.structures,
    format text NOT NULL,
    file text NOT NULL,
    encoding text NOT NULL,
    body bytea,                                -- let go once loaded
    state text NOT NULL CHECK (state IN ('reading', 'read', 'refused', 'loading', 'loaded')),
    report jsonb NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL
);
CREATE INDEX uploads_by_time ON people.uploads (changed_at);
"""


def upgrade() -> None:
    """Create the tables, empty."""
    op.execute(SQL)
