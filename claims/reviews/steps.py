"""What every step of a verdict's life needs: the review it is about, the states that allow it, its record."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from claims import audit
from claims.audit import Action
from claims.errors import IllegalTransition
from claims.models import Review, ReviewState, User
from claims.ratings import SCALE_VERSION
from claims.rows import key
from claims.tallies import OPEN_STATES, STANDING_STATES, recount


def open_review(session: Session, claim_id: int) -> Review | None:
    """The claim's review that is being written or waits for approval."""
    return session.exec(select(Review).where(Review.claim_id == claim_id, col(Review.state).in_(OPEN_STATES))).first()


def standing_review(session: Session, claim_id: int) -> Review | None:
    """The claim's version that stands before the public, published or retracted."""
    wanted = select(Review).where(Review.claim_id == claim_id, col(Review.state).in_(STANDING_STATES))
    return session.exec(wanted).first()


def new_review(session: Session, claim_id: int, *, by: User, now: datetime) -> Review:
    """The claim's next version, not stored yet. A discarded draft's number is given again: nobody ever saw it."""
    highest = session.exec(select(func.max(Review.number)).where(Review.claim_id == claim_id)).one()
    return Review(
        claim_id=claim_id,
        number=(highest or 0) + 1,
        state=ReviewState.DRAFT,
        scale_version=SCALE_VERSION,
        author_id=key(by),
        contributor_ids=[key(by)],
        created_at=now,
    )


def require_state(review: Review, step: str, *allowed: ReviewState) -> None:
    """Raise IllegalTransition unless the review is in one of the states that allow the step."""
    if review.state not in allowed:
        state = review.state.value.replace("-", " ")
        raise IllegalTransition(f"This verdict is {state}, so it cannot {step}.")


def store(session: Session, action: Action, review: Review, *, by: User, now: datetime, **details: object) -> int:
    """Store the review with the event that says what was done; the claim's id."""
    session.add(review)
    session.flush()
    audit.record(session, action, f"review:{review.id}", actor=by.email, now=now, claim=review.claim_id, **details)
    recount(session, [review.claim_id])
    return review.claim_id
