"""Appearances with everything around them that claim pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlmodel import Session, col

from claims.drafts import Access, Stance, StatementKind
from claims.models import Anchor, Appearance, Article, Claimant, Match, MatchState, Outlet, Recheck, Snapshot, User
from claims.searching import fold_for_search
from claims.tallies import APPEARED_AT
from claims.versions.anchors import ANCHOR_IN_NEWEST, NEWEST_SNAPSHOT_ID, AnchorState, state_of


@dataclass(frozen=True, slots=True)
class AppearanceView:
    """One appearance with everything around it that a reader or reviewer asks for.

    appeared_at is when the article was published, or first seen where it does not say. is_copy: an earlier article
    carried the very same words, or this one is a wire copy. match_* describe how it came to the claim. anchor says
    what became of the words since, gone_at since when the article is gone from its address,
    missing_at when that answered once that there is no such page, look_problem what the last look at it met.
    """

    appearance_id: int
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    wording: str
    claimant: str | None
    cue: str | None
    stance: Stance
    kind: StatementKind
    check_worthiness: float
    outlet_id: int
    outlet: str
    article_id: int
    article_url: str
    article_title: str
    language: str
    origin: str | None
    access: Access
    published_at: datetime | None
    appeared_at: datetime
    snapshot_id: int
    snapshot_sha256: str
    is_copy: bool
    match_id: int
    match_state: MatchState
    match_version: int
    match_score: float
    decided_by: str | None
    anchor: AnchorState = AnchorState.UNCHANGED
    gone_at: datetime | None = None
    look_problem: str = ""
    missing_at: datetime | None = None


def appearances_of(session: Session, claim_id: int) -> tuple[AppearanceView, ...]:
    """The appearances that belong to the claim, the earliest first."""
    return appearances_where(session, col(Match.claim_id) == claim_id, col(Match.state) == MatchState.CONFIRMED)


def appearances_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[AppearanceView, ...]:
    """The appearances of the matches that fit, the earliest first; the same words in a later article are a copy."""
    views, first_in = [], dict[str, int]()
    for row in session.execute(appearance_rows().where(*conditions)):
        article_id = first_in.setdefault(fold_for_search(row.Appearance.exact), row.article_id)
        views.append(appearance_view(row, is_copy=article_id != row.article_id))
    return tuple(views)


def first_claimants(appearances: Sequence[AppearanceView], most: int = 3) -> tuple[str, ...]:
    """Who made the statement, the most frequent first."""
    names = [view.claimant for view in appearances if view.claimant]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name))[:most])


def appearance_rows() -> Select[*tuple[Any, ...]]:
    """The query behind every list of appearances; of articles and matches only what is shown, for wide claims' sake."""
    return (
        select(
            Appearance,
            col(Article.id).label("article_id"),
            col(Article.outlet_id),
            col(Article.canonical_url).label("article_url"),
            col(Article.title).label("article_title"),
            col(Article.language),
            col(Article.origin),
            col(Article.access),
            col(Article.published_at),
            col(Match.id).label("match_id"),
            col(Match.state).label("match_state"),
            col(Match.version).label("match_version"),
            col(Match.score).label("match_score"),
            col(Outlet.name).label("outlet"),
            col(Snapshot.text_sha256).label("text_sha256"),
            col(Claimant.name).label("claimant"),
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
    appearance = row.Appearance
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
        outlet_id=row.outlet_id,
        outlet=row.outlet,
        article_id=row.article_id,
        article_url=row.article_url,
        article_title=row.article_title,
        language=row.language,
        origin=row.origin,
        access=row.access,
        published_at=row.published_at,
        appeared_at=row.appeared_at,
        snapshot_id=appearance.snapshot_id,
        snapshot_sha256=row.text_sha256,
        is_copy=is_copy,
        match_id=row.match_id,
        match_state=row.match_state,
        match_version=row.match_version,
        match_score=row.match_score,
        decided_by=row.decided_by,
        anchor=state_of(appearance, row.newest_id, row.Anchor),
        gone_at=row.gone_at,
        look_problem=row.look_problem,
        missing_at=row.missing_at,
    )
