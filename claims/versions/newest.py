"""The versions of an article or of a piece of evidence: its snapshots, in the order in which they were stored."""

from sqlmodel import Session, col, select

from claims.models import Snapshot

HTML = ("text/html", "application/xhtml+xml")


def newest_of_article(session: Session, article_id: int) -> Snapshot | None:
    """The article's newest version."""
    mine = select(Snapshot).where(Snapshot.article_id == article_id)
    return session.exec(mine.order_by(col(Snapshot.id).desc()).limit(1)).first()


def newest_of_evidence(session: Session, evidence_id: int) -> Snapshot | None:
    """The evidence's newest version."""
    mine = select(Snapshot).where(Snapshot.evidence_id == evidence_id)
    return session.exec(mine.order_by(col(Snapshot.id).desc()).limit(1)).first()


def fingerprint(snapshot: Snapshot) -> str:
    """What two versions of evidence are compared by.

    That is the text where one was read; else the bytes, but for a web page: its bytes change with every advertisement.
    """
    media_type = snapshot.content_type.partition(";")[0].strip().lower()
    if snapshot.text or media_type in HTML:
        return snapshot.text_sha256
    return snapshot.body_sha256
