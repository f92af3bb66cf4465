"""The worker: what was asked for becomes rows with the end of its request, hosts side by side, and nothing is lost."""

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest
from psycopg import sql
from sqlmodel import col, func, select

from claims import db, fetching, proof
from claims.clock import utc_now
from claims.db import Engine
from claims.drafts import Page, Validators
from claims.errors import Busy
from claims.fetching import Wish, leases, listings
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.models import (
    Article,
    Bearing,
    Evidence,
    FetchRequest,
    Listing,
    Recheck,
    RequestKind,
    RequestState,
    Role,
    Snapshot,
    Validator,
)
from claims.outlets import add_outlet
from claims.settings import Settings
from claims.versions.bodies import Bodies
from scrapers.errors import HostResting
from scrapers.fetch import Content, Fetcher, Limits
from scrapers.network.pauses import Alone
from scrapers.pipeline import Pipeline
from scrapers.worker import work
from scrapers.working.crew import Crew
from tests.claims.builders import user
from tests.postgres import Server
from tests.scrapers.conftest import Names
from tests.scrapers.site import Site, dripping
from tests.scrapers.test_pipeline import story
from tests.stopwatch import Stopwatch

ETAG = 'ETag: "1"'


@pytest.fixture
def pipeline(sqlite_url: str, fetcher: Fetcher) -> Iterator[Pipeline]:
    engine = db.connect(sqlite_url)
    yield Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    engine.dispose()


def requested(engine: Engine, *urls: str, kind: RequestKind = RequestKind.SUBMITTED) -> None:
    """Requests for these addresses."""
    with db.transaction(engine) as session:
        for url in urls:
            fetching.enqueue(session, Wish(kind, url), None, utc_now())


def work_once(pipeline: Pipeline) -> FetchRequest | None:
    """Carry out the request that has been due longest, and return it as it ended; None where none was due."""
    return next(work(pipeline, stop=Event(), once=True, at_once=1), None)


def worked(pipeline: Pipeline, **options: Any) -> list[FetchRequest]:
    """What a worker ended until nothing was due any more."""
    return list(work(pipeline, stop=Event(), once=True, **options))


def outcomes(pipeline: Pipeline) -> list[str]:
    """How the requests ended that a worker finds."""
    return [request.outcome for request in worked(pipeline)]


def count(engine: Engine, table: type) -> int:
    with db.reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def requests(engine: Engine) -> list[FetchRequest]:
    with db.reading(engine) as session:
        return list(session.exec(select(FetchRequest).order_by(col(FetchRequest.id))))


def serve_stories(site: Site, count: int, *headers: str) -> list[str]:
    return [site.serve(f"/s/{n}", story(f"Talks {n}", 40 + n), *headers) for n in range(count)]


def serve_feed(site: Site, urls: list[str], *headers: str) -> str:
    entries = "".join(f"<item><title>A story</title><link>{url}</link></item>" for url in urls)
    feed = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>"
    return site.serve("/feed.xml", feed, "Content-Type: application/rss+xml", *headers)


def unless_known(site: Site, target: str) -> None:
    """Answer 304 to whoever asks with this ETag, from now on."""
    whole = site.pages[target]
    assert isinstance(whole, bytes)
    site.pages[target] = lambda connection: connection.sendall(
        b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n' if 'If-None-Match: "1"' in site.requests[-1] else whole
    )


def test_what_was_asked_for_is_taken_in_and_says_what_came_of_it(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, site.serve("/story", story()))

    [done] = worked(pipeline)

    assert (done.state, "stored;" in done.outcome, done.article_id) == (RequestState.DONE, True, 1)
    assert work_once(pipeline) is None


def test_why_a_fetch_failed_is_kept_and_what_may_pass_is_tried_again_by_itself(pipeline: Pipeline, site: Site) -> None:
    site.serve("/trouble", status="503 Service Unavailable")
    requested(pipeline.engine, site.url + "/gone", site.url + "/trouble")

    gone, trouble = sorted(worked(pipeline), key=lambda request: request.id or 0)

    assert (gone.state, "404" in gone.outcome, gone.due_at) == (RequestState.FAILED, True, None)
    assert (trouble.state, "503" in trouble.outcome) == (RequestState.FAILED, True)
    assert trouble.due_at is not None


