"""Imported sets: validity, duplicates, ROME's own tables, scheduled feeds, and what search learned."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what importers, feeds and the learned search need; the index is made again by the next start."""
    op.execute(ITEMS)
    op.execute(TEXTS)
    op.execute(ROME)
    op.execute(FEEDS)


ITEMS = """
ALTER TABLE knowledge.items DROP CONSTRAINT items_kind_check;
ALTER TABLE knowledge.items
    ADD CONSTRAINT items_kind_check
        CHECK (kind IN ('job_family', 'training', 'event', 'place', 'campaign', 'need')),
    ADD COLUMN exit_level integer,
    ADD COLUMN valid_until timestamptz,
    ADD COLUMN cancelled boolean NOT NULL DEFAULT false,
    ADD COLUMN likeness_key text,         -- equal for the same thing published twice (kind, title, day, commune)
    ADD COLUMN duplicate_of text;         -- the item proposed in its stead
CREATE INDEX items_by_collection ON knowledge.items (collection);
CREATE INDEX items_by_likeness ON knowledge.items (likeness_key) WHERE likeness_key IS NOT NULL;
CREATE INDEX items_by_code ON knowledge.items (code) WHERE code IS NOT NULL;
CREATE INDEX items_by_point ON knowledge.items USING gist (ll_to_earth(latitude, longitude))
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL;
"""

TEXTS = """
-- A text may come from another set than its item: ROME's titles stand for families of our catalogue.
TRUNCATE knowledge.texts, knowledge.collections;
-- Half precision: half the memory, and the same order (docs/decisions/0009).
ALTER TABLE knowledge.texts
    ADD COLUMN collection text NOT NULL,
    ALTER COLUMN embedding TYPE halfvec;
ALTER TABLE knowledge.embeddings ALTER COLUMN embedding TYPE halfvec USING embedding::halfvec;
DROP INDEX knowledge.texts_by_letters;
ALTER TABLE knowledge.lexemes ADD COLUMN texts integer NOT NULL DEFAULT 0;   -- how many hold it
CREATE INDEX texts_by_collection ON knowledge.texts (collection);

-- What was learned from the texts when they were indexed (matcher of job families), as one NumPy archive.
CREATE TABLE knowledge.models (
    name text PRIMARY KEY,
    fingerprint text NOT NULL,
    data bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);

-- Where a locality is; several lines a commune in La Poste's file, one here.
ALTER TABLE knowledge.gazetteer ADD COLUMN code_insee text;
CREATE INDEX gazetteer_by_insee ON knowledge.gazetteer (code_insee) WHERE code_insee IS NOT NULL;
"""

ROME = """
CREATE TABLE knowledge.rome_fiches (
    code text PRIMARY KEY,
    parent text NOT NULL,                 -- the job family
    title text NOT NULL,
    riasec text NOT NULL DEFAULT '',
    definition text NOT NULL DEFAULT ''
);
CREATE INDEX rome_fiches_by_parent ON knowledge.rome_fiches (parent);
CREATE TABLE knowledge.rome_neighbours (
    code text NOT NULL,
    target text NOT NULL,
    rank integer NOT NULL,
    PRIMARY KEY (code, target)
);
CREATE TABLE knowledge.rome_interests (
    code text NOT NULL,
    interest text NOT NULL,
    principal boolean NOT NULL,
    PRIMARY KEY (code, interest)
);
"""

FEEDS = """
CREATE TABLE knowledge.feeds (
    name text PRIMARY KEY,
    format text NOT NULL,
    url text NOT NULL,
    every_minutes integer NOT NULL CHECK (every_minutes >= 5),
    etag text,
    last_modified text,
    checked_at timestamptz,
    changed_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    error text
);

-- One row an import, so that a technician sees what came, and what was refused.
CREATE TABLE knowledge.imports (
    id bigserial PRIMARY KEY,
    collection text NOT NULL,
    format text NOT NULL,
    source text NOT NULL,
    read integer NOT NULL,
    kept integer NOT NULL,
    rejected integer NOT NULL,
    reasons text[] NOT NULL DEFAULT '{}', -- the first ones
    finished_at timestamptz NOT NULL DEFAULT now()
);

-- Addresses that were tried; a dead one is reported, never hidden.
CREATE TABLE knowledge.links (
    url text PRIMARY KEY,
    status integer,                       -- HTTP status, null when nothing answered
    error text,
    failures integer NOT NULL DEFAULT 0,
    checked_at timestamptz NOT NULL DEFAULT now()
);
"""
