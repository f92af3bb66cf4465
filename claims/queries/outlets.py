"""How well each outlet can be read: what was fetched last, what went wrong, and how much it publishes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby

from sqlalchemy import ColumnElement, Integer, case, cast, extract, func, select
from sqlmodel import Session, col

from claims.fetching.outlets import bare_host, requests_below
from claims.fetching.requests import host_of, made_good
from claims.models import Article, FetchRequest, Listing, Outlet, RequestState

DAYS_SHOWN = 30
# The silence of an outlet is measured against what it did before, so more days are counted than are shown.
DAYS_COUNTED = 60
DAY_S = 86_400
RECENT = timedelta(days=7)
# Fewer articles than this say nothing about an outlet's habits.
FEWEST_ARTICLES = 5
ENDED = (RequestState.DONE, RequestState.FAILED)
# One failure passes by itself more often than not.
WORRYING_FAILURES = 2
DOWN_AFTER = timedelta(hours=1)


class OutletState(StrEnum):
    """How an outlet stands, those in trouble first."""

    FAILING = "failing"
    SILENT = "silent"
    WELL = "well"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing of an outlet: when it was and will be read, and the problem that it met since."""

    listing_id: int
    url: str
    is_active: bool
    every_s: int
    due_at: datetime
    read_at: datetime | None
    failures: int
    problem: str


@dataclass(frozen=True, slots=True)
class End:
    """How a request ended: when, at which address, and what came of it or why nothing did."""

    at: datetime
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Silence:
    """How many days an outlet has published nothing, and the longest that it paused before, both in whole days."""

    days: int
    longest_before: int

    @property
    def is_unusual(self) -> bool:
        """Whether it is so much longer than any pause before that somebody should look."""
        return self.days >= 2 * self.longest_before + 2


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """An outlet as its readers see it; failures are those of the last 7 days.

    failed counts all requests that stand so, but for those whose task was done later. days counts articles on each of
    the last 30 days, oldest first, by the day they were published or, where they do not say, first seen. silence is
    None where too few articles say what is usual.
    """

    outlet_id: int
    name: str
    address: str
    state: OutletState
    listings: tuple[ListingRow, ...]
    articles: int
    days: tuple[int, ...]
    silence: Silence | None
    last_success_at: datetime | None
    last_error: End | None
    failures: int
    failed: int


