"""Decisions about whole claims: two are one, one is two, one is worded otherwise."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from claims.accounts import require
from claims.audit import Action
from claims.curation.steps import agree, log, require_living, require_no_review, wordings_of
from claims.errors import IllegalTransition, InvalidDraft
from claims.grouping import pairs
from claims.models import Appearance, Claim, Match, Relation, ReviewState, Role, User
from claims.moving import Mover, homes_in, leave_to, move
from claims.reviews import open_review, standing_review
from claims.rows import change, checked_text, key, load
from claims.tallies import recount


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
