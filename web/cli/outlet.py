"""claimline outlet: the news publishers that are read."""

import click

from claims import db
from claims.clock import utc_now
from claims.intake import add_outlet
from web.cli.opening import opened


@click.group()
def outlet() -> None:
    """Name the outlets that are read."""


@outlet.command()
@click.argument("name")
@click.argument("address")
def add(name: str, address: str) -> None:
    """Call the outlet whose articles' addresses begin with ADDRESS by NAME.

    \b
    Example:  claimline outlet add "Daily Planet" https://planet.example/
    """
    with opened() as (_, engine), db.transaction(engine) as session:
        row = add_outlet(session, name, address, actor="command line", now=utc_now())
        click.echo(f"{row.name} is outlet {row.id}: every article below {row.address}")
