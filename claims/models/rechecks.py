"""Looking again: how it goes, what makes it cheap, and what it found that a verdict leans on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from claims.models.table import Table, choice, moment


class AlertKind(StrEnum):
    """What happened, after a verdict was published, to something that it leans on."""

    EVIDENCE_CHANGED = "evidence-changed"
    EVIDENCE_GONE = "evidence-gone"
    EVIDENCE_UNREACHABLE = "evidence-unreachable"
    QUOTE_GONE = "quote-gone"
    ARTICLE_GONE = "article-gone"


class Recheck(Table, table=True):
    """How looking again at an article or at a piece of evidence goes; one row for each.

    checked_at is when its address answered last, asked_at when the schedule asked for a look last, due_at when it asks
    again. failures counts the days on which there was no answer since failing_since, the last of them failed_at;
    problem is what happened then. gone_at is since when the server says that the page is gone; missing_at is when it
    said first that there is no such page, while one such answer is not believed yet.
    """

    id: int | None = Field(default=None, primary_key=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", unique=True)
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id", unique=True)
    checked_at: datetime | None = moment(default=None)
    asked_at: datetime | None = moment(default=None)
    due_at: datetime | None = moment(default=None, index=True)
    failures: int = 0
    failing_since: datetime | None = moment(default=None)
    failed_at: datetime | None = moment(default=None)
    problem: str = ""
    gone_at: datetime | None = moment(default=None)
    missing_at: datetime | None = moment(default=None)

    __table_args__ = (CheckConstraint("(article_id IS NULL) <> (evidence_id IS NULL)", name="one_thing"),)


class Alert(Table, table=True):
    """Something that a published verdict leans on changed or vanished; open until a reviewer settles it with a note.

    That an article is gone settles itself when it is back, with no settled_by_id, and waits only while the verdict
    stands and the claim is said to have appeared there. cause names what happened, so that it is raised once.
    snapshot_id is the version that it was seen in.
    """

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claim.id")
    kind: AlertKind = choice(AlertKind)
    cause: str
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id", index=True)
    appearance_id: int | None = Field(default=None, foreign_key="appearance.id", index=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    snapshot_id: int | None = Field(default=None, foreign_key="snapshot.id")
    raised_at: datetime = moment()
    settled_by_id: int | None = Field(default=None, foreign_key="user.id")
    settled_at: datetime | None = moment(default=None)
    note: str = ""

    __table_args__ = (
        UniqueConstraint("claim_id", "cause"),
        Index("ix_alert_open", "settled_at", "claim_id"),
    )


class Validator(Table, table=True):
    """What an address told us for asking again cheaply (RFC 9110, 8.8), with the thing that we stored of its answer.

    subject names that: "article:1", "evidence:1" or "listing:1".
    """

    subject: str = Field(primary_key=True)
    url: str = Field(primary_key=True, index=True)
    etag: str = ""
    last_modified: str = ""
    kept_at: datetime = moment()
