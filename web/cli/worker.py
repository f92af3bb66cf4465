"""claimline worker: carries out what people asked to fetch."""

import time
from threading import Event

import click

from claims.bodies import Bodies
from claims.clock import utc_now
from claims.grouping import Matcher
from claims.matching import chosen_scorer
from scrapers.archive import Archive
from scrapers.fetch import Fetcher
from scrapers.pipeline import Pipeline
from scrapers.statements.models import chosen_models
from scrapers.worker import work
from web.cli.opening import opened


@click.command()
@click.option("--once", is_flag=True, help="Stop when nothing is waiting.")
def worker(once: bool) -> None:
    """Fetch what people at the desk asked for, until stopped with Ctrl-C; nothing is lost when it stops.

    \b
    Example:  claimline worker
    """
    with opened() as (settings, engine), Fetcher(settings) as fetcher:
        pipeline = Pipeline(
            engine,
            fetcher,
            Matcher(chosen_scorer(settings.models)),
            utc_now,
            models=chosen_models(settings.models),
            bodies=Bodies.of(settings),
            archive=Archive.of(settings),
        )
        started, done = time.monotonic(), 0
        for request in work(pipeline, stop=Event(), once=once):
            done += 1
            click.echo(f"done: {request.url}", err=True)
        click.echo(f"{done} requests in {time.monotonic() - started:.1f} s", err=True)
