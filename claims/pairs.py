"""What people decided about two wordings: kept for good, and asked before anything is grouped."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from claims import audit
from claims.audit import Action
from claims.matching import wording_key
from claims.models import PairDecision, Relation, User
from claims.rows import key


def decide(session: Session, left: str, right: str, relation: Relation, *, by: User, now: datetime) -> None:
    """Store a person's word on two wordings; the latest word on a pair holds. Equal wordings need none."""
    (first_key, first), (second_key, second) = sorted(((wording_key(left), left), (wording_key(right), right)))
    if first_key == second_key:
        return
    known = find(session, left, right)
    decision = known or PairDecision(
        first_key=first_key,
        second_key=second_key,
        first_wording=first,
        second_wording=second,
        relation=relation,
        decided_by_id=key(by),
        decided_at=now,
    )
    before = known.relation.value if known else None
    decision.relation, decision.decided_by_id, decision.decided_at = relation, key(by), now
    session.add(decision)
    session.flush()
    audit.record(
        session,
        Action.PAIR_DECIDE,
        f"pair:{decision.id}",
        actor=by.email,
        now=now,
        first=first,
        second=second,
        relation=relation.value,
        before=before,
    )


def find(session: Session, left: str, right: str) -> PairDecision | None:
    """What people decided about two wordings, in either order, if anything."""
    first, second = sorted((wording_key(left), wording_key(right)))
    both = select(PairDecision).where(PairDecision.first_key == first, PairDecision.second_key == second)
    return session.exec(both).first()


def decisions_about(session: Session, wording: str) -> dict[str, Relation]:
    """What people decided about a wording, by the key of the other one."""
    own = wording_key(wording)
    about = select(PairDecision).where(or_(col(PairDecision.first_key) == own, col(PairDecision.second_key) == own))
    return {d.second_key if d.first_key == own else d.first_key: d.relation for d in session.exec(about)}
