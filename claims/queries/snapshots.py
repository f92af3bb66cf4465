"""The versions that are kept of an article or of evidence: two of them to be compared, and what each holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from claims.errors import NotFound
from claims.models import Body, Snapshot
from claims.rows import load
from claims.versions.bodies import Bodies


@dataclass(frozen=True, slots=True)
class VersionView:
    """One snapshot without its text; number counts an article's or a piece of evidence's versions from 1.

    title and authors are an article's headline and byline, None where they were not kept. size is in bytes, characters
    are those of the text.
    """

    snapshot_id: int
    number: int
    title: str | None
    authors: tuple[str, ...] | None
    characters: int
    fetched_at: datetime
    final_url: str
    status: int
    content_type: str
    extracted_by: str
    size: int
    body_sha256: str
    text_sha256: str
    archived_url: str | None
    archive_problem: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions to be compared, with their texts; the newest and the one before it, unless others are named."""

    old: VersionView
    new: VersionView
    old_text: str
    new_text: str


def versions_where(session: Session, condition: ColumnElement[bool]) -> tuple[VersionView, ...]:
    """The snapshots that fit, the oldest first."""
    rows = session.execute(
        select(
            col(Snapshot.id).label("snapshot_id"),
            col(Snapshot.title),
            col(Snapshot.authors),
            func.length(col(Snapshot.text)).label("characters"),
            col(Snapshot.fetched_at),
            col(Snapshot.final_url),
            col(Snapshot.status),
            col(Snapshot.content_type),
            col(Snapshot.extracted_by),
            func.coalesce(col(Body.size), 0).label("size"),
            col(Snapshot.body_sha256),
            col(Snapshot.text_sha256),
            col(Snapshot.archived_url),
            col(Snapshot.archive_problem),
        )
        .join(Body, col(Body.sha256) == col(Snapshot.body_sha256), isouter=True)
        .where(condition)
        .order_by(col(Snapshot.id))
    )
    return tuple(version_view(number, **row._mapping) for number, row in enumerate(rows, 1))


def pair_of(session: Session, versions: Sequence[VersionView], old: int | None, new: int | None) -> Pair:
    """Two of the versions by their numbers; by default the newest and the one before it, where there is one."""
    later = version_of(versions, new)
    earlier = version_of(versions, old if old is not None else max(1, later.number - 1))
    old_text, new_text = (snapshot_text(session, version.snapshot_id) for version in (earlier, later))
    return Pair(earlier, later, old_text, new_text)


def snapshot_text(session: Session, snapshot_id: int) -> str:
    """The text that was read from a snapshot."""
    return load(session, Snapshot, snapshot_id).text


def snapshot_bytes(session: Session, snapshot_id: int, bodies: Bodies) -> bytes:
    """The bytes that were fetched; BodyLost where they are missing or altered."""
    return bodies.read(session, load(session, Snapshot, snapshot_id).body_sha256)


def version_view(number: int, *, authors: Sequence[str] | None, **values: Any) -> VersionView:
    """One row of the query as pages show it."""
    return VersionView(number=number, authors=None if authors is None else tuple(authors), **values)


def version_of(versions: Sequence[VersionView], number: int | None) -> VersionView:
    """The version with this number, or the newest where none is named; NotFound where there is no such."""
    fitting = [version for version in versions if number in (None, version.number)]
    if not fitting:
        raise NotFound("There is no such version here. Open the page without one to see the newest.")
    return fitting[-1]
