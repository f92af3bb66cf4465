"""What every decision about claims needs: a claim that lives, wordings that agree, and its event."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from claims import audit
from claims.audit import Action
from claims.errors import IllegalTransition
from claims.grouping import pairs
from claims.matching import wording_key
from claims.models import Appearance, Claim, Match, Relation, Review, User
from claims.rows import load


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


def log(session: Session, action: Action, claim: Claim, *, by: User, now: datetime, **details: object) -> None:
    """Write the event of a person's change to a claim."""
    audit.record(session, action, f"claim:{claim.id}", actor=by.email, now=now, **details)
