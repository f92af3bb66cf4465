"""Every address of the list of tricks is refused before anything is connected to, whichever way it comes in."""

import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import select

from claims import db, evidence
from claims.addresses import fetchable, identity
from claims.clock import utc_now
from claims.errors import InvalidDraft
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.models import Bearing, Evidence, FetchRequest, RequestKind, RequestState, User
from claims.rows import storable
from claims.settings import Settings
from scrapers.errors import FetchRefused
from scrapers.fetch import Content, Fetcher, Limits
from scrapers.pipeline import Item, Pipeline, Result
from scrapers.worker import work
from tests.scrapers.conftest import Names
from tests.scrapers.site import Site
from tests.tricks import FAMILIES, GOOD, NAMES
from tests.web.review.conftest import NOON, Visitor, World

LOOKED_UP = "names of private addresses"
CANARY_PORTS = 3
QUICK = Limits(deadline_s=2.0, connect_s=0.5, delay_s=0.0)
FORM = {"title": "The minutes", "bearing": "supports"}


class Watch:
    """Whoever this process tries to connect to, or asks the system's own resolver about, told by Python itself."""

    def __init__(self) -> None:
        self.is_on = False
        self.seen: list[object] = []
        sys.addaudithook(self.look)

    def look(self, event: str, details: tuple[object, ...]) -> None:
        """Take down what goes out to a network; SQLite and pipes are none."""
        if not self.is_on or not event.startswith("socket."):
            return
        if event == "socket.getaddrinfo":
            self.seen.append(details)
        elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
            asked = details[0]
            if isinstance(asked, socket.socket) and asked.family in {socket.AF_INET, socket.AF_INET6}:
                self.seen.append(details[1])


WATCH = Watch()


@pytest.fixture
def canaries() -> Iterator[list[Site]]:
    """Services on loopback that nobody may reach: whoever tries fails the test."""
    services = [Site() for _ in range(CANARY_PORTS)]
    for service in services:
        service.__enter__()
    WATCH.seen.clear()
    WATCH.is_on = True
    yield services
    WATCH.is_on = False
    for service in services:
        service.__exit__()
    assert [service.connections for service in services] == [0] * CANARY_PORTS
    assert WATCH.seen == []


@pytest.fixture
def names() -> Names:
    """The tests' own name servers, which know the tricks' names alone."""
    servers = Names()
    servers.known = {name: [ips] for name, ips in NAMES.items()}
    return servers


@pytest.fixture
def pipeline(world: World, sqlite_settings: Settings, names: Names) -> Iterator[Pipeline]:
    """What the command line and a worker take articles in with; no private host is allowed."""
    with Fetcher(sqlite_settings, QUICK, resolve=names) as fetcher:
        yield Pipeline(world.engine, fetcher, Matcher(shipped_scorer()), utc_now)


def tricks(family: str, canaries: list[Site]) -> list[str]:
    """The family's addresses, the services' ports put in turn by turn."""
    ports = [str(service.port) for service in canaries]
    return [trick.replace("PORT", ports[n % len(ports)]) for n, trick in enumerate(FAMILIES[family])]


def recorded(world: World) -> list[FetchRequest]:
    """The requests to fetch that were recorded."""
    with db.reading(world.engine) as session:
        return list(session.exec(select(FetchRequest)))


def test_the_list_is_long_and_says_nothing_twice() -> None:
    listed = [trick for family in FAMILIES.values() for trick in family]

    assert len(listed) == len(set(listed)) >= 250
    assert len(set(GOOD)) == len(GOOD) >= 40


def test_a_service_and_the_watch_notice_a_single_connection(sqlite_settings: Settings) -> None:
    with Site() as service, socket.socket() as visitor:
        WATCH.seen.clear()
        WATCH.is_on = True
        visitor.connect(("127.0.0.1", service.port))
        visitor.sendall(b"GET / HTTP/1.1\r\n\r\n")
        visitor.recv(1)
        WATCH.is_on = False

    assert service.connections == 1
    assert WATCH.seen == [("127.0.0.1", service.port)]


def test_tricks_as_articles_are_refused_at_the_desks_form(world: World, desk: Visitor, canaries: list[Site]) -> None:
    refused, wanted = {}, {}
    pages = {identity(address) for address in tricks(LOOKED_UP, canaries)}
    for family in FAMILIES:
        typed = "\n".join(tricks(family, canaries)).encode("utf-8", "replace").decode()
        page = desk.post("/desk/fetching", urls=typed).text
        refused[family] = len(set(re.findall(r">Line (\d+)</a>: ", page)))
        wanted[family] = len([line for line in typed.splitlines() if line.strip()])

    assert refused == wanted | {LOOKED_UP: 0}
    assert len(recorded(world)) == len(pages)


def test_tricks_as_articles_are_refused_on_the_command_line(pipeline: Pipeline, canaries: list[Site]) -> None:
    wanted = [trick for family in FAMILIES for trick in tricks(family, canaries) if not is_file(trick)]

    results = [step for step in pipeline.ingest(wanted) if isinstance(step, Item)]

    assert [item.name for item in results if item.result is not Result.FAILED] == []
    assert len(results) == len(wanted)


