"""Verdicts while they are written: saved, submitted, handed back, thrown away."""

from datetime import datetime

from sqlmodel import Session, select

from claims import audit, evidence
from claims.accounts import require
from claims.audit import Action
from claims.errors import Conflict, IllegalTransition, InvalidDraft
from claims.models import Claim, Correction, Review, ReviewState, Role, User
from claims.ratings import rating_named
from claims.reviews.steps import new_review, open_review, require_state, standing_review, store
from claims.rows import change, checked_text, key, load
from claims.tallies import recount

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