def test_evidence_is_copied_be_it_a_pdf(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, site.serve("/story", story()))
    worked(pipeline)
    url = site.serve("/law.pdf", b"%PDF-1.7 the law", "Content-Type: application/pdf")
    with db.transaction(pipeline.engine) as session:
        ada = user(Role.REVIEWER, "Ada")
        session.add(ada)
        session.flush()
        cited = Evidence(
            claim_id=1,
            url=url,
            title="x",
            is_primary=True,
            bearing=Bearing.CONTEXT,
            added_by_id=ada.id or 0,
            added_at=utc_now(),
        )
        session.add(cited)
        session.flush()
        fetching.request(session, url, by=ada, now=utc_now(), evidence_id=cited.id, allow_hosts=["127.0.0.1"])

    [done] = worked(pipeline)

    assert (done.state, done.outcome) == (RequestState.DONE, "kept 16 bytes")
    with db.reading(pipeline.engine) as session:
        copy = session.get_one(Snapshot, session.exec(select(Evidence)).one().snapshot_id)
        assert (copy.final_url, copy.content_type) == (url, "application/pdf")
        assert proof.verify(session).problems == ()


def test_a_feed_becomes_a_request_for_each_story(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, serve_feed(site, serve_stories(site, 3)))

    ended = worked(pipeline)

    assert ended[0].outcome == "lists 3 addresses, 3 of them to be fetched"
    assert [(request.kind, request.parent_id, request.state) for request in ended[1:]] == [
        (RequestKind.ARTICLE, 1, RequestState.DONE)
    ] * 3
    assert count(pipeline.engine, Article) == 3


def test_a_feed_that_was_interrupted_goes_on_where_it_stopped(pipeline: Pipeline, site: Site) -> None:
    urls = serve_stories(site, 6)
    requested(pipeline.engine, serve_feed(site, urls))
    running = work(pipeline, stop=Event(), once=True)
    next(running), next(running), next(running)

    running.close()
    worked(pipeline)

    assert count(pipeline.engine, Article) == 6
    assert sorted(site.asked).count("/feed.xml") == 1
    assert {request.state for request in requests(pipeline.engine)} == {RequestState.DONE}


def test_what_is_not_finished_when_the_worker_stops_goes_back_at_once(pipeline: Pipeline, site: Site) -> None:
    site.pages["/drip"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.1)
    requested(pipeline.engine, site.url + "/drip")
    stop = Event()

    def once_asked(_: object = None) -> bool:
        return "/drip" in site.asked

    stop.is_set = once_asked  # type: ignore[method-assign]
    ended = list(work(pipeline, stop=stop, once=False))

    [back] = requests(pipeline.engine)
    assert (ended, back.state, back.lease, back.tries) == ([], RequestState.QUEUED, None, 0)


def test_a_worker_that_is_to_stop_does_not_wait_for_its_turn(
    pipeline: Pipeline, site: Site, fetch_settings: Settings
) -> None:
    stop = Event()

    class Others(Alone):
        def take(self, host: str, delay_s: float) -> float:
            stop.set()
            return 20.0

    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.1")
    requested(pipeline.engine, site.serve("/story", story()))

    with Stopwatch() as watch, Fetcher(fetch_settings, pauses=Others()) as fetcher:
        ended = list(work(replace(pipeline, fetcher=fetcher), stop=stop, once=False))

    [back] = requests(pipeline.engine)
    assert (ended, back.state, back.tries, site.asked) == ([], RequestState.QUEUED, 0, [])
    assert watch.own_s < 5


def test_hosts_are_asked_side_by_side_and_each_host_in_turn(
    pipeline: Pipeline, site: Site, names: Names, fetch_settings: Settings
) -> None:
    hosts = [f"outlet-{n}.example" for n in range(4)]
    names.known = {host: [("127.0.0.1",)] for host in hosts}
    allowed = frozenset(f"{host}:{site.port}" for host in hosts)
    for n in range(8):
        site.serve(f"/s/{n}", story(f"Talks {n}", 40 + n))
    slow = dict(site.pages)
    for target, whole in slow.items():
        site.pages[target] = lambda connection, whole=whole: (time.sleep(0.15), connection.sendall(whole))  # type: ignore[misc]
    settings = Settings(fetch_settings.home, "sqlite://", "for tests only", allow_hosts=allowed)
    requested(
        pipeline.engine, *(f"http://{hosts[n % 4]}:{site.port}/s/{n}" for n in range(8)), kind=RequestKind.ARTICLE
    )

    with Fetcher(settings, Limits(deadline_s=5), resolve=names) as fetcher:
        ended = worked(Pipeline(pipeline.engine, fetcher, pipeline.matcher, utc_now))

    assert {request.state for request in ended} == {RequestState.DONE}
    assert 1 < site.most_at_once <= 4
    for host in hosts:
        mine = sorted((r for r in requests(pipeline.engine) if r.host == host), key=lambda r: str(r.started_at))
        assert all(one.finished_at <= two.started_at for one, two in pairwise(mine))  # type: ignore[operator]


