"""What fetching costs beside reading and storing: `python -m tests.bench.throughput`.

One worker takes in 500 articles of 20 outlets that list them in feeds; then every listing is due again and every
article is asked for again, which must cost conditional requests alone. Ends with status 1 where the network side
costs more processor time than reading does, where an article is missing, or where the second pass got a whole page.

Asking is measured on its own (500 pages, one after the other), and so are reading (text and statements) and storing,
each on the same pages in this process; the outlets answer from another.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

from sqlmodel import col, func, select, update

from claims import db, fetching
from claims.clock import utc_now
from claims.db import Engine
from claims.drafts import Page
from claims.fetching import listings
from claims.grouping import Matcher
from claims.intake import store
from claims.matching import shipped_scorer
from claims.models import Article, Listing, Role, User
from claims.outlets import add_outlet
from claims.settings import Settings
from scrapers import article
from scrapers.fetch import Content, Fetcher, Limits
from scrapers.pipeline import Pipeline, Reading, read
from scrapers.statements.models import shipped_models
from scrapers.worker import work
from tests.bench import outlets
from tests.claims.builders import user
from tests.hostile.case import PUBLIC
from tests.hostile.routes import Ports, Routes

ASKED = outlets.HOSTS * outlets.STORIES
NO_PAUSE = Limits(delay_s=0.0)


@dataclass(slots=True)
class Costs:
    """Seconds of processor time by what was done."""

    cpu_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Take down what the block costs, all threads of this process together."""
        begun_s = time.process_time()
        yield
        self.cpu_s[what] = time.process_time() - begun_s


def main() -> int:
    """Measure and print; returns the exit status."""
    with outlets.served() as (port, server), tempfile.TemporaryDirectory() as folder:
        routes = Routes(Ports(port, port, {}, port))
        routes.install()
        costs = Costs()
        wrong = take_in(Path(folder), server, costs)
        pages = asked_alone(costs)
        read_alone(pages, Path(folder), costs)
    print_costs(costs, sum(len(page.body) for page in pages))
    if costs.cpu_s["asking"] > costs.cpu_s["reading"]:
        wrong.append("asking costs more than reading")
    for line in wrong:
        print(f"OFF: {line}")
    return 1 if wrong else 0


def take_in(folder: Path, server: Connection, costs: Costs) -> list[str]:
    """Two passes of one worker; returns what is off."""
    engine = fresh(folder / "worker.sqlite")
    schedule(engine)
    with fetcher() as asking:
        pipeline = Pipeline(engine, asking, Matcher(shipped_scorer()), utc_now)
        first = one_pass("first pass", pipeline, server, costs)
        stored = count_articles(engine)
        ask_again(engine)
        second = one_pass("second pass", pipeline, server, costs)
    engine.dispose()
    wrong = []
    if stored != ASKED:
        wrong.append(f"{stored} of {ASKED} articles were stored")
    if first.get("200") != ASKED + outlets.HOSTS:
        wrong.append(f"the first pass got {first}")
    if second.get("200") or second.get("304") != ASKED + outlets.HOSTS:
        wrong.append(f"the second pass got {second}")
    return wrong


def one_pass(name: str, pipeline: Pipeline, server: Connection, costs: Costs) -> dict[str, int]:
    """Carry out all that is due and print what it took; returns what the outlets answered."""
    outlets.counted(server)
    begun_s = time.monotonic()
    with costs.of(name):
        requests = sum(1 for _ in work(pipeline, stop=Event(), once=True))
    wall_s, answered = time.monotonic() - begun_s, outlets.counted(server)
    print(
        f"{name}: {requests} requests in {wall_s:.1f} s; whole pages {answered.get('200', 0)}, "
        f"not modified {answered.get('304', 0)}, {answered.get('bytes', 0) / 1e6:.2f} MB; "
        f"{costs.cpu_s[name]:.1f} s of processor time"
    )
    return answered


def schedule(engine: Engine) -> None:
    """Have every outlet's feed read on schedule."""
    with db.transaction(engine) as session:
        session.add(user(Role.REVIEWER, "rita"))
        for feed in outlets.feeds():
            outlet = add_outlet(
                session, feed.split("/")[2], feed.removesuffix(outlets.FEED), actor="rita", now=utc_now()
            )
            listings.add(session, outlet, feed, every=listings.EVERY, actor="rita", now=utc_now())


def ask_again(engine: Engine) -> None:
    """Let every listing be due now, and somebody ask for every article."""
    with db.transaction(engine) as session:
        session.exec(update(Listing).values(due_at=utc_now()))
        reviewer = session.exec(select(User)).one()
        for story in outlets.stories():
            fetching.request(session, story, by=reviewer, now=utc_now())


def asked_alone(costs: Costs) -> list[Page]:
    """All pages, asked for one after the other by a fetcher of its own."""
    with fetcher() as asking, costs.of("asking"):
        return [asking.fetch(story, Content.ARTICLE) for story in outlets.stories()]


def read_alone(pages: list[Page], folder: Path, costs: Costs) -> None:
    """Read all pages, and store what they say in a database of their own."""
    with costs.of("reading"):
        readings = [read(page, shipped_models) for page in pages]
    with costs.of("of that, text and metadata"):
        for page in pages:
            article.read(page.body, page.final_url, content_type=page.content_type)
    engine, matcher = fresh(folder / "stored.sqlite"), Matcher(shipped_scorer())
    with costs.of("storing"):
        for reading in readings:
            assert isinstance(reading, Reading)
            store(engine, matcher, reading.page, reading.article, reading.statements, now=utc_now())
    engine.dispose()


def print_costs(costs: Costs, body_bytes: int) -> None:
    """A line for each part: seconds, and pages for each of them."""
    print(f"\n{ASKED} pages of {body_bytes / ASKED / 1e3:.0f} kB on average\n")
    print(f"{'':28}{'CPU s':>8}{'pages per CPU s':>18}")
    for what in ("asking", "reading", "of that, text and metadata", "storing", "first pass", "second pass"):
        print(f"{what:28}{costs.cpu_s[what]:>8.2f}{ASKED / costs.cpu_s[what]:>18.0f}")


def fetcher() -> Fetcher:
    """A fetcher that asks the outlets without pauses."""
    return Fetcher(Settings(Path(), "", "for tests only"), NO_PAUSE, resolve=lambda host, port: [PUBLIC])


def fresh(path: Path) -> Engine:
    """A fresh database."""
    engine = db.connect(f"sqlite:///{path}")
    db.upgrade(engine)
    return engine


def count_articles(engine: Engine) -> int:
    """How many articles are stored."""
    with db.reading(engine) as session:
        return session.exec(select(func.count(col(Article.id)))).one()


if __name__ == "__main__":
    sys.exit(main())
