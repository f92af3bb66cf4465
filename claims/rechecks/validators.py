"""What makes asking again cheap: an address's validators, kept with the very thing that was stored of its answer.

One address may be evidence twice, an article and a listing at once, and each has stored its own answer: an address that
says "unchanged" says so of the answer whose validators it was sent. So they are kept for a subject, and sent for it
alone. They are there only while what is newest of the subject is what the address answered with them.
"""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from claims.drafts import Page, Validators
from claims.models import Validator
from claims.rows import MAX_INDEXED_BYTES

ARTICLE = "article:"


def of_article(article_id: int) -> str:
    """The subject of what is kept with an article's newest version."""
    return f"{ARTICLE}{article_id}"


def of_evidence(evidence_id: int) -> str:
    """The subject of what is kept with the newest copy of a piece of evidence."""
    return f"evidence:{evidence_id}"


def of_listing(listing_id: int) -> str:
    """The subject of what is kept with the last reading of a listing."""
    return f"listing:{listing_id}"


def known(session: Session, subject: str, url: str) -> Validators:
    """What the address told us when the subject's newest was stored of it; empty where it told nothing."""
    row = session.get(Validator, (subject, url))
    return Validators(row.etag, row.last_modified) if row else Validators()


def article_at(session: Session, url: str) -> int | None:
    """The article whose newest version is what this very address answered, with validators; None where none is."""
    here = select(Validator.subject).where(Validator.url == url, col(Validator.subject).startswith(ARTICLE))
    subject = session.exec(here.order_by(col(Validator.kept_at).desc()).limit(1)).first()
    return int(subject.removeprefix(ARTICLE)) if subject else None


def keep(session: Session, subject: str, page: Page, *, now: datetime) -> None:
    """Keep what the page's address told, in the transaction that stores what the page says of the subject.

    What other addresses told of the subject stays: the page says nothing new.
    """
    told = Validators.of(page)
    row = session.get(Validator, (subject, page.url))
    if told and len(page.url.encode()) <= MAX_INDEXED_BYTES:
        row = row or Validator(subject=subject, url=page.url, kept_at=now)
        row.etag, row.last_modified, row.kept_at = told.etag, told.last_modified, now
        session.add(row)
    elif row is not None:
        session.delete(row)


def replace(session: Session, subject: str, page: Page | None, *, now: datetime) -> None:
    """The same where the page says something new: no other address vouches for that.

    None where no page alone vouches for all that is stored: everything is asked for next time.
    """
    others = delete(Validator).where(col(Validator.subject) == subject)
    session.exec(others.where(col(Validator.url) != page.url) if page else others)
    if page is not None:
        keep(session, subject, page, now=now)
