"""The parts that claim pages are made of: appearances, evidence, reviews and history."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.models import (
    Anchor,
    Appearance,
    Article,
    AuditEvent,
    Claimant,
    Correction,
    Evidence,
    FetchRequest,
    Match,
    MatchState,
    Outlet,
    Recheck,
    Review,
    ReviewEvidence,
    Snapshot,
    User,
)
from claims.queries.events import sentence_of
from claims.queries.records import AppearanceView, CorrectionView, EventView, EvidenceView, ReviewView
from claims.searching import fold_for_search
from claims.tallies import APPEARED_AT
from claims.versions.anchors import ANCHOR_IN_NEWEST, NEWEST_SNAPSHOT_ID, state_of

MAX_EVENTS = 500


def appearances_of(session: Session, claim_id: int) -> tuple[AppearanceView, ...]:
    """The appearances that belong to the claim, the earliest first."""
    return appearances_where(session, col(Match.claim_id) == claim_id, col(Match.state) == MatchState.CONFIRMED)


def appearances_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[AppearanceView, ...]:
    """The appearances of the matches that fit, the earliest first; the same words in a later article are a copy."""
    views, first_in = [], dict[str, int]()
    for row in session.execute(appearance_rows().where(*conditions)):
        article_id = first_in.setdefault(fold_for_search(row.Appearance.exact), row.Article.id)
        views.append(appearance_view(row, is_copy=article_id != row.Article.id))
    return tuple(views)


def appearance_rows() -> Select[*tuple[Any, ...]]:
    """The query behind every list of appearances."""
    return (
        select(
            Appearance,
            Article,
            col(Outlet.name).label("outlet"),
            col(Snapshot.text_sha256).label("text_sha256"),
            col(Claimant.name).label("claimant"),
            Match,
            col(User.name).label("decided_by"),
            APPEARED_AT.label("appeared_at"),
            NEWEST_SNAPSHOT_ID.label("newest_id"),
            Anchor,
            col(Recheck.gone_at).label("gone_at"),
            col(Recheck.missing_at).label("missing_at"),
            func.coalesce(col(Recheck.problem), "").label("look_problem"),
        )
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Outlet, col(Outlet.id) == col(Article.outlet_id))
        .join(Snapshot, col(Snapshot.id) == col(Appearance.snapshot_id))
        .join(Match, col(Match.appearance_id) == col(Appearance.id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id), isouter=True)
        .join(User, col(User.id) == col(Match.decided_by_id), isouter=True)
        .join(Anchor, ANCHOR_IN_NEWEST, isouter=True)
        .join(Recheck, col(Recheck.article_id) == col(Appearance.article_id), isouter=True)
        .order_by(APPEARED_AT, col(Appearance.id))
    )


def appearance_view(row: Row[*tuple[Any, ...]], *, is_copy: bool) -> AppearanceView:
    """One line of appearance_rows as pages show it."""
    appearance, article, match = row.Appearance, row.Article, row.Match
    return AppearanceView(
        appearance_id=appearance.id,
        exact=appearance.exact,
        prefix=appearance.prefix,
        suffix=appearance.suffix,
        start=appearance.start,
        end=appearance.end,
        wording=appearance.wording,
        claimant=row.claimant,
        cue=appearance.cue,
        stance=appearance.stance,
        kind=appearance.kind,
        check_worthiness=appearance.check_worthiness,
        outlet_id=article.outlet_id,
        outlet=row.outlet,
        article_id=article.id,
        article_url=article.canonical_url,
        article_title=article.title,
        language=article.language,
        origin=article.origin,
        access=article.access,
        published_at=article.published_at,
        appeared_at=row.appeared_at,
        snapshot_id=appearance.snapshot_id,
        snapshot_sha256=row.text_sha256,
        is_copy=is_copy,
        match_id=match.id,
        match_state=match.state,
        match_version=match.version,
        match_score=match.score,
        decided_by=row.decided_by,
        anchor=state_of(appearance, row.newest_id, row.Anchor),
        gone_at=row.gone_at,
        look_problem=row.look_problem,
        missing_at=row.missing_at,
    )


def evidence_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[EvidenceView, ...]:
    """The evidence that fits, in the order in which it was added."""
    asked = select(func.max(FetchRequest.id)).where(col(FetchRequest.evidence_id) == col(Evidence.id))
    latest_request = asked.correlate(Evidence).scalar_subquery()
    kept = aliased(Snapshot)
    counted = select(func.count()).select_from(kept).where(col(kept.evidence_id) == col(Evidence.id))
    versions = counted.correlate(Evidence).scalar_subquery()
    rows = session.execute(
        select(
            Evidence,
            col(User.name).label("added_by"),
            Snapshot,
            FetchRequest,
            versions.label("versions"),
            col(Recheck.gone_at).label("gone_at"),
            col(Recheck.missing_at).label("missing_at"),
            func.coalesce(col(Recheck.problem), "").label("look_problem"),
        )
        .join(User, col(User.id) == col(Evidence.added_by_id))
        .join(Snapshot, col(Snapshot.id) == col(Evidence.snapshot_id), isouter=True)
        .join(FetchRequest, col(FetchRequest.id) == latest_request, isouter=True)
        .join(Recheck, col(Recheck.evidence_id) == col(Evidence.id), isouter=True)
        .where(*conditions)
        .order_by(col(Evidence.id))
    )
    return tuple(evidence_view(row) for row in rows)


def evidence_view(row: Row[*tuple[Any, ...]]) -> EvidenceView:
    """A piece of evidence with how the copy of its address stands."""
    evidence, snapshot, wanted = row.Evidence, row.Snapshot, row.FetchRequest
    return EvidenceView(
        evidence_id=evidence.id,
        url=evidence.url,
        title=evidence.title,
        quote=evidence.quote,
        note=evidence.note,
        is_primary=evidence.is_primary,
        bearing=evidence.bearing,
        added_by=row.added_by,
        added_at=evidence.added_at,
        withdrawn_at=evidence.withdrawn_at,
        snapshot_sha256=snapshot.body_sha256 if snapshot else None,
        fetched_at=snapshot.fetched_at if snapshot else None,
        fetch_state=wanted.state if wanted else None,
        fetch_outcome=wanted.outcome if wanted else "",
        versions=row.versions,
        gone_at=row.gone_at,
        look_problem=row.look_problem,
        missing_at=row.missing_at,
        archived_url=snapshot.archived_url if snapshot else None,
        archive_problem=snapshot.archive_problem if snapshot else None,
    )


def reviews_of(session: Session, claim_id: int) -> tuple[ReviewView, ...]:
    """Every version of the claim's verdict, the latest first."""
    wanted = select(Review).where(col(Review.claim_id) == claim_id).order_by(col(Review.number).desc())
    reviews = session.scalars(wanted).all()
    names = names_of(
        session, {r.author_id for r in reviews} | {r.published_by_id for r in reviews if r.published_by_id}
    )
    return tuple(review_view(session, review, names) for review in reviews)


