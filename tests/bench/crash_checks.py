"""What must hold of a database at any moment, however its workers were killed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select, text

from claims import db, proof
from claims.db import Engine
from claims.models import (
    Appearance,
    Article,
    AuditEvent,
    Claim,
    FetchRequest,
    Match,
    MatchState,
    RequestKind,
    RequestState,
    Snapshot,
    Validator,
)
from claims.versions.bodies import IN_DATABASE, Bodies

ENDED = (RequestState.DONE, RequestState.FAILED)
Spans = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an undisturbed run stores: the spans of every story's appearances by its address, and the feeds.

    bodies is where the raw bytes of the pages must be found.
    """

    spans: Mapping[str, Spans]
    feeds: frozenset[str]
    bodies: Bodies = IN_DATABASE

    @property
    def appearances(self) -> int:
        return sum(map(len, self.spans.values()))


def violations(engine: Engine, expected: Expected) -> list[str]:
    """A line for everything that is lost, doubled, half-written or not whole; nothing when all is well."""
    checks: tuple[Callable[[Session, Expected], Iterable[str]], ...] = (
        broken_files,
        broken_requests,
        broken_articles,
        broken_claims,
        broken_log,
    )
    with db.reading(engine) as session:
        return [line for check in checks for line in check(session, expected)]


def unfinished(engine: Engine, expected: Expected) -> list[str]:
    """A line for everything that is missing at the end."""
    with db.reading(engine) as session:
        counts = {
            "stories": (session.exec(select(func.count()).select_from(Article)).one(), len(expected.spans)),
            "snapshots": (session.exec(select(func.count()).select_from(Snapshot)).one(), len(expected.spans)),
            "appearances": (session.exec(select(func.count()).select_from(Appearance)).one(), expected.appearances),
            "requests done": (
                session.exec(select(func.count()).where(col(FetchRequest.state) == RequestState.DONE)).one(),
                len(expected.spans) + len(expected.feeds),
            ),
        }
    return [f"{found} {what} where {wanted} belong" for what, (found, wanted) in counts.items() if found != wanted]


def broken_files(session: Session, _: Expected) -> Iterator[str]:
    """What SQLite itself finds wrong."""
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in session.execute(text(f"PRAGMA {pragma}")):
            if row[0] != "ok":
                yield f"{pragma}: {tuple(row)}"


def broken_requests(session: Session, expected: Expected) -> Iterator[str]:
    """Requests that stand in no state, or in two; feeds whose stories were not queued with the end of their own."""
    rows = session.exec(select(FetchRequest)).all()
    children = Counter(row.parent_id for row in rows if row.parent_id)
    for task, count in Counter(row.task for row in rows).items():
        if count > 1:
            yield f"{task} was asked for {count} times"
    for row in rows:
        yield from (f"request {row.id} ({row.state.value}) {what}" for what in broken_request(row))
        if row.kind is RequestKind.SUBMITTED:
            wanted = len(expected.spans) // len(expected.feeds) if row.state is RequestState.DONE else 0
            if children[row.id] != wanted:
                yield f"feed {row.url} is {row.state.value} and has {children[row.id]} requests for stories"


def broken_request(row: FetchRequest) -> Iterator[str]:
    """What does not fit the state of one request."""
    has_lease = (row.lease is not None, row.leased_until is not None)
    if has_lease != ((row.state is RequestState.RUNNING),) * 2:
        yield "has a lease that does not fit"
    if (row.finished_at is not None) != (row.state in ENDED):
        yield "has an end that does not fit"
    if row.state is RequestState.FAILED:
        yield f"failed: {row.outcome}"


def broken_articles(session: Session, expected: Expected) -> Iterator[str]:
    """Stories that are stored without their request being done, or the other way round, or not whole."""
    articles = {article.canonical_url: article.id for article in session.exec(select(Article))}
    done = select(FetchRequest).where(FetchRequest.state == RequestState.DONE, FetchRequest.kind == RequestKind.ARTICLE)
    ended = {row.url: row.article_id for row in session.exec(done)}
    vouched = set(session.exec(select(Validator.url)))
    for url in articles.keys() | ended.keys() | vouched:
        if (articles.get(url), url in vouched) != (ended.get(url), url in ended):
            yield f"{url} is article {articles.get(url)}, its request ended with {ended.get(url)}"
    snapshots = Counter(session.exec(select(Snapshot.article_id)))
    texts = dict(session.exec(select(Snapshot.article_id, Snapshot.text)).all())
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for row in session.exec(select(Appearance).order_by(col(Appearance.start), col(Appearance.end))):
        spans[row.article_id].append((row.start, row.end, row.exact))
        if texts.get(row.article_id, "")[row.start : row.end] != row.exact:
            yield f"appearance {row.id} does not stand in its snapshot"
    for url, article_id in articles.items():
        if snapshots[article_id] != 1:
            yield f"{url} has {snapshots[article_id]} snapshots"
        if tuple(spans[article_id or 0]) != expected.spans.get(url):
            yield f"{url} has {len(spans[article_id or 0])} appearances, not those of an undisturbed run"


def broken_claims(session: Session, _: Expected) -> Iterator[str]:
    """Appearances that are at home in no claim or in two, and claims whose tallies are wrong."""
    homes = Counter[int]()
    members = Counter[int]()
    for appearance_id, claim_id in session.exec(
        select(Match.appearance_id, Match.claim_id).where(Match.state == MatchState.CONFIRMED)
    ):
        homes[appearance_id] += 1
        members[claim_id] += 1
    for appearance_id in session.exec(select(Appearance.id)):
        if homes[appearance_id or 0] != 1:
            yield f"appearance {appearance_id} is at home in {homes[appearance_id or 0]} claims"
    for claim in session.exec(select(Claim)):
        if claim.appearances != members[claim.id or 0] or not claim.appearances:
            yield f"claim {claim.id} counts {claim.appearances} appearances and has {members[claim.id or 0]}"


def broken_log(session: Session, expected: Expected) -> Iterator[str]:
    """What the proof of the log finds, and requests whose beginning or end is not in it exactly once."""
    yield from proof.verify(session, expected.bodies).problems
    logged = Counter(
        (action, subject) for action, subject in session.exec(select(AuditEvent.action, AuditEvent.subject))
    )
    for row in session.exec(select(FetchRequest)):
        events = logged["fetch:request", f"fetch:{row.id}"], logged["fetch:finish", f"fetch:{row.id}"]
        if events != (1, int(row.state in ENDED)):
            yield f"request {row.id} is {row.state.value}, but the log has it begin and end {events} times"


def expected_of(engine: Engine, feeds: Iterable[str], bodies: Bodies = IN_DATABASE) -> Expected:
    """What an undisturbed run stored."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    with db.reading(engine) as session:
        spans = {url: [] for url in session.exec(select(Article.canonical_url))}
        rows = select(Article.canonical_url, Appearance).join(Appearance, col(Appearance.article_id) == Article.id)
        for url, row in session.exec(rows.order_by(col(Appearance.start), col(Appearance.end))):
            spans[url].append((row.start, row.end, row.exact))
    return Expected({url: tuple(found) for url, found in spans.items()}, frozenset(feeds), bodies)
