"""What was said, by whom and where, and the claims that what was said is grouped under."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from claims.drafts import Stance, StatementKind
from claims.models.reviews import ReviewState
from claims.models.table import Table, choice, moment
from claims.ratings import Rating


class Claimant(Table, table=True):
    """A person, government or organisation that made statements; folded is its name as it is compared."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True)


class Appearance(Table, table=True):
    """One statement in one snapshot, anchored by its exact words and offsets."""

    id: int | None = Field(default=None, primary_key=True)
    snapshot_id: int = Field(foreign_key="snapshot.id", index=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    claimant_id: int | None = Field(default=None, foreign_key="claimant.id", index=True)
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    wording: str
    cue: str | None = None
    stance: Stance = choice(Stance)
    kind: StatementKind = choice(StatementKind)
    check_worthiness: float
    created_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("snapshot_id", "start", "end"),
        CheckConstraint('"start" >= 0 AND "end" > "start"', name="span"),
    )


class Anchor(Table, table=True):
    """Where an appearance's words stand in a later snapshot of its article; start and end are None where they do not.

    The appearance itself stays where it was read; an anchor without a place says that it is orphaned there.
    """

    id: int | None = Field(default=None, primary_key=True)
    appearance_id: int = Field(foreign_key="appearance.id")
    snapshot_id: int = Field(foreign_key="snapshot.id", index=True)
    start: int | None = None
    end: int | None = None

    __table_args__ = (
        UniqueConstraint("appearance_id", "snapshot_id"),
        CheckConstraint('("start" IS NULL) = ("end" IS NULL) AND ("start" IS NULL OR "end" > "start")', name="span"),
    )


class Claim(Table, table=True):
    """The canonical statement that appearances are grouped under.

    A merged claim keeps its id and points to where it went. version counts the changes that people made. What lies
    from search_text on is derived from the rows around it by claims.tallies, its only writer.
    """

    id: int | None = Field(default=None, primary_key=True)
    text: str
    language: str
    merged_into_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    version: int = 1
    created_at: datetime = moment()
    search_text: str = ""
    appearances: int = 0
    outlets: int = 0
    suggestions: int = 0
    check_worthiness: float = 0.0
    first_appeared_at: datetime | None = moment(default=None)
    last_appeared_at: datetime | None = moment(default=None)
    review_state: ReviewState | None = choice(ReviewState, default=None, nullable=True)
    published_rating: Rating | None = choice(Rating, default=None, nullable=True)
    published_at: datetime | None = moment(default=None)

    __table_args__ = (
        Index("ix_claim_worth", "merged_into_id", "review_state", "check_worthiness"),
        Index("ix_claim_latest", "merged_into_id", "review_state", "last_appeared_at"),
        Index("ix_claim_widest", "merged_into_id", "review_state", "outlets", "appearances"),
        Index("ix_claim_language", "merged_into_id", "review_state", "language"),
        Index("ix_claim_suggestions", "merged_into_id", "review_state", "suggestions"),
        Index("ix_claim_public", "published_at"),
    )
