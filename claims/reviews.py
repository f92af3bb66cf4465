"""The verdict's life: draft, in review, changes requested, published, superseded, retracted."""

import hashlib
import json
from datetime import UTC, datetime

from sqlmodel import Session, col, func, select

from claims import audit, evidence
from claims.accounts import require
from claims.audit import Action
from claims.errors import Conflict, IllegalTransition, InvalidDraft, NotAllowed
from claims.models import Claim, Correction, Evidence, Review, ReviewEvidence, ReviewState, Role, User
from claims.ratings import SCALE_VERSION, rating_named
from claims.rows import change, checked_line, checked_text, key, load
from claims.tallies import OPEN_STATES, STANDING_STATES, recount

WRITABLE_STATES = (ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED)


def save_draft(
    session: Session, claim_id: int, *, rating: str, summary: str, by: User, seen_version: int, now: datetime
) -> Review:
    """Store the verdict as far as it is written; the first save (seen_version 0) opens the draft.

    Raises Conflict when somebody else opened or changed it, IllegalTransition where nothing may be written now.
    """
    require(by, Role.REVIEWER, "draft a verdict")
    review = open_review(session, claim_id)
    if review is None:
        review = first_draft(session, claim_id, by=by, seen_version=seen_version, now=now)
    else:
        require_state(review, "be edited", *WRITABLE_STATES)
        change(review, seen_version)
    review.rating = rating_named(rating) if rating else None
    review.summary = checked_text(summary, "Summary")
    review.contributor_ids = sorted({*review.contributor_ids, key(by)})
    store(session, Action.REVIEW_DRAFT, review, by=by, now=now, rating=rating, summary=review.summary)
    return review


def submit(session: Session, review_id: int, *, by: User, seen_version: int, now: datetime) -> int:
    """Hand a draft to its second pair of eyes; the claim's id. It needs a rating, a summary and evidence."""
    require(by, Role.REVIEWER, "submit a verdict")
    review = load(session, Review, review_id)
    require_state(review, "be submitted", *WRITABLE_STATES)
    require_complete(session, review)
    change(review, seen_version)
    review.state, review.submitted_at, review.change_request = ReviewState.IN_REVIEW, now, ""
    return store(session, Action.REVIEW_SUBMIT, review, by=by, now=now)


def request_changes(
    session: Session, review_id: int, *, reason: str, by: User, seen_version: int, now: datetime
) -> int:
    """Hand a submitted review back to its author, saying what to change; the claim's id."""
    require(by, Role.REVIEWER, "request changes")
    review = load(session, Review, review_id)
    require_state(review, "be handed back", ReviewState.IN_REVIEW)
    change(review, seen_version)
    review.state = ReviewState.CHANGES_REQUESTED
    review.change_request = checked_text(reason, "What to change")
    if not review.change_request:
        raise InvalidDraft("What to change: say what the author should do.")
    return store(session, Action.REVIEW_REQUEST_CHANGES, review, by=by, now=now, reason=review.change_request)


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


def discard(session: Session, review_id: int, *, by: User, seen_version: int, now: datetime) -> int:
    """Throw away a draft that was never published; the claim's id. What it said stays in the log.

    A correction that is thrown away leaves the claim worded as it was published.
    """
    require(by, Role.REVIEWER, "discard a draft")
    review = load(session, Review, review_id)
    require_state(review, "be discarded", *WRITABLE_STATES)
    change(review, seen_version)
    audit.record(
        session,
        Action.REVIEW_DISCARD,
        f"review:{review_id}",
        actor=by.email,
        now=now,
        claim=review.claim_id,
        rating=review.rating,
        summary=review.summary,
    )
    correction = session.exec(select(Correction).where(Correction.review_id == review_id)).first()
    if correction is not None:
        restore_wording(session, review.claim_id, correction.previous_review_id, by=by, now=now)
        session.delete(correction)
        session.flush()
    session.delete(review)
    recount(session, [review.claim_id])
    return review.claim_id


def restore_wording(session: Session, claim_id: int, review_id: int, *, by: User, now: datetime) -> None:
    """Word the claim as this version published it, where a correction had begun to reword it."""
    claim, published = load(session, Claim, claim_id), load(session, Review, review_id)
    if claim.text == published.claim_text:
        return
    before, claim.text = claim.text, published.claim_text
    claim.version += 1
    session.add(claim)
    details = {"before": before, "after": claim.text}
    audit.record(session, Action.CLAIM_REWORD, f"claim:{claim_id}", actor=by.email, now=now, **details)


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


def open_review(session: Session, claim_id: int) -> Review | None:
    """The claim's review that is being written or waits for approval."""
    return session.exec(select(Review).where(Review.claim_id == claim_id, col(Review.state).in_(OPEN_STATES))).first()


def standing_review(session: Session, claim_id: int) -> Review | None:
    """The claim's version that stands before the public, published or retracted."""
    wanted = select(Review).where(Review.claim_id == claim_id, col(Review.state).in_(STANDING_STATES))
    return session.exec(wanted).first()


def first_draft(session: Session, claim_id: int, *, by: User, seen_version: int, now: datetime) -> Review:
    """A claim's first review, empty; later ones begin as corrections."""
    claim = load(session, Claim, claim_id)
    if claim.merged_into_id is not None:
        raise IllegalTransition(f"This claim was merged into claim {claim.merged_into_id}. Draft the verdict there.")
    if standing_review(session, claim_id) is not None:
        raise IllegalTransition("This claim has a published verdict. Start a correction to change it.")
    if seen_version != 0:
        raise Conflict("Somebody else discarded this draft. What you wrote is still in the form; save it as a new one.")
    return new_review(session, claim_id, by=by, now=now)


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


def require_complete(session: Session, review: Review) -> None:
    """Raise InvalidDraft naming what a verdict still lacks before anybody is asked to approve it."""
    missing = [
        what
        for what, there in (
            ("a rating", review.rating),
            ("a summary", review.summary),
            ("at least one piece of evidence", evidence.cited(session, review.claim_id)),
        )
        if not there
    ]
    if missing:
        raise InvalidDraft("Before you submit this verdict, add " + " and ".join(missing) + ".")


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


def store(session: Session, action: Action, review: Review, *, by: User, now: datetime, **details: object) -> int:
    """Store the review with the event that says what was done; the claim's id."""
    session.add(review)
    session.flush()
    audit.record(session, action, f"review:{review.id}", actor=by.email, now=now, claim=review.claim_id, **details)
    recount(session, [review.claim_id])
    return review.claim_id
