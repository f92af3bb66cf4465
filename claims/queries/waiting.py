"""What still waits for a worker, and what keeps it waiting."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from claims.models import FetchRequest, RequestState


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
