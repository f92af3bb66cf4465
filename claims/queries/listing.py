"""Lists of claims, at the desk and before the public."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlmodel import Session, col

from claims.errors import NotFound
from claims.models import Appearance, Article, Claim, Claimant, Match, MatchState, Outlet, Review, ReviewState, Snapshot
from claims.queries.alerts import has_open_alert
from claims.queries.records import ClaimRow, Listing
from claims.ratings import Rating
from claims.rows import find, load
from claims.searching import holds_words
from claims.slugs import claim_path
from claims.tallies import APPEARED_AT, STANDING_STATES

PAGE_SIZE = 50
SPARKLINE_DAYS = 14
CLAIMANTS_SHOWN = 3


class ClaimOrder(StrEnum):
    """What comes first in the queue."""

    WORTH = "worth"
    LATEST = "latest"
    WIDEST = "widest"
    NEWEST = "newest"


class DeskStatus(StrEnum):
    """How far claims have come; open ones have no review yet."""

    OPEN = "open"
    DRAFT = "draft"
    CHANGES_REQUESTED = "changes-requested"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    RETRACTED = "retracted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims a reviewer wants to see; page counts from 1."""

    status: DeskStatus = DeskStatus.OPEN
    search: str = ""
    outlet_id: int | None = None
    article_id: int | None = None
    language: str = ""
    suggestions_only: bool = False
    alerts_only: bool = False
    order: ClaimOrder = ClaimOrder.WORTH
    page: int = 1


# The columns of a claim that each order sorts by, all from high to low; the id makes it total.
ORDERS: dict[ClaimOrder, tuple[str, ...]] = {
    ClaimOrder.WORTH: ("check_worthiness", "id"),
    ClaimOrder.LATEST: ("last_appeared_at", "id"),
    ClaimOrder.WIDEST: ("outlets", "appearances", "id"),
    ClaimOrder.NEWEST: ("id",),
}


def claim_list(session: Session, wanted: ClaimFilter) -> Listing[ClaimRow]:
    """One page of the claims that fit, in the order that was asked for."""
    fits = fitting(wanted)
    total = session.scalars(select(func.count()).select_from(Claim).where(fits)).one()
    ordered = select(Claim).where(fits).order_by(*downwards(wanted.order))
    return page_of(session, ordered, total, wanted.page)


def public_list(
    session: Session, *, search: str = "", rating: Rating | None = None, page: int = 1
) -> Listing[ClaimRow]:
    """One page of the claims with a standing review, the latest published first; retracted ones say so."""
    fits = and_(col(Claim.published_at).is_not(None), holds_words(search))
    if rating is not None:
        fits = and_(fits, col(Claim.published_rating) == rating)
    total = session.scalars(select(func.count()).select_from(Claim).where(fits)).one()
    ordered = select(Claim).where(fits).order_by(col(Claim.published_at).desc(), col(Claim.id).desc())
    listing = page_of(session, ordered, total, page)
    return Listing(as_published(session, listing.rows), total, listing.page, PAGE_SIZE)


def find_claims(session: Session, search: str, *, limit: int = 10, excluding: int) -> tuple[ClaimRow, ...]:
    """The living claims that hold all words of the search, the widest first, but for one."""
    fits = and_(col(Claim.merged_into_id).is_(None), col(Claim.id) != excluding, holds_words(search))
    ordered = select(Claim).where(fits).order_by(*downwards(ClaimOrder.WIDEST))
    return rows_for(session, session.scalars(ordered.limit(limit)).all())


def neighbours(session: Session, claim: Claim, wanted: ClaimFilter) -> tuple[int | None, int | None]:
    """The ids of the claims before and after this one in the list that was asked for."""
    columns = [getattr(Claim, name) for name in ORDERS[wanted.order]]
    here = tuple(getattr(claim, name) for name in ORDERS[wanted.order])
    ids = select(col(Claim.id)).where(fitting(wanted))
    after = ids.where(tuple_(*columns) < here).order_by(*downwards(wanted.order))
    before = ids.where(tuple_(*columns) > here).order_by(*columns)
    return session.scalars(before.limit(1)).first(), session.scalars(after.limit(1)).first()


