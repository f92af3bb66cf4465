"""The world of the browser tests: the sample outlets read once, and for each test a copy of it, served."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from claims import db
from claims.clock import utc_now
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.settings import Settings
from e2e.pages import Desk
from scrapers.fetch import Fetcher
from scrapers.pipeline import Item, Pipeline
from scrapers.worker import work
from web import create_app
from web.cli.demo import prepare, sample_password
from web.sample import OUTLETS, create_sample_world
from web.sample.serving import HOST, serving


@dataclass(frozen=True, slots=True)
class Installation:
    """A running Claimline: where it is, what it is told, and how to run its worker."""

    url: str
    settings: Settings
    carry_out_requests: Callable[[], None]

    def password(self, email: str) -> str:
        """The password of a sample reviewer."""
        return sample_password(self.settings, email)


@pytest.fixture(scope="session")
def sample_url() -> Iterator[str]:
    """The address of the sample outlets."""
    with serving(create_sample_world) as url:
        yield url


@pytest.fixture(scope="session")
def read_world(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which the sample world was read by the real scrapers, to be copied."""
    home = tmp_path_factory.mktemp("world")
    settings = settings_in(home, sample_url)
    engine = db.connect(settings.database_url)
    db.upgrade(engine)
    prepare(engine, settings, sample_url)
    with Fetcher(settings) as fetcher:
        pipeline = Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
        steps = list(pipeline.ingest(sample_url + outlet.listing_path for outlet in OUTLETS))
    engine.dispose()
    assert [step.line for step in steps if isinstance(step, Item) and step.stored is None] == []
    return home


@pytest.fixture
def claimline(read_world: Path, tmp_path: Path) -> Iterator[Installation]:
    """Claimline on its own copy of the sample world."""
    home = tmp_path / "home"
    shutil.copytree(read_world, home)
    with serving(lambda url: create_app(settings_in(home, url))) as url:
        settings = settings_in(home, url)
        yield Installation(url, settings, lambda: carry_out_requests(settings))


@pytest.fixture
def desk(page: Page, claimline: Installation) -> Desk:
    """The first reviewer at the desk, signed in."""
    return Desk(page, claimline.url).sign_in("ada@sample.example", claimline.password("ada@sample.example"))


@pytest.fixture
def second_desk(browser: Browser, claimline: Installation) -> Iterator[Desk]:
    """The second reviewer, in a browser of their own, signed in."""
    context = browser.new_context()
    yield Desk(context.new_page(), claimline.url).sign_in(
        "can@sample.example", claimline.password("can@sample.example")
    )
    context.close()


def settings_in(home: Path, base_url: str) -> Settings:
    """Settings of an installation in a folder that may fetch from this machine."""
    return Settings(
        home=home,
        database_url=f"sqlite:///{home / 'claimline.sqlite'}",
        secret_key="for tests only",
        base_url=base_url,
        allow_hosts=frozenset({HOST}),
    )


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """A worker in a thread, for as long as a block runs."""
    engine, stop = db.connect(settings.database_url), threading.Event()

    def carry_out() -> None:
        with Fetcher(settings) as fetcher:
            for _ in work(Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now), stop=stop, once=False):
                pass

    thread = threading.Thread(target=carry_out, name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        engine.dispose()


def carry_out_requests(settings: Settings) -> None:
    """Run a worker until nothing is waiting."""
    engine = db.connect(settings.database_url)
    with Fetcher(settings) as fetcher:
        for _ in work(Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now), stop=threading.Event(), once=True):
            pass
    engine.dispose()
