"""Messaging channels: who is heard where, what was already received, what is half sent, codes to go on elsewhere."""

from alembic import op

revision = "0009"
down_revision = "0008"

SQL = """
-- Several tokens may open one conversation: it may go on in another browser. Platforms need none.
CREATE TABLE people.tokens (
    hash bytea PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE
);
INSERT INTO people.tokens (hash, conversation_id) SELECT token_hash, id FROM people.conversations;
CREATE INDEX tokens_by_conversation ON people.tokens (conversation_id);
ALTER TABLE people.conversations DROP COLUMN token_hash;

-- Where somebody is written to. The platform's own id (a telephone number, say) is found by a keyed hash alone.
CREATE TABLE people.addresses (
    channel text NOT NULL,
    key bytea NOT NULL,
    sealed bytea NOT NULL,                -- the same id, encrypted
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    heard_at timestamptz NOT NULL,
    stopped_at timestamptz,               -- nothing is sent from then on, until they write again
    PRIMARY KEY (channel, key)
);
CREATE INDEX addresses_by_conversation ON people.addresses (conversation_id, channel, heard_at);

-- What platforms delivered, so that the same thing delivered again is nothing, even after an erasure.
CREATE TABLE people.deliveries (
    hash bytea PRIMARY KEY,
    channel text NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX deliveries_by_time ON people.deliveries (received_at);

-- Short codes, hashed with a key, that continue a conversation elsewhere: one at a time each, used once.
CREATE TABLE people.continuations (
    hash bytea PRIMARY KEY,
    conversation_id uuid NOT NULL UNIQUE REFERENCES people.conversations ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- No platform was connected before: nothing waits there.
DELETE FROM people.outbox;
ALTER TABLE people.outbox
    ADD COLUMN channel text NOT NULL,
    ADD COLUMN parts_sent integer NOT NULL DEFAULT 0;  -- a message may need several requests
"""


def upgrade() -> None:
    """Create the tables, empty, and give each conversation's token its row."""
    op.execute(SQL)
