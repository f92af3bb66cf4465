"""Carrying requests out: a worker takes some under leases, and only who holds a request's lease may end it.

Functions of the caller's session, as in requests: ending a request belongs to the transaction that stores what
came of it. claims.db.transaction lets one writer in at a time, so what is chosen here is nobody else's.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update
from tenacity import RetryCallState, Retrying, wait_random_exponential

from claims import audit
from claims.audit import MACHINE, Action
from claims.errors import Conflict
from claims.fetching.requests import IS_OPEN
from claims.models import FetchRequest, RequestKind, RequestState
from claims.rows import key, load, storable

LEASE = timedelta(seconds=60)
MAX_TRIES = 4
# Full jitter over 5, 10 and 20 minutes: a fetch has tried several times within its seconds before it fails.
BACKOFF = wait_random_exponential(multiplier=300, max=3_600)
MAX_PAUSE_S = 3_600.0
# A page that brings its reader down must not do so for ever. The others that are in work die with it, so it takes many
# deaths to tell who is to blame.
MAX_TAKES = 40
DIED = f"the worker ended {MAX_TAKES} times while it had this in work; look into its log before you try again"
NOT_STORED = f"this could not be stored in {MAX_TAKES} tries; look into the worker's log before you try again"
PUT_OFF = timedelta(minutes=1)
MAX_PUT_OFFS = 10


class LostLease(Conflict):
    """The request was given to somebody else, or ended; what was done under the lease must not be stored."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to carry out a request, and what is wanted; token is new each time that a request is taken."""

    request_id: int
    token: str
    kind: RequestKind
    url: str
    evidence_id: int | None
    article_id: int | None
    listing_id: int | None

    @property
    def is_recheck_of_article(self) -> bool:
        """Whether a stored article is to be looked at again."""
        return self.kind is RequestKind.ARTICLE and self.article_id is not None

    @classmethod
    def of(cls, row: FetchRequest) -> Self:
        """The lease on a request that was just taken."""
        ids = row.evidence_id, row.article_id, row.listing_id
        return cls(key(row), row.lease or "", row.kind, row.url, *ids)


def take(session: Session, at_most: int, *, now: datetime, lease: timedelta = LEASE) -> list[Lease]:
    """Lease what has been due longest to the caller, one request of each host, and none of a host that is being asked.

    Failed requests whose time has come are taken too, and those whose worker let its lease run out.
    """
    put_back_lapsed(session, now=now)
    taken: list[Lease] = []
    while len(taken) < at_most and (row := longest_due(session, now=now)) is not None:
        row.state, row.outcome, row.finished_at = RequestState.RUNNING, "", None
        row.lease, row.leased_until, row.started_at = secrets.token_hex(16), now + lease, now
        row.tries += 1
        session.add(row)
        session.flush()
        taken.append(Lease.of(row))
    return taken


def renew(session: Session, leases: Iterable[Lease], *, now: datetime, lease: timedelta = LEASE) -> None:
    """Prolong those of the leases that still hold."""
    session.exec(update(FetchRequest).where(held(leases)).values(leased_until=now + lease))


def release(session: Session, leases: Iterable[Lease]) -> None:
    """Put requests that were not carried out back at once, as if they had not been taken."""
    untouched = {"lease": None, "leased_until": None, "started_at": None, "tries": FetchRequest.tries - 1}
    session.exec(update(FetchRequest).where(held(leases)).values(state=RequestState.QUEUED, **untouched))


def put_off(session: Session, lease: Lease, *, now: datetime, wait_s: float = 0.0) -> datetime | None:
    """Queue a request again, to be taken a minute later, and a minute more each time; the moment from which on it is.

    That is for what is no fault of the request's: nothing of it could be stored, or its host was not asked. Ten minutes
    later at most, so that forty tries outlast six hours without a disk, but not before wait_s seconds are over. None,
    and nothing is done, after the last try; LostLease unless the lease holds.
    """
    row = require(session, lease)
    if row.tries >= MAX_TAKES:
        return None
    due_at = now + max(PUT_OFF * min(row.tries, MAX_PUT_OFFS), timedelta(seconds=wait_s))
    row.state, row.due_at = RequestState.QUEUED, due_at
    row.lease = row.leased_until = row.started_at = None
    session.add(row)
    return due_at


