"""One worker over the hostile world, in a process of its own: `python -m tests.hostile.worker PLAN REPORT`."""

import json
import resource
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Lock
from typing import Any

from claims import db
from claims.clock import utc_now
from claims.drafts import Page
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.settings import Settings
from scrapers.fetch import Fetcher, Limits
from scrapers.pipeline import Pipeline
from scrapers.worker import work
from scrapers.working.allocator import give_memory_back
from tests.hostile.case import LookUp
from tests.hostile.routes import Names, Ports, Routes


@dataclass(frozen=True, slots=True)
class Plan:
    """What the worker is told."""

    database_url: str
    ports: Ports
    look_ups: dict[str, list[LookUp]]
    authority_pem: str
    deadline_s: float
    delay_s: float
    max_delay_s: float


@dataclass(frozen=True, slots=True)
class Report:
    """What the worker tells: fetches are address, name of the error or nothing, and seconds; strays went elsewhere."""

    fetches: list[tuple[str, str, float]]
    strays: list[str]
    peak_mb: float
    cpu_s: float
    wall_s: float


class WatchedFetcher(Fetcher):
    """A fetcher that remembers how each of its fetches ended."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fetches: list[tuple[str, str, float]] = []
        self._fetches_lock = Lock()

    def fetch(self, url: str, *args: Any) -> Page:
        """What Fetcher.fetch returns or raises."""
        with self._watching(url):
            return super().fetch(url, *args)

    def fetch_again(self, url: str, *args: Any) -> Page | None:
        """What Fetcher.fetch_again returns or raises."""
        with self._watching(url):
            return super().fetch_again(url, *args)

    @contextmanager
    def _watching(self, url: str) -> Iterator[None]:
        begun_s, ended = time.monotonic(), ""
        try:
            yield
        except BaseException as error:
            ended = type(error).__name__
            raise
        finally:
            with self._fetches_lock:
                self.fetches.append((url, ended, time.monotonic() - begun_s))


def run(plan: Plan) -> Report:
    """Carry out all that is waiting, and tell how it went."""
    give_memory_back()
    begun_s = time.monotonic()
    routes = Routes(plan.ports)
    routes.install()
    settings = Settings(Path(), plan.database_url, "for tests only", contact="desk@checks.example")
    limits = Limits(deadline_s=plan.deadline_s, delay_s=plan.delay_s, max_delay_s=plan.max_delay_s)
    trusting = ssl.create_default_context(cafile=plan.authority_pem)
    engine = db.connect(plan.database_url)
    with WatchedFetcher(settings, limits, resolve=Names(plan.look_ups), tls=trusting) as fetcher:
        pipeline = Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
        for _ in work(pipeline, stop=Event(), once=True):
            pass
    engine.dispose()
    spent = resource.getrusage(resource.RUSAGE_SELF)
    wall_s = time.monotonic() - begun_s
    return Report(fetcher.fetches, routes.strays, peak_mb(), spent.ru_utime + spent.ru_stime, wall_s)


def peak_mb() -> float:
    """The most memory that this process held, in megabytes.

    Linux tells it of the process alone; getrusage would also count what whoever started it held at that moment.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def main() -> None:
    """Read the plan, carry it out and write the report."""
    told = json.loads(Path(sys.argv[1]).read_text())
    report = run(Plan(**told | {"ports": Ports(**told["ports"])}))
    Path(sys.argv[2]).write_text(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
