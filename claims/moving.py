"""Takes appearances out of claims and into others, for people and for the machine; what is left empty is merged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from sqlmodel import Session, col, select

from claims import audit
from claims.audit import Action
from claims.evidence import require_unfrozen
from claims.models import Claim, Evidence, Match, MatchState, Relation, User
from claims.rows import key, load

BY_HAND = 100.0


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves appearances: the name in the log, the person's id (None for the machine), what each event adds."""

    name: str
    user_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User) -> Self:
        """A person."""
        return cls(user.email, key(user))


def home_of(session: Session, appearance_id: int) -> Match | None:
    """The match that says where the appearance belongs now."""
    return session.exec(
        select(Match).where(Match.appearance_id == appearance_id, Match.state == MatchState.CONFIRMED)
    ).first()


def homes_in(session: Session, claim_id: int) -> list[Match]:
    """The matches of the appearances that belong to the claim, oldest first."""
    rows = select(Match).where(Match.claim_id == claim_id, Match.state == MatchState.CONFIRMED)
    return list(session.exec(rows.order_by(col(Match.appearance_id))))


def decide(match: Match, state: MatchState, by: Mover, now: datetime) -> None:
    """Note who decided a match, and when; nobody, where the machine did."""
    match.state, match.decided_by_id = state, by.user_id
    match.decided_at = None if by.user_id is None else now


def detach(session: Session, match: Match, *, by: Mover, now: datetime) -> None:
    """Take an appearance out of its claim; the match stays as history."""
    decide(match, MatchState.DETACHED, by, now)
    match.version += 1
    session.add(match)
    session.flush()
    log(session, Action.MATCH_DETACH, match.claim_id, by=by, now=now, appearance=match.appearance_id)


def move(session: Session, match: Match, into_id: int, *, by: Mover, now: datetime) -> Match:
    """Make another claim the home of a match's appearance; the match that says so, as if it was made by hand."""
    detach(session, match, by=by, now=now)
    known = session.exec(
        select(Match).where(Match.appearance_id == match.appearance_id, Match.claim_id == into_id)
    ).first()
    home = known or Match(
        appearance_id=match.appearance_id,
        claim_id=into_id,
        state=MatchState.CONFIRMED,
        relation=Relation.SAME,
        score=BY_HAND,
        explanation={"by_hand": True},
        created_at=now,
    )
    decide(home, MatchState.CONFIRMED, by, now)
    home.relation, home.held_with_id = Relation.SAME, None
    session.add(home)
    session.flush()
    return home


def close_if_empty(session: Session, claim_id: int, into: Claim, *, by: Mover, now: datetime) -> None:
    """Merge a claim that has no appearance left into the one that its last appearance went to; recount both then."""
    if homes_in(session, claim_id):
        return
    claim = load(session, Claim, claim_id)
    claim.version += 1
    log(session, Action.CLAIM_MERGE, key(into), by=by, now=now, merged=claim_id, appearances=0)
    leave_to(session, claim, into, by=by, now=now)


def leave_to(session: Session, claim: Claim, into: Claim, *, by: Mover, now: datetime) -> None:
    """Point a claim to the one that it was merged into, with its evidence and what was proposed for it."""
    claim.merged_into_id = into.id
    session.add(claim)
    for cited in session.exec(select(Evidence).where(Evidence.claim_id == claim.id)).all():
        require_unfrozen(session, key(into))
        cited.claim_id = key(into)
        session.add(cited)
    for proposal in session.exec(
        select(Match).where(Match.claim_id == claim.id, Match.state == MatchState.SUGGESTED)
    ).all():
        inherit(session, proposal, key(into), by=by, now=now)
    session.flush()


def inherit(session: Session, proposal: Match, into_id: int, *, by: Mover, now: datetime) -> None:
    """Let a proposal for a merged claim stand for the claim that it went to, unless that one has its own."""
    known = session.exec(
        select(Match.id).where(Match.appearance_id == proposal.appearance_id, Match.claim_id == into_id)
    ).first()
    if known is None:
        proposal.claim_id = into_id
    else:
        decide(proposal, MatchState.DETACHED, by, now)
    proposal.version += 1
    session.add(proposal)


def log(session: Session, action: Action, claim_id: int, *, by: Mover, now: datetime, **details: object) -> None:
    """Write the event of a move."""
    audit.record(session, action, f"claim:{claim_id}", actor=by.name, now=now, **details, **by.details)
