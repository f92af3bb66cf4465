"""Looking again at articles and evidence: when it is due, what is asked for, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from claims import fetching
from claims.models import (
    AlertKind,
    Appearance,
    Article,
    Claim,
    Evidence,
    FetchRequest,
    Match,
    MatchState,
    Recheck,
    RequestKind,
    RequestState,
)
from claims.rechecks import alerts
from claims.rechecks.leaning import articles_behind_verdicts, evidence_behind_verdicts, is_leaned_on
from claims.rows import key, load, storable

# The whole schedule. What a published verdict leans on is looked at daily, for as long as the verdict stands.
DAILY = timedelta(days=1)
# Outlets edit most in the first days; a story's first fortnight is followed closely, its first quarter now and then.
FRESH, FRESH_EVERY = timedelta(days=14), timedelta(days=2)
RECENT, RECENT_EVERY = timedelta(days=90), timedelta(days=7)
# Trouble is believed only when it lasts: this many days of it, each at least this long after the one before.
FAILURES_BELIEVED = 3
FAILURES_APART = timedelta(hours=20)
# How many requests one turn makes at most, so that people's own are not drowned.
AT_ONCE = 200
MAX_PROBLEM_CHARS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things to look at again: articles, evidence or both, of one claim or of all.

    older_than: only what was not looked at for so long.
    """

    articles: bool = True
    evidence: bool = True
    older_than: timedelta = timedelta(0)
    claim_id: int | None = None


def next_check_at(known_since: datetime, checked_at: datetime | None, *, is_leaned_on: bool) -> datetime | None:
    """When to look again at something; None where its time is over.

    is_leaned_on: a published verdict leans on it.
    """
    if checked_at is None:
        return known_since
    if is_leaned_on:
        return checked_at + DAILY
    age = checked_at - known_since
    if age < FRESH:
        return checked_at + FRESH_EVERY
    if age < RECENT:
        return checked_at + RECENT_EVERY
    return None


def request_all(session: Session, wanted: Wanted, *, now: datetime) -> int:
    """Ask for another look at what is wanted and does not wait already; how many requests were made.

    These are 200 of each kind at most, so that nobody who wants to write waits long: ask again until there are none.
    NotFound where there is no such claim.
    """
    if wanted.claim_id is not None:
        load(session, Claim, wanted.claim_id)
    asked = 0
    if wanted.articles:
        asked += sum(ask_for_article(session, row, now=now) for row in articles_wanted(session, wanted, now=now))
    if wanted.evidence:
        asked += sum(ask_for_evidence(session, row, now=now) for row in evidence_wanted(session, wanted, now=now))
    return asked


def request_due(session: Session, *, now: datetime) -> int:
    """Ask for another look at what is due by the schedule, 200 at most; how many requests were made.

    What was asked for is due again by the schedule, however the asking goes.
    """
    leaned_on = or_(
        col(Recheck.article_id).in_(articles_behind_verdicts()),
        col(Recheck.evidence_id).in_(evidence_behind_verdicts()),
    )
    # A verdict may have been published since the next look was planned for some later day.
    day_ago = now - DAILY
    not_asked = or_(col(Recheck.asked_at).is_(None), col(Recheck.asked_at) <= day_ago)
    overdue = and_(leaned_on, col(Recheck.checked_at) <= day_ago, not_asked)
    due = select(Recheck).where(or_(col(Recheck.due_at) <= now, overdue))
    by_urgency = (col(Recheck.due_at).is_(None).desc(), col(Recheck.due_at), col(Recheck.id))
    return sum(
        ask_if_due(session, row, now=now) for row in session.exec(due.order_by(*by_urgency).limit(AT_ONCE)).all()
    )


def ask_if_due(session: Session, row: Recheck, *, now: datetime) -> bool:
    """Ask for another look where the schedule still wants one, and note when the next one is due."""
    since, leaned_on = known_since(session, row), is_leaned_on(session, row)
    is_wanted = next_check_at(since, row.checked_at, is_leaned_on=leaned_on) is not None
    row.due_at = next_check_at(since, now, is_leaned_on=leaned_on) if is_wanted else None
    session.add(row)
    if not is_wanted:
        return False
    row.asked_at = now
    if row.article_id is not None:
        return ask_for_article(session, load(session, Article, row.article_id), now=now)
    return ask_for_evidence(session, load(session, Evidence, row.evidence_id or 0), now=now)