def test_a_second_look_asks_whether_anything_changed(pipeline: Pipeline, site: Site) -> None:
    url = site.serve("/story", story(), ETAG)
    requested(pipeline.engine, url, kind=RequestKind.ARTICLE)
    worked(pipeline)
    unless_known(site, "/story")

    for kind in (RequestKind.ARTICLE, RequestKind.SUBMITTED):
        requested(pipeline.engine, url, kind=kind)
        [again] = worked(pipeline)
        assert (again.outcome, again.article_id) == ("unchanged since it was last fetched", 1)
        with db.reading(pipeline.engine) as session:
            assert session.exec(select(Recheck)).one().checked_at == again.finished_at
    assert count(pipeline.engine, Snapshot) == 1


def test_a_page_that_tells_no_story_vouches_for_nothing(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, site.serve("/x", "<html><body><a href='/x'>x</a></body></html>", ETAG))

    [failed] = worked(pipeline)

    assert failed.state is RequestState.FAILED
    assert count(pipeline.engine, Validator) == 0


def scheduled(pipeline: Pipeline, url: str) -> None:
    """Have a listing read on schedule, and make it due."""
    with db.transaction(pipeline.engine) as session:
        outlet = add_outlet(session, "Harbour News", url, actor="test", now=utc_now())
        every, allowed = timedelta(minutes=15), ["127.0.0.1"]
        listings.add(session, outlet, url, every=every, actor="test", now=utc_now(), allow_hosts=allowed)


def test_a_listing_that_is_due_brings_up_its_new_stories(pipeline: Pipeline, site: Site) -> None:
    urls = serve_stories(site, 3)
    scheduled(pipeline, serve_feed(site, urls[:2]))
    first = outcomes(pipeline)
    scheduled(pipeline, serve_feed(site, urls))

    second = outcomes(pipeline)

    assert (first[0], len(first)) == ("lists 2 addresses, 2 of them to be fetched", 3)
    assert (second[0], len(second)) == ("lists 3 addresses, 1 of them to be fetched", 2)
    assert site.asked.count("/s/0") == 1


def test_a_listing_that_did_not_change_costs_one_question(pipeline: Pipeline, site: Site) -> None:
    url = serve_feed(site, serve_stories(site, 2), ETAG)
    scheduled(pipeline, url)
    worked(pipeline)
    unless_known(site, "/feed.xml")
    scheduled(pipeline, url)

    assert outcomes(pipeline) == ["unchanged since it was last fetched"]
    with db.reading(pipeline.engine) as session:
        assert session.exec(select(Listing)).one().failures == 0


def test_the_feed_that_a_front_page_leads_to_vouches_for_it(pipeline: Pipeline, site: Site) -> None:
    serve_feed(site, serve_stories(site, 2), ETAG)
    link = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
    front = site.serve("/", f"<html><head>{link}</head><body>News</body></html>", ETAG)
    scheduled(pipeline, front)
    worked(pipeline)
    unless_known(site, "/feed.xml")
    scheduled(pipeline, front)

    assert outcomes(pipeline) == ["unchanged since it was last fetched"]
    assert site.asked[-2:] == ["/", "/feed.xml"]


def test_a_listing_that_cannot_be_read_says_so_and_waits_longer(pipeline: Pipeline, site: Site) -> None:
    scheduled(pipeline, site.url + "/gone.xml")

    [failed] = worked(pipeline)

    with db.reading(pipeline.engine) as session:
        listing = session.exec(select(Listing)).one()
    assert (failed.state, listing.failures, "404" in listing.problem) == (RequestState.FAILED, 1, True)
    assert listing.due_at > utc_now() + timedelta(minutes=25)


