"""What people ask to be looked at again: articles, evidence or both, of one claim or of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from claims.fetching import Asker, join
from claims.models import Appearance, Article, Claim, Evidence, FetchRequest, Match, MatchState, Recheck, RequestState
from claims.rechecks.schedule import AT_ONCE, ask_for_article, ask_for_evidence
from claims.rows import load


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things to look at again: articles, evidence or both, of one claim or of all.

    older_than: only what was not looked at for so long.
    """

    articles: bool = True
    evidence: bool = True
    older_than: timedelta = timedelta(0)
    claim_id: int | None = None


def request_all(session: Session, wanted: Wanted, *, by: Asker, now: datetime) -> int:
    """Ask for another look at what is wanted and does not wait already; how many requests were made.

    These are 200 of each kind at most, so that nobody who wants to write waits long: ask again until there are none.
    NotFound where there is no such claim.
    """
    if wanted.claim_id is not None:
        load(session, Claim, wanted.claim_id)
    asked = 0
    if wanted.articles:
        asked += sum(ask_for_article(session, row, by, now=now) for row in articles_wanted(session, wanted, now=now))
    if wanted.evidence:
        asked += sum(ask_for_evidence(session, row, by, now=now) for row in evidence_wanted(session, wanted, now=now))
    return asked


def join_waiting(session: Session, wanted: Wanted, *, by: Asker, now: datetime) -> int:
    """Have what is wanted and waits as the schedule asked, or for a later time, carried out at once; how many waited.

    These are 200 at most: ask again until there are none.
    """
    is_scheduled = and_(col(FetchRequest.requested_by_id).is_(None), col(FetchRequest.is_by_command).is_(False))
    waiting = select(FetchRequest).where(
        FetchRequest.state == RequestState.QUEUED,
        or_(is_scheduled, col(FetchRequest.due_at) > now),
        looks_at(wanted, now),
    )
    rows = session.exec(waiting.order_by(col(FetchRequest.id)).limit(AT_ONCE)).all()
    for row in rows:
        join(session, row, by, now=now)
    return len(rows)


def looks_at(wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    """The condition that a request is another look at what fits."""
    articles = articles_fitting(wanted, now).with_only_columns(col(Article.id))
    cited = evidence_fitting(wanted, now).with_only_columns(col(Evidence.id))
    return or_(
        and_(true() if wanted.articles else false(), col(FetchRequest.article_id).in_(articles)),
        and_(true() if wanted.evidence else false(), col(FetchRequest.evidence_id).in_(cited)),
    )


def count_waiting(session: Session, wanted: Wanted, *, now: datetime) -> int:
    """How many of the things that fit wait already for the look that they were asked for."""
    waiting = 0
    if wanted.articles:
        rows = articles_fitting(wanted, now).where(article_waits())
        waiting += session.exec(select(func.count()).select_from(rows.subquery())).one()
    if wanted.evidence:
        cited = evidence_fitting(wanted, now).where(evidence_waits())
        waiting += session.exec(select(func.count()).select_from(cited.subquery())).one()
    return waiting


def articles_wanted(session: Session, wanted: Wanted, *, now: datetime) -> Sequence[Article]:
    """The articles that fit and do not wait already, the one that was not looked at for longest first."""
    rows = articles_fitting(wanted, now).where(~article_waits())
    return session.exec(rows.order_by(col(Recheck.checked_at), col(Article.id)).limit(AT_ONCE)).all()


def evidence_wanted(session: Session, wanted: Wanted, *, now: datetime) -> Sequence[Evidence]:
    """The evidence that fits and does not wait already, the one that was not looked at for longest first."""
    rows = evidence_fitting(wanted, now).where(~evidence_waits())
    return session.exec(rows.order_by(col(Recheck.checked_at), col(Evidence.id)).limit(AT_ONCE)).all()


def articles_fitting(wanted: Wanted, now: datetime) -> SelectOfScalar[Article]:
    """The query for articles on the web that fit, whether they wait already or not."""
    rows = select(Article).join(Recheck, col(Recheck.article_id) == Article.id, isouter=True)
    rows = rows.where(col(Article.canonical_url).startswith("http"), not_since(now - wanted.older_than))
    if wanted.claim_id is None:
        return rows
    carrying = (
        select(Appearance.article_id)
        .join(Match, col(Match.appearance_id) == Appearance.id)
        .where(Match.claim_id == wanted.claim_id, Match.state == MatchState.CONFIRMED)
    )
    return rows.where(col(Article.id).in_(carrying))


def evidence_fitting(wanted: Wanted, now: datetime) -> SelectOfScalar[Evidence]:
    """The query for evidence with an address that fits, whether it waits already or not."""
    rows = select(Evidence).join(Recheck, col(Recheck.evidence_id) == Evidence.id, isouter=True)
    rows = rows.where(col(Evidence.url).is_not(None), not_since(now - wanted.older_than))
    return rows if wanted.claim_id is None else rows.where(Evidence.claim_id == wanted.claim_id)


def article_waits() -> ColumnElement[bool]:
    """The condition that another look at an article was asked for and is still to come."""
    return is_open(col(FetchRequest.article_id) == col(Article.id))


def evidence_waits() -> ColumnElement[bool]:
    """The condition that another look at evidence was asked for and is still to come."""
    return is_open(col(FetchRequest.evidence_id) == col(Evidence.id))


def is_open(fits: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a request which fits waits or is carried out."""
    states = (RequestState.QUEUED, RequestState.RUNNING)
    return select(FetchRequest.id).where(fits, col(FetchRequest.state).in_(states)).exists()


def not_since(moment: datetime) -> ColumnElement[bool]:
    """The condition that something was not looked at since this moment."""
    return or_(col(Recheck.checked_at).is_(None), col(Recheck.checked_at) <= moment)
