"""What still waits for a worker, what keeps it waiting, and whether a worker seems to be there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from claims.models import FetchRequest, Listing, Recheck, RequestState

# So long may work lie about that a worker could do before it looks as if there were no worker.
PATIENCE = timedelta(minutes=2)


class WorkerState(StrEnum):
    """What the requests let guess about the worker: it is busy, has nothing to do, or is not running."""

    BUSY = "busy"
    IDLE = "idle"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait that are due, and how many that are not yet; how many are leased to workers.

    next_due_at is when the first of those that are not due yet will be; leased_until when the first lease runs out.
    Each is None where there are none.
    """

    due: int
    later: int
    leased: int
    next_due_at: datetime | None
    leased_until: datetime | None


def waiting(session: Session, *, now: datetime) -> Waiting:
    """What is queued, will be tried again by itself, or is leased at this moment."""
    waits = and_(
        col(FetchRequest.state).in_((RequestState.QUEUED, RequestState.FAILED)), col(FetchRequest.due_at).is_not(None)
    )
    due, _ = counted(session, and_(waits, col(FetchRequest.due_at) <= now), col(FetchRequest.due_at))
    later, next_due_at = counted(session, and_(waits, col(FetchRequest.due_at) > now), col(FetchRequest.due_at))
    running = col(FetchRequest.state) == RequestState.RUNNING
    leased, leased_until = counted(session, running, col(FetchRequest.leased_until))
    return Waiting(due, later, leased, next_due_at, leased_until)


def counted(
    session: Session, fits: ColumnElement[bool], moment: Mapped[datetime | None]
) -> tuple[int, datetime | None]:
    """How many requests fit, and the first of their moments."""
    count, first = session.execute(select(func.count(), func.min(moment)).select_from(FetchRequest).where(fits)).one()
    return count, first


def worker_state(session: Session, now: datetime) -> WorkerState:
    """What a worker seems to be doing, guessed from what is running, what is overdue and what ended last."""
    is_running = (col(FetchRequest.state) == RequestState.RUNNING) & (col(FetchRequest.leased_until) >= now)
    if session.scalars(select(col(FetchRequest.id)).where(is_running).limit(1)).first():
        return WorkerState.BUSY
    first_due_at = first_due(session)
    if first_due_at is None or first_due_at > now:
        return WorkerState.IDLE
    if now - first_due_at <= PATIENCE:
        return WorkerState.BUSY
    # A host that is asked slowly lets its requests wait for long, so look whether anything ended lately.
    last_end_at = session.scalars(select(func.max(col(FetchRequest.finished_at)))).one()
    return WorkerState.AWAY if last_end_at is None or now - last_end_at > PATIENCE else WorkerState.BUSY


def first_due(session: Session) -> datetime | None:
    """When the first of all that a worker has to do is or was due; None where there is nothing to do.

    Listings and other looks count too, for it takes a worker to make requests of them.
    """
    queued = select(func.min(col(FetchRequest.due_at))).where(col(FetchRequest.state) == RequestState.QUEUED)
    again = select(func.min(col(FetchRequest.due_at))).where(col(FetchRequest.state) == RequestState.FAILED)
    listings = select(func.min(col(Listing.due_at))).where(col(Listing.is_active))
    looks = select(func.min(col(Recheck.due_at)))
    due = (session.scalars(first).one() for first in (queued, again, listings, looks))
    return min((at for at in due if at is not None), default=None)