def of_article(session: Session, article_id: int) -> Recheck:
    """The row about looking again at the article, made where there is none."""
    row = session.exec(select(Recheck).where(Recheck.article_id == article_id)).first()
    return row or Recheck(article_id=article_id)


def of_evidence(session: Session, evidence_id: int) -> Recheck:
    """The row about looking again at the evidence, made where there is none."""
    row = session.exec(select(Recheck).where(Recheck.evidence_id == evidence_id)).first()
    return row or Recheck(evidence_id=evidence_id)


def note_seen(session: Session, row: Recheck, *, now: datetime) -> None:
    """Record that the address answered with a page now, and when to look again by the schedule.

    Where that page does not say any more what a published verdict leans on, an alert is raised.
    """
    row.checked_at, row.gone_at = now, None
    row.failures, row.failing_since, row.failed_at, row.problem = 0, None, None, ""
    row.due_at = due_after(session, row, now=now)
    session.add(row)
    session.flush()
    if row.article_id is not None:
        alerts.raise_for_article(session, row.article_id, now=now)
    elif row.evidence_id is not None:
        alerts.raise_for_changed_evidence(session, row.evidence_id, now=now)


def note_gone(session: Session, row: Recheck, problem: str, *, now: datetime) -> None:
    """Record that the server says that the page is gone, and raise an alert where a published verdict leans on it."""
    gone_at = row.gone_at or now
    row.checked_at, row.gone_at = now, gone_at
    row.failures, row.failing_since, row.failed_at = 0, None, None
    row.problem = storable(problem)[:MAX_PROBLEM_CHARS]
    row.due_at = due_after(session, row, now=now)
    session.add(row)
    session.flush()
    if row.evidence_id is not None:
        alerts.raise_for_evidence(session, row.evidence_id, AlertKind.EVIDENCE_GONE, gone_at, now=now)


def note_failure(session: Session, row: Recheck, problem: str, *, now: datetime) -> None:
    """Record that the address did not answer; several tries of one day count once.

    After three such days an alert is raised where a published verdict leans on it.
    """
    row.problem = storable(problem)[:MAX_PROBLEM_CHARS]
    if row.failed_at is None or now - row.failed_at >= FAILURES_APART:
        row.failures, row.failed_at, row.failing_since = row.failures + 1, now, row.failing_since or now
    row.due_at = due_after(session, row, now=now)
    session.add(row)
    session.flush()
    if row.evidence_id is not None and row.failures >= FAILURES_BELIEVED:
        since = row.failing_since or now
        alerts.raise_for_evidence(session, row.evidence_id, AlertKind.EVIDENCE_UNREACHABLE, since, now=now)


def due_after(session: Session, row: Recheck, *, now: datetime) -> datetime | None:
    """When to look again after a look now, by the schedule; never for what is on no web."""
    if row.article_id is not None:
        article = load(session, Article, row.article_id)
        if not article.canonical_url.startswith(("http://", "https://")):
            return None
    return next_check_at(known_since(session, row), now, is_leaned_on=is_leaned_on(session, row))


def known_since(session: Session, row: Recheck) -> datetime:
    """Since when the article or the evidence is stored."""
    if row.article_id is not None:
        return load(session, Article, row.article_id).created_at
    return load(session, Evidence, row.evidence_id or 0).added_at


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


def ask_for_article(session: Session, article: Article, *, now: datetime) -> bool:
    """Queue another look at an article; whether it was not queued already."""
    wish = fetching.Wish(RequestKind.ARTICLE, article.canonical_url, article_id=key(article))
    return fetching.enqueue(session, wish, by=None, now=now) is not None


def ask_for_evidence(session: Session, evidence: Evidence, *, now: datetime) -> bool:
    """Queue another look at a piece of evidence; whether it has an address and was not queued already."""
    if not evidence.url:
        return False
    wish = fetching.Wish(RequestKind.EVIDENCE, evidence.url, evidence_id=key(evidence))
    return fetching.enqueue(session, wish, by=None, now=now) is not None
