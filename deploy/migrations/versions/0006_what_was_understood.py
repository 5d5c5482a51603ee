"""What each turn was understood to be, so that counsellors see what was not."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add to each turn its intent and confidence; turns of before have none."""
    op.execute("ALTER TABLE people.turns ADD COLUMN intent text, ADD COLUMN confidence real")
    op.execute(
        "CREATE INDEX turns_not_understood ON people.turns (created_at)"
        " WHERE kind = 'words' AND (intent = 'nlu_fallback' OR confidence < 0.45)"
    )
