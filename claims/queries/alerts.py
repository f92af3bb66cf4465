"""The alerts that wait for a reviewer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from claims.models import (
    Alert,
    AlertKind,
    Appearance,
    Article,
    Claim,
    Evidence,
    Match,
    MatchState,
    Recheck,
    Review,
    ReviewState,
)


@dataclass(frozen=True, slots=True)
class AlertView:
    """Something that a published verdict leans on changed; title is the evidence's, or the quote that is gone.

    Of an article that is gone it is the headline. article_id or evidence_id is where the versions can be compared,
    gone_at since when the article is not at its address.
    """

    alert_id: int
    kind: AlertKind
    raised_at: datetime
    title: str
    evidence_id: int | None
    article_id: int | None
    gone_at: datetime | None = None


def open_alerts(session: Session, claim_id: int) -> tuple[AlertView, ...]:
    """The claim's alerts that wait, the oldest first."""
    article_id = func.coalesce(col(Alert.article_id), col(Appearance.article_id))
    rows = session.execute(
        select(
            Alert, func.coalesce(col(Evidence.title), col(Appearance.exact), col(Article.title)), article_id, Recheck
        )
        .join(Evidence, col(Evidence.id) == col(Alert.evidence_id), isouter=True)
        .join(Appearance, col(Appearance.id) == col(Alert.appearance_id), isouter=True)
        .join(Article, col(Article.id) == col(Alert.article_id), isouter=True)
        .join(Recheck, col(Recheck.article_id) == col(Alert.article_id), isouter=True)
        .where(col(Alert.claim_id) == claim_id, waits())
        .order_by(col(Alert.id))
    )
    return tuple(
        AlertView(
            alert_id=alert.id or 0,
            kind=alert.kind,
            raised_at=alert.raised_at,
            title=title or "",
            evidence_id=alert.evidence_id,
            article_id=article_id,
            gone_at=look.gone_at if look else None,
        )
        for alert, title, article_id, look in rows
    )


def claims_with_alerts(session: Session) -> int:
    """How many claims have an alert that waits."""
    return session.scalars(select(func.count()).select_from(Claim).where(has_open_alert())).one()


def has_open_alert() -> ColumnElement[bool]:
    """The condition that an alert of the claim waits."""
    return col(Claim.id).in_(select(col(Alert.claim_id)).where(waits()))


def waits() -> ColumnElement[bool]:
    """The condition that nobody settled the alert yet, and that there is still a reason for it.

    An article that is gone concerns a claim while its verdict stands and it is said to have appeared there; what was
    retracted or moved away may come back while the article does not, so this is asked each time.
    """
    concerns = (
        select(col(Match.id))
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Review, col(Review.claim_id) == col(Match.claim_id))
        .where(col(Match.claim_id) == col(Alert.claim_id), col(Appearance.article_id) == col(Alert.article_id))
        .where(col(Match.state) == MatchState.CONFIRMED, col(Review.state) == ReviewState.PUBLISHED)
        .correlate(Alert)
    )
    return and_(
        col(Alert.settled_at).is_(None),
        or_(col(Alert.kind) != AlertKind.ARTICLE_GONE, concerns.exists()),
    )
