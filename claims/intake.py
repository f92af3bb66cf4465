"""Takes in what scrapers read: one article becomes rows, matched and logged, in one transaction or not at all."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from claims import audit, db
from claims.addresses import same_page, spellings
from claims.audit import MACHINE, Action
from claims.drafts import AppearanceDraft, ArticleDraft, Page
from claims.errors import InvalidDraft
from claims.grouping import Home, Matcher, runs
from claims.models import Appearance, Article, Claimant, MatchRunKind, Outlet, Snapshot
from claims.rechecks import rechecks, validators
from claims.rows import MAX_INDEXED_BYTES, checked_line, key, storable
from claims.searching import fold_for_search
from claims.tallies import recount
from claims.versions import anchors
from claims.versions.bodies import IN_DATABASE, Bodies

# The outlet of pages that were saved to a file and came without an address.
SAVED_PAGES = "Saved pages"
OUTLET_NEEDS = "An outlet needs a name and an address such as https://outlet.example/."


class Outcome(StrEnum):
    """What taking in an article came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """What one article added. claims are new ones; the other appearances joined claims that were there."""

    outcome: Outcome
    article_id: int
    appearances: int = 0
    claims: int = 0
    suggestions: int = 0


def store(
    engine: Engine,
    matcher: Matcher,
    page: Page,
    article: ArticleDraft,
    statements: Sequence[AppearanceDraft],
    *,
    now: datetime,
    bodies: Bodies = IN_DATABASE,
    then: Callable[[Session, Stored], None] | None = None,
) -> Stored:
    """Store an article, the snapshot it was read from and its appearances, each matched against all claims.

    What says the same as the article's newest version adds nothing but how much of it is open now, and that it was
    seen. A text that changed is a new snapshot, from which only new statements are taken, and in which the earlier
    ones are looked for. then is called at the end, within the transaction: what it does is stored with the article,
    and where it raises, nothing is. Raises InvalidDraft where a statement does not stand in the text at its offsets;
    nothing is stored then.
    """
    require_anchored(article, statements)
    require_indexable(article.canonical_url, "an address")
    with matcher.memory.kept_in_step(), db.transaction(engine) as session:
        matcher.memory.catch_up(session)
        stored = store_in(session, matcher, page, article, statements, now=now, bodies=bodies)
        if then is not None:
            then(session, stored)
        return stored


def store_in(
    session: Session,
    matcher: Matcher,
    page: Page,
    article: ArticleDraft,
    statements: Sequence[AppearanceDraft],
    *,
    now: datetime,
    bodies: Bodies,
) -> Stored:
    """Store an article in the caller's transaction; see store."""
    outlet = outlet_of(session, article, now=now)
    known = find_article(session, outlet, article)
    if known is not None:
        keep_access(session, known, article, now=now)
        if says_nothing_new(session, known, article):
            keep_validators(session, known, page, article, now=now)
            rechecks.note_seen(session, rechecks.of_article(session, key(known)), now=now)
            return Stored(Outcome.UNCHANGED, key(known))
    row = known or add_article(session, outlet, article, now=now)
    snapshot = add_snapshot(session, row, page, article, bodies)
    validators.replace(session, validators.of_article(key(row)), page, now=now)
    anchors.anchor_earlier(session, snapshot)
    found = add_appearances(session, row, snapshot, statements, now=now)
    homes = place(session, matcher, found, article.language, now=now)
    log_snapshot(session, row, snapshot, len(found), now=now)
    if known is not None:
        keep_headline(session, known, article)
    rechecks.note_seen(session, rechecks.of_article(session, key(row)), now=now)
    recount(session, {match.claim_id for home in homes for match in home.matches})
    return Stored(
        outcome=Outcome.CHANGED if known else Outcome.NEW,
        article_id=key(row),
        appearances=len(found),
        claims=sum(home.is_new for home in homes),
        suggestions=sum(home.suggestions for home in homes),
    )


def add_outlet(session: Session, name: str, address: str, *, actor: str, now: datetime) -> Outlet:
    """Store an outlet whose articles' addresses begin with address; one that is known keeps its row, renamed."""
    if not name.strip():
        raise InvalidDraft(OUTLET_NEEDS)
    start = outlet_start(address)
    return keep_outlet(session, checked_line(name, "Name"), start, actor=actor, now=now)


def known_outlet(session: Session, address: str) -> Outlet | None:
    """The outlet that is stored for this address, however its host and end are spelled; InvalidDraft for no address."""
    return outlet_at(session, outlet_start(address))


