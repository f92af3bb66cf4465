"""When to look again at articles and evidence, and asking for it when it is due."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from claims import fetching
from claims.models import Article, Evidence, Recheck, RequestKind
from claims.rechecks.leaning import articles_behind_verdicts, evidence_behind_verdicts, is_leaned_on
from claims.rows import key, load

# The whole schedule. What a published verdict leans on is looked at daily, for as long as the verdict stands.
DAILY = timedelta(days=1)
# Outlets edit most in the first days; a story's first fortnight is followed closely, its first quarter now and then.
FRESH, FRESH_EVERY = timedelta(days=14), timedelta(days=2)
RECENT, RECENT_EVERY = timedelta(days=90), timedelta(days=7)
# A page that is said to be missing is looked at once more soon: sites say so for minutes while they are being changed.
SECOND_LOOK = timedelta(hours=4)
# How many requests one turn makes at most, so that people's own are not drowned.
AT_ONCE = 200


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
    """Ask for another look where the schedule or a missing page wants one, and note when the next one is due."""
    since, leaned_on = known_since(session, row), is_leaned_on(session, row)
    is_scheduled = next_check_at(since, row.checked_at, is_leaned_on=leaned_on) is not None
    is_wanted = is_scheduled or row.missing_at is not None
    row.due_at = next_check_at(since, now, is_leaned_on=leaned_on) if is_wanted else None
    session.add(row)
    if not is_wanted:
        return False
    row.asked_at = now
    if row.article_id is not None:
        return ask_for_article(session, load(session, Article, row.article_id), None, now=now)
    return ask_for_evidence(session, load(session, Evidence, row.evidence_id or 0), None, now=now)


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


def ask_for_article(session: Session, article: Article, by: fetching.Asker, *, now: datetime) -> bool:
    """Queue another look at an article; whether it was not queued already."""
    wish = fetching.Wish(RequestKind.ARTICLE, article.canonical_url, article_id=key(article))
    return fetching.enqueue(session, wish, by=by, now=now) is not None


def ask_for_evidence(session: Session, evidence: Evidence, by: fetching.Asker, *, now: datetime) -> bool:
    """Queue another look at a piece of evidence; whether it has an address and was not queued already."""
    if not evidence.url:
        return False
    wish = fetching.Wish(RequestKind.EVIDENCE, evidence.url, evidence_id=key(evidence))
    return fetching.enqueue(session, wish, by=by, now=now) is not None
