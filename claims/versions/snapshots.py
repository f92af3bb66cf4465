"""The versions of an article or of a piece of evidence: its snapshots, in the order in which they were stored."""

import hashlib

from sqlmodel import Session, col, select

from claims.drafts import Page
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


def new_snapshot(page: Page, text: str, extracted_by: str, body_sha256: str) -> Snapshot:
    """What a page and its text look like as a row, not stored yet and belonging to nothing."""
    return Snapshot(
        fetched_url=page.url,
        final_url=page.final_url,
        status=page.status,
        headers=[list(pair) for pair in page.headers],
        content_type=page.content_type,
        body_sha256=body_sha256,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extracted_by=extracted_by,
        fetched_at=page.fetched_at,
    )
