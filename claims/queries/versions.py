"""What was fetched of an article or of evidence, version by version, and what became of its quotes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session, col

from claims.drafts import Access
from claims.errors import NotFound
from claims.models import (
    Anchor,
    Appearance,
    Article,
    Body,
    Claim,
    Evidence,
    FetchRequest,
    Match,
    MatchState,
    Outlet,
    Recheck,
    RequestKind,
    RequestState,
    Review,
    Snapshot,
)
from claims.rows import find, load
from claims.slugs import claim_path
from claims.tallies import STANDING_STATES
from claims.versions.bodies import Bodies


@dataclass(frozen=True, slots=True)
class VersionView:
    """One snapshot without its text; number counts an article's or a piece of evidence's versions from 1.

    title and authors are an article's headline and byline, None where they were not kept. size is in bytes, characters
    are those of the text.
    """

    snapshot_id: int
    number: int
    title: str | None
    authors: tuple[str, ...] | None
    characters: int
    fetched_at: datetime
    final_url: str
    status: int
    content_type: str
    extracted_by: str
    size: int
    body_sha256: str
    text_sha256: str
    archived_url: str | None
    archive_problem: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions to be compared, with their texts; the newest and the one before it, unless others are named."""

    old: VersionView
    new: VersionView
    old_text: str
    new_text: str


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """An appearance as it stands in one version; start and end are None where it is orphaned there.

    last_in is the number of the last version up to that one that held it, last_at where it began there. claim_id and
    claim_path are those of the claim that it belongs to, in published words where is_public: where it has a verdict
    before the public.
    """

    appearance_id: int
    exact: str
    start: int | None
    end: int | None
    last_in: int
    last_at: int
    claim_id: int | None
    claim_path: str | None
    is_public: bool


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


def snapshot_text(session: Session, snapshot_id: int) -> str:
    """The text that was read from a snapshot."""
    return load(session, Snapshot, snapshot_id).text


def snapshot_bytes(session: Session, snapshot_id: int, bodies: Bodies) -> bytes:
    """The bytes that were fetched; BodyLost where they are missing or altered."""
    return bodies.read(session, load(session, Snapshot, snapshot_id).body_sha256)


def pair_of(session: Session, versions: Sequence[VersionView], old: int | None, new: int | None) -> Pair:
    """Two of the versions by their numbers; by default the newest and the one before it, where there is one."""
    later = version_of(versions, new)
    earlier = version_of(versions, old if old is not None else max(1, later.number - 1))
    old_text, new_text = (snapshot_text(session, version.snapshot_id) for version in (earlier, later))
    return Pair(earlier, later, old_text, new_text)


def version_of(versions: Sequence[VersionView], number: int | None) -> VersionView:
    """The version with this number, or the newest where none is named; NotFound where there is no such."""
    fitting = [version for version in versions if number in (None, version.number)]
    if not fitting:
        raise NotFound("There is no such version here. Open the page without one to see the newest.")
    return fitting[-1]


def versions_where(session: Session, condition: ColumnElement[bool]) -> tuple[VersionView, ...]:
    """The snapshots that fit, the oldest first."""
    rows = session.execute(
        select(
            col(Snapshot.id).label("snapshot_id"),
            col(Snapshot.title),
            col(Snapshot.authors),
            func.length(col(Snapshot.text)).label("characters"),
            col(Snapshot.fetched_at),
            col(Snapshot.final_url),
            col(Snapshot.status),
            col(Snapshot.content_type),
            col(Snapshot.extracted_by),
            func.coalesce(col(Body.size), 0).label("size"),
            col(Snapshot.body_sha256),
            col(Snapshot.text_sha256),
            col(Snapshot.archived_url),
            col(Snapshot.archive_problem),
        )
        .join(Body, col(Body.sha256) == col(Snapshot.body_sha256), isouter=True)
        .where(condition)
        .order_by(col(Snapshot.id))
    )
    return tuple(version_view(number, **row._mapping) for number, row in enumerate(rows, 1))


def version_view(number: int, *, authors: Sequence[str] | None, **values: Any) -> VersionView:
    """One row of the query as pages show it."""
    return VersionView(number=number, authors=None if authors is None else tuple(authors), **values)


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
    is_open = col(FetchRequest.state).in_((RequestState.QUEUED, RequestState.RUNNING))
    asked_at = session.scalars(select(func.min(col(FetchRequest.due_at))).where(mine, is_open)).one()
    return min((at for at in (asked_at, row.due_at) if at is not None), default=None)


def quotes_in(
    session: Session, article_id: int, versions: Sequence[VersionView], shown: VersionView
) -> tuple[PlacedQuote, ...]:
    """The article's appearances up to the version shown, as they stand in it, in the order of where they were read."""
    numbers = {version.snapshot_id: version.number for version in versions}
    held = last_held(session, article_id, shown)
    rows = session.execute(
        select(Appearance, Anchor, Claim, Review)
        .join(
            Anchor,
            and_(col(Anchor.appearance_id) == col(Appearance.id), col(Anchor.snapshot_id) == shown.snapshot_id),
            isouter=True,
        )
        .join(
            Match,
            and_(col(Match.appearance_id) == col(Appearance.id), col(Match.state) == MatchState.CONFIRMED),
            isouter=True,
        )
        .join(Claim, col(Claim.id) == col(Match.claim_id), isouter=True)
        .join(
            Review,
            and_(col(Review.claim_id) == col(Claim.id), col(Review.state).in_(STANDING_STATES)),
            isouter=True,
        )
        .where(col(Appearance.article_id) == article_id, col(Appearance.snapshot_id) <= shown.snapshot_id)
        .order_by(col(Appearance.start), col(Appearance.id))
    )
    return tuple(
        placed(appearance, anchor, claim, review, held=held, numbers=numbers, shown=shown)
        for appearance, anchor, claim, review in rows
    )


def last_held(session: Session, article_id: int, shown: VersionView) -> dict[int, tuple[int, int]]:
    """By appearance, the last version up to the shown one that it was found again in, and where it began."""
    rows = session.execute(
        select(col(Anchor.appearance_id), col(Anchor.snapshot_id), col(Anchor.start))
        .join(Appearance, col(Appearance.id) == col(Anchor.appearance_id))
        .where(col(Appearance.article_id) == article_id, col(Anchor.snapshot_id) <= shown.snapshot_id)
        .where(col(Anchor.start).is_not(None))
        .order_by(col(Anchor.snapshot_id))
    )
    return {appearance_id: (snapshot_id, start or 0) for appearance_id, snapshot_id, start in rows}


def placed(
    appearance: Appearance,
    anchor: Anchor | None,
    claim: Claim | None,
    review: Review | None,
    *,
    held: dict[int, tuple[int, int]],
    numbers: dict[int, int],
    shown: VersionView,
) -> PlacedQuote:
    """One appearance as it stands in the version shown."""
    last_id, last_at = held.get(appearance.id or 0, (appearance.snapshot_id, appearance.start))
    is_own = appearance.snapshot_id == shown.snapshot_id
    start, end = (appearance.start, appearance.end) if is_own else (None, None)
    if anchor is not None:
        start, end = anchor.start, anchor.end
    return PlacedQuote(
        appearance_id=appearance.id or 0,
        exact=appearance.exact,
        start=start,
        end=end,
        last_in=numbers[last_id],
        last_at=last_at,
        claim_id=claim.id if claim else None,
        claim_path=claim_path(claim.id or 0, review.claim_text if review else claim.text) if claim else None,
        is_public=review is not None,
    )
