"""Evidence as it is cited, with how the copy of its address stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.models import Bearing, Evidence, FetchRequest, Recheck, RequestState, Snapshot, User


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence as it is cited. fetch_* say how the copy of its address stands.

    versions counts its copies that differ, gone_at is since when it is gone from its address, missing_at when that
    answered once that there is no such page, look_problem what the last look met there; archived_url is where an
    archive keeps the copy that was cited, archive_problem why none does.
    """

    evidence_id: int
    url: str | None
    title: str
    quote: str
    note: str
    is_primary: bool
    bearing: Bearing
    added_by: str
    added_at: datetime
    withdrawn_at: datetime | None
    snapshot_sha256: str | None
    fetched_at: datetime | None
    fetch_state: RequestState | None
    fetch_outcome: str
    versions: int = 0
    gone_at: datetime | None = None
    look_problem: str = ""
    missing_at: datetime | None = None
    archived_url: str | None = None
    archive_problem: str | None = None


def evidence_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[EvidenceView, ...]:
    """The evidence that fits, in the order in which it was added."""
    asked = select(func.max(FetchRequest.id)).where(col(FetchRequest.evidence_id) == col(Evidence.id))
    latest_request = asked.correlate(Evidence).scalar_subquery()
    kept = aliased(Snapshot)
    counted = select(func.count()).select_from(kept).where(col(kept.evidence_id) == col(Evidence.id))
    versions = counted.correlate(Evidence).scalar_subquery()
    rows = session.execute(
        select(
            Evidence,
            col(User.name).label("added_by"),
            Snapshot,
            FetchRequest,
            versions.label("versions"),
            col(Recheck.gone_at).label("gone_at"),
            col(Recheck.missing_at).label("missing_at"),
            func.coalesce(col(Recheck.problem), "").label("look_problem"),
        )
        .join(User, col(User.id) == col(Evidence.added_by_id))
        .join(Snapshot, col(Snapshot.id) == col(Evidence.snapshot_id), isouter=True)
        .join(FetchRequest, col(FetchRequest.id) == latest_request, isouter=True)
        .join(Recheck, col(Recheck.evidence_id) == col(Evidence.id), isouter=True)
        .where(*conditions)
        .order_by(col(Evidence.id))
    )
    return tuple(evidence_view(row) for row in rows)


def evidence_view(row: Row[*tuple[Any, ...]]) -> EvidenceView:
    """A piece of evidence with how the copy of its address stands."""
    evidence, snapshot, wanted = row.Evidence, row.Snapshot, row.FetchRequest
    return EvidenceView(
        evidence_id=evidence.id,
        url=evidence.url,
        title=evidence.title,
        quote=evidence.quote,
        note=evidence.note,
        is_primary=evidence.is_primary,
        bearing=evidence.bearing,
        added_by=row.added_by,
        added_at=evidence.added_at,
        withdrawn_at=evidence.withdrawn_at,
        snapshot_sha256=snapshot.body_sha256 if snapshot else None,
        fetched_at=snapshot.fetched_at if snapshot else None,
        fetch_state=wanted.state if wanted else None,
        fetch_outcome=wanted.outcome if wanted else "",
        versions=row.versions,
        gone_at=row.gone_at,
        look_problem=row.look_problem,
        missing_at=row.missing_at,
        archived_url=snapshot.archived_url if snapshot else None,
        archive_problem=snapshot.archive_problem if snapshot else None,
    )
