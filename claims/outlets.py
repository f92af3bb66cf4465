"""The outlets that are stored: added, renamed, and found for what lies at their addresses."""

from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from sqlmodel import Session, col, or_, select

from claims import audit
from claims.addresses import spellings
from claims.audit import MACHINE, Action
from claims.drafts import ArticleDraft
from claims.errors import InvalidDraft
from claims.models import Outlet
from claims.rows import checked_line, require_indexable, storable

# The outlet of pages that were saved to a file and came without an address.
SAVED_PAGES = "Saved pages"
OUTLET_NEEDS = "An outlet needs a name and an address such as https://outlet.example/."


def add_outlet(session: Session, name: str, address: str, *, actor: str, now: datetime) -> Outlet:
    """Store an outlet whose articles' addresses begin with address; one that is known keeps its row, renamed."""
    if not name.strip():
        raise InvalidDraft(OUTLET_NEEDS)
    start = outlet_start(address)
    return keep_outlet(session, checked_line(name, "Name"), start, actor=actor, now=now)


def known_outlet(session: Session, address: str) -> Outlet | None:
    """The outlet that is stored for this address, however its host and end are spelled; InvalidDraft for no address."""
    return outlet_at(session, outlet_start(address))


def outlet_of(session: Session, article: ArticleDraft, *, now: datetime) -> Outlet:
    """The outlet with the longest address that the article's begins with, else a new one for its host.

    Neither http or https nor "www." makes another outlet; where both are stored, the one as the article has it.
    """
    parts = split_address(article.canonical_url)
    if parts.scheme == "file":
        return keep_outlet(session, SAVED_PAGES, "file:///", actor=MACHINE, now=now)
    origin, path = f"{parts.scheme}://{parts.netloc.lower()}/", parts.path or "/"
    is_here = (col(Outlet.address).startswith(spelling, autoescape=True) for spelling in spellings(origin))
    here = session.exec(select(Outlet).where(or_(*is_here)).order_by(col(Outlet.id))).all()
    fitting = [outlet for outlet in here if path.startswith(urlsplit(outlet.address).path)]
    if fitting:
        return max(fitting, key=lambda outlet: (len(urlsplit(outlet.address).path), outlet.address.startswith(origin)))
    name = article.outlet_name or (parts.hostname or "").removeprefix("www.")
    return add_outlet(session, name, origin, actor=MACHINE, now=now)


def outlet_addresses(session: Session) -> tuple[str, ...]:
    """The address of every outlet."""
    return tuple(session.exec(select(Outlet.address).order_by(Outlet.address)))


def outlet_start(address: str) -> str:
    """What the addresses of an outlet's articles begin with; InvalidDraft for no address, and for one too long."""
    parts = split_address(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InvalidDraft(OUTLET_NEEDS)
    start = start_of(parts).rstrip("/") + "/"
    require_indexable(start, "an address")
    return start


def outlet_at(session: Session, start: str) -> Outlet | None:
    """The outlet whose articles' addresses begin with just this."""
    return session.exec(select(Outlet).where(Outlet.address == start)).first()


def keep_outlet(session: Session, name: str, address: str, *, actor: str, now: datetime) -> Outlet:
    """The outlet at this address, stored or renamed if need be."""
    outlet = outlet_at(session, address)
    if outlet is not None and outlet.name == name:
        return outlet
    outlet = outlet or Outlet(name=name, address=address, created_at=now)
    outlet.name = name
    session.add(outlet)
    session.flush()
    audit.record(session, Action.OUTLET_ADD, f"outlet:{outlet.id}", actor=actor, now=now, name=name, address=address)
    return outlet


def split_address(address: str) -> SplitResult:
    """The address in its parts; InvalidDraft where it has none."""
    try:
        return urlsplit(storable(address).strip())
    except ValueError as error:
        raise InvalidDraft(f"{address[:80]!r} is no address such as https://outlet.example/: {error}.") from error


def start_of(parts: SplitResult) -> str:
    """The address as outlets are compared by: its host in lower case, without query."""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path or '/'}"
