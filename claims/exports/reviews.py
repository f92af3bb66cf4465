"""The exports of reviews, with their corrections, and of the evidence that they stand on."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.exports.layout import ROWS_AT_ONCE, Cells, Scope, in_scope, time_cell
from claims.models import Claim, Correction, Evidence, Recheck, Review, ReviewEvidence, Snapshot, User
from claims.ratings import MEANINGS
from claims.slugs import claim_path

REVIEW_COLUMNS = (
    "review_id",
    "claim_id",
    "claim_url",
    "number",
    "state",
    "claim",
    "rating",
    "rating_value",
    "scale_version",
    "summary",
    "author",
    "submitted_at",
    "published_by",
    "published_at",
    "override_reason",
    "content_sha256",
    "corrected_from",
    "correction_why",
    "correction_requested_by",
    "retracted_at",
    "retraction_reason",
)
EVIDENCE_COLUMNS = (
    "evidence_id",
    "claim_id",
    "review_numbers",
    "url",
    "title",
    "quote",
    "note",
    "bearing",
    "is_primary",
    "added_by",
    "added_at",
    "withdrawn_at",
    "snapshot_sha256",
    "fetched_at",
    "newest_snapshot_sha256",
    "newest_fetched_at",
    "checked_at",
    "gone_at",
    "archived_url",
)


def review_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every version of every verdict; in the public scope those that were published."""
    author, publisher = aliased(User), aliased(User)
    wanted = (
        select(Review, Claim, col(author.name), col(publisher.name), Correction)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(author, col(author.id) == col(Review.author_id))
        .join(publisher, col(publisher.id) == col(Review.published_by_id), isouter=True)
        .join(Correction, col(Correction.review_id) == col(Review.id), isouter=True)
        .where(in_scope(scope))
        .order_by(col(Review.claim_id), col(Review.number))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    if scope.published_only:
        wanted = wanted.where(col(Review.published_at).is_not(None))
    for review, claim, written_by, published_by, correction in session.execute(wanted):
        yield review_cells(review, claim, written_by, published_by, correction, scope)


def review_cells(
    review: Review, claim: Claim, written_by: str, published_by: str | None, correction: Correction | None, scope: Scope
) -> Cells:
    """One version as a line."""
    meaning = MEANINGS[review.rating] if review.rating else None
    words = review.claim_text or claim.text
    return (
        review.id,
        review.claim_id,
        scope.base_url + claim_path(review.claim_id, words),
        review.number,
        review.state.value,
        words,
        meaning.label if meaning else "",
        meaning.value if meaning else None,
        review.scale_version,
        review.summary,
        written_by,
        time_cell(review.submitted_at),
        published_by,
        time_cell(review.published_at),
        review.override_reason,
        review.content_sha256,
        MEANINGS[correction.from_rating].label if correction else "",
        correction.why if correction else "",
        correction.requested_by if correction else "",
        time_cell(review.retracted_at),
        review.retraction_reason,
    )


def evidence_rows(session: Session, scope: Scope) -> Iterator[Cells]:
    """Every piece of evidence with the numbers of the versions that stand on it; in the public scope only those."""
    newest, kept = aliased(Snapshot), aliased(Snapshot)
    newest_id = select(func.max(kept.id)).where(col(kept.evidence_id) == col(Evidence.id)).correlate(Evidence)
    wanted: Select[*tuple[Any, ...]] = (
        select(
            Evidence,
            col(User.name).label("added_by"),
            col(Snapshot.body_sha256).label("body_sha256"),
            col(Snapshot.fetched_at).label("fetched_at"),
            col(newest.body_sha256).label("newest_sha256"),
            col(newest.fetched_at).label("newest_fetched_at"),
            col(Recheck.checked_at).label("checked_at"),
            col(Recheck.gone_at).label("gone_at"),
            col(Snapshot.archived_url).label("archived_url"),
        )
        .join(Claim, col(Claim.id) == col(Evidence.claim_id))
        .join(User, col(User.id) == col(Evidence.added_by_id))
        .join(Snapshot, col(Snapshot.id) == col(Evidence.snapshot_id), isouter=True)
        .join(newest, col(newest.id) == newest_id.scalar_subquery(), isouter=True)
        .join(Recheck, col(Recheck.evidence_id) == col(Evidence.id), isouter=True)
        .where(in_scope(scope))
        .order_by(col(Evidence.id))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    numbers = numbers_by_evidence(session)
    for row in session.execute(wanted):
        cited_in = numbers.get(row.Evidence.id, [])
        if cited_in or not scope.published_only:
            yield evidence_cells(row, cited_in)


def evidence_cells(row: Row[*tuple[Any, ...]], cited_in: list[int]) -> Cells:
    """A piece of evidence as a line, with the numbers of the versions that stand on it."""
    evidence = row.Evidence
    return (
        evidence.id,
        evidence.claim_id,
        " ".join(map(str, cited_in)),
        evidence.url,
        evidence.title,
        evidence.quote,
        evidence.note,
        evidence.bearing.value,
        "yes" if evidence.is_primary else "no",
        row.added_by,
        time_cell(evidence.added_at),
        time_cell(evidence.withdrawn_at),
        row.body_sha256,
        time_cell(row.fetched_at),
        row.newest_sha256,
        time_cell(row.newest_fetched_at),
        time_cell(row.checked_at),
        time_cell(row.gone_at),
        row.archived_url,
    )


def numbers_by_evidence(session: Session) -> dict[int, list[int]]:
    """The numbers of the published versions that stand on each piece of evidence."""
    wanted = (
        select(col(ReviewEvidence.evidence_id), col(Review.number))
        .join(Review, col(Review.id) == col(ReviewEvidence.review_id))
        .order_by(col(Review.number))
    )
    numbers: dict[int, list[int]] = {}
    for evidence_id, number in session.execute(wanted):
        numbers.setdefault(evidence_id, []).append(number)
    return numbers
