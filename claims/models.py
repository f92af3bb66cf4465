"""Every table of Claimline. The words are the design's vocabulary; the rules are held by the services beside it."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, TypeDecorator, UniqueConstraint, text
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlmodel import JSON, Column, Field, LargeBinary, MetaData, SQLModel

from claims.drafts import Access, Stance, StatementKind
from claims.ratings import Rating

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# For tables whose rows may be deleted: SQLite gives the highest id again unless it is told not to.
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class Role(StrEnum):
    """What a user may do; each role may do all that the one before it may."""

    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class MatchState(StrEnum):
    """Where a proposal that an appearance belongs to a claim stands."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DETACHED = "detached"


class Relation(StrEnum):
    """What a person decided about two wordings, or what a match proposes."""

    SAME = "same"
    DISTINCT = "distinct"
    CONTRADICTS = "contradicts"
    RELATED = "related"


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


class MatchRunKind(StrEnum):
    """What made a run of the matcher: an article that came in, or regrouping all that is stored."""

    INTAKE = "intake"
    RERUN = "rerun"


class AlertKind(StrEnum):
    """What happened, after a verdict was published, to something that it leans on."""

    EVIDENCE_CHANGED = "evidence-changed"
    EVIDENCE_GONE = "evidence-gone"
    EVIDENCE_UNREACHABLE = "evidence-unreachable"
    QUOTE_GONE = "quote-gone"
    ARTICLE_GONE = "article-gone"


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


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC on every engine and read back aware; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC, as both engines compare it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored time with its zone: SQLite drops it on the way."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def choice(values: type[StrEnum], *, check: str = "", **options: Any) -> Any:
    """A column that holds one value of a closed set, as its text, checked by the database.

    check names the constraint where a table has two columns of one set.
    """
    kept = SqlEnum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=check or re.sub(r"(?<!^)(?=[A-Z])", "_", values.__name__).lower(),
        values_callable=lambda enum: [member.value for member in enum],
    )
    return Field(sa_type=kept, **options)


def moment(**options: Any) -> Any:
    """A column that holds an aware time."""
    return Field(sa_type=UtcDateTime, **options)


class Table(SQLModel):
    """What all tables share: a name in snake_case and constraints with predictable names."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Outlet(Table, table=True):
    """A news publisher that we read; address is the start that all its articles' addresses share."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    address: str = Field(unique=True)
    created_at: datetime = moment()


class Article(Table, table=True):
    """One story at one canonical address; what it says is in its snapshots. access is as it was read last."""

    id: int | None = Field(default=None, primary_key=True)
    outlet_id: int = Field(foreign_key="outlet.id", index=True)
    canonical_url: str = Field(unique=True)
    title: str
    authors: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    language: str
    origin: str | None = None
    access: Access = choice(Access, default=Access.OPEN)
    published_at: datetime | None = moment(default=None)
    modified_at: datetime | None = moment(default=None)
    created_at: datetime = moment()


