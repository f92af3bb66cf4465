"""What the review desk shows of a claim: everything to decide about it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.models import Appearance, Claim, Evidence, Match, MatchState, Relation
from claims.queries.alerts import open_alerts
from claims.queries.details import (
    appearances_of,
    appearances_where,
    evidence_where,
    first_claimants,
    history_of,
    reviews_of,
)
from claims.queries.listing import ClaimFilter, neighbours
from claims.queries.records import AppearanceView, DeskClaim, MatchView
from claims.rows import load
from claims.slugs import claim_path
from claims.tallies import OPEN_STATES, STANDING_STATES


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


def matches_to(session: Session, claim: Claim) -> tuple[MatchView, ...]:
    """What is proposed for the claim and waits for a person, the highest score first."""
    views = appearances_where(session, col(Match.claim_id) == claim.id, col(Match.state) == MatchState.SUGGESTED)
    return match_views(session, views)


def matches_from(session: Session, own: Sequence[AppearanceView]) -> tuple[MatchView, ...]:
    """Where else the claim's appearances are proposed to belong, the highest score first."""
    ids = [view.appearance_id for view in own]
    views = appearances_where(session, col(Match.appearance_id).in_(ids), col(Match.state) == MatchState.SUGGESTED)
    return match_views(session, views)


def match_views(session: Session, views: Sequence[AppearanceView]) -> tuple[MatchView, ...]:
    """The proposals behind these appearances, with what each was compared with and why."""
    compared, home = aliased(Appearance), aliased(Match)
    rows = session.execute(
        select(Match, Claim, compared, col(home.claim_id))
        .join(Claim, col(Claim.id) == col(Match.claim_id))
        .join(compared, col(compared.id) == col(Match.compared_with_id), isouter=True)
        .join(
            home,
            (col(home.appearance_id) == col(Match.appearance_id)) & (col(home.state) == MatchState.CONFIRMED),
            isouter=True,
        )
        .where(col(Match.id).in_([view.match_id for view in views]))
        .order_by(col(Match.score).desc(), col(Match.id))
    ).all()
    home_texts = texts_of(session, [home_id for *_, home_id in rows if home_id])
    by_match = {view.match_id: view for view in views}
    return tuple(
        match_view(match, claim, by_match[match.id], other.wording if other else claim.text, home_id, home_texts)
        for match, claim, other, home_id in rows
    )


def match_view(
    match: Match, claim: Claim, view: AppearanceView, compared: str, home_id: int | None, texts: dict[int, str]
) -> MatchView:
    """One proposal as the page shows it."""
    explained = match.explanation
    return MatchView(
        match_id=match.id or 0,
        version=match.version,
        claim_id=claim.id or 0,
        claim_text=claim.text,
        home_claim_id=home_id,
        home_path=claim_path(home_id, texts[home_id]) if home_id else None,
        appearance=view,
        compared_wording=compared,
        relation=match.relation,
        score=match.score,
        guards=tuple(guard["sentence"] for guard in explained.get("guards", ())),
        parts=tuple((name, float(score)) for name, score in explained.get("scores", {}).items()),
        explanation=explained,
        run_id=match.run_id,
    )


def texts_of(session: Session, claim_ids: Sequence[int]) -> dict[int, str]:
    """Claims' wordings by their ids."""
    rows = session.execute(select(col(Claim.id), col(Claim.text)).where(col(Claim.id).in_(claim_ids)))
    return {claim_id: text for claim_id, text in rows if claim_id is not None}
