"""The versions of a claim's verdict, each with the evidence that it stands on and what it corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from claims.models import Correction, Evidence, Review, ReviewEvidence, ReviewState, User
from claims.queries.evidence import EvidenceView, evidence_where
from claims.ratings import Rating


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What a version changed against the one before it."""

    from_rating: Rating
    to_rating: Rating | None
    why: str
    requested_by: str
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One version of a verdict, with the evidence that it stands on."""

    review_id: int
    number: int
    version: int
    state: ReviewState
    rating: Rating | None
    summary: str
    claim_text: str
    author: str
    contributor_ids: tuple[int, ...]
    created_at: datetime
    submitted_at: datetime | None
    change_request: str
    published_by: str | None
    published_at: datetime | None
    override_reason: str | None
    content_sha256: str | None
    retracted_at: datetime | None
    retraction_reason: str | None
    correction: CorrectionView | None
    evidence: tuple[EvidenceView, ...]


def reviews_of(session: Session, claim_id: int) -> tuple[ReviewView, ...]:
    """Every version of the claim's verdict, the latest first."""
    wanted = select(Review).where(col(Review.claim_id) == claim_id).order_by(col(Review.number).desc())
    reviews = session.scalars(wanted).all()
    names = names_of(
        session, {r.author_id for r in reviews} | {r.published_by_id for r in reviews if r.published_by_id}
    )
    return tuple(review_view(session, review, names) for review in reviews)


def review_view(session: Session, review: Review, names: dict[int, str]) -> ReviewView:
    """One version; published ones with the evidence fixed then, others with what is cited now."""
    if review.published_at is not None:
        fixed = select(col(ReviewEvidence.evidence_id)).where(col(ReviewEvidence.review_id) == review.id)
        cited = evidence_where(session, col(Evidence.id).in_(fixed))
    else:
        cited = evidence_where(session, col(Evidence.claim_id) == review.claim_id, col(Evidence.withdrawn_at).is_(None))
    return ReviewView(
        review_id=review.id or 0,
        number=review.number,
        version=review.version,
        state=review.state,
        rating=review.rating,
        summary=review.summary,
        claim_text=review.claim_text,
        author=names[review.author_id],
        contributor_ids=tuple(review.contributor_ids),
        created_at=review.created_at,
        submitted_at=review.submitted_at,
        change_request=review.change_request,
        published_by=names[review.published_by_id] if review.published_by_id else None,
        published_at=review.published_at,
        override_reason=review.override_reason,
        content_sha256=review.content_sha256,
        retracted_at=review.retracted_at,
        retraction_reason=review.retraction_reason,
        correction=correction_of(session, review),
        evidence=cited,
    )


def correction_of(session: Session, review: Review) -> CorrectionView | None:
    """What this version changed against the one before it."""
    row = session.execute(
        select(Correction, col(User.name))
        .join(User, col(User.id) == col(Correction.approved_by_id), isouter=True)
        .where(col(Correction.review_id) == review.id)
    ).first()
    if row is None:
        return None
    correction, approved_by = row
    return CorrectionView(
        correction.from_rating,
        correction.to_rating,
        correction.why,
        correction.requested_by,
        approved_by,
        correction.approved_at,
    )


def names_of(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """Users' names by their ids."""
    rows = session.execute(select(col(User.id), col(User.name)).where(col(User.id).in_(set(user_ids))))
    return {user_id: name for user_id, name in rows if user_id is not None}
