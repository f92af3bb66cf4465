"""What people decided about two wordings: kept for good, and asked before anything is grouped."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, or_, select

from claims import audit
from claims.audit import Action
from claims.grouping.wordings import in_parts
from claims.matching import wording_key
from claims.models import Appearance, CopyDecision, PairDecision, Relation, User
from claims.rows import key, load


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
    return decisions_about_each(session, [wording])[0]


def decisions_about_each(session: Session, wordings: Iterable[str]) -> list[dict[str, Relation]]:
    """What people decided about each of these wordings, by the key of the other one; some hundreds to a query."""
    keys = [wording_key(wording) for wording in wordings]
    decided: dict[str, dict[str, Relation]] = defaultdict(dict)
    for some in in_parts(set(keys)):
        about = or_(col(PairDecision.first_key).in_(some), col(PairDecision.second_key).in_(some))
        for decision in session.exec(select(PairDecision).where(about)):
            decided[decision.first_key][decision.second_key] = decision.relation
            decided[decision.second_key][decision.first_key] = decision.relation
    return [decided[key] for key in keys]


def renew_keys(session: Session) -> None:
    """Give every decision the keys that its wordings have now; of two on one pair the latest word holds.

    Wordings that have one key now keep what they had: no decision can tell them apart.
    """
    latest: dict[tuple[str, str], PairDecision] = {}
    for decision in session.exec(select(PairDecision).order_by(col(PairDecision.decided_at), col(PairDecision.id))):
        sides = ((decision.first_wording, decision.first_key), (decision.second_wording, decision.second_key))
        (first_key, first), (second_key, second) = sorted((wording_key(wording), wording) for wording, _ in sides)
        if first_key == second_key:
            continue
        if (older := latest.get((first_key, second_key))) is not None:
            session.delete(older)
            session.flush()
        latest[first_key, second_key] = decision
        decision.first_key, decision.second_key = first_key, second_key
        decision.first_wording, decision.second_wording = first, second
        session.add(decision)
    session.flush()


def decide_copies(
    session: Session, left: Iterable[int], right: Iterable[int], relation: Relation, *, by: User, now: datetime
) -> None:
    """Store a person's word on every two appearances, one of each side, that are copies of one wording.

    No decision about wordings can tell copies apart. The caller logs what the person did.
    """
    copies = copies_among(session, right)
    for one, own in keys_of(session, left):
        for other in copies.get(own, ()):
            if other != one:
                first_id, second_id = sorted((one, other))
                decision = find_copies(session, one, other) or CopyDecision(
                    first_id=first_id, second_id=second_id, decided_by_id=key(by)
                )
                decision.relation, decision.decided_by_id, decision.decided_at = relation, key(by), now
                session.add(decision)
    session.flush()


def agree_on_copies(
    session: Session, joining: Collection[int], present: Collection[int], *, by: User, now: datetime
) -> None:
    """Take back what was said against copies that a person brings into one claim."""
    for one in set(joining):
        about = select(CopyDecision).where(or_(col(CopyDecision.first_id) == one, col(CopyDecision.second_id) == one))
        for decision in session.exec(about.where(CopyDecision.relation != Relation.SAME)).all():
            if {decision.first_id, decision.second_id} & set(present) - {one}:
                decision.relation, decision.decided_by_id, decision.decided_at = Relation.SAME, key(by), now
                session.add(decision)
    session.flush()


def find_copies(session: Session, one_id: int, other_id: int) -> CopyDecision | None:
    """What people decided about two appearances of one wording, in either order, if anything."""
    first_id, second_id = sorted((one_id, other_id))
    both = select(CopyDecision).where(CopyDecision.first_id == first_id, CopyDecision.second_id == second_id)
    return session.exec(both).first()


def copies_among(session: Session, appearance_ids: Iterable[int]) -> Mapping[str, list[int]]:
    """The appearances by the key of their wording."""
    copies: dict[str, list[int]] = defaultdict(list)
    for appearance_id, own in keys_of(session, appearance_ids):
        copies[own].append(appearance_id)
    return copies


def keys_of(session: Session, appearance_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Each appearance with the key of its wording."""
    return [(one, wording_key(load(session, Appearance, one).wording)) for one in appearance_ids]
