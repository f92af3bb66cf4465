"""claimline audit: proves that nothing was changed after the fact."""

from pathlib import Path

import click

from claims import db, proof
from claims.audit import AuditReport, read_events, verify_chain
from claims.counting import counted
from claims.versions.bodies import Bodies
from web.cli.opening import opened


@click.group()
def audit() -> None:
    """Check the audit log."""


@audit.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.pass_context
def verify(context: click.Context, file: Path | None) -> None:
    """Check that the audit log is whole: the database's own, or an export of it (FILE).

    The database's own is also held against what was fetched, published, matched and decided. Exit status 1 where
    something is wrong.

    \b
    Examples:  claimline audit verify
               claimline audit verify audit.csv
    """
    report = verify_file(file) if file else verify_database()
    for problem in report.problems:
        click.echo(problem, err=True)
    if report.unsealed:
        click.echo(
            f"Not sealed: {counted(report.unsealed, 'match', 'matches')}, stored before Claimline kept what each run "
            "of the matcher came to. Nothing in the log speaks for them.",
            err=True,
        )
    state = "whole" if not report.problems else "NOT whole"
    click.echo(f"The audit log is {state}: {report.events:,} events, the last one sealed {report.last_hash}")
    context.exit(1 if report.problems else 0)


def verify_file(file: Path) -> AuditReport:
    """What an exported log says about itself."""
    with file.open(encoding="utf-8", newline="") as text:
        return verify_chain(read_events(text))


def verify_database() -> AuditReport:
    """What the stored log says about itself and about what was fetched, published and matched."""
    with opened() as (settings, engine), db.reading(engine) as session:
        return proof.verify(session, Bodies.of(settings))