def status_counts(session: Session) -> dict[DeskStatus, int]:
    """How many living claims there are at each stage."""
    counted = select(col(Claim.review_state), func.count()).where(col(Claim.merged_into_id).is_(None))
    rows = session.execute(counted.group_by(col(Claim.review_state)))
    by_state = {state: count for state, count in rows}  # noqa: C416 - a row is no pair to the type checker
    counts = {status: by_state.get(ReviewState(status.value), 0) for status in DeskStatus if is_state(status)}
    return {DeskStatus.OPEN: by_state.get(None, 0), **counts, DeskStatus.ALL: sum(by_state.values())}


def outlets(session: Session) -> tuple[tuple[int, str], ...]:
    """The id and name of every outlet, by name."""
    rows = session.execute(select(col(Outlet.id), col(Outlet.name)).order_by(func.lower(col(Outlet.name))))
    return tuple((outlet_id, name) for outlet_id, name in rows)


def article_title(session: Session, article_id: int) -> str:
    """The title of an article; NotFound where there is none."""
    return load(session, Article, article_id).title


def outlet_addresses(session: Session) -> tuple[str, ...]:
    """The address of every outlet."""
    return tuple(session.scalars(select(col(Outlet.address)).order_by(col(Outlet.address))))


def languages(session: Session) -> tuple[str, ...]:
    """The languages that claims are in, the most frequent first."""
    counted = select(col(Claim.language)).group_by(col(Claim.language)).order_by(func.count().desc())
    return tuple(session.scalars(counted))


def current_id(session: Session, claim_id: int) -> int:
    """The id of the claim that this one is now, merges followed; NotFound where there is none."""
    while True:
        claim = find(session, Claim, claim_id)
        if claim is None:
            raise NotFound(f"There is no claim {claim_id}. Its address may be mistyped; search for its words instead.")
        if claim.merged_into_id is None:
            return claim_id
        claim_id = claim.merged_into_id


def fitting(wanted: ClaimFilter) -> ColumnElement[bool]:
    """The condition that a filter puts on claims."""
    conditions = [col(Claim.merged_into_id).is_(None), holds_words(wanted.search)]
    if wanted.status is DeskStatus.OPEN:
        conditions.append(col(Claim.review_state).is_(None))
    elif is_state(wanted.status):
        conditions.append(col(Claim.review_state) == ReviewState(wanted.status.value))
    if wanted.language:
        conditions.append(col(Claim.language) == wanted.language)
    if wanted.suggestions_only:
        conditions.append(col(Claim.suggestions) > 0)
    if wanted.alerts_only:
        conditions.append(has_open_alert())
    if wanted.outlet_id is not None:
        conditions.append(col(Claim.id).in_(claims_where(col(Article.outlet_id) == wanted.outlet_id)))
    if wanted.article_id is not None:
        conditions.append(col(Claim.id).in_(claims_where(col(Article.id) == wanted.article_id)))
    return and_(*conditions)


def downwards(order: ClaimOrder) -> list[ColumnElement[Any]]:
    """What to sort by for this order."""
    return [getattr(Claim, name).desc() for name in ORDERS[order]]


def claims_where(condition: ColumnElement[bool]) -> Select[int]:
    """The ids of the claims that appeared in an article that fits."""
    return (
        select(col(Match.claim_id))
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .where(condition, col(Match.state) == MatchState.CONFIRMED)
    )


def is_state(status: DeskStatus) -> bool:
    """Whether the stage is a state of a review."""
    return status not in {DeskStatus.OPEN, DeskStatus.ALL}


