"""A claim's history: what happened to it and its reviews, told in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from claims.models import AuditEvent, User
from claims.queries.events import sentence_of

MAX_EVENTS = 500


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a claim's history: at what time, who, did what, in words."""

    at: datetime
    actor: str
    action: str
    sentence: str
    hash: str


def history_of(session: Session, claim_id: int, review_ids: Iterable[int]) -> tuple[EventView, ...]:
    """What happened to the claim and its reviews, in words, the latest first; 500 events at most."""
    subjects = [f"claim:{claim_id}", *(f"review:{review_id}" for review_id in review_ids)]
    wanted = select(AuditEvent).where(col(AuditEvent.subject).in_(subjects)).order_by(col(AuditEvent.id).desc())
    events = session.scalars(wanted.limit(MAX_EVENTS)).all()
    named = select(col(User.email), col(User.name)).where(col(User.email).in_({event.actor for event in events}))
    names = {email: name for email, name in session.execute(named)}  # noqa: C416 - a row is no pair to the type checker
    return tuple(EventView(e.at, names.get(e.actor, e.actor), e.action, sentence_of(e), e.hash) for e in events)
