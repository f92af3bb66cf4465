"""Requests to fetch: recorded by people at the desk, carried out by a worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlmodel import Session, col, or_, select

from claims import audit
from claims.audit import MACHINE, Action
from claims.errors import IllegalTransition, InvalidDraft
from claims.models import FetchRequest, RequestKind, RequestState, User
from claims.rows import key, load, storable

LEASE = timedelta(minutes=5)
MAX_URL_CHARS = 2_000


def request(session: Session, url: str, *, by: User, now: datetime, evidence_id: int | None = None) -> FetchRequest:
    """Record that somebody wants this address fetched, as an article or as a copy of evidence."""
    address = url.strip()
    if not address.lower().startswith(("http://", "https://")) or len(address) > MAX_URL_CHARS:
        raise InvalidDraft(f"{address[:80]!r} is no address: it must begin with https:// or http://.")
    if not address.isprintable() or " " in address:
        raise InvalidDraft(f"{address[:80]!r} holds a space or an invisible character; copy the address again.")
    kind = RequestKind.SUBMITTED if evidence_id is None else RequestKind.EVIDENCE
    wanted = FetchRequest(
        kind=kind,
        url=address,
        host=urlsplit(address).hostname or "",
        task=f"{kind}:{address}" if evidence_id is None else f"{kind}:{evidence_id}",
        evidence_id=evidence_id,
        state=RequestState.QUEUED,
        requested_by_id=key(by),
        requested_at=now,
        due_at=now,
    )
    session.add(wanted)
    session.flush()
    audit.record(session, Action.FETCH_REQUEST, f"fetch:{wanted.id}", actor=by.email, now=now, url=address)
    return wanted


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be fetched, and for what."""

    kind: RequestKind
    url: str
    evidence_id: int | None = None
    article_id: int | None = None
    listing_id: int | None = None
    parent_id: int | None = None


def enqueue(
    session: Session, wish: Wish, *, by: User | None, now: datetime, due_at: datetime | None = None
) -> FetchRequest | None:
    """Record a wish; None where the same task is open already."""
    task = f"{wish.kind.value}:{wish.evidence_id or wish.article_id or wish.url}"
    is_open = col(FetchRequest.state).in_((RequestState.QUEUED, RequestState.RUNNING))
    if session.exec(select(FetchRequest.id).where(FetchRequest.task == task, is_open)).first() is not None:
        return None
    wanted = FetchRequest(
        kind=wish.kind,
        url=wish.url,
        host=urlsplit(wish.url).hostname or "",
        task=task,
        evidence_id=wish.evidence_id,
        article_id=wish.article_id,
        state=RequestState.QUEUED,
        requested_by_id=by.id if by else None,
        requested_at=now,
        due_at=due_at or now,
    )
    session.add(wanted)
    session.flush()
    return wanted


def retry(session: Session, request_id: int, *, by: User, now: datetime) -> None:
    """Queue a request that failed once more."""
    wanted = load(session, FetchRequest, request_id)
    if wanted.state is not RequestState.FAILED:
        raise IllegalTransition("Only a fetch that failed can be tried again.")
    wanted.state, wanted.outcome, wanted.finished_at = RequestState.QUEUED, "", None
    session.add(wanted)
    audit.record(session, Action.FETCH_REQUEST, f"fetch:{wanted.id}", actor=by.email, now=now, url=wanted.url)


def take(session: Session, *, now: datetime) -> FetchRequest | None:
    """The longest waiting request, leased to the caller; one whose worker died is taken again after its lease."""
    waiting = or_(
        col(FetchRequest.state) == RequestState.QUEUED,
        (col(FetchRequest.state) == RequestState.RUNNING) & (col(FetchRequest.leased_until) < now),
    )
    wanted = session.exec(select(FetchRequest).where(waiting).order_by(col(FetchRequest.id)).limit(1)).first()
    if wanted is not None:
        wanted.state, wanted.leased_until = RequestState.RUNNING, now + LEASE
        session.add(wanted)
    return wanted


def finish(session: Session, request_id: int, state: RequestState, outcome: str, *, now: datetime) -> None:
    """Record how a request ended: done or failed, with one line that says what came of it."""
    wanted = load(session, FetchRequest, request_id)
    line = storable(outcome)
    wanted.state, wanted.outcome, wanted.finished_at, wanted.leased_until = state, line, now, None
    session.add(wanted)
    audit.record(
        session, Action.FETCH_FINISH, f"fetch:{request_id}", actor=MACHINE, now=now, state=state.value, outcome=line
    )