def page_of(session: Session, ordered: Select[Claim], total: int, page: int) -> Listing[ClaimRow]:
    """The rows of one page; a page past the last one is the last one."""
    last = max(1, -(-total // PAGE_SIZE))
    shown = min(max(1, page), last)
    claims = session.scalars(ordered.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)).all()
    return Listing(rows_for(session, claims), total, shown, PAGE_SIZE)


def rows_for(session: Session, claims: Sequence[Claim]) -> tuple[ClaimRow, ...]:
    """The claims as lines of a list, in the same order."""
    ids = [claim.id for claim in claims if claim.id is not None]
    names, times = claimants_of(session, ids), appeared_at_of(session, ids)
    return tuple(row_for(claim, names[claim.id or 0], times[claim.id or 0]) for claim in claims)


def row_for(claim: Claim, claimants: tuple[str, ...], times: Sequence[datetime]) -> ClaimRow:
    """One claim as a line of a list."""
    return ClaimRow(
        claim_id=claim.id or 0,
        path=claim_path(claim.id or 0, claim.text),
        text=claim.text,
        language=claim.language,
        claimants=claimants,
        appearances=claim.appearances,
        outlets=claim.outlets,
        suggestions=claim.suggestions,
        check_worthiness=claim.check_worthiness,
        first_appeared_at=claim.first_appeared_at,
        last_appeared_at=claim.last_appeared_at,
        review_state=claim.review_state,
        rating=claim.published_rating,
        published_at=claim.published_at,
        days=days_of([moment.date() for moment in times]),
    )


def days_of(dates: Sequence[date]) -> tuple[int, ...]:
    """How many of the dates fall on each of the days up to the last of them."""
    counted = Counter(dates)
    if not counted:
        return (0,) * SPARKLINE_DAYS
    last = max(counted)
    return tuple(counted[last - timedelta(days=ago)] for ago in reversed(range(SPARKLINE_DAYS)))


def as_published(session: Session, rows: Sequence[ClaimRow]) -> tuple[ClaimRow, ...]:
    """The lines with the wording that was published, and whether it was retracted."""
    standing = session.scalars(
        select(Review).where(
            col(Review.claim_id).in_([row.claim_id for row in rows]), col(Review.state).in_(STANDING_STATES)
        )
    )
    by_claim = {review.claim_id: review for review in standing}
    return tuple(published_row(row, by_claim[row.claim_id]) for row in rows)


def published_row(row: ClaimRow, review: Review) -> ClaimRow:
    """One line with the words and state of its standing review."""
    path = claim_path(row.claim_id, review.claim_text)
    return replace(row, text=review.claim_text, path=path, review_state=review.state, suggestions=0)


def claimants_of(session: Session, claim_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Who made each claim, the most frequent first, three at most."""
    counted = (
        select(col(Match.claim_id), col(Claimant.name), func.count().label("times"))
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id))
        .where(col(Match.claim_id).in_(claim_ids), col(Match.state) == MatchState.CONFIRMED)
        .group_by(col(Match.claim_id), col(Claimant.name))
        .order_by(func.count().desc(), col(Claimant.name))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for claim_id, name, _ in session.execute(counted):
        names[claim_id].append(name)
    return defaultdict(tuple, {claim_id: tuple(found[:CLAIMANTS_SHOWN]) for claim_id, found in names.items()})


def appeared_at_of(session: Session, claim_ids: Sequence[int]) -> dict[int, list[datetime]]:
    """When each claim appeared."""
    wanted = (
        select(col(Match.claim_id), APPEARED_AT)
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Snapshot, col(Snapshot.id) == col(Appearance.snapshot_id))
        .where(col(Match.claim_id).in_(claim_ids), col(Match.state) == MatchState.CONFIRMED)
    )
    times: dict[int, list[datetime]] = defaultdict(list)
    for claim_id, appeared_at in session.execute(wanted):
        times[claim_id].append(appeared_at)
    return times
