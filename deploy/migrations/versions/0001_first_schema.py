"""The three schemas: Rasa's trackers, what is known, and people's conversations."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    for statement in (EXTENSIONS, RASA, KNOWLEDGE, PEOPLE):
        op.execute(statement)


EXTENSIONS = """
CREATE SCHEMA IF NOT EXISTS rasa;
CREATE SCHEMA IF NOT EXISTS knowledge;
CREATE SCHEMA IF NOT EXISTS people;
CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS cube;
CREATE EXTENSION IF NOT EXISTS earthdistance;

CREATE TEXT SEARCH CONFIGURATION knowledge.french (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION knowledge.french
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""

RASA = """
-- The shape of Rasa's own table, so that its tools can read it.
CREATE TABLE rasa.events (
    id bigserial PRIMARY KEY,
    sender_id varchar(255) NOT NULL,
    type_name varchar(255) NOT NULL,
    timestamp double precision,
    intent_name varchar(255),
    action_name varchar(255),
    data text NOT NULL
);
CREATE INDEX events_by_sender ON rasa.events (sender_id, id);

-- One row a turn: makes (sender, turn) unique, holds the answer for a replay, and the state the turn began with,
-- so that a tracker is rebuilt from its last turns alone.
CREATE TABLE rasa.turns (
    sender_id varchar(255) NOT NULL,
    turn_id varchar(64) NOT NULL,
    first_event bigint NOT NULL,
    began_with jsonb NOT NULL,
    answer jsonb NOT NULL,
    PRIMARY KEY (sender_id, turn_id)
);
CREATE INDEX turns_by_sender ON rasa.turns (sender_id, first_event DESC);
"""

KNOWLEDGE = """
CREATE TABLE knowledge.items (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('job_family', 'training', 'event', 'place')),
    collection text NOT NULL,             -- what it was loaded with, and is replaced with: 'catalogue', 'demo'…
    code text,
    title text NOT NULL,
    summary text NOT NULL DEFAULT '',
    families text[] NOT NULL DEFAULT '{}',
    place_label text,
    commune text,
    latitude double precision,
    longitude double precision,
    modality text CHECK (modality IN ('onsite', 'remote', 'hybrid')),
    starts_at timestamptz,
    ends_at timestamptz,
    entry_level integer,
    age_min integer,
    age_max integer,
    without_car boolean,
    source text NOT NULL,
    source_url text,
    verified_at timestamptz NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX items_by_kind ON knowledge.items (kind, starts_at);

-- What a person's words are compared with: several texts an item, the best of them counts.
CREATE TABLE knowledge.texts (
    item_id text NOT NULL REFERENCES knowledge.items ON DELETE CASCADE,
    kind text NOT NULL,
    role text NOT NULL,
    text text NOT NULL,
    folded text NOT NULL,                 -- lower case, no accents: what letters are compared on
    hash bytea NOT NULL,
    lexemes tsvector GENERATED ALWAYS AS (to_tsvector('knowledge.french', text)) STORED,
    encoder text,                         -- which encoder the vector is of
    embedding vector                      -- beside its text: joining 10,000 of them for each search cost 100 ms
);
CREATE INDEX texts_by_item ON knowledge.texts (item_id);
CREATE INDEX texts_by_lexeme ON knowledge.texts USING gin (lexemes);
CREATE INDEX texts_by_letters ON knowledge.texts USING gin (folded gin_trgm_ops);

-- How rare a word is among the texts: shared rare words count more (inverse document frequency).
CREATE TABLE knowledge.lexemes (
    lexeme text PRIMARY KEY,
    weight double precision NOT NULL
);

-- Every vector ever computed, keyed by what was encoded and by which encoder: nothing is embedded twice.
CREATE TABLE knowledge.embeddings (
    hash bytea NOT NULL,
    encoder text NOT NULL,
    embedding vector NOT NULL,
    PRIMARY KEY (hash, encoder)
);

CREATE TABLE knowledge.gazetteer (
    id text PRIMARY KEY,
    name text NOT NULL,
    folded text NOT NULL,                 -- lower case, no accents, spaces for hyphens
    commune text NOT NULL,
    department text,
    region text,
    postcodes text[] NOT NULL DEFAULT '{}',
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    population integer NOT NULL DEFAULT 0
);
CREATE INDEX gazetteer_by_name ON knowledge.gazetteer (folded);
CREATE INDEX gazetteer_by_postcode ON knowledge.gazetteer USING gin (postcodes);

CREATE TABLE knowledge.collections (
    name text PRIMARY KEY,
    fingerprint text NOT NULL,
    items integer NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);
"""

PEOPLE = """
CREATE TABLE people.conversations (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL,
    channel text NOT NULL DEFAULT 'web',
    origin text,
    locale text,
    join_code_unknown boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'bot' CHECK (state IN ('bot', 'counsellor')),
    last_seq integer NOT NULL DEFAULT 0,
    profile jsonb NOT NULL DEFAULT '{}',  -- read-only copy; the truth is in Rasa's slots
    created_at timestamptz NOT NULL,
    active_at timestamptz NOT NULL
);

CREATE INDEX conversations_by_token ON people.conversations (token_hash);

CREATE TABLE people.turns (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    place_in_line bigserial,
    client_id text,                       -- null for a turn that the gateway began
    kind text NOT NULL CHECK (kind IN ('words', 'payload', 'event')),
    text text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'answered')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt timestamptz NOT NULL,
    apologised boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    answered_at timestamptz,
    UNIQUE (conversation_id, client_id)
);
CREATE INDEX turns_waiting ON people.turns (next_attempt) WHERE state = 'waiting';

CREATE TABLE people.messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    seq integer NOT NULL,
    turn_id uuid REFERENCES people.turns ON DELETE CASCADE,
    author text NOT NULL CHECK (author IN ('bot', 'user', 'counsellor', 'system')),
    author_name text NOT NULL,
    text text NOT NULL,
    buttons jsonb NOT NULL DEFAULT '[]',
    cards jsonb NOT NULL DEFAULT '[]',
    image jsonb,
    created_at timestamptz NOT NULL,
    UNIQUE (conversation_id, seq)
);
CREATE INDEX messages_by_turn ON people.messages (turn_id);

-- Payloads that were offered as a button or on a card; nothing else is accepted as one.
CREATE TABLE people.offers (
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    payload text NOT NULL,
    title text NOT NULL,
    PRIMARY KEY (conversation_id, payload)
);

-- Messages that a channel must push to somebody, in order; a web page reads them itself.
CREATE TABLE people.outbox (
    message_id uuid PRIMARY KEY REFERENCES people.messages ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES people.conversations ON DELETE CASCADE,
    seq integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt timestamptz NOT NULL
);
CREATE INDEX outbox_in_order ON people.outbox (conversation_id, seq);
"""
