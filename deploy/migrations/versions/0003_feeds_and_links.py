"""Feeds and addresses of the web, each with the moment when it is tried next."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what the feeds' worker notes."""
    op.execute(FEEDS)
    op.execute(LINKS)


FEEDS = """
ALTER TABLE knowledge.feeds
    ADD COLUMN encoding text NOT NULL DEFAULT 'utf-8-sig',
    ADD COLUMN content_hash text,         -- of what was imported last, and of how rows are made of it
    ADD COLUMN due_at timestamptz NOT NULL DEFAULT now();
"""

LINKS = """
-- A row from the moment an item names the address: `checked_at` is null until it was tried.
ALTER TABLE knowledge.links
    ALTER COLUMN checked_at DROP NOT NULL,
    ALTER COLUMN checked_at DROP DEFAULT,
    ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN dead boolean NOT NULL DEFAULT false;
CREATE INDEX links_by_due ON knowledge.links (due_at);
"""
