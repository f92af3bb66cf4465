"""Flags a published verdict to its reviewers when what it leans on changed or vanished; never touches the verdict."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from claims import audit
from claims.accounts import require
from claims.audit import MACHINE, Action
from claims.drafts import Access
from claims.errors import IllegalTransition
from claims.models import (
    Alert,
    AlertKind,
    Anchor,
    Appearance,
    Article,
    Evidence,
    Match,
    MatchState,
    Review,
    ReviewEvidence,
    ReviewState,
    Role,
    Snapshot,
    User,
)
from claims.rows import checked_line, key, load
from claims.versions.snapshots import fingerprint, newest_of_article, newest_of_evidence

# A page that shows only a part of its text now proves nothing about the rest.
SHOWS_A_PART = (Access.PAYWALLED, Access.CONSENT_PAGE)
IS_BACK = "the article is at its address again"


def raise_for_evidence(session: Session, evidence_id: int, kind: AlertKind, since: datetime, *, now: datetime) -> None:
    """Flag every published verdict that stands on evidence which cannot be had since then."""
    for claim_id in verdicts_on_evidence(session, evidence_id):
        cause = f"evidence:{evidence_id}:{kind.value}:{since.isoformat(timespec='seconds')}"
        raise_once(session, Alert(claim_id=claim_id, kind=kind, cause=cause, evidence_id=evidence_id, raised_at=now))


def raise_for_changed_evidence(session: Session, evidence_id: int, *, now: datetime) -> None:
    """Flag every published verdict whose evidence says something else now than the copy that was cited."""
    evidence, newest = load(session, Evidence, evidence_id), newest_of_evidence(session, evidence_id)
    cited = session.get(Snapshot, evidence.snapshot_id) if evidence.snapshot_id else None
    if cited is None or newest is None or fingerprint(cited) == fingerprint(newest):
        return
    for claim_id in verdicts_on_evidence(session, evidence_id):
        raise_once(
            session,
            Alert(
                claim_id=claim_id,
                kind=AlertKind.EVIDENCE_CHANGED,
                cause=f"evidence:{evidence_id}:snapshot:{newest.id}",
                evidence_id=evidence_id,
                snapshot_id=newest.id,
                raised_at=now,
            ),
        )


def raise_for_article(session: Session, article_id: int, *, now: datetime) -> None:
    """Flag every published verdict of a claim whose quote the article's newest version does not hold any more."""
    newest = newest_of_article(session, article_id)
    if newest is None or load(session, Article, article_id).access in SHOWS_A_PART:
        return
    orphaned = (
        select(Match.claim_id, Anchor.appearance_id)
        .join(Match, col(Match.appearance_id) == Anchor.appearance_id)
        .join(Review, col(Review.claim_id) == Match.claim_id)
        .where(Anchor.snapshot_id == newest.id, col(Anchor.start).is_(None))
        .where(Match.state == MatchState.CONFIRMED, Review.state == ReviewState.PUBLISHED)
        .order_by(col(Anchor.appearance_id))
    )
    for claim_id, appearance_id in session.exec(orphaned).all():
        raise_once(
            session,
            Alert(
                claim_id=claim_id,
                kind=AlertKind.QUOTE_GONE,
                cause=f"appearance:{appearance_id}:after:{last_held_in(session, appearance_id)}",
                appearance_id=appearance_id,
                snapshot_id=newest.id,
                raised_at=now,
            ),
        )


def raise_for_gone_article(session: Session, article_id: int, since: datetime, *, now: datetime) -> None:
    """Flag every published verdict of a claim that appeared in an article which is not at its address since then."""
    for claim_id in verdicts_on_article(session, article_id):
        kind, cause = AlertKind.ARTICLE_GONE, f"article:{article_id}:gone:{since.isoformat(timespec='seconds')}"
        raise_once(session, Alert(claim_id=claim_id, kind=kind, cause=cause, article_id=article_id, raised_at=now))


def settle_for_article(session: Session, article_id: int, *, now: datetime) -> None:
    """Settle what was told of an article that was gone, since it is at its address again."""
    told = select(Alert).where(Alert.article_id == article_id, Alert.kind == AlertKind.ARTICLE_GONE)
    for alert in session.exec(told.where(col(Alert.settled_at).is_(None)).order_by(col(Alert.id))):
        settle_with(session, alert, IS_BACK, by=None, now=now)


def settle(session: Session, alert_id: int, *, note: str, by: User, now: datetime) -> int:
    """Record that a reviewer saw the alert and what they made of it; the claim's id. The verdict stays as it is."""
    require(by, Role.REVIEWER, "settle an alert")
    alert = load(session, Alert, alert_id)
    if alert.settled_at is not None:
        raise IllegalTransition("Somebody settled this alert already.")
    settle_with(session, alert, checked_line(note, "Note"), by=by, now=now)
    return alert.claim_id


def settle_with(session: Session, alert: Alert, note: str, *, by: User | None, now: datetime) -> None:
    """Store and log that an alert is settled, and by whom; None where it settles itself."""
    alert.note, alert.settled_at, alert.settled_by_id = note, now, key(by) if by else None
    session.add(alert)
    details = {"alert": alert.id, "kind": alert.kind.value, "note": alert.note}
    actor = by.email if by else MACHINE
    audit.record(session, Action.ALERT_SETTLE, f"claim:{alert.claim_id}", actor=actor, now=now, **details)


def raise_once(session: Session, alert: Alert) -> None:
    """Store and log an alert, unless its cause was told before or one of its kind still waits for a reviewer."""
    same_thing = select(Alert).where(
        Alert.claim_id == alert.claim_id,
        Alert.kind == alert.kind,
        Alert.evidence_id == alert.evidence_id,
        Alert.appearance_id == alert.appearance_id,
        Alert.article_id == alert.article_id,
    )
    if any(told.settled_at is None or told.cause == alert.cause for told in session.exec(same_thing)):
        return
    session.add(alert)
    session.flush()
    audit.record(
        session,
        Action.ALERT_RAISE,
        f"claim:{alert.claim_id}",
        actor=MACHINE,
        now=alert.raised_at,
        alert=alert.id,
        kind=alert.kind.value,
        cause=alert.cause,
    )


def verdicts_on_evidence(session: Session, evidence_id: int) -> list[int]:
    """The ids of the claims whose standing published verdict was published with this evidence."""
    wanted = select(Review.claim_id).join(ReviewEvidence, col(ReviewEvidence.review_id) == Review.id)
    mine = wanted.where(ReviewEvidence.evidence_id == evidence_id, Review.state == ReviewState.PUBLISHED)
    return list(session.exec(mine.order_by(col(Review.claim_id))))


def verdicts_on_article(session: Session, article_id: int) -> list[int]:
    """The ids of the claims that appeared in the article and have a standing published verdict."""
    wanted = (
        select(Match.claim_id)
        .join(Appearance, col(Appearance.id) == Match.appearance_id)
        .join(Review, col(Review.claim_id) == Match.claim_id)
        .where(Appearance.article_id == article_id)
        .where(Match.state == MatchState.CONFIRMED, Review.state == ReviewState.PUBLISHED)
    )
    return list(session.exec(wanted.distinct().order_by(col(Match.claim_id))))


def last_held_in(session: Session, appearance_id: int) -> int:
    """The id of the newest snapshot that held the appearance's words."""
    found = select(func.max(Anchor.snapshot_id)).where(
        Anchor.appearance_id == appearance_id, col(Anchor.start).is_not(None)
    )
    return session.exec(found).one() or load(session, Appearance, appearance_id).snapshot_id
