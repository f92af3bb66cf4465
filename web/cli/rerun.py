"""claimline match rerun: groups anew all that is stored, shows what would change, and asks before it applies."""

import csv
import sys
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.text import Text

from claims import db
from claims.audit import COMMAND_LINE
from claims.clock import utc_now
from claims.db import Engine
from claims.matching import chosen_scorer
from claims.reruns.changes import Change, ChangeKind, changes
from claims.reruns.rerun import Plan, apply, plan
from web.cli.explained import printable
from web.cli.export import write_file
from web.cli.opening import opened
from web.cli.progress import with_progress

CLAIMS_SHOWN = 10
TITLES = {
    ChangeKind.JOINS: "Claims that would join",
    ChangeKind.PARTS: "Appearances that would part",
    ChangeKind.ASKS: "Proposals to claims with a verdict, for a person to decide",
}
COLUMNS = (
    "change",
    "appearance_id",
    "wording",
    "from_claim_id",
    "from_claim",
    "to_claim_id",
    "to_claim",
    "score",
    "why",
)


@click.command()
@click.option("--all", "shows_all", is_flag=True, help=f"Show every change, not the first {CLAIMS_SHOWN} claims'.")
@click.option("--csv", "output", type=click.Path(dir_okay=False, path_type=Path), help="Write every change here too.")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def rerun(shows_all: bool, output: Path | None, yes: bool) -> None:
    """Group all appearances anew, show which claims would join and which appearances part, and ask before applying.

    What people decided holds: what they called the same stays together, what they kept apart stays apart. Claims with
    a verdict, drafted or published, stay as they are. A claim that joins another leaves its address, which leads on.
    Without a terminal to ask on, and without --yes, nothing is changed. Nobody else can store anything while it is
    applied, about ten seconds for a thousand appearances that move: who has waited ten seconds is told to try again
    later. Choose a quiet hour for many; pages can be read throughout.

    \b
    Examples:  claimline match rerun
               claimline match rerun --csv changes.csv --yes
    """
    with opened() as (settings, engine):
        scorer = chosen_scorer(settings.models)
        planned = with_progress("Grouping", lambda done: plan(engine, scorer, now=utc_now(), done=done))
        with db.reading(engine) as session:
            found = with_progress("Saying why", lambda done: changes(session, planned, done=done))
        show(planned, found, shows_all=shows_all)
        if output is not None:
            keep(output, found)
        if found and is_wanted(yes):
            carry_out(engine, planned)


def show(planned: Plan, found: Sequence[Change], *, shows_all: bool) -> None:
    """Print a summary, then the changes, a claim at a time."""
    console = Console(highlight=False)
    for line in summary(planned, found):
        console.print(line, soft_wrap=True)
    for kind, title in TITLES.items():
        claims = [list(each) for _, each in groupby((c for c in found if c.kind is kind), key=lambda c: c.from_id)]
        if claims:
            console.print(Text(f"\n{title}", style="bold"))
        for each in claims if shows_all else claims[:CLAIMS_SHOWN]:
            for line in lines(each):
                console.print(line, soft_wrap=True)
        if len(claims) > CLAIMS_SHOWN and not shows_all:
            console.print(
                Text(f"  … and {len(claims) - CLAIMS_SHOWN:,} more claims: --all shows every one", style="dim")
            )


def summary(planned: Plan, found: Sequence[Change]) -> list[Text]:
    """How much was looked at, and what would change of it."""
    groups = planned.regrouping.groups
    looked_at = (
        f"Grouped anew by matcher version {planned.scorer.version}. "
        f"Appearances: {sum(len(group.members) for group in groups):,}; claims: {len(planned.standing.claims):,}; "
        f"left alone, since they have a verdict: {planned.claims_with_verdict:,}."
    )
    if not found:
        return [Text(looked_at), Text("Nothing would change.", style="bold")]
    joining = len({change.from_id for change in found if change.kind is ChangeKind.JOINS})
    parting = sum(change.kind is ChangeKind.PARTS for change in found)
    would = (
        f"Claims that would join others: {joining:,}; appearances that would part: {parting:,}; "
        f"new proposals: {len(planned.regrouping.proposals):,}; claims then: {len(groups):,}."
    )
    return [Text(looked_at), Text(would, style="bold")]


def lines(leaving: Sequence[Change]) -> list[Text]:
    """What leaves one claim: the claim, then each place that something goes to, with what goes there and why."""
    shown = [Text(f"  {named(leaving[0].from_id)}: {printable(leaving[0].from_text)}")]
    for (to_id, to_text), going in groupby(sorted(leaving, key=place), key=place):
        shown.append(Text(f"    → {named(to_id).lower()}: {printable(to_text)}", style="cyan"))
        for one in going:
            why = "; ".join([f"score {one.score:.0f}", *one.reasons])
            words = "in its claim's words" if one.wording == one.from_text else printable(one.wording)
            shown.append(Text(f"      appearance {one.appearance_id} ({printable(why)}): {words}"))
    return shown


def place(change: Change) -> tuple[int, str]:
    """Where an appearance goes; claims that are to be opened are told apart by their words."""
    return change.to_id or 0, change.to_text


def named(claim_id: int) -> str:
    """A claim by its number, which one that is to be opened does not have yet."""
    return f"Claim {claim_id}" if claim_id else "A new claim"


def keep(output: Path, found: Sequence[Change]) -> None:
    """Write every change to a CSV file, whole or not at all."""
    try:
        rows = write_file(output, lambda file: write_changes(file, found))
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    click.echo(f"{rows:,} rows written to {output}", err=True)


def write_changes(file: IO[str], found: Sequence[Change]) -> int:
    """Write the changes, an appearance to a row; how many there are."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for one in found:
        ends = (one.from_id or "", one.from_text, one.to_id or "", one.to_text)
        writer.writerow((one.kind.value, one.appearance_id, one.wording, *ends, one.score, "; ".join(one.reasons)))
    return len(found)


def is_wanted(yes: bool) -> bool:
    """Whether to apply: as the option says, else as a person at the terminal says."""
    if yes:
        return True
    if sys.stdin.isatty():
        if click.confirm("\nApply this?"):
            return True
        click.echo("Nothing was changed.")
    else:
        click.echo("\nNothing was changed: --yes applies it.")
    return False


def carry_out(engine: Engine, planned: Plan) -> None:
    """Apply the plan and say which run it was."""

    def apply_it(done: Callable[[int, int], None]) -> int:
        return apply(engine, planned, ran_by=COMMAND_LINE, now=utc_now(), done=done)

    run_id = with_progress("Applying", apply_it)
    click.echo(f"Applied as run {run_id}; claimline match replay {run_id} makes it again.")