@dataclass(frozen=True)
class Resting:
    """Asks as the fetcher does, but for one address, whose host wants a quarter of an hour."""

    fetcher: Fetcher
    url: str

    def fetch_again(self, url: str, accept: Content, known: Validators) -> Page | None:
        """The page, None where it is known, or HostResting."""
        if url == self.url:
            raise HostResting(url, "it is not asked for 900 s more", may_pass=True, retry_after_s=900)
        return self.fetcher.fetch_again(url, accept, known)


@pytest.mark.parametrize(
    ("listing_at", "rests_at"), [("/feed.xml", "/feed.xml"), ("/", "/feed.xml"), ("/index.xml", "/map.xml")]
)
def test_a_listing_whose_host_rests_is_put_off_and_not_blamed(
    pipeline: Pipeline, site: Site, listing_at: str, rests_at: str
) -> None:
    [url] = serve_stories(site, 1)
    link = f"<link rel='alternate' type='application/rss+xml' href='{serve_feed(site, [url])}'>"
    site.serve("/", f"<html><head>{link}</head><body>News</body></html>")
    site.serve("/map.xml", f"<urlset><url><loc>{url}</loc></url></urlset>", "Content-Type: text/xml")
    index = f"<sitemapindex><sitemap><loc>{site.url}/map.xml</loc></sitemap></sitemapindex>"
    site.serve("/index.xml", index, "Content-Type: text/xml")
    scheduled(pipeline, site.url + listing_at)

    ended = worked(replace(pipeline, fetcher=Resting(pipeline.fetcher, site.url + rests_at)))  # type: ignore[arg-type]

    with db.reading(pipeline.engine) as session:
        listing = session.exec(select(Listing)).one()
    [waiting] = requests(pipeline.engine)
    assert (ended, waiting.state, waiting.due_at) == ([], RequestState.QUEUED, listing.due_at)
    assert (listing.failures, listing.problem) == (0, "")
    assert timedelta(minutes=14) < listing.due_at - utc_now() <= timedelta(minutes=15)
    after = replace(pipeline, clock=lambda: listing.due_at)
    assert outcomes(after)[0].startswith("lists 1 address, 1 of them")


def test_a_listing_whose_host_rests_for_ever_has_failed(pipeline: Pipeline, site: Site) -> None:
    feed = serve_feed(site, [])
    scheduled(pipeline, feed)
    resting = replace(pipeline, fetcher=Resting(pipeline.fetcher, feed))  # type: ignore[arg-type]
    worked(resting)
    with db.transaction(pipeline.engine) as session:
        session.get_one(FetchRequest, 1).tries = leases.MAX_TAKES - 1

    [failed] = worked(replace(resting, clock=lambda: utc_now() + timedelta(minutes=16)))

    with db.reading(pipeline.engine) as session:
        assert session.exec(select(Listing)).one().failures == 1
    assert (failed.state, "not asked" in failed.outcome) == (RequestState.FAILED, True)


def test_a_front_page_whose_feed_cannot_be_read_says_why(pipeline: Pipeline, site: Site) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/lost.xml'>"
    scheduled(pipeline, site.serve("/", f"<html><head>{link}</head><body>News</body></html>"))

    [outcome] = outcomes(pipeline)

    assert outcome.startswith("this page lists no stories")
    assert "/lost.xml: the server answered 404 Not Found" in outcome


def test_a_page_without_stories_is_no_listing(pipeline: Pipeline, site: Site) -> None:
    scheduled(pipeline, site.serve("/", "<html><body>News</body></html>"))

    assert "lists no stories" in outcomes(pipeline)[0]


def test_a_worker_whose_lease_was_given_to_another_stores_nothing(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, site.serve("/story", story()))
    whole = site.pages["/story"]

    def steal_first(connection: Any) -> None:
        with db.transaction(pipeline.engine) as session:
            leases.take(session, 1, now=utc_now() + timedelta(hours=1), lease=timedelta(hours=2))
        connection.sendall(whole)

    site.pages["/story"] = steal_first

    assert worked(pipeline) == []
    assert count(pipeline.engine, Article) == 0
    assert requests(pipeline.engine)[0].state is RequestState.RUNNING


