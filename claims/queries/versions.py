"""What was fetched of an article or of evidence, version by version, and what became of its quotes."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session, col

from claims.drafts import Access
from claims.errors import NotFound
from claims.models import Article, Evidence, FetchRequest, Outlet, Recheck, RequestKind, RequestState, Snapshot
from claims.queries.quotes import PlacedQuote, quotes_in
from claims.queries.snapshots import Pair, VersionView, pair_of, versions_where
from claims.rows import find, load


@dataclass(frozen=True, slots=True)
class LookedAt:
    """How looking at something again goes; all None and empty where nobody did.

    missing_at is when its address answered once that there is no such page, again_at when it is looked at next.
    """

    checked_at: datetime | None = None
    gone_at: datetime | None = None
    failing_since: datetime | None = None
    problem: str = ""
    missing_at: datetime | None = None
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleVersions:
    """An article with its versions, the oldest first, and its quotes as they stand in the newer of the pair."""

    article_id: int
    outlet: str
    url: str
    title: str
    language: str
    access: Access
    published_at: datetime | None
    modified_at: datetime | None
    looked: LookedAt
    versions: tuple[VersionView, ...]
    pair: Pair
    quotes: tuple[PlacedQuote, ...]


@dataclass(frozen=True, slots=True)
class EvidenceVersions:
    """A piece of evidence with its versions, the oldest first; cited_id is the snapshot that its reviewer cited.

    pair is None where there is no version yet.
    """

    evidence_id: int
    claim_id: int
    title: str
    url: str | None
    cited_id: int | None
    looked: LookedAt
    versions: tuple[VersionView, ...]
    pair: Pair | None


def article_versions(
    session: Session, article_id: int, old: int | None = None, new: int | None = None
) -> ArticleVersions:
    """The article with two of its versions by their numbers; NotFound where it has none such."""
    article = load(session, Article, article_id)
    versions = versions_where(session, col(Snapshot.article_id) == article_id)
    pair = pair_of(session, versions, old, new)
    return ArticleVersions(
        article_id=article_id,
        outlet=load(session, Outlet, article.outlet_id).name,
        url=article.canonical_url,
        title=article.title,
        language=article.language,
        access=article.access,
        published_at=article.published_at,
        modified_at=article.modified_at,
        looked=looked_at(session, col(Recheck.article_id) == article_id),
        versions=versions,
        pair=pair,
        quotes=quotes_in(session, article_id, versions, pair.new),
    )


def public_article_versions(
    session: Session, article_id: int, old: int | None = None, new: int | None = None
) -> ArticleVersions:
    """The article as the public may see it, with its quotes as they stand in the newest version.

    NotFound unless a claim with a verdict before the public appeared in it.
    """
    article = article_versions(session, article_id, old, new) if find(session, Article, article_id) else None
    if article is not None:
        quotes = quotes_in(session, article_id, article.versions, article.versions[-1])
        public = tuple(quote for quote in quotes if quote.is_public)
        if public:
            return replace(article, quotes=public)
    raise NotFound("No checked claim appeared in an article at this address. Search for the claim's words instead.")


def evidence_versions(
    session: Session, evidence_id: int, old: int | None = None, new: int | None = None
) -> EvidenceVersions:
    """The evidence with two of its versions by their numbers; it may have none yet."""
    evidence = load(session, Evidence, evidence_id)
    versions = versions_where(session, col(Snapshot.evidence_id) == evidence_id)
    return EvidenceVersions(
        evidence_id=evidence_id,
        claim_id=evidence.claim_id,
        title=evidence.title,
        url=evidence.url,
        cited_id=evidence.snapshot_id,
        looked=looked_at(session, col(Recheck.evidence_id) == evidence_id),
        versions=versions,
        pair=pair_of(session, versions, old, new) if versions else None,
    )


def looked_at(session: Session, condition: ColumnElement[bool]) -> LookedAt:
    """How looking again goes."""
    row = session.scalars(select(Recheck).where(condition)).first()
    if row is None:
        return LookedAt()
    again_at = next_look_at(session, row)
    return LookedAt(row.checked_at, row.gone_at, row.failing_since, row.problem, row.missing_at, again_at)


def next_look_at(session: Session, row: Recheck) -> datetime | None:
    """When it is looked at next, by the schedule or since somebody asked; None where nobody will by themselves."""
    if row.article_id is not None:
        mine = and_(col(FetchRequest.kind) == RequestKind.ARTICLE, col(FetchRequest.article_id) == row.article_id)
    else:
        mine = col(FetchRequest.evidence_id) == row.evidence_id
    is_to_come = col(FetchRequest.state) != RequestState.DONE
    # A failed request that has a time is tried again then; one that is done has none.
    asked_at = session.scalars(select(func.min(col(FetchRequest.due_at))).where(mine, is_to_come)).one()
    return min((at for at in (asked_at, row.due_at) if at is not None), default=None)
