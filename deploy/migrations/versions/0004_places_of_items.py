"""What is around a place, and what is attended from anywhere, found by indexes of their own."""

from alembic import op

revision = "0004"
down_revision = "0003"

KINDS = ("training", "event", "place")


def upgrade() -> None:
    """One index a kind: of a million items, those of the other kinds need not be looked at (docs/decisions/0010)."""
    op.execute("DROP INDEX knowledge.items_by_point")
    for kind in KINDS:
        op.execute(
            f"CREATE INDEX items_near_{kind} ON knowledge.items USING gist (point(longitude, latitude))"
            f" WHERE kind = '{kind}' AND latitude IS NOT NULL AND longitude IS NOT NULL"
        )
        op.execute(
            f"CREATE INDEX items_from_anywhere_{kind} ON knowledge.items (id)"
            f" WHERE kind = '{kind}' AND (modality = 'remote' OR latitude IS NULL)"
        )
