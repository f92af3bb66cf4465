"""What the lists at the desk can be narrowed to: outlets, an article, languages."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from claims.models import Article, Claim, Outlet
from claims.rows import load


def outlets(session: Session) -> tuple[tuple[int, str], ...]:
    """The id and name of every outlet, by name."""
    rows = session.execute(select(col(Outlet.id), col(Outlet.name)).order_by(func.lower(col(Outlet.name))))
    return tuple((outlet_id, name) for outlet_id, name in rows)


def article_title(session: Session, article_id: int) -> str:
    """The title of an article; NotFound where there is none."""
    return load(session, Article, article_id).title


def languages(session: Session) -> tuple[str, ...]:
    """The languages that claims are in, the most frequent first."""
    counted = select(col(Claim.language)).group_by(col(Claim.language)).order_by(func.count().desc())
    return tuple(session.scalars(counted))
