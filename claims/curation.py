"""What people decide about claims: which appearances belong to one, which claims are one, and how it is worded."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, select

from claims import audit
from claims.accounts import require
from claims.audit import Action
from claims.errors import IllegalTransition, InvalidDraft
from claims.grouping import pairs
from claims.matching import wording_key
from claims.models import (
    Appearance,
    Claim,
    Match,
    MatchState,
    Relation,
    Review,
    ReviewState,
    Role,
    User,
)
from claims.moving import Mover, close_if_empty, decide, detach, home_of, homes_in, leave_to, move
from claims.reviews import open_review, standing_review
from claims.rows import change, checked_text, key, load
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


def merge(session: Session, claim_id: int, into_id: int, *, by: User, seen_version: int, now: datetime) -> int:
    """Make two claims one: all that the first has goes to the second, and its address leads there; the second's id."""
    require(by, Role.REVIEWER, "merge claims")
    if claim_id == into_id:
        raise InvalidDraft("Choose another claim: this one cannot be merged into itself.")
    claim, into = require_living(session, claim_id), require_living(session, into_id)
    require_no_review(session, claim_id)
    change(claim, seen_version)
    into.version += 1
    moved = homes_in(session, claim_id)
    agree(session, moved, homes_in(session, into_id), by=by, now=now)
    session.flush()
    for match in moved:
        move(session, match, into_id, by=Mover.of(by), now=now)
    pairs.decide(session, claim.text, into.text, Relation.SAME, by=by, now=now)
    log(session, Action.CLAIM_MERGE, into, by=by, now=now, merged=claim_id, appearances=len(moved))
    leave_to(session, claim, into, by=Mover.of(by), now=now)
    recount(session, [claim_id, into_id])
    return into_id


def split(
    session: Session,
    claim_id: int,
    appearance_ids: Sequence[int],
    text: str,
    *,
    by: User,
    seen_version: int,
    now: datetime,
) -> int:
    """Move appearances from a claim to a new one, worded by text or by the first of them; the new claim's id.

    The wordings that go and those that stay are distinct from now on.
    """
    require(by, Role.REVIEWER, "split claims")
    claim = require_living(session, claim_id)
    homes = homes_in(session, claim_id)
    leaving = [match for match in homes if match.appearance_id in set(appearance_ids)]
    staying = [match for match in homes if match.appearance_id not in set(appearance_ids)]
    if len(leaving) != len(set(appearance_ids)) or not leaving:
        raise InvalidDraft("Tick the appearances to move; each must belong to this claim.")
    if not staying:
        raise InvalidDraft("Leave at least one appearance with the claim; to change its words, reword it.")
    change(claim, seen_version)
    first = load(session, Appearance, leaving[0].appearance_id)
    new = Claim(text=checked_text(text, "Wording") or first.wording, language=claim.language, created_at=now)
    session.add(new)
    session.flush()
    for match in leaving:
        move(session, match, key(new), by=Mover.of(by), now=now)
    keep_apart(session, leaving, staying, by=by, now=now)
    log(session, Action.CLAIM_SPLIT, claim, by=by, now=now, into=new.id, appearances=sorted(set(appearance_ids)))
    log(session, Action.CLAIM_ADD, new, by=by, now=now, text=new.text)
    recount(session, [claim_id, key(new)])
    return key(new)


def reword(session: Session, claim_id: int, text: str, *, by: User, seen_version: int, now: datetime) -> None:
    """Change how the claim is worded; a published version keeps its words, and one in review must be handed back."""
    require(by, Role.REVIEWER, "reword claims")
    claim = require_living(session, claim_id)
    being_written = open_review(session, claim_id)
    if being_written is not None and being_written.state is ReviewState.IN_REVIEW:
        raise IllegalTransition("The verdict is in review, so its claim stays as it is. Request changes first.")
    if being_written is None and standing_review(session, claim_id) is not None:
        raise IllegalTransition("This claim has a published verdict. Start a correction to reword it.")
    change(claim, seen_version)
    before, claim.text = claim.text, checked_text(text, "Wording")
    if not claim.text:
        raise InvalidDraft("Wording: write the claim as one sentence that can stand alone.")
    session.add(claim)
    log(session, Action.CLAIM_REWORD, claim, by=by, now=now, before=before, after=claim.text)
    recount(session, [claim_id])