def review_view(session: Session, review: Review, names: dict[int, str]) -> ReviewView:
    """One version; published ones with the evidence fixed then, others with what is cited now."""
    if review.published_at is not None:
        fixed = select(col(ReviewEvidence.evidence_id)).where(col(ReviewEvidence.review_id) == review.id)
        cited = evidence_where(session, col(Evidence.id).in_(fixed))
    else:
        cited = evidence_where(session, col(Evidence.claim_id) == review.claim_id, col(Evidence.withdrawn_at).is_(None))
    return ReviewView(
        review_id=review.id or 0,
        number=review.number,
        version=review.version,
        state=review.state,
        rating=review.rating,
        summary=review.summary,
        claim_text=review.claim_text,
        author=names[review.author_id],
        contributor_ids=tuple(review.contributor_ids),
        created_at=review.created_at,
        submitted_at=review.submitted_at,
        change_request=review.change_request,
        published_by=names[review.published_by_id] if review.published_by_id else None,
        published_at=review.published_at,
        override_reason=review.override_reason,
        content_sha256=review.content_sha256,
        retracted_at=review.retracted_at,
        retraction_reason=review.retraction_reason,
        correction=correction_of(session, review),
        evidence=cited,
    )


def correction_of(session: Session, review: Review) -> CorrectionView | None:
    """What this version changed against the one before it."""
    row = session.execute(
        select(Correction, col(User.name))
        .join(User, col(User.id) == col(Correction.approved_by_id), isouter=True)
        .where(col(Correction.review_id) == review.id)
    ).first()
    if row is None:
        return None
    correction, approved_by = row
    return CorrectionView(
        correction.from_rating,
        correction.to_rating,
        correction.why,
        correction.requested_by,
        approved_by,
        correction.approved_at,
    )


def history_of(session: Session, claim_id: int, review_ids: Iterable[int]) -> tuple[EventView, ...]:
    """What happened to the claim and its reviews, in words, the latest first; 500 events at most."""
    subjects = [f"claim:{claim_id}", *(f"review:{review_id}" for review_id in review_ids)]
    wanted = select(AuditEvent).where(col(AuditEvent.subject).in_(subjects)).order_by(col(AuditEvent.id).desc())
    events = session.scalars(wanted.limit(MAX_EVENTS)).all()
    named = select(col(User.email), col(User.name)).where(col(User.email).in_({event.actor for event in events}))
    names = {email: name for email, name in session.execute(named)}  # noqa: C416 - a row is no pair to the type checker
    return tuple(EventView(e.at, names.get(e.actor, e.actor), e.action, sentence_of(e), e.hash) for e in events)


def names_of(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """Users' names by their ids."""
    rows = session.execute(select(col(User.id), col(User.name)).where(col(User.id).in_(set(user_ids))))
    return {user_id: name for user_id, name in rows if user_id is not None}


def first_claimants(appearances: Sequence[AppearanceView], most: int = 3) -> tuple[str, ...]:
    """Who made the statement, the most frequent first."""
    names = [view.claimant for view in appearances if view.claimant]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name))[:most])
