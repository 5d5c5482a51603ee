"""What Alembic runs: our migrations are plain SQL, on the connection that `deploy.database` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table_schema="public")
with context.begin_transaction():
    context.run_migrations()
