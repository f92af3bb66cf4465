"""What makes asking again cheap: an address's validators, kept with what was stored of its answer."""

from datetime import datetime

from sqlmodel import Session

from claims.drafts import Page, Validators
from claims.models import Validator


def known(session: Session, url: str) -> Validators:
    """What the address told us when we last stored what it answered; empty where it told nothing."""
    row = session.get(Validator, url)
    return Validators(row.etag, row.last_modified) if row else Validators()


def keep(session: Session, page: Page, *, now: datetime) -> None:
    """Keep what the page's address told, in the transaction that stores what the page says: it vouches for that."""
    told = Validators.of(page)
    row = session.get(Validator, page.url)
    if not told:
        forget(session, page.url)
        return
    row = row or Validator(url=page.url, kept_at=now)
    row.etag, row.last_modified, row.kept_at = told.etag, told.last_modified, now
    session.add(row)


def forget(session: Session, url: str) -> None:
    """Ask for the whole page next time."""
    row = session.get(Validator, url)
    if row is not None:
        session.delete(row)
