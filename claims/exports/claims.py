"""The exports of claims and of their appearances."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.exports.layout import ROWS_AT_ONCE, Cells, Scope, in_scope, time_cell
from claims.models import (
    Anchor,
    Appearance,
    Article,
    Claim,
    Claimant,
    Match,
    MatchState,
    Outlet,
    Recheck,
    Review,
    Snapshot,
)
from claims.ratings import MEANINGS
from claims.slugs import claim_path
from claims.tallies import STANDING_STATES
from claims.versions.anchors import ANCHOR_IN_NEWEST, NEWEST_SNAPSHOT_ID, state_of

STANDING = and_(col(Review.claim_id) == col(Claim.id), col(Review.state).in_(STANDING_STATES))
CLAIM_COLUMNS = (
    "claim_id",
    "claim_url",
    "claim",
    "language",
    "status",
    "rating",
    "rating_value",
    "published_at",
    "appearances",
    "outlets",
    "first_appeared_at",
    "last_appeared_at",
    "merged_into",
)
APPEARANCE_COLUMNS = (
    "appearance_id",
    "claim_id",
    "claim_url",
    "claim",
    "outlet",
    "article_url",
    "article_title",
    "published_at",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "claimant",
    "cue",
    "stance",
    "check_worthiness",
    "match_state",
    "snapshot_sha256",
    "kind",
    "match_relation",
    "match_score",
    "fetched_at",
    "access",
    "anchor",
    "newest_snapshot_sha256",
    "article_gone_at",
)


def claim_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every claim, merged ones included; in the public scope those with a verdict, in the words that were published."""
    wanted = (
        select(Claim, Review)
        .join(Review, STANDING, isouter=True)
        .where(in_scope(scope))
        .order_by(col(Claim.id))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for claim, review in session.execute(wanted):
        yield claim_cells(claim, review, scope)


def claim_cells(claim: Claim, review: Review | None, scope: Scope) -> Cells:
    """One claim as a line."""
    meaning = MEANINGS[review.rating] if review and review.rating else None
    state = review.state if review and scope.published_only else claim.review_state
    return (
        *naming_cells(claim, review, scope),
        claim.language,
        "merged" if claim.merged_into_id else (state.value if state else "open"),
        meaning.label if meaning else "",
        meaning.value if meaning else None,
        time_cell(claim.published_at),
        claim.appearances,
        claim.outlets,
        time_cell(claim.first_appeared_at),
        time_cell(claim.last_appeared_at),
        claim.merged_into_id,
    )


def naming_cells(claim: Claim, review: Review | None, scope: Scope) -> Cells:
    """The claim's id, address and words: the published ones where nothing else may be seen."""
    words = review.claim_text if review and scope.published_only else claim.text
    return (claim.id, scope.base_url + claim_path(claim.id or 0, words), words)


def appearance_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every match of every appearance; in the public scope the confirmed ones of published claims."""
    newest = aliased(Snapshot)
    wanted = (
        select(
            Appearance,
            Match,
            Claim,
            Review,
            Article,
            col(Outlet.name).label("outlet"),
            col(Snapshot.text_sha256).label("text_sha256"),
            col(Snapshot.fetched_at).label("fetched_at"),
            col(Claimant.name).label("claimant"),
            NEWEST_SNAPSHOT_ID.label("newest_id"),
            Anchor,
            col(newest.text_sha256).label("newest_sha256"),
            col(Recheck.gone_at).label("gone_at"),
        )
        .join(Match, col(Match.appearance_id) == col(Appearance.id))
        .join(Claim, col(Claim.id) == col(Match.claim_id))
        .join(Review, STANDING, isouter=True)
        .join(Article, col(Article.id) == col(Appearance.article_id))
        .join(Outlet, col(Outlet.id) == col(Article.outlet_id))
        .join(Snapshot, col(Snapshot.id) == col(Appearance.snapshot_id))
        .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id), isouter=True)
        .join(newest, col(newest.id) == NEWEST_SNAPSHOT_ID)
        .join(Anchor, ANCHOR_IN_NEWEST, isouter=True)
        .join(Recheck, col(Recheck.article_id) == col(Appearance.article_id), isouter=True)
        .where(in_scope(scope))
        .order_by(col(Appearance.id), col(Match.id))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    if scope.published_only:
        wanted = wanted.where(col(Match.state) == MatchState.CONFIRMED)
    for row in session.execute(wanted):
        yield appearance_cells(row, scope)


def appearance_cells(row: Row[*tuple[Any, ...]], scope: Scope) -> Cells:
    """One match of an appearance as a line."""
    appearance, match, article = row.Appearance, row.Match, row.Article
    return (
        appearance.id,
        *naming_cells(row.Claim, row.Review, scope),
        row.outlet,
        article.canonical_url,
        article.title,
        time_cell(article.published_at),
        appearance.exact,
        appearance.prefix,
        appearance.suffix,
        appearance.start,
        appearance.end,
        row.claimant,
        appearance.cue,
        appearance.stance.value,
        appearance.check_worthiness,
        match.state.value,
        row.text_sha256,
        appearance.kind.value,
        match.relation.value,
        match.score,
        time_cell(row.fetched_at),
        article.access.value,
        state_of(appearance, row.newest_id, row.Anchor).value,
        row.newest_sha256,
        time_cell(row.gone_at),
    )
