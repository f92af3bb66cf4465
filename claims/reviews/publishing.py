"""Verdicts before the public: published for good, corrected by the next version, retracted."""

import hashlib
import json
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from claims import evidence
from claims.accounts import require
from claims.audit import Action
from claims.errors import Conflict, IllegalTransition, NotAllowed
from claims.models import Claim, Correction, Evidence, Review, ReviewEvidence, ReviewState, Role, User
from claims.reviews.steps import new_review, open_review, require_state, standing_review, store
from claims.rows import change, checked_line, key, load


def publish(
    session: Session, review_id: int, *, by: User, seen_version: int, override_reason: str = "", now: datetime
) -> int:
    """Put a submitted review before the public for good; the claim's id.

    Raises NotAllowed when the user wrote in it, unless an admin gives an override reason, which readers will see.
    """
    require(by, Role.REVIEWER, "publish a verdict")
    review = load(session, Review, review_id)
    require_state(review, "be published", ReviewState.IN_REVIEW)
    change(review, seen_version)
    review.override_reason = checked_override(review, by, override_reason)
    previous = standing_review(session, review.claim_id)
    if previous is not None:
        previous.state = ReviewState.SUPERSEDED
        session.add(previous)
        session.flush()
        approve_correction(session, review, by=by, now=now)
    freeze(session, review, by=by, now=now)
    details = {"content_sha256": review.content_sha256, "rating": review.rating, "number": review.number}
    override = {"override_reason": review.override_reason} if review.override_reason else {}
    return store(session, Action.REVIEW_PUBLISH, review, by=by, now=now, **details, **override)


def start_correction(session: Session, claim_id: int, *, why: str, requested_by: str, by: User, now: datetime) -> int:
    """Open the next version of a standing review, beginning with its words; the new review's id."""
    require(by, Role.EDITOR, "correct a published verdict")
    standing = standing_review(session, claim_id)
    if standing is None or standing.rating is None:
        raise IllegalTransition("There is no published verdict to correct.")
    if open_review(session, claim_id) is not None:
        raise Conflict("A new version of this verdict is being written already.")
    review = new_review(session, claim_id, by=by, now=now)
    review.rating, review.summary = standing.rating, standing.summary
    session.add(review)
    session.flush()
    correction = Correction(
        claim_id=claim_id,
        review_id=key(review),
        previous_review_id=key(standing),
        from_rating=standing.rating,
        why=checked_line(why, "Why"),
        requested_by=checked_line(requested_by, "Asked for by"),
        created_at=now,
    )
    session.add(correction)
    store(session, Action.REVIEW_CORRECT, review, by=by, now=now, why=correction.why, asked_by=correction.requested_by)
    return key(review)


def retract(session: Session, review_id: int, *, reason: str, by: User, seen_version: int, now: datetime) -> int:
    """Take back a published verdict; the claim's id. Its page stays and says so, with the reason."""
    require(by, Role.EDITOR, "retract a published verdict")
    review = load(session, Review, review_id)
    require_state(review, "be retracted", ReviewState.PUBLISHED)
    change(review, seen_version)
    review.state, review.retracted_at, review.retracted_by_id = ReviewState.RETRACTED, now, key(by)
    review.retraction_reason = checked_line(reason, "Why")
    return store(session, Action.REVIEW_RETRACT, review, by=by, now=now, reason=review.retraction_reason)


def content_sha256(session: Session, review: Review) -> str:
    """The SHA-256 over all that a published version says: its words and evidence, who wrote it and who published it."""
    cited = session.exec(
        select(Evidence)
        .join(ReviewEvidence, col(ReviewEvidence.evidence_id) == Evidence.id)
        .where(ReviewEvidence.review_id == review.id)
        .order_by(col(ReviewEvidence.position))
    )
    content = {
        "claim": review.claim_id,
        "number": review.number,
        "claim_text": review.claim_text,
        "rating": review.rating,
        "scale_version": review.scale_version,
        "summary": review.summary,
        "author": review.author_id,
        "contributors": review.contributor_ids,
        "published_by": review.published_by_id,
        "published_at": review.published_at.astimezone(UTC).isoformat() if review.published_at else None,
        "override_reason": review.override_reason,
        "evidence": [[e.id, e.url, e.title, e.quote, e.note, e.is_primary, e.bearing] for e in cited],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def checked_override(review: Review, by: User, reason: str) -> str | None:
    """None where a second person publishes; else an admin's reason for doing without one."""
    if key(by) not in review.contributor_ids:
        return None
    if by.role is not Role.ADMIN:
        raise NotAllowed("You wrote in this verdict, so somebody else has to publish it.")
    if not reason.strip():
        raise NotAllowed(
            "You wrote in this verdict. To publish it alone, give the emergency reason; readers will see it."
        )
    return checked_line(reason, "Emergency reason")


def freeze(session: Session, review: Review, *, by: User, now: datetime) -> None:
    """Fix what the version says: the claim's words, its evidence in order, and the hash over all of it."""
    review.state, review.published_at, review.published_by_id = ReviewState.PUBLISHED, now, key(by)
    review.claim_text = load(session, Claim, review.claim_id).text
    session.add(review)
    session.flush()
    for position, cited in enumerate(evidence.cited(session, review.claim_id)):
        session.add(ReviewEvidence(review_id=key(review), evidence_id=key(cited), position=position))
    session.flush()
    review.content_sha256 = content_sha256(session, review)


def approve_correction(session: Session, review: Review, *, by: User, now: datetime) -> None:
    """Complete the correction that opened this version."""
    correction = session.exec(select(Correction).where(Correction.review_id == review.id)).one()
    correction.to_rating, correction.approved_by_id, correction.approved_at = review.rating, key(by), now
    session.add(correction)