@dataclass(frozen=True, slots=True)
class Articles:
    """How many articles an outlet has, and when the newest of them was stored."""

    total: int = 0
    newest_stored_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What the requests to an outlet say: when the last one was done, the last that failed, and how many failed."""

    last_done_at: datetime | None
    last_error: End | None
    failures: int
    failed: int


def outlet_health(session: Session, *, now: datetime) -> tuple[OutletHealth, ...]:
    """Every outlet that is fetched, those in trouble first, and among equals by name."""
    outlets = session.scalars(select(Outlet).where(col(Outlet.address).startswith("http"))).all()
    listings, articles, days = listings_by_outlet(session), articles_of(session), articles_a_day(session, now)
    records = records_of(session, outlets, now)
    found = [
        health(
            outlet,
            listings[outlet.id or 0],
            records[outlet.address],
            articles[outlet.id or 0],
            days[outlet.id or 0],
        )
        for outlet in outlets
    ]
    return tuple(sorted(found, key=by_trouble))


def health(
    outlet: Outlet, listings: tuple[ListingRow, ...], record: Record, articles: Articles, days: Sequence[int]
) -> OutletHealth:
    """One outlet, put together from what each table says of it."""
    read_at = [listing.read_at for listing in listings if listing.read_at]
    read_at += [at for at in (record.last_done_at, articles.newest_stored_at) if at]
    last_success_at = max(read_at, default=None)
    silence = silence_of(days)
    return OutletHealth(
        outlet_id=outlet.id or 0,
        name=outlet.name,
        address=outlet.address,
        state=state_of(listings, record, last_success_at, silence),
        listings=listings,
        articles=articles.total,
        days=tuple(days[-DAYS_SHOWN:]),
        silence=silence,
        last_success_at=last_success_at,
        last_error=record.last_error,
        failures=record.failures,
        failed=record.failed,
    )


def state_of(
    listings: Sequence[ListingRow], record: Record, last_success_at: datetime | None, silence: Silence | None
) -> OutletState:
    """How an outlet stands: failing where a listing fails repeatedly or all failed lately, else silent, else well.

    One failure is enough where nothing was ever read: the address is wrong more often than the site is down.
    What a person paused is not in trouble, and of what nobody reads on schedule no silence is known.
    """
    active = [listing for listing in listings if listing.is_active]
    if listings and not active:
        return OutletState.PAUSED
    fewest = 1 if last_success_at is None and len(active) == 1 else WORRYING_FAILURES
    if any(listing.failures >= fewest for listing in active) or is_down(record, last_success_at):
        return OutletState.FAILING
    return OutletState.SILENT if active and silence and silence.is_unusual else OutletState.WELL


def is_down(record: Record, last_success_at: datetime | None) -> bool:
    """Whether requests failed lately and nothing has succeeded for an hour before the last of them, or since."""
    if record.failures < WORRYING_FAILURES or record.last_error is None:
        return False
    return last_success_at is None or record.last_error.at - last_success_at > DOWN_AFTER


def silence_of(days: Sequence[int]) -> Silence | None:
    """How long nothing was published up to the last of the days, beside the longest pause between two days before.

    The last day is not over, so it never counts as a day of silence.
    """
    if sum(days) < FEWEST_ARTICLES:
        return None
    pauses = [len(tuple(run)) for is_quiet, run in groupby(days, key=lambda count: count == 0) if is_quiet]
    first_pause, last_pause = int(days[0] == 0), int(days[-1] == 0)
    before = pauses[first_pause : len(pauses) - last_pause]
    return Silence(max(0, pauses[-1] - 1) if last_pause else 0, max(before, default=0))


def by_trouble(outlet: OutletHealth) -> tuple[int, int, str]:
    """What outlets are sorted by."""
    return list(OutletState).index(outlet.state), -outlet.failures, outlet.name.casefold()


def records_of(session: Session, outlets: Sequence[Outlet], now: datetime) -> Mapping[str, Record]:
    """What the requests to each outlet say, by its address."""
    column, places = told_by({outlet.address for outlet in outlets})
    state, finished_at, request_id = col(FetchRequest.state), col(FetchRequest.finished_at), col(FetchRequest.id)
    # Not narrowed to what has ended: in all states, the index on host and state alone answers.
    in_states = select(column, state, func.max(request_id), func.count()).group_by(column, state)
    lately = select(column, func.count()).where(state == RequestState.FAILED, finished_at >= now - RECENT)
    last_id: dict[tuple[str, RequestState], int] = defaultdict(int)
    failed: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    for value, how, latest_id, count in session.execute(in_states):
        place = bare_host(value)
        last_id[place, how] = max(last_id[place, how], latest_id)
        failed[place] += count if how is RequestState.FAILED else 0
    if failed.total():
        for value, count in session.execute(select(column, func.count()).where(made_good()).group_by(column)):
            failed[bare_host(value)] -= count
    for value, count in session.execute(lately.group_by(column)):
        failures[bare_host(value)] += count
    ends = ends_of(session, [last_id[place, how] for place in places.values() for how in ENDED])
    return {
        address: Record(
            last_done_at=done.at if (done := ends.get(last_id[place, RequestState.DONE])) else None,
            last_error=ends.get(last_id[place, RequestState.FAILED]),
            failures=failures[place],
            failed=failed[place],
        )
        for address, place in places.items()
    }


def told_by(addresses: Set[str]) -> tuple[ColumnElement[str], Mapping[str, str]]:
    """What a request's outlet is told by: its host, or the outlet's address where several share the host.

    Returned beside what each outlet is known by there; of a host, that is its bare form.
    """
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[bare_host(host_of(address))].append(address)
    shared = [(address, found) for found in by_host.values() if len(found) > 1 for address in sorted(found)]
    places = {address: host for host, found in by_host.items() for address in found}
    places |= {address: address for address, _ in shared}
    host: ColumnElement[str] = col(FetchRequest.host)  # type: ignore[assignment]
    if not shared:
        return host, places
    return case(*((requests_below(address, found), address) for address, found in shared), else_=host), places


def ends_of(session: Session, request_ids: Iterable[int]) -> Mapping[int, End]:
    """When each of the requests ended, at which address, and what came of it."""
    told = (col(FetchRequest.finished_at), col(FetchRequest.url), col(FetchRequest.outcome))
    rows = session.execute(select(col(FetchRequest.id), *told).where(col(FetchRequest.id).in_(request_ids)))
    return {request_id: End(at, url, why) for request_id, at, url, why in rows if at}


def listings_by_outlet(session: Session) -> Mapping[int, tuple[ListingRow, ...]]:
    """The listings of each outlet, those with problems first."""
    rows: dict[int, list[ListingRow]] = defaultdict(list)
    for one in session.scalars(select(Listing).order_by(col(Listing.failures).desc(), col(Listing.url))):
        rows[one.outlet_id].append(
            ListingRow(
                one.id or 0, one.url, one.is_active, one.every_s, one.due_at, one.read_at, one.failures, one.problem
            )
        )
    return defaultdict(tuple, {outlet_id: tuple(found) for outlet_id, found in rows.items()})


def articles_of(session: Session) -> Mapping[int, Articles]:
    """How many articles each outlet has, and when the newest was stored."""
    counted = select(col(Article.outlet_id), func.count(), func.max(col(Article.id))).group_by(col(Article.outlet_id))
    totals = session.execute(counted).all()
    newest = select(col(Article.id), col(Article.created_at)).where(col(Article.id).in_([row[2] for row in totals]))
    stored_at = {article_id: at for article_id, at in session.execute(newest)}  # noqa: C416
    found = {outlet_id: Articles(count, stored_at[article_id]) for outlet_id, count, article_id in totals}
    return defaultdict(Articles, found)


def articles_a_day(session: Session, now: datetime) -> Mapping[int, tuple[int, ...]]:
    """How many articles each outlet published on each of the last 60 days, today the last."""
    first_on = now.date() - timedelta(days=DAYS_COUNTED - 1)
    start = datetime.combine(first_on, time.min, now.tzinfo)
    # Ids rise with the time of storing, which spares looking at every article there ever was.
    older = select(col(Article.id)).where(col(Article.created_at) < start).order_by(col(Article.id).desc()).limit(1)
    appeared_at = func.coalesce(col(Article.published_at), col(Article.created_at))
    day = (cast(extract("epoch", appeared_at), Integer) // DAY_S).label("day")
    counted = (
        select(col(Article.outlet_id), day, func.count())
        .where(col(Article.id) > func.coalesce(older.scalar_subquery(), 0))
        .group_by(col(Article.outlet_id), day)
    )
    days: dict[int, list[int]] = defaultdict(lambda: [0] * DAYS_COUNTED)
    for outlet_id, days_since_1970, count in session.execute(counted):
        place = (date(1970, 1, 1) + timedelta(days=days_since_1970) - first_on).days
        if 0 <= place < DAYS_COUNTED:
            days[outlet_id][place] += count
    return defaultdict(lambda: (0,) * DAYS_COUNTED, {key: tuple(found) for key, found in days.items()})
