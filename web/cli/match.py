"""claimline match: why wordings are grouped, and whether a run of the matcher comes out the same again."""

import click

from claims import db
from claims.grouping import explaining, runs
from claims.matching import chosen_scorer
from claims.reruns.replay import Replay
from claims.reruns.replay import replay as make_again
from web.cli.explained import show
from web.cli.opening import opened
from web.cli.progress import with_progress
from web.cli.rerun import rerun


@click.group()
def match() -> None:
    """Explain what the matcher does, make its runs again, and group anew what is stored."""


match.add_command(rerun)


@match.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--language", help="The language of a wording that is given; by default that of the other side.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead.")
def explain(left: str, right: str, language: str | None, as_json: bool) -> None:
    """Say why A and B are one claim or two: words, scores, guards, thresholds, and what people decided.

    A and B are numbers of appearances (column appearance_id of the export) or wordings in quotes: digits alone are
    taken for a number, anything else for a wording.

    \b
    Examples:  claimline match explain 12 31
               claimline match explain "Oslo bought 40 jets" "Oslo bought 48 jets"
    """
    with opened() as (settings, engine), db.reading(engine) as session:
        explanation = explaining.explain(session, left, right, chosen_scorer(settings.models), language=language)
    if as_json:
        click.echo(runs.canonical(explanation.as_json()))
    else:
        show(explanation)


@match.command()
@click.argument("run", type=int)
@click.pass_context
def replay(context: click.Context, run: int) -> None:
    """Make a run of the matcher again from what never changes, and compare it byte for byte with what was stored.

    RUN is its number: the audit log has it as match-run:RUN. The exit status is 1 where the two differ, and where
    another version of the matcher made the run.

    \b
    Example:  claimline match replay 3
    """
    with opened() as (settings, engine), db.reading(engine) as session:
        scorer = chosen_scorer(settings.models)
        found = with_progress(f"Run {run}", lambda done: make_again(session, run, scorer=scorer, done=done))
    click.echo(outcome_of(found))
    context.exit(0 if found.difference is None else 1)


def outcome_of(found: Replay) -> str:
    """Whether a run came out the same, else the first line that did not."""
    if found.difference is None:
        return f"Run {found.run_id} is identical, SHA-256 {found.sha256}"
    at = found.difference
    return f"Run {found.run_id} is NOT identical. Line {at.line} of its result:\n- {at.stored}\n+ {at.made}"
