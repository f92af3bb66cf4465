"""claimline match: why wordings are grouped, and whether a run of the matcher comes out the same again."""

import click

from claims import db, explaining, runs
from web.cli.explained import show
from web.cli.opening import opened


@click.group()
def match() -> None:
    """Explain what the matcher does, make its runs again, and group anew what is stored."""


@match.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--language", default="und", show_default=True, help="The language of a wording that is given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead.")
def explain(left: str, right: str, language: str, as_json: bool) -> None:
    """Say why A and B are one claim or two: words, scores, guards, thresholds, and what people decided.

    A and B are numbers of appearances (column appearance_id of the export) or wordings in quotes: digits alone are
    taken for a number, anything else for a wording.

    \b
    Examples:  claimline match explain 12 31
               claimline match explain "Oslo bought 40 jets" "Oslo bought 48 jets"
    """
    with opened() as (_, engine), db.reading(engine) as session:
        explanation = explaining.explain(session, left, right, language=language)
    if as_json:
        click.echo(runs.canonical(explanation.as_json()))
    else:
        show(explanation)
