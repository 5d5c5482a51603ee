"""When a conversation is to be erased because the person asked for it in the chat."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the moment; nobody had asked before."""
    op.execute("ALTER TABLE people.conversations ADD COLUMN erase_at timestamptz")
    op.execute("CREATE INDEX conversations_to_erase ON people.conversations (erase_at) WHERE erase_at IS NOT NULL")