def outlet_start(address: str) -> str:
    """What the addresses of an outlet's articles begin with; InvalidDraft for no address, and for one too long."""
    parts = split_address(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InvalidDraft(OUTLET_NEEDS)
    start = start_of(parts).rstrip("/") + "/"
    require_indexable(start, "an address")
    return start


def outlet_at(session: Session, start: str) -> Outlet | None:
    """The outlet whose articles' addresses begin with just this."""
    return session.exec(select(Outlet).where(Outlet.address == start)).first()


def keep_outlet(session: Session, name: str, address: str, *, actor: str, now: datetime) -> Outlet:
    """The outlet at this address, stored or renamed if need be."""
    outlet = outlet_at(session, address)
    if outlet is not None and outlet.name == name:
        return outlet
    outlet = outlet or Outlet(name=name, address=address, created_at=now)
    outlet.name = name
    session.add(outlet)
    session.flush()
    audit.record(session, Action.OUTLET_ADD, f"outlet:{outlet.id}", actor=actor, now=now, name=name, address=address)
    return outlet


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


def require_anchored(article: ArticleDraft, statements: Sequence[AppearanceDraft]) -> None:
    """Raise InvalidDraft unless every statement's words stand in the text where it says."""
    for statement in statements:
        if article.text[statement.start : statement.end] != statement.exact:
            raise InvalidDraft(
                f"{statement.exact[:60]!r} does not stand at {statement.start} in {article.canonical_url}"
            )


def require_indexable(value: str, name: str) -> None:
    """Raise InvalidDraft where a text is longer than every database can index."""
    size = len(value.encode())
    if size > MAX_INDEXED_BYTES:
        raise InvalidDraft(f"{name} of {size} bytes is over {MAX_INDEXED_BYTES}: {value[:60]!r}...")


def split_address(address: str) -> SplitResult:
    """The address in its parts; InvalidDraft where it has none."""
    try:
        return urlsplit(storable(address).strip())
    except ValueError as error:
        raise InvalidDraft(f"{address[:80]!r} is no address such as https://outlet.example/: {error}.") from error


def start_of(parts: SplitResult) -> str:
    """The address as outlets are compared by: its host in lower case, without query."""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path or '/'}"


def outlet_of(session: Session, article: ArticleDraft, *, now: datetime) -> Outlet:
    """The outlet with the longest address that the article's begins with, else a new one for its host.

    Neither http or https nor "www." makes another outlet; where both are stored, the one as the article has it.
    """
    parts = split_address(article.canonical_url)
    if parts.scheme == "file":
        return keep_outlet(session, SAVED_PAGES, "file:///", actor=MACHINE, now=now)
    origin, path = f"{parts.scheme}://{parts.netloc.lower()}/", parts.path or "/"
    is_here = (col(Outlet.address).startswith(spelling, autoescape=True) for spelling in spellings(origin))
    here = session.exec(select(Outlet).where(or_(*is_here)).order_by(col(Outlet.id))).all()
    fitting = [outlet for outlet in here if path.startswith(urlsplit(outlet.address).path)]
    if fitting:
        return max(fitting, key=lambda outlet: (len(urlsplit(outlet.address).path), outlet.address.startswith(origin)))
    name = article.outlet_name or (parts.hostname or "").removeprefix("www.")
    return add_outlet(session, name, origin, actor=MACHINE, now=now)


def find_article(session: Session, outlet: Outlet, article: ArticleDraft) -> Article | None:
    """The stored article at this address, however spelled, or of this outlet with the very same text at another."""
    at_address = select(Article).where(col(Article.canonical_url).in_(spellings(article.canonical_url)))
    known = session.exec(at_address.order_by(col(Article.id))).all()
    if known:
        return next((row for row in known if row.canonical_url == article.canonical_url), known[0])
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    same_text = select(Article).join(Snapshot, col(Snapshot.article_id) == Article.id)
    return session.exec(same_text.where(Article.outlet_id == outlet.id, Snapshot.text_sha256 == digest)).first()


def keep_access(session: Session, row: Article, article: ArticleDraft, *, now: datetime) -> None:
    """Store and log how much of the article is open now, where that changed; the same text elsewhere says nothing."""
    if row.access is article.access or not same_page(row.canonical_url, article.canonical_url):
        return
    before, row.access = row.access, article.access
    session.add(row)
    subject = f"article:{row.id}"
    audit.record(session, Action.ARTICLE_ACCESS, subject, actor=MACHINE, now=now, before=before, after=row.access)


