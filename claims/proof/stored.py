"""Holds what is stored against the log: what was published, fetched and matched still is what the log says."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from claims.audit import Action, AuditReport, sealed, verify_chain
from claims.models import Appearance, AuditEvent, MatchRun, Review, ReviewState, Snapshot
from claims.proof.matches import altered_matches
from claims.reviews import content_sha256
from claims.versions.bodies import IN_DATABASE, Bodies, BodyLost


def verify(session: Session, bodies: Bodies = IN_DATABASE) -> AuditReport:
    """Check the whole log, and that what was published, fetched and matched still is what the log says.

    bodies knows the folder in which raw bytes may be.
    """
    stored = session.exec(select(AuditEvent).order_by(col(AuditEvent.id)).execution_options(yield_per=1000))
    report = verify_chain(sealed(event) for event in stored)
    matches, unsealed = altered_matches(session)
    problems = (
        *report.problems,
        *altered_snapshots(session, bodies),
        *lost_appearances(session),
        *altered_runs(session),
        *matches,
        *altered_reviews(session),
        *altered_states(session),
    )
    return AuditReport(report.events, report.last_hash, problems, unsealed)


def altered_snapshots(session: Session, bodies: Bodies) -> Iterable[str]:
    """A line for each snapshot whose bytes, text or hashes are not what the log says."""
    added = recorded(session, Action.SNAPSHOT_ADD)
    for snapshot in session.exec(select(Snapshot).execution_options(yield_per=20)):
        wanted = added.pop(f"snapshot:{snapshot.id}", {})
        hashes = {snapshot.body_sha256, wanted.get("body_sha256")}
        texts = {hashlib.sha256(snapshot.text.encode()).hexdigest(), snapshot.text_sha256, wanted.get("text_sha256")}
        if len(hashes) > 1 or len(texts) > 1 or not is_headed_as(snapshot, wanted):
            yield f"snapshot {snapshot.id} is not what was fetched"
            continue
        try:
            bodies.read(session, snapshot.body_sha256)
        except BodyLost as lost:
            yield f"snapshot {snapshot.id} is not what was fetched: {lost}"
    yield from (f"{subject.replace(':', ' ')} was deleted" for subject in added)


def is_headed_as(snapshot: Snapshot, logged: Mapping[str, Any]) -> bool:
    """Whether the headline and byline that are kept are those that the log tells.

    Of evidence it tells none, nor of what was stored before it did.
    """
    headed = {"title": snapshot.title, "authors": snapshot.authors}
    return all(logged.get(name, value) == value for name, value in headed.items())


def sha256_of_packed(body: bytes) -> str:
    """The hash of a compressed body's bytes; of nothing where they cannot be unpacked any more."""
    try:
        return hashlib.sha256(zlib.decompress(body)).hexdigest()
    except zlib.error:
        return ""


def lost_appearances(session: Session) -> Iterable[str]:
    """A line for each appearance whose words do not stand where it says in its snapshot."""
    wanted = select(Appearance, Snapshot.text).join(Snapshot, col(Snapshot.id) == Appearance.snapshot_id)
    for appearance, text in session.exec(wanted.order_by(col(Appearance.id)).execution_options(yield_per=200)):
        if text[appearance.start : appearance.end] != appearance.exact:
            yield f"appearance {appearance.id} does not stand in snapshot {appearance.snapshot_id}"


def altered_runs(session: Session) -> Iterable[str]:
    """A line for each run of the matcher that was not given, or did not come to, what the log says."""
    added = recorded(session, Action.MATCH_RUN_ADD)
    for run in session.exec(select(MatchRun).execution_options(yield_per=20)):
        wanted = added.pop(f"match-run:{run.id}", {})
        made = (run.result_sha256, sha256_of_packed(run.result), sha256_of_packed(run.constraints))
        hashes = (wanted.get("result_sha256"), wanted.get("result_sha256"), wanted.get("constraints_sha256"))
        said = {
            "matcher": run.matcher_version,
            "kind": run.kind.value,
            "ran_by": run.actor,
            "counts": run.counts,
            "thresholds": run.thresholds,
        }
        # Early events said less.
        if made != hashes or any(wanted.get(name, value) != value for name, value in said.items()):
            yield f"match run {run.id} is not what the matcher did"
    yield from (f"{subject.replace(':', ' ').replace('-', ' ')} was deleted" for subject in added)


def altered_reviews(session: Session) -> Iterable[str]:
    """A line for each published review whose words are not what was published."""
    published = recorded(session, Action.REVIEW_PUBLISH)
    for review in session.exec(select(Review).where(col(Review.published_at).is_not(None))):
        wanted = published.pop(f"review:{review.id}", {}).get("content_sha256")
        if {content_sha256(session, review), review.content_sha256} != {wanted}:
            yield f"review {review.id} is not what was published"
    yield from (f"{subject.replace(':', ' ')} was deleted" for subject in published)


def altered_states(session: Session) -> Iterable[str]:
    """A line for each published review that does not stand where publishing and retracting left it."""
    retracted = recorded(session, Action.REVIEW_RETRACT)
    wanted = select(Review).where(col(Review.published_at).is_not(None)).order_by(col(Review.number).desc())
    standing = set[int]()
    for review in session.exec(wanted):
        reason = retracted.get(f"review:{review.id}", {}).get("reason")
        state = ReviewState.RETRACTED if reason else ReviewState.PUBLISHED
        if review.claim_id in standing:
            state = ReviewState.SUPERSEDED
        standing.add(review.claim_id)
        if (review.state, review.retraction_reason, review.retracted_at is None) != (state, reason, reason is None):
            yield f"review {review.id} is {review.state.value} where the log says {state.value}"


def recorded(session: Session, action: Action) -> dict[str, dict[str, Any]]:
    """The details of every event of one action, by its subject."""
    events = session.exec(select(AuditEvent.subject, AuditEvent.details).where(AuditEvent.action == action.value))
    return {subject: json.loads(details) for subject, details in events}
