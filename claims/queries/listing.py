"""Lists of claims, at the desk and before the public."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlmodel import Session, col

from claims.models import Appearance, Article, Claim, Match, MatchState, ReviewState
from claims.queries.alerts import has_open_alert
from claims.queries.claim_rows import ClaimRow, as_published, rows_for
from claims.queries.paging import PAGE_SIZE, Listing, page_shown
from claims.ratings import Rating
from claims.searching import holds_words


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
    shown = page_shown(page, total)
    if not total:
        return Listing((), total, shown, PAGE_SIZE)
    claims = session.scalars(ordered.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)).all()
    return Listing(rows_for(session, claims), total, shown, PAGE_SIZE)
