"""How looking again went: noted with what is looked at, and told to the verdicts that lean on it."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from claims.models import AlertKind, Recheck
from claims.rechecks import alerts
from claims.rechecks.schedule import SECOND_LOOK, due_after
from claims.rows import storable

# Trouble is believed only when it lasts: this many days of it, each at least this long after the one before.
FAILURES_BELIEVED = 3
FAILURES_APART = timedelta(hours=20)
# So is a page that is said to be missing: by a second look, this long after the first that met no page.
MISSING_APART = timedelta(hours=1)
MAX_PROBLEM_CHARS = 500


def of_article(session: Session, article_id: int) -> Recheck:
    """The row about looking again at the article, made where there is none."""
    row = session.exec(select(Recheck).where(Recheck.article_id == article_id)).first()
    return row or Recheck(article_id=article_id)


def of_evidence(session: Session, evidence_id: int) -> Recheck:
    """The row about looking again at the evidence, made where there is none."""
    row = session.exec(select(Recheck).where(Recheck.evidence_id == evidence_id)).first()
    return row or Recheck(evidence_id=evidence_id)


def note_seen(session: Session, row: Recheck, *, now: datetime, is_back: bool = True) -> None:
    """Record that the address answered with a page now, and when to look again by the schedule.

    Where that page does not say any more what a published verdict leans on, an alert is raised; that an article was
    gone is settled, unless is_back is false: what was gone or missing is so still, since the address leads elsewhere.
    """
    row.checked_at = now
    row.failures, row.failing_since, row.failed_at = 0, None, None
    if is_back or (row.gone_at is None and row.missing_at is None):
        row.gone_at, row.missing_at, row.problem = None, None, ""
    row.due_at = due_after(session, row, now=now)
    session.add(row)
    session.flush()
    if row.article_id is not None:
        if is_back:
            alerts.settle_for_article(session, row.article_id, now=now)
        alerts.raise_for_article(session, row.article_id, now=now)
    elif row.evidence_id is not None:
        alerts.raise_for_changed_evidence(session, row.evidence_id, now=now)


def note_missing(session: Session, row: Recheck, problem: str, *, now: datetime) -> bool:
    """Record that the server says that there is no such page; whether that is believed, so that it counts as gone.

    A first such answer is not: a second look is due four hours later. One that comes an hour after it or more is, and
    so is any about a page that is gone already.
    """
    if row.gone_at is not None or (row.missing_at is not None and now - row.missing_at >= MISSING_APART):
        note_gone(session, row, problem, now=now)
        return True
    row.missing_at = row.missing_at or now
    note_answered(row, problem, now=now)
    row.due_at = row.missing_at + SECOND_LOOK
    session.add(row)
    return False


def note_gone(session: Session, row: Recheck, problem: str, *, now: datetime) -> None:
    """Record that the page is gone, since it was missing where it was that first.

    An alert is raised where a published verdict leans on it.
    """
    gone_at = row.gone_at or row.missing_at or now
    row.gone_at, row.missing_at = gone_at, None
    note_answered(row, problem, now=now)
    row.due_at = due_after(session, row, now=now)
    session.add(row)
    session.flush()
    if row.evidence_id is not None:
        alerts.raise_for_evidence(session, row.evidence_id, AlertKind.EVIDENCE_GONE, gone_at, now=now)
    elif row.article_id is not None:
        alerts.raise_for_gone_article(session, row.article_id, gone_at, now=now)


def note_answered(row: Recheck, problem: str, *, now: datetime) -> None:
    """Note with the row that its address answered, with no page."""
    row.checked_at, row.problem = now, storable(problem)[:MAX_PROBLEM_CHARS]
    row.failures, row.failing_since, row.failed_at = 0, None, None


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
