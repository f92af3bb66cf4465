"""What is to be fetched: the listings that are read on schedule, every request, and when each host may be asked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from claims.models.table import Table, choice, moment


class RequestKind(StrEnum):
    """What is wanted of an address: all that a person's address stands for, a story, a listing read, or evidence."""

    SUBMITTED = "submitted"
    ARTICLE = "article"
    LISTING = "listing"
    EVIDENCE = "evidence"


class RequestState(StrEnum):
    """Where a request to fetch stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Listing(Table, table=True):
    """A feed, a sitemap or a front page of an outlet, read again whenever it is due.

    read_at is when it was last read with success; failures counts the tries since, and problem is what the last of
    them met.
    """

    id: int | None = Field(default=None, primary_key=True)
    outlet_id: int = Field(foreign_key="outlet.id", index=True)
    url: str = Field(unique=True)
    is_active: bool = True
    every_s: int
    due_at: datetime = moment(index=True)
    read_at: datetime | None = moment(default=None)
    failures: int = 0
    problem: str = ""
    added_at: datetime = moment()


class FetchRequest(Table, table=True):
    """A wish to fetch an address; a worker carries it out under a lease.

    task names what is to be done: of two open requests with one task, the second is refused. host takes turns.
    A request may be taken from due_at on; a failed one with a due_at is tried again by itself. lease is the token of
    whoever carries it out, worth nothing after leased_until. requested_by_id is None where the machine asked: for a
    listing that was due (listing_id), for what another request found (parent_id), or to look at an article or
    evidence again; is_by_command where somebody asked on the command line, where nobody has an account. article_id is
    the article that came of it, or that is looked at again.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: RequestKind = choice(RequestKind)
    url: str
    host: str
    task: str
    state: RequestState = choice(RequestState)
    outcome: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id", index=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    listing_id: int | None = Field(default=None, foreign_key="listing.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="fetch_request.id", index=True)
    requested_by_id: int | None = Field(default=None, foreign_key="user.id")
    is_by_command: bool = False
    requested_at: datetime = moment()
    due_at: datetime | None = moment(default=None)
    tries: int = 0
    lease: str | None = None
    leased_until: datetime | None = moment(default=None)
    started_at: datetime | None = moment(default=None)
    finished_at: datetime | None = moment(default=None)

    __table_args__ = (
        Index("ix_fetch_request_state", "state", "due_at", "id"),
        Index("ix_fetch_request_host", "host", "state"),
        Index(
            "uq_fetch_request_open",
            "task",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index(
            "ix_fetch_request_tried_again",
            "task",
            sqlite_where=text("state = 'failed' AND due_at IS NOT NULL"),
            postgresql_where=text("state = 'failed' AND due_at IS NOT NULL"),
        ),
    )


class HostPause(Table, table=True):
    """When a host was asked last, and from when on it may be asked again; all processes keep to it."""

    host: str = Field(primary_key=True)
    asked_at: datetime = moment()
    free_at: datetime = moment()
