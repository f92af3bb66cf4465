"""claimline user: who may sign in."""

import sys

import click

from claims import accounts, db
from claims.audit import COMMAND_LINE
from claims.clock import utc_now
from claims.models import Role
from web.cli.opening import opened


@click.group()
def user() -> None:
    """Say who may sign in to the desk."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do.")
@click.option("--name", help="How the pages name them; by default the part of the address before the @.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, for scripts.")
def add(email: str, role: str, name: str | None, password_stdin: bool) -> None:
    """Let EMAIL sign in to the desk, as a reviewer, an editor or an admin.

    \b
    Example:  claimline user add ayla@example.org --role reviewer
    """
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    with opened() as (_, engine), db.transaction(engine) as session:
        row = accounts.add_user(
            session,
            email=email,
            name=name or email.partition("@")[0],
            role=Role(role),
            password=password,
            actor=COMMAND_LINE,
            now=utc_now(),
        )
        click.echo(f"{row.email} may sign in as {row.role.value}.")
