"""Bringing a PostgreSQL database to the schema that this version of Piste expects."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError, OperationalError

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_474_831  # key of the advisory lock under which migrations run


class DatabaseError(Exception):
    """The message says what is wrong with the database and the remedy."""


def migrate(url: str) -> None:
    """Create or upgrade the schemas; refuse a database that a newer Piste has migrated."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
            refuse_unknown_schema(connection, known)
            refuse_missing_pgvector(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except OperationalError as error:
        raise DatabaseError(
            f"PostgreSQL does not answer ({type(error.orig).__name__}). Remedy: check DATABASE_URL and that it runs"
        ) from error
    except DBAPIError as error:
        raise DatabaseError(
            f"PostgreSQL refused the migration: {error.orig}. Remedy: give DATABASE_URL a role that owns its "
            "database and may create the extensions vector, unaccent, pg_trgm, cube and earthdistance"
        ) from error
    finally:
        engine.dispose()


def refuse_unknown_schema(connection: sa.Connection, known: set[str]) -> None:
    """Stop before touching a schema that this version does not know."""
    if sa.inspect(connection).has_table("alembic_version"):
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and found not in known:
            raise DatabaseError(
                f"this database is at schema {found}, newer than this version of Piste knows. "
                "Remedy: run the version that made it, or restore a backup"
            )


def refuse_missing_pgvector(connection: sa.Connection) -> None:
    """Say plainly that the server lacks pgvector."""
    found = connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")).scalar()
    if found is None:
        raise DatabaseError(
            "this PostgreSQL server lacks pgvector. Remedy: install it there (Debian: postgresql-NN-pgvector), "
            "or leave DATABASE_URL empty to run the one that Piste brings"
        )