def says_nothing_new(session: Session, known: Article, article: ArticleDraft) -> bool:
    """Whether the page says what the article's newest version says; the same text elsewhere never is a version."""
    if not same_page(known.canonical_url, article.canonical_url):
        return True
    wanted = select(Snapshot.text_sha256).where(Snapshot.article_id == known.id).order_by(col(Snapshot.id).desc())
    return session.exec(wanted.limit(1)).first() == hashlib.sha256(article.text.encode()).hexdigest()


def keep_validators(session: Session, known: Article, page: Page, article: ArticleDraft, *, now: datetime) -> None:
    """Keep what makes asking again cheap for the article; a page elsewhere does not vouch for it."""
    if same_page(known.canonical_url, article.canonical_url):
        validators.keep(session, validators.of_article(key(known)), page, now=now)


def keep_headline(session: Session, row: Article, article: ArticleDraft) -> None:
    """Give the article the headline and the time of change that its newest version shows."""
    row.title, row.modified_at = article.title, article.modified_at or row.modified_at
    session.add(row)


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


def add_snapshot(session: Session, row: Article, page: Page, article: ArticleDraft, bodies: Bodies) -> Snapshot:
    """Store what was fetched and the text that was read from it."""
    body_sha256 = bodies.keep(session, page.body)
    snapshot = new_snapshot(page, article.text, article.extracted_by, body_sha256)
    snapshot.article_id, snapshot.title = key(row), article.title
    session.add(snapshot)
    session.flush()
    return snapshot


def add_appearances(
    session: Session, article: Article, snapshot: Snapshot, statements: Sequence[AppearanceDraft], *, now: datetime
) -> list[Appearance]:
    """Store the statements that the article did not carry before; one span is stored once."""
    known = set(session.exec(select(Appearance.exact).where(Appearance.article_id == article.id)))
    rows = {
        (statement.start, statement.end): Appearance(
            snapshot_id=key(snapshot),
            article_id=key(article),
            claimant_id=claimant_id(session, statement.claimant),
            exact=statement.exact,
            prefix=statement.prefix,
            suffix=statement.suffix,
            start=statement.start,
            end=statement.end,
            wording=statement.wording,
            cue=statement.cue,
            stance=statement.stance,
            kind=statement.kind,
            check_worthiness=statement.check_worthiness,
            created_at=now,
        )
        for statement in statements
        if statement.exact not in known
    }
    session.add_all(rows.values())
    session.flush()
    return list(rows.values())


def place(
    session: Session, matcher: Matcher, found: Sequence[Appearance], language: str, *, now: datetime
) -> list[Home]:
    """Find each appearance its claim; that is one run of the matcher, unless there is nothing to place."""
    if not found:
        return []
    run = runs.begin(session, MatchRunKind.INTAKE, scorer=matcher.scorer, actor=MACHINE, now=now)
    homes = [matcher.place(session, appearance, language, run=run, now=now) for appearance in found]
    runs.finish(
        session,
        run,
        given={"language": language, "placings": [home.placing.as_json() for home in homes]},
        result=runs.canonical_lines(match.as_json() for home in homes for match in home.matches),
        counts={
            "appearances": len(homes),
            "claims": sum(home.is_new for home in homes),
            "suggestions": sum(home.suggestions for home in homes),
        },
        last_appearance_id=matcher.memory.last_id,
        now=now,
    )
    return homes


def claimant_id(session: Session, name: str | None) -> int | None:
    """The id of the claimant with this name, stored if need be."""
    folded = fold_for_search(name or "")
    if name is None or not folded:
        return None
    require_indexable(folded, "a claimant")
    claimant = session.exec(select(Claimant).where(Claimant.folded == folded)).first()
    if claimant is None:
        claimant = Claimant(name=name, folded=folded)
        session.add(claimant)
        session.flush()
    return claimant.id


def log_snapshot(session: Session, article: Article, snapshot: Snapshot, found: int, *, now: datetime) -> None:
    """Write the event that seals what was fetched."""
    audit.record(
        session,
        Action.SNAPSHOT_ADD,
        f"snapshot:{snapshot.id}",
        actor=MACHINE,
        now=now,
        article=article.id,
        url=article.canonical_url,
        body_sha256=snapshot.body_sha256,
        text_sha256=snapshot.text_sha256,
        appearances=found,
    )
