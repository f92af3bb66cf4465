"""What the public sees of a claim: nothing but what was published, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.errors import NotFound
from claims.models import Claim, Match, MatchState, Relation
from claims.queries.appearances import AppearanceView, appearances_of, first_claimants
from claims.queries.claim_rows import ClaimRow, as_published, rows_for
from claims.queries.reviews import ReviewView, reviews_of
from claims.rows import load
from claims.slugs import claim_path
from claims.tallies import STANDING_STATES


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """Everything the public claim page shows about one version of its verdict, and the versions around it."""

    claim_id: int
    path: str
    review: ReviewView
    is_current: bool
    language: str
    claimants: tuple[str, ...]
    appearances: tuple[AppearanceView, ...]
    versions: tuple[ReviewView, ...]
    contradicted_by: tuple[ClaimRow, ...]


def public_claim(session: Session, claim_id: int, number: int | None = None) -> PublicClaim:
    """The claim with its standing verdict, or with version number of it; NotFound unless that was published."""
    claim = load(session, Claim, claim_id)
    versions = tuple(review for review in reviews_of(session, claim_id) if review.published_at is not None)
    wanted = (
        [review for review in versions if review.state in STANDING_STATES]
        if number is None
        else [review for review in versions if review.number == number]
    )
    if not wanted:
        raise NotFound("There is no published verdict at this address. Search for the claim's words instead.")
    review = wanted[0]
    found = appearances_of(session, claim_id)
    return PublicClaim(
        claim_id=claim_id,
        path=claim_path(claim_id, next(v.claim_text for v in versions if v.state in STANDING_STATES)),
        review=review,
        is_current=review.state in STANDING_STATES,
        language=claim.language,
        claimants=first_claimants(found),
        appearances=found,
        versions=versions,
        contradicted_by=contradicting(session, claim_id),
    )


def contradicting(session: Session, claim_id: int) -> tuple[ClaimRow, ...]:
    """The published claims of which a person said that they contradict this one, in either direction."""
    home = aliased(Match)
    pairs = (
        select(col(Match.claim_id), col(home.claim_id))
        .join(home, (col(home.appearance_id) == col(Match.appearance_id)) & (col(home.state) == MatchState.CONFIRMED))
        .where(col(Match.relation) == Relation.CONTRADICTS, col(Match.state) == MatchState.REJECTED)
        .where((col(Match.claim_id) == claim_id) | (col(home.claim_id) == claim_id))
    )
    ids = {other for pair in session.execute(pairs) for other in pair} - {claim_id}
    wanted = select(Claim).where(col(Claim.id).in_(ids), col(Claim.published_at).is_not(None)).order_by(col(Claim.id))
    return as_published(session, rows_for(session, session.scalars(wanted).all()))
