"""What reviewers do about how an outlet is read: now, not for a while, and once more what failed."""

from flask.typing import ResponseReturnValue

from claims.counting import counted
from claims.db import Session
from claims.fetching import outlets
from claims.models import Role
from web.access import allow, signed_in_user
from web.review.fetching import attempt
from web.storage import now


@allow(Role.REVIEWER)
def read_now(listing_id: int) -> ResponseReturnValue:
    """Have a listing read as soon as a worker is free."""

    def write(session: Session) -> str:
        outlets.read_now(session, listing_id, by=signed_in_user(), now=now())
        return "The listing is due now: the worker reads it next."

    return attempt(write)


@allow(Role.REVIEWER)
def pause(listing_id: int) -> ResponseReturnValue:
    """Stop reading a listing on schedule."""

    def write(session: Session) -> str:
        outlets.pause(session, listing_id, by=signed_in_user(), now=now())
        return "The listing is paused, for everybody."

    return attempt(write)


@allow(Role.REVIEWER)
def resume(listing_id: int) -> ResponseReturnValue:
    """Read a paused listing on schedule again."""

    def write(session: Session) -> str:
        outlets.resume(session, listing_id, by=signed_in_user(), now=now())
        return "The listing is read on schedule again, beginning now."

    return attempt(write)


@allow(Role.REVIEWER)
def retry_failed(outlet_id: int) -> ResponseReturnValue:
    """Let the worker try again all that failed of an outlet."""

    def write(session: Session) -> str:
        queued = outlets.retry_failed(session, outlet_id, by=signed_in_user(), now=now())
        return f"{counted(queued, 'request waits', 'requests wait')} for another try."

    return attempt(write)
