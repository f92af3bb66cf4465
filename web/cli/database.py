"""claimline db: the tables and their versions."""

import click

from claims import db
from claims.settings import Settings


@click.group("db")
def database() -> None:
    """Look after the database."""


@database.command()
def upgrade() -> None:
    """Bring the tables to this version of Claimline; what is stored is kept.

    \b
    Example:  claimline db upgrade
    """
    engine = db.connect(Settings.from_environment().database_url)
    try:
        db.upgrade(engine)
    finally:
        engine.dispose()
    click.echo("The tables are up to date.")
