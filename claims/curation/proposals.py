"""Decisions about one proposal: the appearance belongs to the claim, or it does not."""

from datetime import datetime

from sqlmodel import Session

from claims.accounts import require
from claims.audit import Action
from claims.curation.steps import agree, log, require_living, require_no_review
from claims.errors import IllegalTransition, InvalidDraft
from claims.grouping import pairs
from claims.models import Appearance, Claim, Match, MatchState, Relation, Role, User
from claims.moving import Mover, close_if_empty, decide, detach, home_of, homes_in
from claims.rows import change, key, load
from claims.tallies import recount


def confirm(session: Session, match_id: int, *, by: User, seen_version: int, now: datetime) -> int:
    """Group a proposed appearance with the claim; the claim's id.

    The claim that it leaves is merged into this one when nothing else is left there. The two wordings are the same
    from now on, whatever the matcher thinks.
    """
    require(by, Role.REVIEWER, "group appearances")
    match = load(session, Match, match_id)
    require_undecided(match)
    change(match, seen_version)
    claim = require_living(session, match.claim_id)
    left = home_of(session, match.appearance_id)
    if left is not None:
        require_may_leave(session, left)
        detach(session, left, by=Mover.of(by), now=now)
    agree(session, [match], homes_in(session, match.claim_id), by=by, now=now)
    decide(match, MatchState.CONFIRMED, Mover.of(by), now)
    match.relation = Relation.SAME
    session.add(match)
    session.flush()
    pairs.decide(session, *compared_wordings(session, match), Relation.SAME, by=by, now=now)
    log(session, Action.MATCH_CONFIRM, claim, by=by, now=now, match=match_id, appearance=match.appearance_id)
    if left is not None:
        close_if_empty(session, left.claim_id, claim, by=Mover.of(by), now=now)
    recount(session, [key(claim), *([left.claim_id] if left else [])])
    return key(claim)


def reject(
    session: Session,
    match_id: int,
    *,
    by: User,
    seen_version: int,
    relation: Relation = Relation.DISTINCT,
    now: datetime,
) -> int:
    """Decide that a proposed appearance does not belong to the claim, and what it is to it; the claim's id."""
    require(by, Role.REVIEWER, "reject matches")
    if relation is Relation.SAME:
        raise InvalidDraft("A rejected match is distinct, contradicts or is related.")
    match = load(session, Match, match_id)
    require_undecided(match)
    change(match, seen_version)
    claim = load(session, Claim, match.claim_id)
    decide(match, MatchState.REJECTED, Mover.of(by), now)
    match.relation = relation
    session.add(match)
    pairs.decide(session, *compared_wordings(session, match), relation, by=by, now=now)
    if match.compared_with_id is not None:
        pairs.decide_copies(session, [match.appearance_id], [match.compared_with_id], relation, by=by, now=now)
    log(session, Action.MATCH_REJECT, claim, by=by, now=now, match=match_id, relation=relation.value)
    recount(session, [key(claim)])
    return key(claim)


def require_undecided(match: Match) -> None:
    """Raise IllegalTransition where the proposal was decided already."""
    if match.state is not MatchState.SUGGESTED:
        raise IllegalTransition(f"This match was decided already: it is {match.state.value}.")


def require_may_leave(session: Session, match: Match) -> None:
    """Raise IllegalTransition where the appearance is the last one of a claim that has a verdict."""
    others = [home for home in homes_in(session, match.claim_id) if home.id != match.id]
    if not others:
        require_no_review(session, match.claim_id)


def compared_wordings(session: Session, match: Match) -> tuple[str, str]:
    """The wording that a match proposes, and the one that it was compared with (the claim's where none was)."""
    proposed = load(session, Appearance, match.appearance_id).wording
    if match.compared_with_id is None:
        return proposed, load(session, Claim, match.claim_id).text
    return proposed, load(session, Appearance, match.compared_with_id).wording
