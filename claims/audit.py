"""The log of every change of state: written with the change, each event sealed by the hash of the one before it."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TextIO

from sqlmodel import Session, col, select

from claims.errors import InvalidDraft
from claims.models import AuditEvent

MACHINE = "machine"
COMMAND_LINE: Final = "command line"
FIRST_HASH = "0" * 64
CSV_COLUMNS = ("event_id", "at", "actor", "action", "subject", "details", "previous_hash", "hash")


class Action(StrEnum):
    """Everything that can be done to what is stored, as noun:verb."""

    OUTLET_ADD = "outlet:add"
    LISTING_ADD = "listing:add"
    SNAPSHOT_ADD = "snapshot:add"
    ARTICLE_ACCESS = "article:access"
    CLAIM_ADD = "claim:add"
    CLAIM_MERGE = "claim:merge"
    CLAIM_SPLIT = "claim:split"
    CLAIM_REWORD = "claim:reword"
    MATCH_SUGGEST = "match:suggest"
    MATCH_GROUP = "match:group"
    MATCH_CONFIRM = "match:confirm"
    MATCH_REJECT = "match:reject"
    MATCH_DETACH = "match:detach"
    MATCH_RUN_ADD = "match-run:add"
    PAIR_DECIDE = "pair:decide"
    EVIDENCE_ADD = "evidence:add"
    EVIDENCE_WITHDRAW = "evidence:withdraw"
    EVIDENCE_COPY = "evidence:copy"
    REVIEW_DRAFT = "review:draft"
    REVIEW_SUBMIT = "review:submit"
    REVIEW_REQUEST_CHANGES = "review:request-changes"
    REVIEW_DISCARD = "review:discard"
    REVIEW_PUBLISH = "review:publish"
    REVIEW_CORRECT = "review:correct"
    REVIEW_RETRACT = "review:retract"
    USER_ADD = "user:add"
    USER_CHANGE = "user:change"
    USER_SIGN_IN = "user:sign-in"
    USER_SIGN_OUT = "user:sign-out"
    LISTING_READ = "listing:read"
    LISTING_PAUSE = "listing:pause"
    LISTING_RESUME = "listing:resume"
    ALERT_RAISE = "alert:raise"
    ALERT_SETTLE = "alert:settle"
    FETCH_REQUEST = "fetch:request"
    FETCH_FINISH = "fetch:finish"


@dataclass(frozen=True, slots=True)
class Told:
    """What was done to what (such as "claim:12"), and all else that an event is to say of it, as JSON can."""

    action: Action
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An audit event as it is sealed and exported; at is ISO 8601 in UTC, details is JSON with sorted keys."""

    event_id: int
    at: str
    actor: str
    action: str
    subject: str
    details: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many events were checked, the hash of the last one, and what is wrong, in order; nothing when whole.

    unsealed counts the matches that nothing in the log speaks for: they were stored before runs were kept.
    """

    events: int
    last_hash: str
    problems: tuple[str, ...]
    unsealed: int = 0


def record(session: Session, action: Action, subject: str, *, actor: str, now: datetime, **details: Any) -> None:
    """Append an event to the log in the caller's transaction, which claims.db.transaction has serialised."""
    record_all(session, [Told(action, subject, details)], actor=actor, now=now)


def record_all(session: Session, told: Iterable[Told], *, actor: str, now: datetime) -> None:
    """Append events in this order, as record would one after the other; the log is asked for its end once."""
    last_id, previous_hash = end_of_log(session)
    events = []
    for event_id, each in enumerate(told, last_id + 1):
        event = AuditEvent(
            id=event_id,
            at=now.astimezone(UTC),
            actor=actor,
            action=each.action.value,
            subject=each.subject,
            details=json.dumps(each.details, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            previous_hash=previous_hash,
            hash="",
        )
        event.hash = previous_hash = seal(sealed(event))
        events.append(event)
    session.add_all(events)
    session.flush()


def end_of_log(session: Session) -> tuple[int, str]:
    """The last event's id and hash; before the first event, what that one follows."""
    last = session.exec(select(AuditEvent.id, AuditEvent.hash).order_by(col(AuditEvent.id).desc()).limit(1)).first()
    return last or (0, FIRST_HASH)


def sealed(event: AuditEvent) -> SealedEvent:
    """The event as its hash and its export see it."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return SealedEvent(
        event.id, at, event.actor, event.action, event.subject, event.details, event.previous_hash, event.hash
    )


def seal(event: SealedEvent) -> str:
    """The SHA-256 over everything an event says and the hash of the one before it."""
    parts = [event.event_id, event.at, event.actor, event.action, event.subject, event.details, event.previous_hash]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def verify_chain(events: Iterable[SealedEvent]) -> AuditReport:
    """Check that no event was changed, added, removed or moved since it was sealed."""
    problems: list[str] = []
    previous_hash, count = FIRST_HASH, 0
    for event in events:
        count += 1
        if event.event_id != count:
            problems.append(f"event {count} is missing: event {event.event_id} stands in its place")
            break
        if event.previous_hash != previous_hash:
            problems.append(f"event {event.event_id} does not follow event {event.event_id - 1}")
        if seal(event) != event.hash:
            problems.append(f"event {event.event_id} ({event.action}) was changed after it was written")
        previous_hash = event.hash
    return AuditReport(count, previous_hash, tuple(problems))


def read_events(file: TextIO) -> Iterable[SealedEvent]:
    """The events of an audit CSV; InvalidDraft where it is no such file."""
    rows = csv.reader(file, strict=True)
    try:
        if tuple(next(rows, ())) != CSV_COLUMNS:
            raise InvalidDraft("no audit export: its first line must be " + ",".join(CSV_COLUMNS))
        for row in rows:
            number, *rest = row
            if len(rest) != len(CSV_COLUMNS) - 1:
                raise InvalidDraft(f"line {rows.line_num} has {len(row)} cells where {len(CSV_COLUMNS)} belong")
            yield SealedEvent(int(number), *rest)
    except (csv.Error, ValueError) as error:
        raise InvalidDraft(f"line {rows.line_num} cannot be read: {error}") from error
