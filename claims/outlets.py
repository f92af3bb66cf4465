"""Which requests to fetch are an outlet's, and what people decide about how it is read: now, not for a while, again."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlmodel import Session, col

from claims import audit, fetching
from claims.audit import Action
from claims.errors import IllegalTransition
from claims.models import FetchRequest, Listing, Outlet, RequestState, User
from claims.rows import load

OPEN = (RequestState.QUEUED, RequestState.RUNNING)
MAX_RETRIED = 500


def read_now(session: Session, listing_id: int, *, by: User, now: datetime) -> None:
    """Make a listing due, so that the schedule takes it next; IllegalTransition while it is paused."""
    listing = load(session, Listing, listing_id)
    if not listing.is_active:
        raise IllegalTransition("This listing is paused. Resume it, and it is read next.")
    listing.due_at = min(listing.due_at, now)
    session.add(listing)
    log(session, Action.LISTING_READ, listing, by, now)


def pause(session: Session, listing_id: int, *, by: User, now: datetime) -> None:
    """Stop reading a listing on schedule; IllegalTransition where it is paused already."""
    listing = load(session, Listing, listing_id)
    if not listing.is_active:
        raise IllegalTransition("This listing is paused already.")
    listing.is_active = False
    session.add(listing)
    log(session, Action.LISTING_PAUSE, listing, by, now)


def resume(session: Session, listing_id: int, *, by: User, now: datetime) -> None:
    """Read a paused listing on schedule again, beginning now; IllegalTransition where it is not paused."""
    listing = load(session, Listing, listing_id)
    if listing.is_active:
        raise IllegalTransition("This listing is read on schedule already.")
    listing.is_active, listing.due_at = True, now
    session.add(listing)
    log(session, Action.LISTING_RESUME, listing, by, now)


def retry_failed(session: Session, outlet_id: int, *, by: User, now: datetime) -> int:
    """Queue the outlet's failed requests once more, the latest 500 at once; how many they were.

    What is open already, or failed more than once, is queued once.
    """
    failed = session.execute(
        select(col(FetchRequest.id), col(FetchRequest.task))
        .where(col(FetchRequest.state) == RequestState.FAILED, requests_of(session, load(session, Outlet, outlet_id)))
        .order_by(col(FetchRequest.id).desc())
        .limit(MAX_RETRIED)
    ).all()
    latest: dict[str, int] = {}
    for request_id, task in failed:
        latest.setdefault(task, request_id)
    is_open = select(col(FetchRequest.task)).where(
        col(FetchRequest.task).in_(latest), col(FetchRequest.state).in_(OPEN)
    )
    for task in session.scalars(is_open):
        del latest[task]
    for request_id in reversed(latest.values()):
        fetching.retry(session, request_id, by=by, now=now)
    return len(latest)


def requests_of(session: Session, outlet: Outlet) -> ColumnElement[bool]:
    """The condition that a request to fetch is to an outlet."""
    host = col(Outlet.address).contains(f"//{host_of(outlet.address)}", autoescape=True)
    return requests_below(outlet.address, session.scalars(select(col(Outlet.address)).where(host)).all())


def requests_below(address: str, outlets: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a request is to the outlet at this address, given the addresses of the outlets on its host.

    All of its host's requests are; where others share the host, those below its address. Of two outlets one below the
    other, a request is the inner one's.
    """
    host = host_of(address)
    sharing = [other for other in outlets if other != address and host_of(other) == host]
    if not sharing:
        return col(FetchRequest.host) == host
    inner = [not_(lies_below(other)) for other in sharing if other.startswith(address)]
    return and_(col(FetchRequest.host) == host, lies_below(address), *inner)


def lies_below(address: str) -> ColumnElement[bool]:
    """The condition that a request's address begins with an outlet's, over http or https."""
    _, _, rest = address.partition("://")
    url = col(FetchRequest.url)
    return or_(*(url.startswith(f"{scheme}://{rest}", autoescape=True) for scheme in ("https", "http")))


def host_of(address: str) -> str:
    """The address's host in lower case; nothing where it has none."""
    return urlsplit(address).hostname or ""


def log(session: Session, action: Action, listing: Listing, by: User, now: datetime) -> None:
    """Record what somebody decided about a listing."""
    audit.record(session, action, f"listing:{listing.id}", actor=by.email, now=now, url=listing.url)
