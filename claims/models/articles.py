"""What was read, and where: outlets, their articles, and what each fetch of one returned."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlmodel import JSON, Column, Field, LargeBinary

from claims.drafts import Access
from claims.models.table import Table, choice, moment


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
