"""All that the desk's claim page shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from claims.models import Claim, Evidence, Relation
from claims.queries.alerts import AlertView, open_alerts
from claims.queries.appearances import AppearanceView, appearances_of, first_claimants
from claims.queries.evidence import EvidenceView, evidence_where
from claims.queries.history import EventView, history_of
from claims.queries.listing import ClaimFilter, neighbours
from claims.queries.matches import MatchView, matches_from, matches_to
from claims.queries.reviews import ReviewView, reviews_of
from claims.rows import load
from claims.slugs import claim_path
from claims.tallies import OPEN_STATES, STANDING_STATES


@dataclass(frozen=True, slots=True)
class DeskClaim:
    """Everything the desk's claim page shows. open_review is the one being written, standing the public one.

    alerts are those that wait for a reviewer.
    """

    claim_id: int
    path: str
    version: int
    text: str
    language: str
    claimants: tuple[str, ...]
    check_worthiness: float
    created_at: datetime
    appearances: tuple[AppearanceView, ...]
    suggested: tuple[MatchView, ...]
    kept_apart: tuple[MatchView, ...]
    proposed_elsewhere: tuple[MatchView, ...]
    evidence: tuple[EvidenceView, ...]
    open_review: ReviewView | None
    standing: ReviewView | None
    history: tuple[EventView, ...]
    previous_claim_id: int | None
    next_claim_id: int | None
    alerts: tuple[AlertView, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedClaim:
    """A claim by its words, and the version that whoever decides about it saw."""

    claim_id: int
    version: int
    text: str
    language: str


def named_claim(session: Session, claim_id: int) -> NamedClaim:
    """The claim without all that belongs to it; NotFound where there is none."""
    claim = load(session, Claim, claim_id)
    return NamedClaim(claim_id, claim.version, claim.text, claim.language)


def desk_claim(session: Session, claim_id: int, wanted: ClaimFilter) -> DeskClaim:
    """The claim with all that a reviewer decides on, and its neighbours in the queue that they came from."""
    claim = load(session, Claim, claim_id)
    own = appearances_of(session, claim_id)
    proposals = matches_to(session, claim)
    reviews = reviews_of(session, claim_id)
    previous_id, next_id = neighbours(session, claim, wanted)
    return DeskClaim(
        claim_id=claim_id,
        path=claim_path(claim_id, claim.text),
        version=claim.version,
        text=claim.text,
        language=claim.language,
        claimants=first_claimants(own),
        check_worthiness=claim.check_worthiness,
        created_at=claim.created_at,
        appearances=own,
        suggested=tuple(match for match in proposals if match.relation is Relation.SAME),
        kept_apart=tuple(match for match in proposals if match.relation is Relation.CONTRADICTS),
        proposed_elsewhere=matches_from(session, own),
        evidence=evidence_where(session, col(Evidence.claim_id) == claim_id, col(Evidence.withdrawn_at).is_(None)),
        open_review=next((review for review in reviews if review.state in OPEN_STATES), None),
        standing=next((review for review in reviews if review.state in STANDING_STATES), None),
        history=history_of(session, claim_id, [review.review_id for review in reviews]),
        previous_claim_id=previous_id,
        next_claim_id=next_id,
        alerts=open_alerts(session, claim_id),
    )
