"""The schedule: outlets' feeds, sitemaps and front pages, read again and again, and the stories that they bring up."""

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from claims import audit
from claims.addresses import fetchable, parse, plain_host, spellings
from claims.audit import Action
from claims.errors import BadAddress, InvalidDraft
from claims.fetching.requests import Asker, Wish, enqueue
from claims.models import Article, FetchRequest, Listing, Outlet, RequestKind
from claims.rows import key, load, storable

EVERY = timedelta(minutes=15)
MIN_EVERY, MAX_EVERY = timedelta(minutes=1), timedelta(days=1)
# So that listings which were added together do not come round together for ever.
JITTER = 0.1
# Each address has up to 24 spellings, and a database takes some ten thousand parameters.
ASKED_AT_ONCE = 300

Draw = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """An outlet, how many articles of it are stored, and one of its listings, detached; None where it has none."""

    outlet: str
    address: str
    articles: int
    listing: Listing | None


def add(
    session: Session,
    outlet: Outlet,
    url: str,
    *,
    every: timedelta,
    actor: str,
    now: datetime,
    allow_hosts: Collection[str] = frozenset(),
) -> Listing:
    """Read this address on schedule for an outlet from now on; one that is known gets the new interval and outlet.

    InvalidDraft where the address may not be fetched; allow_hosts are the settings' private hosts that may.
    """
    address = storable(url).strip()
    try:
        fetchable(address, allow_hosts)
    except BadAddress as error:
        raise InvalidDraft(f"{address[:80]!r}: {error.what}.") from error
    if not MIN_EVERY <= every <= MAX_EVERY:
        raise InvalidDraft("A listing is read every minute at most and every day at least.")
    every_s = round(every.total_seconds())
    listing = known(session, address)
    listing = listing or Listing(outlet_id=key(outlet), url=address, every_s=every_s, due_at=now, added_at=now)
    listing.outlet_id, listing.every_s, listing.due_at, listing.is_active = key(outlet), every_s, now, True
    session.add(listing)
    session.flush()
    details = {"outlet": outlet.id, "url": address, "every_s": every_s}
    audit.record(session, Action.LISTING_ADD, f"listing:{listing.id}", actor=actor, now=now, **details)
    return listing


def known(session: Session, url: str) -> Listing | None:
    """The listing at this address, where one was added before, paused or not."""
    return session.exec(select(Listing).where(Listing.url == storable(url).strip())).first()


def request_due(session: Session, *, now: datetime, draw: Draw = random.random) -> None:
    """Ask for every listing that is due, and set when it is due next; one that is being read is not asked for twice."""
    due = select(Listing).where(col(Listing.is_active), col(Listing.due_at) <= now)
    for listing in session.exec(due.order_by(col(Listing.due_at)).limit(ASKED_AT_ONCE)):
        ask_for(session, listing, None, now=now, draw=draw)


def ask_for(
    session: Session, listing: Listing, by: Asker, *, now: datetime, draw: Draw = random.random
) -> FetchRequest | None:
    """Ask for a listing to be read, and set when the schedule does so next; None where it is being read already."""
    listing.due_at = now + timedelta(seconds=about(listing.every_s, draw))
    session.add(listing)
    return enqueue(session, Wish(RequestKind.LISTING, listing.url, listing_id=listing.id), by, now)


def note_read(session: Session, listing_id: int, *, now: datetime) -> None:
    """Record that a listing was read."""
    listing = load(session, Listing, listing_id)
    listing.read_at, listing.failures, listing.problem = now, 0, ""
    session.add(listing)


def note_failure(
    session: Session, listing_id: int, problem: str, *, now: datetime, wait_s: float = 0.0, draw: Draw = random.random
) -> None:
    """Record that a listing could not be read; it is due later each time, by twice the pause, but within a day.

    wait_s is what the site asked for.
    """
    listing = load(session, Listing, listing_id)
    listing.failures, listing.problem = listing.failures + 1, storable(problem)
    doubled_s = listing.every_s * 2.0 ** min(listing.failures, 16)
    pause_s = min(max(doubled_s, wait_s), MAX_EVERY.total_seconds())
    listing.due_at = now + timedelta(seconds=about(pause_s, draw))
    session.add(listing)


def note_put_off(session: Session, listing_id: int, until: datetime) -> None:
    """Record that a listing is read at that moment, since its host is not asked before; no fault of the listing's."""
    listing = load(session, Listing, listing_id)
    listing.due_at = until
    session.add(listing)


def request_children(session: Session, urls: Iterable[str], *, parent_id: int, now: datetime) -> int:
    """Ask for the stories that a request found, in the transaction that ends it; how many were not open already."""
    wishes = (Wish(RequestKind.ARTICLE, url, parent_id=parent_id) for url in urls)
    return sum(enqueue(session, wish, None, now) is not None for wish in wishes)


def unknown(session: Session, urls: Sequence[str]) -> list[str]:
    """Those of the addresses that were never asked for and are no stored article's.

    To look at known ones again is not the schedule's task.
    """
    new: list[str] = []
    for start in range(0, len(urls), ASKED_AT_ONCE):
        tasks = {url: Wish(RequestKind.ARTICLE, url).task for url in urls[start : start + ASKED_AT_ONCE]}
        asked = asked_tasks(session, tasks)
        not_asked = [url for url, task in tasks.items() if task not in asked]
        stored = stored_articles(session, not_asked)
        new += [url for url in not_asked if url not in stored]
    return new


def asked_tasks(session: Session, tasks: Mapping[str, str]) -> set[str]:
    """Those of the tasks, by their addresses, that were ever asked for."""
    # Hosts narrow nothing down; they are what requests are indexed by.
    hosts = {host for url in tasks for host in spelled_hosts(url)}
    asked = select(FetchRequest.task).where(
        col(FetchRequest.host).in_(hosts), col(FetchRequest.task).in_(tasks.values())
    )
    return set(session.exec(asked))


def spelled_hosts(url: str) -> tuple[str, ...]:
    """The hosts under which the page may have been asked for; nothing where this is no address."""
    try:
        host = plain_host(parse(url))
    except BadAddress:
        return ("",)
    return host, f"www.{host}", f"amp.{host}"


def stored_articles(session: Session, urls: Iterable[str]) -> set[str]:
    """Those of the addresses at which an article is stored, however its address is spelled there."""
    spelled = {url: spellings(url) for url in urls}
    wanted = col(Article.canonical_url).in_({spelling for found in spelled.values() for spelling in found})
    stored = set(session.exec(select(Article.canonical_url).where(wanted)))
    return {url for url, found in spelled.items() if not stored.isdisjoint(found)}


def scheduled(session: Session) -> list[Scheduled]:
    """Every outlet on the web by name, once for each of its listings; those in trouble first within an outlet."""
    counted = select(col(Article.outlet_id), func.count().label("articles")).group_by(col(Article.outlet_id)).subquery()
    rows = (
        select(Outlet, Listing, func.coalesce(counted.c.articles, 0))
        .join(Listing, col(Listing.outlet_id) == Outlet.id, isouter=True)
        .join(counted, counted.c.outlet_id == Outlet.id, isouter=True)
        .where(col(Outlet.address).startswith("http"))
        .order_by(col(Outlet.name), col(Outlet.id), col(Listing.failures).desc(), col(Listing.url))
    )
    return [
        Scheduled(outlet.name, outlet.address, articles, listing) for outlet, listing, articles in session.exec(rows)
    ]


def about(seconds: float, draw: Draw) -> float:
    """The time, a tenth more or less."""
    return seconds * (1 + JITTER * (2 * draw() - 1))
