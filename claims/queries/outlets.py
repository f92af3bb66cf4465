"""How well each outlet can be read: what was fetched last, what went wrong, and how much it publishes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, case, cast, extract, func, select
from sqlmodel import Session, col

from claims.fetching.outlets import bare_host, requests_below
from claims.fetching.requests import host_of, made_good
from claims.models import Article, FetchRequest, Listing, Outlet, RequestState
from claims.queries.health import Articles, End, ListingRow, OutletHealth, Record, by_trouble, health

# The silence of an outlet is measured against what it did before, so more days are counted than are shown.
DAYS_COUNTED = 60
DAY_S = 86_400
RECENT = timedelta(days=7)
ENDED = (RequestState.DONE, RequestState.FAILED)


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
