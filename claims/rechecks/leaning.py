"""What published verdicts lean on: the evidence that was fixed with them, and the articles their claims appeared in."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from claims.models import Appearance, Match, MatchState, Recheck, Review, ReviewEvidence, ReviewState


def articles_behind_verdicts() -> SelectOfScalar[int]:
    """The ids of the articles that carry a claim whose published verdict stands."""
    return (
        select(Appearance.article_id)
        .join(Match, col(Match.appearance_id) == Appearance.id)
        .join(Review, col(Review.claim_id) == Match.claim_id)
        .where(Match.state == MatchState.CONFIRMED, Review.state == ReviewState.PUBLISHED)
    )


def evidence_behind_verdicts() -> SelectOfScalar[int]:
    """The ids of the evidence that a standing verdict was published with."""
    return (
        select(ReviewEvidence.evidence_id)
        .join(Review, col(Review.id) == ReviewEvidence.review_id)
        .where(Review.state == ReviewState.PUBLISHED)
    )


def is_leaned_on(session: Session, row: Recheck) -> bool:
    """Whether a published verdict leans on the article or the evidence."""
    if row.article_id is not None:
        mine = articles_behind_verdicts().where(Appearance.article_id == row.article_id)
    else:
        mine = evidence_behind_verdicts().where(ReviewEvidence.evidence_id == row.evidence_id)
    return session.exec(mine.limit(1)).first() is not None
