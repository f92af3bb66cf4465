"""Where what is looked at again was read, and whether an answer from elsewhere can still be it."""

from sqlmodel import Session, col, select

from claims.addresses import canonical, parse, same_page
from claims.errors import BadAddress
from claims.models import Evidence, Snapshot

# What a site's front page is called; with a query behind it, it may be any page.
FRONT_PAGES = frozenset(("/", "/index.html", "/index.htm", "/index.php"))


def evidence_read_at(session: Session, evidence_id: int) -> str | None:
    """The address that answered with the copy that is cited; None where there is no copy."""
    cited = select(Snapshot.final_url).join(Evidence, col(Evidence.snapshot_id) == Snapshot.id)
    return session.exec(cited.where(Evidence.id == evidence_id)).first()


def article_read_at(session: Session, article_id: int) -> str | None:
    """The address that answered with the article's first version."""
    mine = select(Snapshot.final_url).where(Snapshot.article_id == article_id)
    return session.exec(mine.order_by(col(Snapshot.id)).limit(1)).first()


def leads_away(asked: str, answered: str, read_at: str | None) -> bool:
    """Whether the address leads to a front page by now: that is where sites send whoever asks for what is gone.

    It proves nothing of a page that was read there in the first place (read_at), nor of one that was never read (None).
    """
    if read_at is None or same_page(answered, read_at):
        return False
    return is_front_page(answered) and not is_front_page(asked)


def is_front_page(url: str) -> bool:
    """Whether the address is that of a whole site."""
    try:
        return parse(canonical(url)).target in FRONT_PAGES
    except BadAddress:
        return False
