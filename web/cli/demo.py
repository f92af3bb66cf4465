"""claimline demo: the whole way on a sample world, served to be looked at."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import click

from claims import accounts, db
from claims.clock import utc_now
from claims.db import Engine, Session
from claims.errors import ClaimsError
from claims.fetching.pauses import SharedPauses
from claims.models import Role
from claims.outlets import add_outlet, outlet_addresses
from claims.settings import Settings
from scrapers.fetch import PATIENT, Fetcher
from scrapers.pipeline import Pipeline
from scrapers.worker import work
from web.cli.ingest import run
from web.cli.opening import opened, pipeline_of
from web.cli.serve import run_server
from web.sample import OUTLETS, create_sample_world
from web.sample.checking import Checking, check_claims
from web.sample.serving import HOST, serving

SAMPLE_USERS = (
    ("ada@sample.example", "Ada Sample", Role.REVIEWER),
    ("can@sample.example", "Can Sample", Role.EDITOR),
)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where the app is served.")
@click.option(
    "--sample-port",
    default=8010,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Where the sample outlets are.",
)
@click.option("--no-serve", is_flag=True, help="Ingest the sample world and stop.")
def demo(port: int, sample_port: int, no_serve: bool) -> None:
    """Read a sample world of invented outlets, group what they claim, and serve the desk with two sample reviewers.

    They have checked a few claims already, for the public to read.

    Everything stays on this machine. Running it twice adds nothing twice.

    \b
    Example:  claimline demo --port 8000
    """
    known = Settings.from_environment()
    settings = replace(known, allow_hosts=known.allow_hosts | {HOST}, base_url=f"http://{HOST}:{port}")
    with (
        opened(settings) as (_, engine),
        sample_world(sample_port) as sample_url,
        Fetcher(settings, PATIENT, pauses=SharedPauses(engine)) as fetcher,
    ):
        prepare(engine, settings, sample_url)
        pipeline = pipeline_of(settings, engine, fetcher)
        run(pipeline, [sample_url + outlet.listing_path for outlet in OUTLETS])
        check_claims(checking_on(engine, settings, sample_url))
        if no_serve:
            return
        with working(pipeline):
            run_server(settings, engine, HOST, port, welcome=welcome(settings, sample_url))


@contextmanager
def sample_world(port: int) -> Iterator[str]:
    """The address of the sample outlets, which answer on their port."""
    with ExitStack() as running:
        try:
            url = running.enter_context(serving(create_sample_world, port))
        except (OSError, SystemExit) as error:
            raise click.ClickException(f"Port {port} is taken. Choose another --sample-port.") from error
        yield url


@contextmanager
def working(pipeline: Pipeline) -> Iterator[None]:
    """A worker in a thread, so that what visitors of the desk ask for is fetched."""
    stop = threading.Event()

    def carry_out() -> None:
        for _ in work(pipeline, stop=stop, once=False):
            pass

    thread = threading.Thread(target=carry_out, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def prepare(engine: Engine, settings: Settings, sample_url: str) -> None:
    """Name the sample outlets and let the sample reviewers sign in, where that was not done before."""
    with db.transaction(engine) as session:
        refuse_real_outlets(session)
        for outlet in OUTLETS:
            add_outlet(session, outlet.name, sample_url + outlet.path, actor="demo", now=utc_now())
        known = {row.email for row in accounts.users(session)}
        for email, name, role in SAMPLE_USERS:
            if email not in known:
                password = sample_password(settings, email)
                accounts.add_user(
                    session, email=email, name=name, role=role, password=password, actor="demo", now=utc_now()
                )


def checking_on(engine: Engine, settings: Settings, sample_url: str) -> Checking:
    """The sample reviewers at work on this database."""
    with db.reading(engine) as session:
        author, editor = (accounts.user_at(session, email) for email, _, _ in SAMPLE_USERS)
    if author is None or editor is None:
        raise ClaimsError("The sample reviewers are not there. Set CLAIMLINE_HOME to another folder for the demo.")
    return Checking(engine, author, editor, sample_url, settings.allow_hosts)


def refuse_real_outlets(session: Session) -> None:
    """Raise ClaimsError where the database holds real outlets, among which sample ones must not get."""
    for address in outlet_addresses(session):
        if urlsplit(address).hostname != HOST:
            raise ClaimsError(
                f"This database follows real outlets ({address}), so the sample world stays out of it. "
                "Set CLAIMLINE_HOME to another folder for the demo."
            )


def sample_password(settings: Settings, email: str) -> str:
    """A sample reviewer's password: the same at every start of one installation, unknown to any other."""
    return hmac.new(settings.secret_key.encode(), f"sample password {email}".encode(), hashlib.sha256).hexdigest()[:16]


def welcome(settings: Settings, sample_url: str) -> str:
    """Where to look, who may sign in, and where the sample outlets are."""
    people = "\n".join(
        f"  {email}  {sample_password(settings, email)}  ({role.value})" for email, _, role in SAMPLE_USERS
    )
    return (
        f"\nClaimline is at {settings.base_url}/ and its desk at {settings.base_url}/desk/\n"
        f"Sign in as one of the sample reviewers:\n{people}\n"
        f"The sample outlets are at {sample_url}/ and have addresses to submit at {settings.base_url}/desk/fetching\n"
        "Everything here is sample content on this machine alone. Ctrl-C stops.\n"
    )
