"""The known words that a misspelt one resembles, found by an index on their letters; those of texts serve no more."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """All words are written anew by each import: nothing of them may be left pending, or every search reads it."""
    op.execute(
        "CREATE INDEX lexemes_by_letters ON knowledge.lexemes USING gin (lexeme gin_trgm_ops) WITH (fastupdate = off)"
    )
    op.execute("ALTER TABLE knowledge.texts DROP COLUMN folded")
