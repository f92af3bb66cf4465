"""The commands that fetch: outlets with their schedule, and the worker as a service manager runs it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from claims import db, fetching
from claims.clock import utc_now
from claims.db import Engine
from claims.fetching import Wish, leases
from claims.models import FetchRequest, Listing, RequestKind, RequestState
from tests.scrapers.site import Site, dripping
from tests.scrapers.test_pipeline import story
from web.cli import commands
from web.cli.worker import left_in, still_waiting, waiting_in

CLAIMLINE = [sys.executable, "-c", "from web.cli import main; main()"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with Site() as running:
        yield running


@pytest.fixture
def environment(tmp_path: Path, site: Site) -> dict[str, str]:
    """Variables under which the site may be fetched, beside this process's own."""
    return {"CLAIMLINE_HOME": str(tmp_path), "CLAIMLINE_ALLOW_HOSTS": f"127.0.0.1:{site.port}"}


def run(environment: dict[str, str], *words: str) -> Result:
    """A command that went well."""
    result = CliRunner(env=environment).invoke(commands, words)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    """The database of the commands, ready."""
    run(environment, "db", "upgrade")
    opened = db.connect(f"sqlite:///{environment['CLAIMLINE_HOME']}/claimline.sqlite")
    yield opened
    opened.dispose()


def ask(engine: Engine, url: str) -> None:
    with db.transaction(engine) as session:
        fetching.enqueue(session, Wish(RequestKind.ARTICLE, url), None, utc_now())


def state(engine: Engine) -> RequestState:
    """Where the only request stands."""
    with db.reading(engine) as session:
        return session.exec(select(FetchRequest)).one().state


def test_an_outlet_that_is_added_is_read_on_schedule(environment: dict[str, str], site: Site) -> None:
    entry = f"<item><title>x</title><link>{site.serve('/s/1', story())}</link></item>"
    site.serve("/feed.xml", f"<rss version='2.0'><channel>{entry}</channel></rss>", "Content-Type: text/xml")
    front = site.serve("/", "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>")

    added = run(environment, "outlet", "add", "Harbour News", front, "--every", "60")
    worked = run(environment, "worker", "--once")
    listed = run(environment, "outlet", "list")

    assert f"{front} is read every 60 minutes by claimline worker" in added.output
    assert f"done: {front}: lists 1 address, 1 of them to be fetched" in worked.output
    assert "2 requests done, 0 failed" in worked.output
    name, articles, url, read, due, health = listed.output.strip().split("\t")
    assert (name, articles, url, read, health) == ("Harbour News", "1", front, "0 min ago", "well")
    assert due in {f"in {minutes} min" for minutes in range(53, 67)}


def test_a_listing_in_trouble_shows_it(environment: dict[str, str], site: Site) -> None:
    run(environment, "outlet", "add", "Harbour News", site.url, "--listing", site.url + "/gone.xml")

    worked = run(environment, "worker", "--once")

    assert f"failed: {site.url}/gone.xml: the server answered 404" in worked.output
    assert "failed 1 time: " in run(environment, "outlet", "list").output


def test_an_outlet_whose_listing_is_refused_is_not_said_to_be_added(environment: dict[str, str]) -> None:
    words = ["outlet", "add", "Harbour News", "https://harbour.example/", "--listing", "ftp://harbour.example/x"]

    refused = CliRunner(env=environment).invoke(commands, words)

    assert (refused.exit_code, refused.output) == (1, "")
    assert run(environment, "outlet", "list").output == ""


def test_adding_a_known_address_says_what_it_changes(environment: dict[str, str], engine: Engine) -> None:
    run(environment, "outlet", "add", "Harbour News", "https://harbour.example/", "--every", "1")
    with db.transaction(engine) as session:
        listing = session.exec(select(Listing)).one()
        listing.is_active = False
        session.add(listing)

    again = run(environment, "outlet", "add", "Harbour Post", "https://Harbour.example", "--every", "1").output
    once_more = run(environment, "outlet", "add", "Harbour Post", "https://harbour.example/").output

    assert "Harbour Post is outlet 1, was called Harbour News: every article below https://harbour.example/" in again
    assert "is read every 1 minute by claimline worker; this listing was paused and is read again" in again
    assert ("was called" in once_more, "was paused" in once_more) == (False, False)


def test_a_worker_that_is_asked_to_stop_puts_back_what_it_has_in_work(
    environment: dict[str, str], engine: Engine, site: Site
) -> None:
    site.pages["/drip"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.1)
    ask(engine, site.url + "/drip")
    worker = subprocess.Popen([*CLAIMLINE, "worker"], env=os.environ | environment, stderr=subprocess.PIPE, text=True)
    while state(engine) is RequestState.QUEUED:
        time.sleep(0.05)

    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=15)

    assert (worker.returncode, said.startswith("0 requests done, 0 failed in ")) == (0, True)
    assert state(engine) is RequestState.QUEUED


def test_how_many_wait_is_not_known_while_the_database_is_away() -> None:
    away = db.connect("sqlite:////nowhere/at/all.sqlite")

    assert (waiting_in(away), still_waiting(left_in(away))) == (0, "")


def test_a_worker_that_finds_nothing_to_do_says_what_waits_for_whom(
    environment: dict[str, str], engine: Engine, site: Site
) -> None:
    for path in ("/1", "/2", "/3"):
        ask(engine, site.url + path)
    now = utc_now()
    with db.transaction(engine) as session:
        wish = Wish(RequestKind.ARTICLE, "https://harbour.example/later")
        fetching.enqueue(session, wish, None, now, due_at=now + timedelta(days=2))
        leases.take(session, 1, now=now, lease=timedelta(hours=2))
        [leased] = session.exec(select(FetchRequest).where(FetchRequest.state == RequestState.RUNNING))
        until = leased.leased_until

    said = run(environment, "worker", "--once").output

    assert until is not None
    assert said.startswith("0 requests done, 0 failed in ")
    assert "; 2 wait; 1 is leased to another worker until " in said
    assert f"{until:%H:%M:%S} UTC; 1 is not due before {now + timedelta(days=2):%Y-%m-%d %H:%M:%S} UTC\n" in said
