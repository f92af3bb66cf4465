"""claimline ingest: from addresses, feeds, sitemaps and saved pages to stored claims, with progress and a summary."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from claims.counting import counted
from claims.fetching.pauses import SharedPauses
from scrapers.fetch import PATIENT, Fetcher
from scrapers.pipeline import Found, Item, Pipeline, Result
from web.cli.opening import opened, pipeline_of


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--url", "address", help="The address that a saved page was read from; with one file only.")
@click.pass_context
def ingest(context: click.Context, what: tuple[str, ...], address: str | None) -> None:
    """Read WHAT and store the claims in it: addresses of articles, feeds or sitemaps, saved .html files or folders.

    One bad item never stops the others: it gets a line that says why, and the exit status is 1. Stop with Ctrl-C and
    start again at any time: what is stored stays, and nothing is stored twice.

    \b
    Examples:  claimline ingest https://planet.example/feed.xml
               claimline ingest saved.html --url https://planet.example/2026/story
    """
    if address is not None and len(what) != 1:
        raise click.UsageError("--url goes with one saved page; name one.")
    with opened() as (settings, engine), Fetcher(settings, PATIENT, pauses=SharedPauses(engine)) as fetcher:
        items = run(pipeline_of(settings, engine, fetcher, address=address), what)
    context.exit(1 if any(item.result is Result.FAILED for item in items) else 0)


def run(pipeline: Pipeline, what: Iterable[str]) -> list[Item]:
    """Ingest with progress on the terminal, a line for what failed and a summary at the end, however it ends."""
    console = Console(stderr=True, highlight=False)
    items: list[Item] = []
    started = time.monotonic()
    try:
        with progress_on(console) as progress:
            task = progress.add_task("Reading", total=0, known=0)
            known = 0
            for step in pipeline.ingest(what):
                if isinstance(step, Found):
                    known += step.items
                    progress.update(task, total=known)
                    for note in step.notes:
                        console.print(note, markup=False, soft_wrap=True)
                    continue
                items.append(step)
                progress.advance(task)
                if step.result is Result.FAILED:
                    console.print(step.line, markup=False, soft_wrap=True, style="red")
    finally:
        console.print(summary(items, time.monotonic() - started), markup=False, soft_wrap=True)
    return items


def progress_on(console: Console) -> Progress:
    """The bar that shows how far a batch is."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def summary(items: Iterable[Item], seconds: float) -> str:
    """What a run came to: articles by result, appearances, claims, time and peak memory."""
    listed = list(items)
    results = Counter(item.result for item in listed)
    stored = [item.stored for item in listed if item.stored is not None]
    return (
        f"{len(listed)} read: {counted(results[Result.NEW], 'article')} new, {results[Result.CHANGED]} changed, "
        f"{results[Result.UNCHANGED]} unchanged, {results[Result.FAILED]} failed\n"
        f"{counted(sum(s.appearances for s in stored), 'appearance')}, "
        f"{counted(sum(s.claims for s in stored), 'new claim')}, "
        f"{counted(sum(s.suggestions for s in stored), 'proposal')} for reviewers\n"
        f"{seconds:.1f} s, peak memory {peak_memory_mb():.0f} MB"
    )


def peak_memory_mb() -> float:
    """The most memory that this process has held, in MB; the kernel counts in KiB, but on macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1_000_000 if sys.platform == "darwin" else peak * 1024 / 1_000_000
