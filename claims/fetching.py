"""Requests to fetch: recorded by people at the desk, carried out by a worker."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from claims import audit
from claims.addresses import fetchable
from claims.audit import MACHINE, Action
from claims.errors import BadAddress, IllegalTransition, InvalidDraft
from claims.models import Evidence, FetchRequest, RequestKind, RequestState, Snapshot, User
from claims.rows import key, load, storable

LEASE = timedelta(minutes=5)


def request(
    session: Session,
    url: str,
    *,
    by: User,
    now: datetime,
    evidence_id: int | None = None,
    allow_hosts: Collection[str] = frozenset(),
) -> FetchRequest:
    """Record that somebody wants this address fetched, as an article or as a copy of evidence.

    InvalidDraft where the address may not be fetched; allow_hosts are the settings' private hosts that may.
    """
    address = url.strip()
    try:
        host = fetchable(address, allow_hosts).host
    except BadAddress as error:
        raise InvalidDraft(f"{address[:80]!r}: {error.what}.") from error
    kind = RequestKind.SUBMITTED if evidence_id is None else RequestKind.EVIDENCE
    wanted = FetchRequest(
        kind=kind,
        url=address,
        host=host,
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


def keep_copy(session: Session, evidence_id: int, snapshot: Snapshot, *, now: datetime) -> None:
    """Store what an evidence's address returned, and that the evidence has this copy."""
    evidence = load(session, Evidence, evidence_id)
    session.add(snapshot)
    session.flush()
    evidence.snapshot_id = snapshot.id
    session.add(evidence)
    seal = {"snapshot": snapshot.id, "body_sha256": snapshot.body_sha256, "text_sha256": snapshot.text_sha256}
    subject = f"snapshot:{snapshot.id}"
    audit.record(session, Action.SNAPSHOT_ADD, subject, actor=MACHINE, now=now, evidence=evidence_id, **seal)
    audit.record(session, Action.EVIDENCE_COPY, f"claim:{evidence.claim_id}", actor=MACHINE, now=now, **seal)