def require_undecided(match: Match) -> None:
    """Raise IllegalTransition where the proposal was decided already."""
    if match.state is not MatchState.SUGGESTED:
        raise IllegalTransition(f"This match was decided already: it is {match.state.value}.")


def require_living(session: Session, claim_id: int) -> Claim:
    """The claim; IllegalTransition where it was merged away."""
    claim = load(session, Claim, claim_id)
    if claim.merged_into_id is not None:
        raise IllegalTransition(f"Claim {claim_id} was merged into claim {claim.merged_into_id}. Work there.")
    return claim


def require_no_review(session: Session, claim_id: int) -> None:
    """Raise IllegalTransition where a claim has a review, whose page must stay."""
    if session.exec(select(Review.id).where(Review.claim_id == claim_id)).first() is not None:
        raise IllegalTransition(
            f"Claim {claim_id} has a verdict, drafted or published, so it cannot be merged away. "
            "Merge the other claim into it, or discard the draft first."
        )


def require_may_leave(session: Session, match: Match) -> None:
    """Raise IllegalTransition where the appearance is the last one of a claim that has a verdict."""
    others = [home for home in homes_in(session, match.claim_id) if home.id != match.id]
    if not others:
        require_no_review(session, match.claim_id)


def keep_apart(
    session: Session, leaving: Iterable[Match], staying: Sequence[Match], *, by: User, now: datetime
) -> None:
    """Decide that every wording that goes is distinct from every wording that stays, copies among them too."""
    leaving, kept = list(leaving), wordings_of(session, staying)
    for left in wordings_of(session, leaving):
        for right in kept:
            pairs.decide(session, left, right, Relation.DISTINCT, by=by, now=now)
    go, stay = [match.appearance_id for match in leaving], [match.appearance_id for match in staying]
    pairs.decide_copies(session, go, stay, Relation.DISTINCT, by=by, now=now)


def agree(session: Session, joining: Iterable[Match], present: Iterable[Match], *, by: User, now: datetime) -> None:
    """Take back what was said against wordings that a person brings into one claim: the latest word holds."""
    joining, present = list(joining), list(present)
    pairs.agree_on_copies(
        session, [one.appearance_id for one in joining], [one.appearance_id for one in present], by=by, now=now
    )
    others = {wording_key(wording): wording for wording in wordings_of(session, present)}
    for wording in wordings_of(session, joining):
        for other_key, relation in pairs.decisions_about(session, wording).items():
            if relation is not Relation.SAME and other_key in others:
                pairs.decide(session, wording, others[other_key], Relation.SAME, by=by, now=now)


def wordings_of(session: Session, matches: Iterable[Match]) -> list[str]:
    """The wordings of the appearances that are matched, each once, in order."""
    return sorted({load(session, Appearance, match.appearance_id).wording for match in matches})


def compared_wordings(session: Session, match: Match) -> tuple[str, str]:
    """The wording that a match proposes, and the one that it was compared with (the claim's where none was)."""
    proposed = load(session, Appearance, match.appearance_id).wording
    if match.compared_with_id is None:
        return proposed, load(session, Claim, match.claim_id).text
    return proposed, load(session, Appearance, match.compared_with_id).wording


def log(session: Session, action: Action, claim: Claim, *, by: User, now: datetime, **details: object) -> None:
    """Write the event of a person's change to a claim."""
    audit.record(session, action, f"claim:{claim.id}", actor=by.email, now=now, **details)
