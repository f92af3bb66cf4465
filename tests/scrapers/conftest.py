"""A site on loopback, a fetcher that may ask it, and name servers that answer what a test wants."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from claims.settings import Settings
from scrapers.fetch import Fetcher, Limits
from tests.scrapers.site import Site

QUICK = Limits(deadline_s=3.0, connect_s=0.5, backoff_s=0.01)


class Names:
    """Name servers of the test's own: known maps a name to the answers that it gets one after the other."""

    def __init__(self) -> None:
        self.known: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []
        self.fails_with = OSError(-2, "Name or service not known")

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """The next answer for the name; the last one is given again."""
        self.asked.append(host)
        answers = self.known.get(host)
        if not answers:
            raise self.fails_with
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that the fetcher may ask."""
    with Site() as running:
        yield running


@pytest.fixture
def canary() -> Iterator[Site]:
    """An internal service that nobody may ask: fails the test if a single connection reaches it."""
    with Site() as running:
        yield running
        assert running.connections == 0


@pytest.fixture
def names() -> Names:
    """The name servers that the fetcher asks."""
    return Names()


@pytest.fixture
def fetch_settings(tmp_path: Path, site: Site) -> Settings:
    """Settings under which the site's address and port may be fetched, and news.example, wherever it may be."""
    allowed = frozenset((f"127.0.0.1:{site.port}", "news.example"))
    return Settings(tmp_path, "sqlite://", "for tests only", contact="desk@checks.example", allow_hosts=allowed)


@pytest.fixture
def fetcher(fetch_settings: Settings, names: Names) -> Iterator[Fetcher]:
    """A fetcher that gives up after three seconds."""
    with Fetcher(fetch_settings, QUICK, resolve=names) as opened:
        yield opened