class Body(Table, table=True):
    """The raw bytes behind snapshots, once however often they were fetched; see claims.versions.bodies.

    sha256 is the hash of the bytes, size their number; packed is zlib-compressed, None where a file holds them.
    """

    sha256: str = Field(primary_key=True)
    size: int
    packed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class Snapshot(Table, table=True):
    """What one fetch of an article or of evidence returned; never changed, never deleted.

    The highest id of an article or of a piece of evidence is its newest version. body_sha256 names the raw bytes,
    which claims.versions.bodies keeps; text_sha256 is the hash of the text in UTF-8. title and authors are the headline
    and the byline that an article had, None where they were not kept. archived_url is where an archive keeps the same
    page, archive_problem why it does not, where it was asked.
    """

    id: int | None = Field(default=None, primary_key=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    evidence_id: int | None = Field(
        default=None,
        sa_column=Column(ForeignKey("evidence.id", name="fk_snapshot_evidence_id", use_alter=True), index=True),
    )
    fetched_url: str
    final_url: str
    status: int
    headers: list[list[str]] = Field(sa_column=Column(JSON, nullable=False))
    content_type: str
    body_sha256: str = Field(index=True)
    title: str | None = None
    authors: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    text: str
    text_sha256: str = Field(index=True)
    extracted_by: str
    fetched_at: datetime = moment()
    archived_url: str | None = None
    archive_problem: str | None = None


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


class MatchRun(Table, table=True):
    """One run of the matcher: what it was given that may change later, and what came of it; never changed.

    constraints is zlib-compressed JSON with all that no immutable row says (the appearances compared, what people had
    decided), result what claims.reruns.replay makes anew from it: zlib-compressed canonical JSON, result_sha256 its
    hash before that. Appearances after last_appearance_id were not known to it.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: MatchRunKind = choice(MatchRunKind)
    actor: str
    started_at: datetime = moment()
    finished_at: datetime = moment()
    matcher_version: str
    thresholds: dict[str, float] = Field(sa_column=Column(JSON, nullable=False))
    last_appearance_id: int
    counts: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    constraints: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    result: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    result_sha256: str

    __table_args__ = (NEVER_REUSE_IDS,)


class Match(Table, table=True):
    """A scored, explained proposal that an appearance belongs to a claim.

    relation is what the matcher proposes: same, or contradicts where a guard fired. explanation holds scores, guards,
    thresholds and versions, enough to reproduce it. decided_by_id is None while the machine alone has spoken. run_id
    is None for what people made. held_with_id names the claim in which a person kept the appearance together with
    others, where the machine has moved them all since.
    """

    id: int | None = Field(default=None, primary_key=True)
    appearance_id: int = Field(foreign_key="appearance.id", index=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    compared_with_id: int | None = Field(default=None, foreign_key="appearance.id")
    state: MatchState = choice(MatchState)
    relation: Relation = choice(Relation)
    score: float
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    decided_by_id: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = moment(default=None)
    run_id: int | None = Field(default=None, foreign_key="match_run.id")
    held_with_id: int | None = Field(default=None, foreign_key="claim.id")
    version: int = 1
    created_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("appearance_id", "claim_id"),
        # An appearance is at home in one claim at most.
        Index(
            "uq_match_home",
            "appearance_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )


class PairDecision(Table, table=True):
    """A reviewer's lasting word on two wordings; keys are in order, so a pair has one row."""

    id: int | None = Field(default=None, primary_key=True)
    first_key: str
    second_key: str = Field(index=True)
    first_wording: str
    second_wording: str
    relation: Relation = choice(Relation)
    decided_by_id: int = Field(foreign_key="user.id")
    decided_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("first_key", "second_key"),
        CheckConstraint("first_key < second_key", name="ordered"),
    )


class CopyDecision(Table, table=True):
    """A reviewer's lasting word on two appearances of one wording, where the words cannot tell them apart."""

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="appearance.id")
    second_id: int = Field(foreign_key="appearance.id", index=True)
    relation: Relation = choice(Relation)
    decided_by_id: int = Field(foreign_key="user.id")
    decided_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="ordered"),
    )


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


class User(Table, table=True):
    """Somebody who may sign in to the desk; session_key changes when all sessions must end."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    role: Role = choice(Role)
    is_active: bool = True
    session_key: str = Field(unique=True)
    created_at: datetime = moment()


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


class Validator(Table, table=True):
    """What an address told us for asking again cheaply (RFC 9110, 8.8), with the thing that we stored of its answer.

    subject names that: "article:1", "evidence:1" or "listing:1".
    """

    subject: str = Field(primary_key=True)
    url: str = Field(primary_key=True, index=True)
    etag: str = ""
    last_modified: str = ""
    kept_at: datetime = moment()


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
    """When a host was or will be asked last, and from when on it may be asked again; all processes keep to it."""

    host: str = Field(primary_key=True)
    asked_at: datetime = moment()
    free_at: datetime = moment()


class AuditEvent(Table, table=True):
    """One change of state, chained to the one before it by its hash; see claims.audit."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = moment()
    actor: str
    action: str
    subject: str = Field(index=True)
    details: str
    previous_hash: str
    hash: str = Field(unique=True)
