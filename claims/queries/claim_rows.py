"""Claims as lines of a list: who made each, how often it appeared, and how it was published."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from claims.models import Appearance, Article, Claim, Claimant, Match, MatchState, Review, ReviewState, Snapshot
from claims.ratings import Rating
from claims.slugs import claim_path
from claims.tallies import APPEARED_AT, STANDING_STATES

SPARKLINE_DAYS = 14
CLAIMANTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as one line of a list, at the desk or before the public.

    text is the published wording where there is one. claimants are the most frequent first, three at most.
    days counts appearances for each of the last 14 days up to the last appearance, oldest first.
    """

    claim_id: int
    path: str
    text: str
    language: str
    claimants: tuple[str, ...]
    appearances: int
    outlets: int
    suggestions: int
    check_worthiness: float
    first_appeared_at: datetime | None
    last_appeared_at: datetime | None
    review_state: ReviewState | None
    rating: Rating | None
    published_at: datetime | None
    days: tuple[int, ...]


def rows_for(session: Session, claims: Sequence[Claim]) -> tuple[ClaimRow, ...]:
    """The claims as lines of a list, in the same order."""
    ids = [claim.id for claim in claims if claim.id is not None]
    names, times = claimants_of(session, ids), appeared_at_of(session, ids)
    return tuple(row_for(claim, names[claim.id or 0], times[claim.id or 0]) for claim in claims)


def as_published(session: Session, rows: Sequence[ClaimRow]) -> tuple[ClaimRow, ...]:
    """The lines with the wording that was published, and whether it was retracted."""
    standing = session.scalars(
        select(Review).where(
            col(Review.claim_id).in_([row.claim_id for row in rows]), col(Review.state).in_(STANDING_STATES)
        )
    )
    by_claim = {review.claim_id: review for review in standing}
    return tuple(published_row(row, by_claim[row.claim_id]) for row in rows)


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
