"""The counsellors' console: who works with it, what each structure may see, what they write, what was done."""

from alembic import op

revision = "0010"
down_revision = "0009"

PEOPLE = """
CREATE TABLE people.structures (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN (
        'mission_locale', 'school', 'information_jeunesse', 'france_travail', 'cio', 'organiser', 'other')),
    departments text[] NOT NULL DEFAULT '{}',  -- where it takes up conversations that ask for a human
    answers_within integer NOT NULL DEFAULT 5 CHECK (answers_within BETWEEN 1 AND 120),  -- minutes
    created_at timestamptz NOT NULL,
    closed_at timestamptz
);

-- Of no structure: the installation's administrators, and who has the duty of flagged conversations.
CREATE TABLE people.staff (
    id uuid PRIMARY KEY,
    structure_id uuid REFERENCES people.structures,
    login text NOT NULL UNIQUE CHECK (login = lower(login)),
    name text NOT NULL,                        -- as people who talk with them read it
    role text NOT NULL CHECK (role IN ('counsellor', 'supervisor', 'administrator')),
    duty boolean NOT NULL DEFAULT false,
    password_hash text,
    totp_secret bytea,                         -- sealed
    totp_step bigint,                          -- the last one accepted: a code serves once
    oidc_issuer text,
    oidc_subject text,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    UNIQUE (oidc_issuer, oidc_subject),
    CHECK (NOT duty OR structure_id IS NULL),
    CHECK (duty OR structure_id IS NOT NULL OR role = 'administrator')
);
CREATE INDEX staff_by_structure ON people.staff (structure_id);

CREATE TABLE people.staff_sessions (
    hash bytea PRIMARY KEY,
    staff_id uuid NOT NULL REFERENCES people.staff ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON people.staff_sessions (staff_id, seen_at);

-- Links that let somebody choose a password, once.
CREATE TABLE people.password_links (
    hash bytea PRIMARY KEY,
    staff_id uuid NOT NULL REFERENCES people.staff ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- Sign-ins that failed, by the account or the address tried, hashed.
CREATE TABLE people.sign_in_failures (
    key bytea NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_by_key ON people.sign_in_failures (key, at);

-- What was done, by whom: outlives accounts and conversations, and holds no word of theirs.
CREATE TABLE people.audit (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    staff_id uuid,
    staff_name text NOT NULL,
    structure_id uuid,
    act text NOT NULL,
    conversation_id uuid,
    detail text NOT NULL DEFAULT ''            -- the reason given, the name of a file, of an account
);
CREATE INDEX audit_by_structure ON people.audit (structure_id, id DESC);
CREATE INDEX audit_by_conversation ON people.audit (conversation_id) WHERE conversation_id IS NOT NULL;
"""

