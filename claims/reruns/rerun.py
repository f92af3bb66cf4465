"""Groups anew all that is stored: first as a plan that changes nothing, then, if a person wants it, for good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, or_, select, true
from sqlmodel import Session, col

from claims import audit, db
from claims.audit import MACHINE, Action
from claims.errors import Conflict
from claims.grouping import add_match, open_claim, runs
from claims.grouping.wordings import said
from claims.matching import PairScorer, Wording
from claims.models import Appearance, AuditEvent, Claim, Match, MatchRun, MatchRunKind, MatchState, Review
from claims.moving import Mover, close_if_empty, home_of, move
from claims.reruns.groups import NEW, Done, Group, Move, Regrouping, Standing
from claims.reruns.regrouping import regroup
from claims.reruns.standing import read_standing
from claims.rows import key, load
from claims.tallies import recount

# What a plan stands on; signing in or citing evidence changes nothing about it.
NOUNS_PLANNED_ON = ("claim", "match", "match-run", "pair", "review")
IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What grouping anew would change, and the moment that it was made from. claims with a verdict stay as they are."""

    standing: Standing
    wordings: Mapping[int, Wording]
    scorer: PairScorer
    regrouping: Regrouping
    claims_with_verdict: int
    last_event_id: int
    last_appearance_id: int
    started_at: datetime


def plan(engine: Engine, scorer: PairScorer, *, now: datetime, done: Done) -> Plan:
    """Group all appearances anew with this scorer, without changing anything; done hears how far it is."""
    with db.reading(engine) as session:
        last_event_id = session.scalars(select(func.max(col(AuditEvent.id)))).one() or 0
        last_appearance_id = session.scalars(select(func.max(col(Appearance.id)))).one() or 0
        claims_with_verdict = session.scalars(select(func.count(func.distinct(col(Review.claim_id))))).one()
        standing = read_standing(session)
        wordings = dict(said(session, true()))
    regrouping = regroup(standing, wordings, scorer, done=done)
    return Plan(standing, wordings, scorer, regrouping, claims_with_verdict, last_event_id, last_appearance_id, now)


def apply(engine: Engine, planned: Plan, *, ran_by: str, now: datetime, done: Done) -> int:
    """Do what was planned, all of it or nothing; the id of the run.

    Conflict where claims, matches, decisions or verdicts changed since. done hears how far it is.
    """
    with db.transaction(engine) as session:
        require_unchanged(session, planned)
        run = runs.begin(session, MatchRunKind.RERUN, scorer=planned.scorer, actor=ran_by, now=planned.started_at)
        by = Mover(MACHINE, details={"run": key(run), "ran_by": ran_by})
        touched = move_all(session, planned, run, by=by, now=now, done=done)
        hold_all(session, planned)
        for proposal in planned.regrouping.proposals:
            add_match(session, proposal, run, now=now, ran_by=ran_by)
        recount(session, touched | {proposal.claim_id for proposal in planned.regrouping.proposals})
        finish(session, run, planned, now=now)
        return key(run)


def require_unchanged(session: Session, planned: Plan) -> None:
    """Raise Conflict where something that the plan stands on changed since."""
    about = or_(*(col(AuditEvent.action).startswith(f"{noun}:") for noun in NOUNS_PLANNED_ON))
    since = select(AuditEvent).where(col(AuditEvent.id) > planned.last_event_id, about)
    event = session.scalars(since.order_by(col(AuditEvent.id)).limit(1)).first()
    if event is not None:
        raise Conflict(
            f"What is stored changed meanwhile ({event.action}, event {event.id}), so nothing was applied. "
            "Run it again to see what would change now."
        )


def move_all(session: Session, planned: Plan, run: MatchRun, *, by: Mover, now: datetime, done: Done) -> set[int]:
    """Move every appearance that the plan moves and close what is left empty; the claims that changed."""
    moves = planned.regrouping.moves
    opened: dict[Group, int] = {}
    touched: set[int] = set()
    for at, each in enumerate(moves, 1):
        into_id = each.group.claim_id or opened.get(each.group) or open_for(session, planned, each, by=by, now=now)
        opened[each.group] = into_id
        rehome(session, each, into_id, run, by=by, now=now)
        touched |= {each.from_id, into_id}
        done(at, len(moves))
    for claim_id in touched:
        load(session, Claim, claim_id).version += 1
    for claim_id, into_id in sorted(planned.regrouping.closed.items()):
        close_if_empty(session, claim_id, load(session, Claim, into_id), by=by, now=now)
    return touched


def open_for(session: Session, planned: Plan, first: Move, *, by: Mover, now: datetime) -> int:
    """The id of a new claim, worded as the appearance that opens it."""
    language = planned.wordings[first.appearance_id].language
    appearance = load(session, Appearance, first.appearance_id)
    return key(open_claim(session, appearance, language, now=now, **by.details))


def rehome(session: Session, moved: Move, into_id: int, run: MatchRun, *, by: Mover, now: datetime) -> None:
    """Make a claim the home of an appearance, with the reason why."""
    left = home_of(session, moved.appearance_id)
    if left is None or left.claim_id != moved.from_id:
        raise Conflict(f"Appearance {moved.appearance_id} is not in claim {moved.from_id} any more.")
    home = move(session, left, into_id, by=by, now=now)
    made = moved.match
    home.score, home.explanation, home.compared_with_id = made.score, made.explanation, made.compared_with_id
    home.run_id = run.id
    session.add(home)
    session.flush()
    audit.record(
        session,
        Action.MATCH_GROUP,
        f"claim:{into_id}",
        actor=by.name,
        now=now,
        match=home.id,
        appearance=moved.appearance_id,
        relation=home.relation.value,
        score=round(made.score, 1),
        **by.details,
    )


def hold_all(session: Session, planned: Plan) -> None:
    """Note which appearances people keep together, where their claims do not say so any more."""
    for label, members in planned.standing.held.items():
        for home in homes_of(session, members):
            pinned_in = home.claim_id if home.decided_by_id is not None else None
            if (home.held_with_id or pinned_in) != label:
                home.held_with_id = label
                session.add(home)
    session.flush()


def homes_of(session: Session, appearance_ids: Sequence[int]) -> Iterator[Match]:
    """The matches that say where these appearances belong, some hundreds to a query."""
    for start in range(0, len(appearance_ids), IDS_AT_ONCE):
        ids = appearance_ids[start : start + IDS_AT_ONCE]
        wanted = select(Match).where(col(Match.appearance_id).in_(ids), col(Match.state) == MatchState.CONFIRMED)
        yield from session.scalars(wanted.order_by(col(Match.id))).all()


def finish(session: Session, run: MatchRun, planned: Plan, *, now: datetime) -> None:
    """Store what the run was given and what came of it."""
    found = planned.regrouping
    runs.finish(
        session,
        run,
        given=planned.standing.as_json(),
        result=found.as_result(),
        counts={
            "appearances": sum(len(group.members) for group in found.groups),
            "claims": len(found.groups),
            "moved": len(found.moves),
            "opened": sum(group.claim_id == NEW for group in found.groups),
            "closed": len(found.closed),
            "suggestions": len(found.proposals),
        },
        last_appearance_id=planned.last_appearance_id,
        now=now,
    )
