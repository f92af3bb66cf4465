"""What became of everything that the matcher proposed: each of its matches with people's latest word on it, as SQL."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from claims.audit import Action
from claims.matching import Proposal
from claims.models import AuditEvent, Match, MatchState


class Proposed(StrEnum):
    """What the matcher did with an appearance: suggested it, kept it apart by a guard, or grouped it by itself."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    GROUPED = "grouped"


class Outcome(StrEnum):
    """What people make of a proposal today.

    TAKEN_BACK was confirmed and parted again, SET_ASIDE lost its claim before anybody spoke. STANDS and PARTED are
    for what the matcher grouped by itself.
    """

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISTINCT = "distinct"
    CONTRADICTS = "contradicts"
    RELATED = "related"
    TAKEN_BACK = "taken-back"
    SET_ASIDE = "set-aside"
    STANDS = "stands"
    PARTED = "parted"


DECIDED = (Outcome.CONFIRMED, Outcome.DISTINCT, Outcome.CONTRADICTS, Outcome.RELATED, Outcome.TAKEN_BACK)
# What a person's decision brought about: of suggestions, and of what the matcher grouped by itself.
SPOKEN_ON = (*DECIDED, Outcome.PARTED)


def proposals(session: Session, since: datetime | None = None, until: datetime | None = None) -> CTE:
    """Every match that the matcher made by comparing, at since or later and before until.

    Columns: match_id, proposed (Proposed), outcome (Outcome), version (the matcher's), score, decided_at (of the latest
    word; None where nobody spoke). The latest word holds: what stands with the wording that it was compared with was
    right, however it came there (confirmed, moved, or their claims merged); what a person parted from it was not. Left
    out is what was grouped by people's earlier word.
    """
    home, other, facts = aliased(Match), aliased(Match), history(session)
    # A row says who decided, but not what it was before: that a match was grouped by the matcher, or that somebody
    # was at home there and left, stands in the log alone.
    was_grouped = or_(
        and_(col(Match.state) == MatchState.CONFIRMED, col(Match.decided_by_id).is_(None)),
        func.coalesce(facts.c.was_grouped, 0) == 1,
    )
    # Most matches wait for a person, wherever the two live, and most others were never moved: nobody looks up what is
    # looked for by NULL.
    waits = col(Match.state) == MatchState.SUGGESTED
    went = or_(col(Match.decided_by_id).is_not(None), col(Match.state) == MatchState.DETACHED)
    wanted = (
        select(
            col(Match.id).label("match_id"),
            col(Match.score).label("score"),
            col(Match.matcher_version).label("version"),
            case(
                (was_grouped, Proposed.GROUPED.value),
                (col(Match.proposal) == Proposal.CONTRADICTS.value, Proposed.CONTRADICTS.value),
                else_=Proposed.SAME.value,
            ).label("proposed"),
            case((was_grouped, grouping_outcome(home, other)), else_=suggestion_outcome(home, other, facts)).label(
                "outcome"
            ),
            # What was grouped may be parted by taking away either of the two.
            case(
                (was_grouped, func.coalesce(col(Match.decided_at), col(home.decided_at), col(other.decided_at))),
                else_=col(Match.decided_at),
            ).label("decided_at"),
        )
        .join(
            facts,
            and_(facts.c.subject == case((went, subject_of(Match))), facts.c.appearance_id == col(Match.appearance_id)),
            isouter=True,
        )
        .join(home, lives(home, case((waits, None), else_=col(Match.appearance_id))), isouter=True)
        .join(other, lives(other, case((waits, None), else_=col(Match.compared_with_id))), isouter=True)
        .where(col(Match.compared_with_id).is_not(None))
        .where(or_(~was_grouped, col(Match.proposal) == Proposal.GROUP.value))
    )
    if since is not None:
        wanted = wanted.where(col(Match.created_at) >= since)
    if until is not None:
        wanted = wanted.where(col(Match.created_at) < until)
    return wanted.cte("made")


def suggestion_outcome(home: type[Match], other: type[Match], facts: Subquery) -> ColumnElement[str]:
    """What people make of a suggestion; a rejected one is what they said it is to the claim."""
    was_home = or_(col(Match.state) == MatchState.CONFIRMED, facts.c.was_left == 1)
    return case(
        (col(Match.state) == MatchState.SUGGESTED, Outcome.WAITING.value),
        (col(Match.decided_by_id).is_(None), Outcome.SET_ASIDE.value),
        (col(home.claim_id) == col(other.claim_id), Outcome.CONFIRMED.value),
        (col(Match.state) == MatchState.REJECTED, type_coerce(col(Match.relation), String)),
        (was_home, Outcome.TAKEN_BACK.value),
        else_=Outcome.SET_ASIDE.value,
    )


def grouping_outcome(home: type[Match], other: type[Match]) -> ColumnElement[str]:
    """Whether a person parted what the matcher grouped, whichever of the two went."""
    by_a_person = or_(col(home.decided_by_id).is_not(None), col(other.decided_by_id).is_not(None))
    return case(
        (and_(col(home.claim_id) != col(other.claim_id), by_a_person), Outcome.PARTED.value),
        else_=Outcome.STANDS.value,
    )


def history(session: Session) -> Subquery:
    """What the log knows of matches that a person may have moved: one row for each claim and appearance.

    Columns: subject ("claim:12"), appearance_id, was_grouped and was_left as 0 or 1.
    """
    moved = select(subject_of(Match)).where(
        col(Match.decided_by_id).is_not(None), col(Match.state).in_((MatchState.CONFIRMED, MatchState.DETACHED))
    )
    appearance_id = json_in(session, col(AuditEvent.details))["appearance"].as_integer().label("appearance_id")
    known: Select[Any] = (
        select(
            col(AuditEvent.subject).label("subject"),
            appearance_id,
            func.max(cast(col(AuditEvent.action) == Action.MATCH_GROUP.value, Integer)).label("was_grouped"),
            func.max(cast(col(AuditEvent.action) == Action.MATCH_DETACH.value, Integer)).label("was_left"),
        )
        .where(
            col(AuditEvent.action).in_((Action.MATCH_GROUP.value, Action.MATCH_DETACH.value)),
            col(AuditEvent.subject).in_(moved),
        )
        .group_by(col(AuditEvent.subject), appearance_id)
    )
    return known.subquery()


def subject_of(match: type[Match]) -> ColumnElement[str]:
    """The name that the log has for a match's claim."""
    return literal("claim:") + cast(col(match.claim_id), String)


def lives(home: type[Match], appearance_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a match is the home of an appearance."""
    return and_(col(home.appearance_id) == appearance_id, col(home.state) == MatchState.CONFIRMED)


def json_in(session: Session, text: SQLColumnExpression[Any]) -> Any:
    """A text column read as JSON: PostgreSQL must be told, SQLite must not."""
    return cast(text, JSON) if is_postgresql(session) else type_coerce(text, JSON)


def is_postgresql(session: Session) -> bool:
    """Whether the session speaks with PostgreSQL, not with SQLite."""
    return session.get_bind().dialect.name == "postgresql"
