"""Which requests to fetch are an outlet's, and what people decide about how it is read: now, not for a while, again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlmodel import Session, col

from claims import audit
from claims.audit import Action
from claims.errors import IllegalTransition
from claims.fetching.listings import ask_for
from claims.fetching.requests import IS_OPEN, host_of, made_good, retry
from claims.models import FetchRequest, Listing, Outlet, RequestState, User
from claims.rows import load

MAX_RETRIED = 500
HOST_PREFIXES = ("", "www.", "amp.")


def read_now(session: Session, listing_id: int, *, by: User, now: datetime) -> None:
    """Ask for a listing ahead of its schedule; IllegalTransition while it is paused."""
    listing = load(session, Listing, listing_id)
    if not listing.is_active:
        raise IllegalTransition("This listing is paused. Resume it, and it is read next.")
    log(session, Action.LISTING_READ, listing, by, now)
    ask_for(session, listing, by, now=now)


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

    What is open already, or failed more than once, is queued once; what was done later is not.
    """
    is_here = requests_of(session, load(session, Outlet, outlet_id))
    failed = session.execute(
        select(col(FetchRequest.id), col(FetchRequest.task))
        .where(col(FetchRequest.state) == RequestState.FAILED, is_here, not_(made_good()))
        .order_by(col(FetchRequest.id).desc())
        .limit(MAX_RETRIED)
    ).all()
    latest: dict[str, int] = {}
    for request_id, task in failed:
        latest.setdefault(task, request_id)
    is_open = select(col(FetchRequest.task)).where(col(FetchRequest.task).in_(latest), IS_OPEN)
    for task in session.scalars(is_open):
        del latest[task]
    for request_id in reversed(latest.values()):
        retry(session, request_id, by=by, now=now)
    return len(latest)


def requests_of(session: Session, outlet: Outlet) -> ColumnElement[bool]:
    """The condition that a request to fetch is to an outlet."""
    host = col(Outlet.address).contains(bare_host(host_of(outlet.address)), autoescape=True)
    return requests_below(outlet.address, session.scalars(select(col(Outlet.address)).where(host)).all())


def requests_below(address: str, outlets: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a request is to the outlet at this address, given the addresses of the outlets on its host.

    All of its host's requests are; where others share the host, those below its address. Of two outlets one below the
    other, a request is the inner one's. Neither http or https nor "www." makes another host.
    """
    bare = bare_host(host_of(address))
    is_here = col(FetchRequest.host).in_([f"{prefix}{bare}" for prefix in HOST_PREFIXES])
    sharing = [other for other in outlets if other != address and bare_host(host_of(other)) == bare]
    if not sharing:
        return is_here
    place = place_of(address)
    inner = [not_(lies_below(other)) for other in map(place_of, sharing) if other != place and other.startswith(place)]
    return and_(is_here, lies_below(place), *inner)


def lies_below(place: str) -> ColumnElement[bool]:
    """The condition that a request's address begins with a place, however its host is spelled."""
    starts = (f"{scheme}://{prefix}{place}" for scheme in ("https", "http") for prefix in HOST_PREFIXES)
    return or_(*(col(FetchRequest.url).startswith(start, autoescape=True) for start in starts))


def place_of(address: str) -> str:
    """What an outlet's address says but for the spelling of its host: "outlet.example/sport/"."""
    _, _, rest = address.partition("://")
    return bare_host(rest)


def bare_host(host: str) -> str:
    """A host without what makes no other outlet."""
    return host.removeprefix("www.").removeprefix("amp.")


def log(session: Session, action: Action, listing: Listing, by: User, now: datetime) -> None:
    """Record what somebody decided about a listing."""
    audit.record(session, action, f"listing:{listing.id}", actor=by.email, now=now, url=listing.url)
