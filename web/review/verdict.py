"""The verdict on the desk's claim page: write it, have it seen by a second pair of eyes, correct or retract it."""

from flask import request
from flask.typing import ResponseReturnValue

from claims import reviews
from claims.db import Session
from claims.models import Role
from claims.rows import key
from web.access import allow, signed_in_user
from web.review.claim import attempt
from web.review.forms import seen_version
from web.storage import now


@allow(Role.REVIEWER)
def write(claim_id: int) -> ResponseReturnValue:
    """Save what was written, and submit it to a second pair of eyes where that button was pressed."""
    form = request.form

    def save(session: Session) -> int:
        review = reviews.save_draft(
            session,
            claim_id,
            rating=form.get("rating", ""),
            summary=form.get("summary", ""),
            by=signed_in_user(),
            seen_version=seen_version(form),
            now=now(),
        )
        if "submit" in form:
            reviews.submit(session, key(review), by=signed_in_user(), seen_version=review.version, now=now())
        return claim_id

    return attempt(claim_id, "verdict", save)


@allow(Role.REVIEWER)
def publish(claim_id: int, review_id: int) -> ResponseReturnValue:
    """Put a verdict before the public, as a second pair of eyes or by an override with its reason."""
    return attempt(
        claim_id,
        "publish",
        lambda session: reviews.publish(
            session,
            review_id,
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            override_reason=request.form.get("override_reason", ""),
            now=now(),
        ),
    )


@allow(Role.REVIEWER)
def request_changes(claim_id: int, review_id: int) -> ResponseReturnValue:
    """Send a verdict back to its author with what should change."""
    return attempt(
        claim_id,
        "request_changes",
        lambda session: reviews.request_changes(
            session,
            review_id,
            reason=request.form.get("reason", ""),
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            now=now(),
        ),
    )


@allow(Role.REVIEWER)
def discard(claim_id: int, review_id: int) -> ResponseReturnValue:
    """Drop a draft that was never published."""
    return attempt(
        claim_id,
        "discard",
        lambda session: reviews.discard(
            session, review_id, by=signed_in_user(), seen_version=seen_version(request.form), now=now()
        ),
    )


@allow(Role.EDITOR)
def start_correction(claim_id: int) -> ResponseReturnValue:
    """Open the next version of a published verdict, with why and who asked."""

    def write(session: Session) -> int:
        reviews.start_correction(
            session,
            claim_id,
            why=request.form.get("why", ""),
            requested_by=request.form.get("requested_by", ""),
            by=signed_in_user(),
            now=now(),
        )
        return claim_id

    return attempt(claim_id, "correction", write)


@allow(Role.EDITOR)
def retract(claim_id: int, review_id: int) -> ResponseReturnValue:
    """Take a published verdict back; its page stays and says so."""
    return attempt(
        claim_id,
        "retract",
        lambda session: reviews.retract(
            session,
            review_id,
            reason=request.form.get("reason", ""),
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            now=now(),
        ),
    )
