"""Keeps copies of what evidence's addresses return: the one that was cited, and each later version."""

from datetime import datetime

from sqlmodel import Session

from claims import audit
from claims.audit import MACHINE, Action
from claims.drafts import NOT_ARCHIVED, Archived, Page
from claims.models import Evidence, Snapshot
from claims.rechecks import outcomes, validators
from claims.rows import load
from claims.versions.bodies import Bodies, sha256_of
from claims.versions.snapshots import fingerprint, new_snapshot, newest_of_evidence


def keep_copy(
    session: Session,
    evidence_id: int,
    page: Page,
    text: str,
    extracted_by: str,
    *,
    bodies: Bodies,
    archived: Archived = NOT_ARCHIVED,
    now: datetime,
) -> Snapshot | None:
    """Store what an evidence's address returned, and return it; None where that says what its newest version says.

    The first copy is the one that the evidence cites. A later one never takes its place: a published verdict that
    leans on it is flagged instead.
    """
    evidence = load(session, Evidence, evidence_id)
    snapshot = new_snapshot(page, text, extracted_by, sha256_of(page.body))
    snapshot.evidence_id = evidence_id
    snapshot.archived_url, snapshot.archive_problem = archived.url, archived.problem
    newest = newest_of_evidence(session, evidence_id)
    is_new = newest is None or fingerprint(newest) != fingerprint(snapshot)
    if is_new:
        store(session, evidence, snapshot, page, bodies, now=now)
    validators.replace(session, validators.of_evidence(evidence_id), page, now=now)
    outcomes.note_seen(session, outcomes.of_evidence(session, evidence_id), now=now)
    return snapshot if is_new else None


def store(
    session: Session, evidence: Evidence, snapshot: Snapshot, page: Page, bodies: Bodies, *, now: datetime
) -> None:
    """Store and log a copy; the first is the evidence's own."""
    bodies.keep(session, page.body)
    session.add(snapshot)
    session.flush()
    seal = {"snapshot": snapshot.id, "body_sha256": snapshot.body_sha256, "text_sha256": snapshot.text_sha256}
    subject = f"snapshot:{snapshot.id}"
    audit.record(session, Action.SNAPSHOT_ADD, subject, actor=MACHINE, now=now, evidence=evidence.id, **seal)
    if evidence.snapshot_id is None:
        evidence.snapshot_id = snapshot.id
        session.add(evidence)
        audit.record(session, Action.EVIDENCE_COPY, f"claim:{evidence.claim_id}", actor=MACHINE, now=now, **seal)
