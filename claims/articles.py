"""The stored article of a story: found however its address is spelled, and kept in step with what its page shows."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from claims import audit
from claims.addresses import same_page, spellings
from claims.audit import MACHINE, Action
from claims.drafts import ArticleDraft
from claims.models import Article, Outlet, Snapshot
from claims.rows import key, load
from claims.versions.headlines import is_new_byline, is_new_headline
from claims.versions.snapshots import newest_of_article


def find_article(session: Session, outlet: Outlet, article: ArticleDraft) -> Article | None:
    """The stored article at this address, however spelled, or of this outlet with the very same text at another."""
    at_address = select(Article).where(col(Article.canonical_url).in_(spellings(article.canonical_url)))
    known = session.exec(at_address.order_by(col(Article.id))).all()
    if known:
        return next((row for row in known if row.canonical_url == article.canonical_url), known[0])
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    same_text = select(Article).join(Snapshot, col(Snapshot.article_id) == Article.id)
    return session.exec(same_text.where(Article.outlet_id == outlet.id, Snapshot.text_sha256 == digest)).first()


def add_article(session: Session, outlet: Outlet, article: ArticleDraft, *, now: datetime) -> Article:
    """Store a story that was not known."""
    row = Article(
        outlet_id=key(outlet),
        canonical_url=article.canonical_url,
        title=article.title,
        authors=list(article.authors),
        language=article.language,
        origin=article.origin,
        access=article.access,
        published_at=article.published_at,
        modified_at=article.modified_at,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def keep_access(session: Session, row: Article, article: ArticleDraft, *, now: datetime) -> None:
    """Store and log how much of the article is open now, where that changed; the same text elsewhere says nothing."""
    if row.access is article.access or not same_page(row.canonical_url, article.canonical_url):
        return
    before, row.access = row.access, article.access
    session.add(row)
    subject = f"article:{row.id}"
    audit.record(session, Action.ARTICLE_ACCESS, subject, actor=MACHINE, now=now, before=before, after=row.access)


def keep_headline(session: Session, row: Article, article: ArticleDraft) -> None:
    """Give the article the headline, the byline and the time of change that its newest version shows."""
    row.title, row.modified_at = article.title, article.modified_at or row.modified_at
    row.authors = list(article.authors) or row.authors
    session.add(row)


def says_nothing_new(session: Session, known: Article, article: ArticleDraft) -> bool:
    """Whether the page says what the article's newest version says, under the same headline and byline.

    The same text elsewhere never is a version.
    """
    if not same_page(known.canonical_url, article.canonical_url):
        return True
    newest = newest_of_article(session, key(known))
    if newest is None or newest.text_sha256 != hashlib.sha256(article.text.encode()).hexdigest():
        return False
    outlets = (load(session, Outlet, known.outlet_id).name, article.outlet_name or "")
    is_new = is_new_headline(newest.title, article.title, outlets) or is_new_byline(newest.authors, article.authors)
    return not is_new
