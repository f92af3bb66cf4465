"""claimline outlet: the news publishers that are read, how that goes, and whether their pages are as rules say."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims import db
from claims.audit import COMMAND_LINE
from claims.clock import utc_now
from claims.counting import counted
from claims.db import Session
from claims.fetching import listings
from claims.fetching.listings import Scheduled
from claims.models import Outlet
from claims.outlets import add_outlet, known_outlet
from claims.settings import Settings
from scrapers.article import read
from scrapers.checking import Check, CheckedPage, as_expected, check
from scrapers.errors import one_line
from scrapers.saved import read_saved
from web.cli.opening import opened

SAVED_PAGES = Path("tests/outlets")


@click.group()
def outlet() -> None:
    """Name the outlets that are read, see how that goes, and check the rules of those that have some."""


@outlet.command()
@click.argument("name")
@click.argument("address")
@click.option(
    "--listing",
    "listed",
    multiple=True,
    metavar="URL",
    help="A feed or sitemap with its stories, to be read on schedule; may be given several times.  "
    "[default: ADDRESS, whose page announces the feed]",
)
@click.option(
    "--every",
    "every_min",
    default=round(listings.EVERY.total_seconds() / 60),
    show_default=True,
    type=click.IntRange(1, 24 * 60),
    help="Minutes between reads.",
)
def add(name: str, address: str, listed: tuple[str, ...], every_min: int) -> None:
    """Call the outlet whose articles' addresses begin with ADDRESS by NAME, and read its new stories from now on.

    `claimline worker` reads the listings whenever they are due: less often while they fail, but once a day at least.

    \b
    Examples:  claimline outlet add "Daily Planet" https://planet.example/
               claimline outlet add "Daily Planet" https://planet.example/ --listing https://planet.example/world.xml
    """
    every = timedelta(minutes=every_min)
    with opened() as (settings, engine), db.transaction(engine) as session:
        row, named = name_outlet(session, name, address)
        scheduled = [schedule(session, settings, row, url, every) for url in listed or (row.address,)]
    # Only now is it so: where one listing is refused, nothing of all this was stored.
    for line in (named, *scheduled):
        click.echo(line)


def name_outlet(session: Session, name: str, address: str) -> tuple[Outlet, str]:
    """The outlet that got the name, and a line about it, with the name that it had before."""
    known = known_outlet(session, address)
    before = known.name if known else name
    row = add_outlet(session, name, address, actor=COMMAND_LINE, now=utc_now())
    was_called = f", was called {before}" if known and before != row.name else ""
    return row, f"{row.name} is outlet {row.id}{was_called}: every article below {row.address}"


def schedule(session: Session, settings: Settings, row: Outlet, url: str, every: timedelta) -> str:
    """Have a listing of the outlet read on schedule; a line that says so, and that it was paused where it was."""
    known = listings.known(session, url)
    was_paused = known is not None and not known.is_active
    hosts = settings.allow_hosts
    listings.add(session, row, url, every=every, actor=COMMAND_LINE, now=utc_now(), allow_hosts=hosts)
    minutes = counted(round(every.total_seconds() / 60), "minute")
    line = f"{url} is read every {minutes} by claimline worker"
    return f"{line}; this listing was paused and is read again" if was_paused else line


@outlet.command("list")
def list_outlets() -> None:
    """Show every outlet, what is read of it on schedule, and how that goes.

    \b
    Example:  claimline outlet list
    """
    with opened() as (_, engine), db.reading(engine) as session:
        rows = [schedule_cells(row, utc_now()) for row in listings.scheduled(session)]
    if not sys.stdout.isatty():
        for cells_of_row in rows:
            click.echo("\t".join(cells_of_row))
        return
    drawn = Table("Outlet", "Articles", "Listing", "Last read", "Next", "Health", box=None, pad_edge=False)
    for *cells_before, health in rows:
        drawn.add_row(*map(Text, cells_before), Text(health, style="red" if health.startswith("failed") else ""))
    Console(highlight=False).print(drawn)


def schedule_cells(row: Scheduled, now: datetime) -> tuple[str, ...]:
    """An outlet and one of its listings in words: name, articles, listing, last read, next read, health."""
    name, listing = one_line(row.outlet), row.listing
    if listing is None:
        return name, str(row.articles), one_line(row.address), "", "", "not read on schedule"
    read = f"{ago(now - listing.read_at)} ago" if listing.read_at else "never"
    due = f"in {ago(listing.due_at - now)}" if listing.due_at > now else "now"
    health = "well" if listing.read_at else "not read yet"
    if listing.failures:
        health = f"failed {counted(listing.failures, 'time')}: {one_line(listing.problem)}"
    if not listing.is_active:
        due, health = "", "paused"
    return name, str(row.articles), one_line(listing.url), read, due, health


def ago(time: timedelta) -> str:
    """A length of time in its largest unit."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


@outlet.command("check")
@click.argument("folder", default=SAVED_PAGES, type=click.Path(path_type=Path))
@click.option("--page", type=click.Path(path_type=Path), help="One saved page: print what it gives as expected.json.")
@click.option("--url", "address", help="The address that --page was read from.")
@click.pass_context
def check_rules(context: click.Context, folder: Path, page: Path | None, address: str | None) -> None:
    """Read every saved page in FOLDER and report where it gives something else than is expected of it.

    A saved page is a folder with a page.html and an expected.json; by default they are looked for in tests/outlets.
    The exit status is 1 where a page drifted, and where a rule has no page that it could be held to.

    \b
    Examples:  claimline outlet check
               claimline outlet check --page saved.html --url https://planet.example/2026/story
    """
    if (page is None) != (address is None):
        raise click.UsageError("--page and --url go together.")
    if page is not None and address is not None:
        click.echo(what_it_gives(page, address))
        return
    found = check(folder)
    show(found)
    context.exit(0 if found.is_clean else 1)


def what_it_gives(page: Path, address: str) -> str:
    """What a saved page gives, in the shape of an expected.json."""
    saved = read_saved(page, address=address, now=utc_now())
    return json.dumps(as_expected(read(saved.body, saved.url), saved.url), ensure_ascii=False, indent=2)


def show(found: Check) -> None:
    """The pages as a table on a terminal, as a line each anywhere else, and then what drifted."""
    if sys.stdout.isatty():
        Console(highlight=False).print(table(found.pages))
    else:
        for page in found.pages:
            click.echo("\t".join(cells(page)))
    for page in found.pages:
        for drift in page.drift:
            click.echo(f"\n{one_line(page.name)}: {drift.field} is not as expected (-), but (+)")
            click.echo("\n".join(one_line(line) for line in drift.lines))
    for name in found.rules_without_page:
        click.echo(f"\n{name}: no saved page holds this rule to anything; write one of your own in the page's markup")


def table(pages: tuple[CheckedPage, ...]) -> Table:
    """The saved pages with how they were read and whether they are as expected."""
    drawn = Table("Page", "Read by", "Result", box=None, pad_edge=False)
    for page in pages:
        name, rule, result = cells(page)
        drawn.add_row(Text(name), Text(rule), Text(result, style="red" if page.drift else ""))
    return drawn


def cells(page: CheckedPage) -> tuple[str, str, str]:
    """A saved page in words: its name, its rule, and what drifted."""
    drifted = ", ".join(drift.field for drift in page.drift)
    result = f"drifted: {drifted}" if drifted else "as expected"
    return one_line(page.name), page.rule or "the general reading", result
