"""Runs Alembic's migrations on the connection that claims.db hands over."""

from alembic import context
from sqlalchemy import text

from claims.models import Table

connection = context.config.attributes["connection"]
on_sqlite = connection.dialect.name == "sqlite"

# Batch mode rebuilds a table by dropping the old one: with foreign keys on, that deletes its children.
if on_sqlite:
    connection.execute(text("PRAGMA foreign_keys=OFF"))
    connection.commit()
    connection.execute(text("BEGIN IMMEDIATE"))

context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()

if on_sqlite:
    connection.execute(text("PRAGMA foreign_keys=ON"))
    connection.commit()
