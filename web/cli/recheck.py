"""claimline recheck: asks the worker to look again at what is stored."""

from datetime import timedelta

import click

from claims import db
from claims.audit import COMMAND_LINE
from claims.clock import utc_now
from claims.counting import counted
from claims.db import Engine
from claims.rechecks.wanted import Wanted, count_waiting, join_waiting, request_all
from claims.rows import MAX_ID
from web.cli.opening import opened

MAX_DAYS = 36_500


@click.command()
@click.option("--articles", is_flag=True, help="Articles only.")
@click.option("--evidence", is_flag=True, help="Evidence only.")
@click.option(
    "--older-than",
    type=click.IntRange(0, MAX_DAYS),
    default=0,
    metavar="DAYS",
    help="Only what was not looked at for so many days.",
)
@click.option(
    "--claim", "claim_id", type=click.IntRange(1, MAX_ID), metavar="ID", help="Only what this claim leans on."
)
def recheck(articles: bool, evidence: bool, older_than: int, claim_id: int | None) -> None:
    """Ask for another look at articles and evidence; the worker fetches them and keeps what changed.

    The worker does so by itself: daily for what a published verdict leans on, every other day for articles of the
    last two weeks, weekly for those of the last three months.

    \b
    Examples:  claimline recheck --claim 12
               claimline recheck --evidence --older-than 7
    """
    both = articles == evidence
    wanted = Wanted(both or articles, both or evidence, timedelta(days=older_than), claim_id)
    with opened() as (_, engine):
        with db.reading(engine) as session:
            before = count_waiting(session, wanted, now=utc_now())
        sum(iter(lambda: hasten(engine, wanted), 0))
        asked = sum(iter(lambda: ask(engine, wanted), 0))
    click.echo(sentence(asked + before, before))


def sentence(waiting: int, before: int) -> str:
    """How many addresses wait for the worker, and how many of them did before this command."""
    said = f"{counted(waiting, 'address waits', 'addresses wait')} for the worker"
    return f"{said}, {before:,} of them did already" if before else said


def hasten(engine: Engine, wanted: Wanted) -> int:
    """Have some of what waits for a later time carried out now, in a transaction of its own; how many these were."""
    with db.transaction(engine) as session:
        return join_waiting(session, wanted, by=COMMAND_LINE, now=utc_now())


def ask(engine: Engine, wanted: Wanted) -> int:
    """Ask for some of what is wanted in a transaction of its own; how many requests that made."""
    with db.transaction(engine) as session:
        return request_all(session, wanted, by=COMMAND_LINE, now=utc_now())