def test_tricks_are_refused_by_the_fetcher_whatever_is_to_be_done_with_them(
    pipeline: Pipeline, names: Names, canaries: list[Site]
) -> None:
    for family in FAMILIES:
        names.asked.clear()
        for trick in tricks(family, canaries):
            for accept in (Content.LISTING, Content.ARTICLE, Content.EVIDENCE):
                with pytest.raises(FetchRefused):
                    pipeline.fetcher.fetch(trick, accept)
        assert set(names.asked) == (set(NAMES) if family == LOOKED_UP else set()), family


def test_tricks_as_evidence_are_refused_where_they_are_cited(world: World, canaries: list[Site]) -> None:
    claim_id, ada = world.claim("The bridge was closed."), world.person("Ada")
    wanted = {family: [trick for trick in tricks(family, canaries) if trick.strip()] for family in FAMILIES}

    with db.transaction(world.engine) as session:
        refused = {
            family: [url for url in urls if is_refused_as_evidence(session, claim_id, url, ada)]
            for family, urls in wanted.items()
        }

    assert refused == wanted | {LOOKED_UP: []}
    assert len(recorded(world)) == len(wanted[LOOKED_UP])


def test_a_trick_as_evidence_is_shown_again_with_what_to_do(world: World, desk: Visitor, canaries: list[Site]) -> None:
    path = f"/desk/claims/{world.claim('The bridge was closed.')}/evidence"
    one_of_each = [tricks(family, canaries)[0] or "?" for family in FAMILIES if family != LOOKED_UP]

    pages = [desk.post(path, **FORM, url=trick) for trick in one_of_each]

    assert {page.status_code for page in pages} == {400}
    assert all('id="url-error"' in page.text and "Or leave it empty." in page.text for page in pages)
    assert recorded(world) == []


@pytest.mark.parametrize("kind", [RequestKind.SUBMITTED, RequestKind.EVIDENCE])
def test_tricks_that_came_past_the_forms_are_refused_by_the_worker(
    kind: RequestKind, world: World, pipeline: Pipeline, canaries: list[Site]
) -> None:
    wanted = [trick for family in FAMILIES for trick in tricks(family, canaries)]
    record_unchecked(world, kind, [url for url in wanted if storable(url) == url.strip() and not is_file(url)])

    ended = list(work(pipeline, stop=Event(), once=True))

    rows = recorded(world)
    assert len(ended) == len(rows) > 400
    assert [row.url for row in rows if row.state is not RequestState.FAILED or not row.outcome] == []
    with db.reading(world.engine) as session:
        assert [cited.snapshot_id for cited in session.exec(select(Evidence))] in ([], [None])


def test_good_addresses_that_look_odd_pass_every_form(world: World, desk: Visitor) -> None:
    path = f"/desk/claims/{world.claim('The bridge was closed.')}/evidence"

    as_articles = desk.post("/desk/fetching", urls="\n".join(GOOD))
    as_evidence = [desk.post(path, **FORM, url=url) for url in GOOD]

    assert as_articles.status_code == 303
    assert {page.status_code for page in as_evidence} == {303}
    assert {fetchable(url, ()).host for url in GOOD} == {row.host for row in recorded(world)}


def is_refused_as_evidence(session: db.Session, claim_id: int, url: str, by: User) -> bool:
    """Whether the address cannot be cited for the claim."""
    try:
        evidence.add(
            session,
            claim_id,
            title="The minutes",
            url=url,
            quote="",
            note="",
            is_primary=True,
            bearing=Bearing.CONTEXT,
            by=by,
            now=NOON,
        )
    except InvalidDraft as error:
        return str(error).startswith("Address: ")
    return False


def record_unchecked(world: World, kind: RequestKind, urls: list[str]) -> None:
    """Put requests into the database as nobody could by a form, those for evidence all for one piece of it."""
    claim_id, ada = world.claim("The bridge was closed."), world.person("Ada")
    with db.transaction(world.engine) as session:
        cited = Evidence(
            claim_id=claim_id,
            title="x",
            is_primary=True,
            bearing=Bearing.CONTEXT,
            added_by_id=ada.id or 0,
            added_at=NOON,
        )
        if kind is RequestKind.EVIDENCE:
            session.add(cited)
            session.flush()
        session.add_all(
            FetchRequest(
                kind=kind,
                url=url,
                host=f"{number}.example",
                task=f"{kind}:{number}",
                evidence_id=cited.id,
                state=RequestState.QUEUED,
                requested_by_id=ada.id,
                requested_at=NOON,
                due_at=NOON,
            )
            for number, url in enumerate(urls)
        )


def is_file(trick: str) -> bool:
    """Whether the command line would take the text for a file or folder that is there."""
    try:
        return Path(trick).exists()
    except (OSError, ValueError):
        return False