def finish(
    session: Session, lease: Lease, outcome: str, *, now: datetime, article_id: int | None = None
) -> FetchRequest:
    """Record that a request is done, with one line that says what came of it; LostLease unless the lease holds.

    The caller's transaction must then be rolled back, which claims.db.transaction does by itself.
    """
    row = require(session, lease)
    row.article_id = article_id or row.article_id
    end(session, row, RequestState.DONE, outcome, due_at=None, now=now)
    return row


def fail(
    session: Session,
    lease: Lease,
    outcome: str,
    *,
    now: datetime,
    may_pass: bool = False,
    retry_after_s: float | None = None,
) -> FetchRequest:
    """Record why a request failed; LostLease unless the lease holds.

    What may pass is tried again by itself, four times in all, not before retry_after_s seconds, but within an hour. A
    listing is not, since its schedule comes round to it.
    """
    row = require(session, lease)
    again = may_pass and row.tries < MAX_TRIES and row.listing_id is None
    due_at = now + timedelta(seconds=pause_s(row.tries, retry_after_s)) if again else None
    end(session, row, RequestState.FAILED, outcome, due_at=due_at, now=now)
    return row


def pause_s(tries: int, retry_after_s: float | None = None) -> float:
    """How long to wait after this many tries: drawn from full jitter, but as long as the site asks, up to an hour."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = tries
    return min(max(BACKOFF(state), retry_after_s or 0.0), MAX_PAUSE_S)


def require(session: Session, lease: Lease) -> FetchRequest:
    """The request of a lease that holds, even if its time is over, as long as nobody else took it; else LostLease."""
    row = load(session, FetchRequest, lease.request_id)
    if row.state is not RequestState.RUNNING or row.lease != lease.token:
        raise LostLease(f"Somebody else carries out request {lease.request_id}, or it has ended.")
    return row


def end(
    session: Session, row: FetchRequest, state: RequestState, outcome: str, *, due_at: datetime | None, now: datetime
) -> None:
    """Write how a request ended, and the event of it."""
    row.state, row.outcome, row.finished_at, row.due_at = state, storable(outcome), now, due_at
    row.lease = row.leased_until = None
    session.add(row)
    details = {"state": state.value, "outcome": row.outcome}
    audit.record(session, Action.FETCH_FINISH, f"fetch:{row.id}", actor=MACHINE, now=now, **details)


def held(leases: Iterable[Lease]) -> ColumnElement[bool]:
    """The condition on requests: those that are carried out under these leases."""
    tokens: Sequence[str] = [lease.token for lease in leases]
    return and_(col(FetchRequest.state) == RequestState.RUNNING, col(FetchRequest.lease).in_(tokens))


def put_back_lapsed(session: Session, *, now: datetime) -> None:
    """Queue what a worker left behind, at the end of the line, where it holds nothing up if it was to blame."""
    running = select(FetchRequest).where(FetchRequest.state == RequestState.RUNNING)
    for row in session.exec(running.where(col(FetchRequest.leased_until) < now)):
        if row.tries >= MAX_TAKES:
            end(session, row, RequestState.FAILED, DIED, due_at=None, now=now)
        else:
            row.state, row.due_at, row.lease, row.leased_until = RequestState.QUEUED, now, None, None
            session.add(row)
    session.flush()


def longest_due(session: Session, *, now: datetime) -> FetchRequest | None:
    """The request that has been due longest, of those whose host nobody asks at the moment."""
    firsts = [first_due(session, state, now=now) for state in (RequestState.QUEUED, RequestState.FAILED)]
    return min((row for row in firsts if row), key=lambda row: (row.due_at, row.id), default=None)


def first_due(session: Session, state: RequestState, *, now: datetime) -> FetchRequest | None:
    """The longest due of one state, which an index finds without sorting all that wait."""
    busy = select(FetchRequest.host).where(FetchRequest.state == RequestState.RUNNING)
    due = select(FetchRequest).where(
        FetchRequest.state == state, col(FetchRequest.due_at) <= now, col(FetchRequest.host).not_in(busy)
    )
    if state is RequestState.FAILED:
        due = due.where(~is_open_elsewhere())
    return session.exec(due.order_by(col(FetchRequest.due_at), col(FetchRequest.id)).limit(1)).first()


def is_open_elsewhere() -> ColumnElement[bool]:
    """The condition on requests that do not wait or run: another of the same task does, beside which none may be."""
    other = aliased(FetchRequest)
    return select(other.id).where(col(other.task) == col(FetchRequest.task), IS_OPEN).correlate(FetchRequest).exists()
