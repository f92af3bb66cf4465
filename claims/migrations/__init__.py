"""The history of the tables, one Alembic revision for each change."""
