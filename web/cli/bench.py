"""claimline bench: how fast pages are read and statements found, as ratios, beside trafilatura in the same run."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from claims.settings import MODELS_SHIPPED, checked_models
from scrapers.benchmark import BenchPage, Share, Timing, measure, models_size_bytes, pages_in, profile
from scrapers.statements.models import ModelsOf, chosen_models
from web.cli.ingest import peak_memory_mb
from web.sample import create_sample_world, sample_articles

SAMPLE_URL = "http://sample.example"
LINES_OF_PROFILE = 25


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100), help="Rounds; the best counts.")
@click.option("--profile", "shows_profile", is_flag=True, help="Print where the time goes instead.")
@click.option("--models", default=MODELS_SHIPPED, show_default=True, help='Models to use: "shipped", "off", a folder.')
def bench(folder: Path | None, rounds: int, shows_profile: bool, models: str) -> None:
    """Measure reading and finding over the pages in FOLDER, or over the sample world's own.

    FOLDER holds .html or .html.gz files; a gold.json in it or above may name their addresses. Reading takes turns with
    trafilatura page by page, so that noise hits both alike; nothing is stored or fetched.

    \b
    Example:  claimline bench saved-pages --rounds 3
    """
    pages = pages_in(folder) if folder else sample_pages()
    chosen = chosen_models(checked_models(models))
    console = Console(highlight=False)
    if shows_profile:
        for title, shares in zip(("Function", "Module"), profile(pages, chosen), strict=True):
            console.print(profile_table(title, shares))
    else:
        console.print(timing_table(measured(pages, chosen, rounds)))


def sample_pages() -> list[BenchPage]:
    """The articles of the sample world."""
    client = create_sample_world(SAMPLE_URL).test_client()
    return [BenchPage(client.get(each.path).data, SAMPLE_URL + each.path) for each in sample_articles()]


def measured(pages: list[BenchPage], models: ModelsOf, rounds: int) -> Timing:
    """The times, with a bar on the terminal while they are taken."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=len(pages) * (rounds + 1))
        return measure(pages, models, rounds, done=lambda: progress.advance(task))


def timing_table(timing: Timing) -> Table:
    """What was measured, a line to each figure, with what we promise beside it."""
    table = Table("", "Measured", "Wanted", title=f"{timing.pages} pages, {timing.statements} statements")
    rows = (
        ("Reading, pages per second", f"{timing.pages / timing.reading_s:.1f}", ""),
        ("trafilatura, pages per second", f"{timing.pages / timing.trafilatura_s:.1f}", ""),
        ("Reading over trafilatura", f"{timing.reading_ratio:.2f}", "1.20 or more"),
        ("Finding statements, articles per second", f"{timing.pages / timing.finding_s:.1f}", ""),
        ("Finding over reading, in time", f"{timing.finding_ratio:.2f}", "1.00 or less"),
        ("Models that ship, bytes", f"{models_size_bytes():,}", "3,000,000 or less"),
        ("Peak memory, MB", f"{peak_memory_mb():.0f}", "300 or less"),
    )
    for row in rows:
        table.add_row(*row)
    return table


def profile_table(title: str, shares: list[Share]) -> Table:
    """The parts that take most of the time themselves."""
    whole = sum(share.own_s for share in shares) or 1.0
    table = Table(title, "Own time", "Share", "Calls")
    for share in shares[:LINES_OF_PROFILE]:
        table.add_row(share.name, f"{share.own_s:.3f} s", f"{share.own_s / whole:.1%}", f"{share.calls:,}")
    return table
