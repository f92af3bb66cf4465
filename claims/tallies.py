"""Keeps what a claim's row says about the rows around it; the only writer of those columns."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session, col

from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    Match,
    MatchState,
    Relation,
    Review,
    ReviewState,
    Snapshot,
)
from claims.rows import load
from claims.searching import fold_for_search

OPEN_STATES = (ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.CHANGES_REQUESTED)
STANDING_STATES = (ReviewState.PUBLISHED, ReviewState.RETRACTED)
# Appeared when the article was published, or first seen where it does not say.
APPEARED_AT = func.coalesce(col(Article.published_at), col(Snapshot.fetched_at))


def recount(session: Session, claim_ids: Iterable[int]) -> None:
    """Bring the derived columns of these claims up to date with their matches and reviews."""
    session.flush()
    for claim_id in sorted(set(claim_ids)):
        claim = load(session, Claim, claim_id)
        count_appearances(session, claim)
        count_suggestions(session, claim)
        standing = note_reviews(session, claim)
        note_words(session, claim, standing.claim_text if standing else claim.text)
    session.flush()


def count_appearances(session: Session, claim: Claim) -> None:
    """How often, in how many outlets and when the claim appeared, and how much it is worth checking."""
    counted = (
        select(
            func.count(),
            func.count(func.distinct(col(Article.outlet_id))),
            func.min(APPEARED_AT),
            func.max(APPEARED_AT),
            func.max(col(Appearance.check_worthiness)),
        )
        .select_from(Match)
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Snapshot, col(Snapshot.id) == col(Appearance.snapshot_id))
        .where(at_home(claim))
    )
    (
        claim.appearances,
        claim.outlets,
        claim.first_appeared_at,
        claim.last_appeared_at,
        worthiness,
    ) = session.execute(counted).one()
    claim.check_worthiness = worthiness or 0.0


def count_suggestions(session: Session, claim: Claim) -> None:
    """How many appearances are proposed for the claim and wait for a person."""
    waiting = select(func.count()).where(
        col(Match.claim_id) == claim.id,
        col(Match.state) == MatchState.SUGGESTED,
        col(Match.relation) == Relation.SAME,
    )
    claim.suggestions = session.scalars(waiting).one()


def note_reviews(session: Session, claim: Claim) -> Review | None:
    """The state of the review being written, else of the standing one, and what stands before the public: that one."""
    reviews = session.scalars(select(Review).where(col(Review.claim_id) == claim.id)).all()
    being_written = next((r for r in reviews if r.state in OPEN_STATES), None)
    standing = next((r for r in reviews if r.state in STANDING_STATES), None)
    latest = being_written or standing
    claim.review_state = latest.state if latest else None
    claim.published_rating = standing.rating if standing else None
    claim.published_at = standing.published_at if standing else None
    return standing


def note_words(session: Session, claim: Claim, text: str) -> None:
    """What the claim is searched by: its claimants and its words, which are the published ones while any stand."""
    names = session.scalars(
        select(col(Claimant.name))
        .join(Appearance, col(Appearance.claimant_id) == col(Claimant.id))
        .join(Match, col(Match.appearance_id) == col(Appearance.id))
        .where(at_home(claim))
        .distinct()
    )
    claim.search_text = fold_for_search(" ".join([text, *sorted(names)]))


def at_home(claim: Claim) -> ColumnElement[bool]:
    """The condition on matches: those of the appearances that belong to the claim."""
    return and_(col(Match.claim_id) == claim.id, col(Match.state) == MatchState.CONFIRMED)