def test_the_heartbeat_keeps_a_slow_request_with_its_worker(pipeline: Pipeline, site: Site) -> None:
    requested(pipeline.engine, site.serve("/story", story()))
    whole = site.pages["/story"]

    def once_it_beats(connection: Any) -> None:
        first = requests(pipeline.engine)[0].leased_until
        while requests(pipeline.engine)[0].leased_until == first:
            time.sleep(0.02)
        connection.sendall(whole)

    site.pages["/story"] = once_it_beats

    # With one hand, nothing but the heartbeat renews the lease while the page is awaited.
    [done] = worked(pipeline, at_once=1, lease=timedelta(seconds=0.6))

    assert done.state is RequestState.DONE


def test_what_cannot_be_stored_fails_alone(pipeline: Pipeline, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Matcher):
        def place(self, *_: object, **__: object) -> Any:
            raise ZeroDivisionError

    requested(pipeline.engine, site.serve("/story", story()))

    [failed] = worked(Pipeline(pipeline.engine, pipeline.fetcher, Broken(shipped_scorer()), utc_now))

    assert (failed.state, "Report it, please" in failed.outcome) == (RequestState.FAILED, True)
    assert "ZeroDivisionError" in caplog.text
    assert count(pipeline.engine, Article) == 0


def test_what_a_full_disk_would_not_have_waits_and_is_stored_once_it_will(
    pipeline: Pipeline, site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "snapshots"
    in_the_way.write_text("no folder")
    kept_in_files = replace(pipeline, bodies=Bodies(in_the_way, into_folder=True))
    requested(pipeline.engine, *serve_stories(site, 3))

    ended = worked(kept_in_files, rest_s=0.01)
    waiting = requests(pipeline.engine)
    in_the_way.unlink()
    later = replace(kept_in_files, clock=lambda: utc_now() + timedelta(seconds=61))

    assert (ended, count(pipeline.engine, Article)) == ([], 0)
    assert {(row.state, row.tries) for row in waiting} == {(RequestState.QUEUED, 1)}
    assert caplog.text.count("out of order") == 3
    assert [request.state for request in worked(later)] == [RequestState.DONE] * 3


def test_a_page_that_no_disk_will_have_is_given_up_in_the_end(pipeline: Pipeline, site: Site, tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("no folder")
    requested(pipeline.engine, site.serve("/story", story()))
    with db.transaction(pipeline.engine) as session:
        session.get_one(FetchRequest, 1).tries = leases.MAX_TAKES - 1

    [failed] = worked(replace(pipeline, bodies=Bodies(tmp_path / "snapshots", into_folder=True)), rest_s=0.01)

    assert (failed.state, failed.due_at) == (RequestState.FAILED, None)
    assert "could not be stored in 40 tries" in failed.outcome


@dataclass
class Outage:
    """A PostgreSQL database that goes away as it does when its server stops, and comes back."""

    server: Server
    database: str
    begun: Event = field(default_factory=Event)

    def begin(self) -> None:
        """End all connections, and let in no others."""
        self.allow("false")
        self.server.run(
            sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(self.database)
        )
        self.begun.set()

    def end(self) -> None:
        """Let others in again."""
        self.allow("true")

    def allow(self, word: str) -> None:
        self.server.run(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(self.database), sql.SQL(word))
        )

    def strikes_at(self, site: Site, target: str, lasts_s: float) -> None:
        """Begin when this page is asked for the first time, which is answered all the same, and end by itself."""
        whole = site.pages[target]
        assert isinstance(whole, bytes)

        def strike(connection: Any) -> None:
            if not self.begun.is_set():
                self.begin()
                Timer(lasts_s, self.end).start()
            connection.sendall(whole)

        site.pages[target] = strike


@pytest.fixture
def on_postgresql(postgresql_url: str, fetcher: Fetcher) -> Iterator[Pipeline]:
    engine = db.connect(postgresql_url)
    yield Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    engine.dispose()


@pytest.fixture
def outage(postgres: Server, on_postgresql: Pipeline) -> Outage:
    return Outage(postgres, on_postgresql.engine.url.database or "")


def test_a_database_that_restarts_costs_nothing_but_time(on_postgresql: Pipeline, site: Site, outage: Outage) -> None:
    requested(on_postgresql.engine, *serve_stories(site, 3))
    outage.strikes_at(site, "/s/1", lasts_s=1.2)

    worked(on_postgresql, lease=timedelta(seconds=0.6), rest_s=0.1)

    assert outage.begun.is_set()
    assert [request.state for request in requests(on_postgresql.engine)] == [RequestState.DONE] * 3
    assert count(on_postgresql.engine, Article) == 3


def test_what_the_database_would_not_tell_on_the_way_is_asked_again(
    on_postgresql: Pipeline, site: Site, outage: Outage
) -> None:
    serve_feed(site, serve_stories(site, 1))
    link = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
    requested(on_postgresql.engine, site.serve("/", f"<html><head>{link}</head><body>News</body></html>"))
    outage.strikes_at(site, "/", lasts_s=0.5)

    ended = worked(on_postgresql, rest_s=0.1)

    [waiting] = requests(on_postgresql.engine)
    assert (ended, waiting.state, waiting.outcome) == ([], RequestState.QUEUED, "")


def test_a_worker_that_ends_while_the_database_is_away_ends_in_peace(
    on_postgresql: Pipeline, site: Site, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    hosts = "127.0.0.1", "localhost"
    requested(on_postgresql.engine, *(f"http://{host}:{site.port}/s/{n}" for n, host in enumerate(hosts)))
    serve_stories(site, 2)
    running = work(on_postgresql, stop=Event(), once=True)
    next(running)

    outage.begin()
    running.close()
    outage.end()

    assert "out of order" in caplog.text


def test_a_worker_that_is_to_end_does_not_wait_for_ever(on_postgresql: Pipeline, site: Site, outage: Outage) -> None:
    outage.begin()

    with pytest.raises(Busy, match="out of order"):
        worked(on_postgresql, rest_s=0.01)
    outage.end()


def test_a_worker_rests_through_an_outage_of_days(pipeline: Pipeline) -> None:
    nowhere = db.connect("sqlite:////nowhere/at/all.sqlite")
    stop = Event()
    stop.set()
    crew = Crew(replace(pipeline, engine=nowhere), 1, leases.LEASE, stop, troubles=5_000)

    crew.take_on()

    assert (crew.troubles, crew.is_idle) == (5_001, True)


def on_loopback(host: str, port: int) -> tuple[str, ...]:
    """Name servers that know every host."""
    return ("127.0.0.1",)


def carry_out(settings: Settings) -> None:
    """A worker, as a process."""
    engine = db.connect(settings.database_url)
    with Fetcher(settings, Limits(deadline_s=5), resolve=on_loopback) as fetcher:
        pipeline = Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
        for _ in work(pipeline, stop=Event(), once=True, at_once=2):
            pass
    engine.dispose()


def test_two_workers_on_one_database_share_the_work(
    engine: Engine, database_url: str, site: Site, tmp_path: Path
) -> None:
    hosts = [f"outlet-{n}.example:{site.port}" for n in range(4)]
    for n in range(12):
        site.serve(f"/s/{n}", story(f"Talks {n}", 40 + n))
    requested(engine, *(f"http://{hosts[n % 4]}/s/{n}" for n in range(12)), kind=RequestKind.ARTICLE)
    settings = Settings(tmp_path, database_url, "for tests only", allow_hosts=frozenset(hosts))
    processes = multiprocessing.get_context("spawn")

    workers = [processes.Process(target=carry_out, args=(settings,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert sorted(site.asked) == sorted(f"/s/{n}" for n in range(12))
    assert {request.state for request in requests(engine)} == {RequestState.DONE}
    assert count(engine, Article) == 12
    with db.reading(engine) as session:
        assert proof.verify(session).problems == ()


def test_a_worker_that_ended_uses_no_connection_any_more(engine: Engine, fetcher: Fetcher) -> None:
    pipeline = Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    crew = Crew(pipeline, 1, timedelta(seconds=0.03))
    writing = Event()

    def write_for_a_while() -> None:
        with db.transaction(engine):
            writing.set()
            time.sleep(0.6)

    writer = Thread(target=write_for_a_while)
    with crew:
        writer.start()
        writing.wait()
        time.sleep(0.2)  # by now the heartbeat waits for the writer

    assert not crew.heartbeat.is_alive()
    writer.join()
    assert engine.pool.checkedout() == 0