SEEN = """
-- Which events are whose: who joins one by its code concerns its organiser.
CREATE TABLE people.structure_events (
    event_id text PRIMARY KEY,                 -- of knowledge.items, which feeds may load again at any time
    structure_id uuid NOT NULL REFERENCES people.structures
);

-- The conversations that a structure sees, and why. It sees no other.
CREATE TABLE people.concerns (
    structure_id uuid NOT NULL REFERENCES people.structures,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    why text NOT NULL CHECK (why IN ('event', 'referral', 'handover', 'shared')),
    since timestamptz NOT NULL,
    PRIMARY KEY (structure_id, conversation_id)
);
CREATE INDEX concerns_by_conversation ON people.concerns (conversation_id);

ALTER TABLE people.conversations
    ADD COLUMN waiting_since timestamptz,      -- a human was asked for, and none has come
    ADD COLUMN taken_by uuid REFERENCES people.staff,
    ADD COLUMN taken_at timestamptz,
    ADD COLUMN handback jsonb,                 -- what the counsellor left for the bot's next turn
    ADD COLUMN assigned_to uuid REFERENCES people.staff,
    ADD COLUMN reviewed_at timestamptz,
    ADD COLUMN reviewed_by uuid REFERENCES people.staff,
    ADD COLUMN flagged_at timestamptz,         -- the latest alarm
    ADD COLUMN unclear integer NOT NULL DEFAULT 0,   -- messages that were not understood
    ADD COLUMN heard_seq integer NOT NULL DEFAULT 0, -- the person's latest message
    ADD COLUMN read_seq integer NOT NULL DEFAULT 0,  -- as far as somebody of the console has read
    ADD COLUMN themes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN department text,
    ADD COLUMN masked_seq integer NOT NULL DEFAULT 0; -- as far as personal data was looked for
CREATE INDEX conversations_lately ON people.conversations (active_at DESC, id DESC);
CREATE INDEX conversations_waiting ON people.conversations (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_taken ON people.conversations (taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX conversations_flagged ON people.conversations (active_at DESC, id DESC) WHERE flagged_at IS NOT NULL;
CREATE INDEX conversations_unclear ON people.conversations (active_at DESC, id DESC) WHERE unclear > 0;
CREATE INDEX conversations_unread ON people.conversations (active_at DESC, id DESC) WHERE heard_seq > read_seq;
CREATE INDEX conversations_assigned ON people.conversations (assigned_to, active_at DESC, id DESC)
    WHERE assigned_to IS NOT NULL;
CREATE INDEX conversations_unmasked ON people.conversations (active_at) WHERE last_seq > masked_seq;

-- Where names, numbers and addresses stand in a message: [[start, end, kind], …]; null until they were looked for.
ALTER TABLE people.messages ADD COLUMN masks jsonb;
-- What a conversation is found by: its words, masked.
CREATE TABLE people.conversation_words (
    conversation_id uuid PRIMARY KEY REFERENCES people.conversations ON DELETE CASCADE,
    words tsvector NOT NULL
);
CREATE INDEX conversations_by_word ON people.conversation_words USING gin (words);

UPDATE people.conversations c SET
    heard_seq = coalesce(
        (SELECT max(seq) FROM people.messages m WHERE m.conversation_id = c.id AND author = 'user'), 0),
    flagged_at = (SELECT max(created_at) FROM people.alarms a WHERE a.conversation_id = c.id),
    unclear = (SELECT count(*) FROM people.turns t WHERE t.conversation_id = c.id AND t.kind = 'words'
        AND (t.intent = 'nlu_fallback' OR t.confidence < 0.45));
"""

WRITTEN = """
CREATE TABLE people.notes (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    structure_id uuid REFERENCES people.structures,  -- who reads it: the author's colleagues
    staff_id uuid NOT NULL REFERENCES people.staff,
    text text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX notes_by_conversation ON people.notes (conversation_id, created_at);

CREATE TABLE people.tags (
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    structure_id uuid REFERENCES people.structures,
    tag text NOT NULL
);
CREATE UNIQUE INDEX tags_once ON people.tags (conversation_id, structure_id, tag) NULLS NOT DISTINCT;
CREATE INDEX tags_by_name ON people.tags (tag, conversation_id);

CREATE TABLE people.canned_answers (
    id uuid PRIMARY KEY,
    structure_id uuid REFERENCES people.structures,
    title text NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE people.saved_views (
    id uuid PRIMARY KEY,
    staff_id uuid NOT NULL REFERENCES people.staff ON DELETE CASCADE,
    name text NOT NULL,
    query text NOT NULL,                       -- the inbox's own address, after its question mark
    created_at timestamptz NOT NULL,
    UNIQUE (staff_id, name)
);

-- Links that show one masked transcript to somebody without an account, for a time.
CREATE TABLE people.shares (
    hash bytea PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    staff_id uuid NOT NULL REFERENCES people.staff,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

-- When somebody asked for a human, and when one came: what time to answer is measured on.
CREATE TABLE people.calls (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    structure_id uuid REFERENCES people.structures,  -- null: who has the duty
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    answered_by uuid REFERENCES people.staff,
    given_up_at timestamptz                    -- the bot said that nobody was free
);
CREATE INDEX calls_by_time ON people.calls (asked_at);
CREATE INDEX calls_open ON people.calls (conversation_id) WHERE answered_at IS NULL AND given_up_at IS NULL;
"""


def upgrade() -> None:
    """Create the tables, empty; conversations of before are counted as they are."""
    for statement in (PEOPLE, SEEN, WRITTEN):
        op.execute(statement)
