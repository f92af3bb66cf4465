"""What reviewers cite for a claim: added or withdrawn, never edited."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from claims import audit, fetching
from claims.accounts import require
from claims.addresses import fetchable
from claims.audit import Action
from claims.errors import BadAddress, IllegalTransition, InvalidDraft
from claims.models import Bearing, Claim, Evidence, Review, ReviewState, Role, User
from claims.rows import checked_line, checked_text, key, load


def add(
    session: Session,
    claim_id: int,
    *,
    title: str,
    url: str,
    quote: str,
    note: str,
    is_primary: bool,
    bearing: Bearing,
    by: User,
    now: datetime,
    allow_hosts: Collection[str] = frozenset(),
) -> Evidence:
    """Cite evidence for a claim, and ask for a copy of its address; an empty url is a document without one.

    InvalidDraft where the address may not be fetched; allow_hosts are the settings' private hosts that may.
    """
    require(by, Role.REVIEWER, "cite evidence")
    require_unfrozen(session, claim_id)
    evidence = Evidence(
        claim_id=claim_id,
        url=checked_url(url, allow_hosts) if url.strip() else None,
        title=checked_line(title, "Title"),
        quote=checked_text(quote, "Quote"),
        note=checked_text(note, "Note"),
        is_primary=is_primary,
        bearing=bearing,
        added_by_id=key(by),
        added_at=now,
    )
    session.add(evidence)
    session.flush()
    audit.record(
        session,
        Action.EVIDENCE_ADD,
        f"claim:{claim_id}",
        actor=by.email,
        now=now,
        evidence=evidence.id,
        title=evidence.title,
        url=evidence.url,
        bearing=bearing.value,
        primary=is_primary,
    )
    if evidence.url:
        fetching.request(session, evidence.url, by=by, now=now, evidence_id=evidence.id, allow_hosts=allow_hosts)
    return evidence


def withdraw(session: Session, evidence_id: int, *, by: User, now: datetime) -> int:
    """Take evidence off what the next version stands on; the claim's id. What was published keeps it."""
    require(by, Role.REVIEWER, "withdraw evidence")
    evidence = load(session, Evidence, evidence_id)
    require_unfrozen(session, evidence.claim_id)
    if evidence.withdrawn_at is not None:
        raise IllegalTransition("This evidence was withdrawn already.")
    evidence.withdrawn_at, evidence.withdrawn_by_id = now, key(by)
    session.add(evidence)
    subject = f"claim:{evidence.claim_id}"
    audit.record(
        session, Action.EVIDENCE_WITHDRAW, subject, actor=by.email, now=now, evidence=evidence.id, title=evidence.title
    )
    return evidence.claim_id


def cited(session: Session, claim_id: int) -> list[Evidence]:
    """The claim's evidence that was not withdrawn, in the order in which it was added."""
    rows = select(Evidence).where(Evidence.claim_id == claim_id, col(Evidence.withdrawn_at).is_(None))
    return list(session.exec(rows.order_by(col(Evidence.id))))


def require_unfrozen(session: Session, claim_id: int) -> None:
    """Raise IllegalTransition while a review is before its second pair of eyes, which must see what it approves.

    Nor does a claim that was merged away take evidence, which nobody would see there.
    """
    claim = load(session, Claim, claim_id)
    if claim.merged_into_id is not None:
        raise IllegalTransition(f"This claim was merged into claim {claim.merged_into_id}. Cite evidence there.")
    frozen = select(Review).where(Review.claim_id == claim_id, Review.state == ReviewState.IN_REVIEW)
    if session.exec(frozen).first():
        raise IllegalTransition("The verdict is in review, so its evidence stays as it is. Request changes first.")


def checked_url(url: str, allow_hosts: Collection[str]) -> str:
    """The address, trimmed; InvalidDraft where it is no address that a worker will ask."""
    address = url.strip()
    try:
        fetchable(address, allow_hosts)
    except BadAddress as error:
        raise InvalidDraft(f"Address: {error.what}. Or leave it empty.") from error
    return address
