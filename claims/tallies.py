"""Keeps what a claim's row says about the rows around it; the only writer of those columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
from claims.rows import key, load
from claims.searching import fold_for_search

OPEN_STATES = (ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.CHANGES_REQUESTED)
STANDING_STATES = (ReviewState.PUBLISHED, ReviewState.RETRACTED)
CLAIMS_AT_ONCE = 300
# Appeared when the article was published, or first seen where it does not say.
APPEARED_AT = func.coalesce(col(Article.published_at), col(Snapshot.fetched_at))


def recount(session: Session, claim_ids: Iterable[int]) -> None:
    """Bring the derived columns of these claims up to date with their matches and reviews; NotFound where one is not.

    It asks as many questions for some hundreds of claims as for one.
    """
    session.flush()
    wanted = sorted(set(claim_ids))
    for start in range(0, len(wanted), CLAIMS_AT_ONCE):
        recount_some(session, wanted[start : start + CLAIMS_AT_ONCE])
    session.flush()


def recount_some(session: Session, ids: Sequence[int]) -> None:
    """Bring these claims up to date, all at once."""
    rows = {row.id: row for row in session.scalars(select(Claim).where(col(Claim.id).in_(ids)))}
    claims = [rows.get(claim_id) or load(session, Claim, claim_id) for claim_id in ids]
    count_appearances(session, claims)
    count_suggestions(session, claims)
    standing = note_reviews(session, claims)
    note_words(session, claims, standing)


def count_appearances(session: Session, claims: Sequence[Claim]) -> None:
    """How often, in how many outlets and when each appeared, and how much it is worth checking."""
    counted = (
        select(
            col(Match.claim_id),
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
        .where(at_home(claims))
        .group_by(col(Match.claim_id))
    )
    found = {claim_id: counts for claim_id, *counts in session.execute(counted)}
    for claim in claims:
        (
            claim.appearances,
            claim.outlets,
            claim.first_appeared_at,
            claim.last_appeared_at,
            claim.check_worthiness,
        ) = found.get(key(claim), (0, 0, None, None, 0.0))


def count_suggestions(session: Session, claims: Sequence[Claim]) -> None:
    """How many appearances are proposed for each claim and wait for a person."""
    waiting = (
        select(col(Match.claim_id), func.count().label("waiting"))
        .where(
            col(Match.claim_id).in_([claim.id for claim in claims]),
            col(Match.state) == MatchState.SUGGESTED,
            col(Match.relation) == Relation.SAME,
        )
        .group_by(col(Match.claim_id))
    )
    found = {row.claim_id: row.waiting for row in session.execute(waiting)}
    for claim in claims:
        claim.suggestions = found.get(key(claim), 0)


def note_reviews(session: Session, claims: Sequence[Claim]) -> dict[int, Review]:
    """The state of the review being written, else of the standing one; by claim, what stands before the public."""
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in session.scalars(select(Review).where(col(Review.claim_id).in_([claim.id for claim in claims]))):
        reviews[review.claim_id].append(review)
    found: dict[int, Review] = {}
    for claim in claims:
        mine = reviews.get(key(claim), [])
        being_written = next((review for review in mine if review.state in OPEN_STATES), None)
        standing = next((review for review in mine if review.state in STANDING_STATES), None)
        latest = being_written or standing
        claim.review_state = latest.state if latest else None
        claim.published_rating = standing.rating if standing else None
        claim.published_at = standing.published_at if standing else None
        if standing is not None:
            found[key(claim)] = standing
    return found


def note_words(session: Session, claims: Sequence[Claim], standing: Mapping[int, Review]) -> None:
    """What each is searched by: its claimants and its words, which are the published ones while any stand."""
    names: dict[int, list[str]] = defaultdict(list)
    claimants = (
        select(col(Match.claim_id), col(Claimant.name))
        .select_from(Match)
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id))
        .where(at_home(claims))
        .distinct()
    )
    for claim_id, name in session.execute(claimants):
        names[claim_id].append(name)
    for claim in claims:
        published = standing.get(key(claim))
        text = published.claim_text if published else claim.text
        claim.search_text = fold_for_search(" ".join([text, *sorted(names.get(key(claim), []))]))


def at_home(claims: Sequence[Claim]) -> ColumnElement[bool]:
    """The condition on matches: those of the appearances that belong to the claims."""
    return and_(col(Match.claim_id).in_([claim.id for claim in claims]), col(Match.state) == MatchState.CONFIRMED)
