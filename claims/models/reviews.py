"""What people cite and conclude: evidence, the versions of a verdict, and what corrections changed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import JSON, Column, Field

from claims.models.table import NEVER_REUSE_IDS, Table, choice, moment
from claims.ratings import Rating


class Bearing(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class ReviewState(StrEnum):
    """Where a review stands on its way from draft to history."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    CHANGES_REQUESTED = "changes-requested"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Evidence(Table, table=True):
    """What a reviewer cites for a claim; never edited: it is added, and it may be withdrawn."""

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    url: str | None = None
    title: str
    quote: str = ""
    note: str = ""
    is_primary: bool
    bearing: Bearing = choice(Bearing)
    snapshot_id: int | None = Field(default=None, foreign_key="snapshot.id")
    added_by_id: int = Field(foreign_key="user.id")
    added_at: datetime = moment()
    withdrawn_by_id: int | None = Field(default=None, foreign_key="user.id")
    withdrawn_at: datetime | None = moment(default=None)


class Review(Table, table=True):
    """One version of a claim's verdict; once it is published only its state moves on, never its words.

    number counts a claim's versions from 1. contributor_ids are all who wrote in it, none of whom may publish it.
    claim_text and content_sha256 are fixed when it is published.
    """

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    number: int
    state: ReviewState = choice(ReviewState)
    rating: Rating | None = choice(Rating, default=None, nullable=True)
    scale_version: int
    summary: str = ""
    claim_text: str = ""
    author_id: int = Field(foreign_key="user.id")
    contributor_ids: list[int] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment()
    submitted_at: datetime | None = moment(default=None)
    change_request: str = ""
    published_by_id: int | None = Field(default=None, foreign_key="user.id")
    published_at: datetime | None = moment(default=None)
    override_reason: str | None = None
    content_sha256: str | None = None
    retracted_by_id: int | None = Field(default=None, foreign_key="user.id")
    retracted_at: datetime | None = moment(default=None)
    retraction_reason: str | None = None
    version: int = 1

    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        # One review of a claim is being written at a time, and one stands before the public.
        Index(
            "uq_review_open",
            "claim_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'in-review', 'changes-requested')"),
            postgresql_where=text("state IN ('draft', 'in-review', 'changes-requested')"),
        ),
        Index(
            "uq_review_standing",
            "claim_id",
            unique=True,
            sqlite_where=text("state IN ('published', 'retracted')"),
            postgresql_where=text("state IN ('published', 'retracted')"),
        ),
        NEVER_REUSE_IDS,
    )


class ReviewEvidence(Table, table=True):
    """The evidence that a published review stood on, in its order."""

    review_id: int = Field(foreign_key="review.id", primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True)
    position: int


class Correction(Table, table=True):
    """What changed between two published versions, why, who asked for it and who approved it."""

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    review_id: int = Field(foreign_key="review.id", unique=True)
    previous_review_id: int = Field(foreign_key="review.id")
    from_rating: Rating = choice(Rating, check="from_rating")
    to_rating: Rating | None = choice(Rating, check="to_rating", default=None, nullable=True)
    why: str
    requested_by: str
    approved_by_id: int | None = Field(default=None, foreign_key="user.id")
    approved_at: datetime | None = moment(default=None)
    created_at: datetime = moment()

    __table_args__ = (NEVER_REUSE_IDS,)
