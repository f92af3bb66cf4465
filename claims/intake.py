"""Takes in what scrapers read: one article becomes rows, matched and logged, in one transaction or not at all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from claims import audit, db
from claims.addresses import leads_to_front_page, same_page, spellings
from claims.articles import add_article, find_article, keep_access, keep_headline, says_nothing_new
from claims.audit import MACHINE, Action
from claims.drafts import AppearanceDraft, ArticleDraft, Page, Stance
from claims.errors import InvalidDraft
from claims.grouping import Home, Judgements, Matcher, runs
from claims.matching import Wording
from claims.models import Appearance, Article, Claimant, MatchRunKind, Snapshot
from claims.outlets import outlet_of
from claims.rechecks import outcomes, validators
from claims.rows import key, require_indexable
from claims.searching import fold_for_search
from claims.tallies import recount
from claims.versions import anchors
from claims.versions.bodies import IN_DATABASE, Bodies
from claims.versions.snapshots import new_snapshot


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
    seen; the same text at another address adds nothing. A text, headline or byline that changed is a new snapshot, from
    which only new statements are taken, and in which the earlier ones are looked for. then is called at the end, within
    the transaction: what it does is stored with the article, and where it raises, nothing is. Raises InvalidDraft where
    a statement does not stand in the text at its offsets; nothing is stored then.
    """
    require_anchored(article, statements)
    require_indexable(article.canonical_url, "an address")
    # Nobody may wait for the work to write: a process that has just started has all to read, and an article of hundreds
    # of statements takes seconds to judge. What is new since is read and judged within the transaction.
    with db.reading(engine) as session:
        matcher.memory.catch_up(session)
        judged = matcher.foresee(session, expected(session, article, statements))
    with matcher.memory.kept_in_step(), db.transaction(engine) as session:
        matcher.memory.catch_up(session)
        stored = store_in(session, matcher, page, article, statements, judged, now=now, bodies=bodies)
        if then is not None:
            then(session, stored)
        return stored


def store_in(
    session: Session,
    matcher: Matcher,
    page: Page,
    article: ArticleDraft,
    statements: Sequence[AppearanceDraft],
    judged: Judgements,
    *,
    now: datetime,
    bodies: Bodies,
) -> Stored:
    """Store an article in the caller's transaction, which judged may foresee; see store."""
    outlet = outlet_of(session, article, now=now)
    known = find_article(session, outlet, article)
    if known is not None:
        keep_access(session, known, article, now=now)
        if says_nothing_new(session, known, article):
            if same_page(known.canonical_url, article.canonical_url):
                note_unchanged(session, known, page, now=now)
            return Stored(Outcome.UNCHANGED, key(known))
    row = known or add_article(session, outlet, article, now=now)
    snapshot = add_snapshot(session, row, page, article, bodies)
    validators.replace(session, validators.of_article(key(row)), page, now=now)
    anchors.anchor_earlier(session, snapshot)
    found = add_appearances(session, row, snapshot, statements, now=now)
    homes = place(session, matcher, found, article.language, judged, now=now)
    log_snapshot(session, row, snapshot, len(found), now=now)
    if known is not None:
        keep_headline(session, known, article)
    note_seen(session, row, page, now=now)
    recount(session, {match.claim_id for home in homes for match in home.matches})
    return Stored(
        outcome=Outcome.CHANGED if known else Outcome.NEW,
        article_id=key(row),
        appearances=len(found),
        claims=sum(home.is_new for home in homes),
        suggestions=sum(home.suggestions for home in homes),
    )


def require_anchored(article: ArticleDraft, statements: Sequence[AppearanceDraft]) -> None:
    """Raise InvalidDraft unless every statement's words stand in the text where it says."""
    for statement in statements:
        if article.text[statement.start : statement.end] != statement.exact:
            raise InvalidDraft(
                f"{statement.exact[:60]!r} does not stand at {statement.start} in {article.canonical_url}"
            )


def expected(session: Session, article: ArticleDraft, statements: Sequence[AppearanceDraft]) -> list[Wording]:
    """The words of those statements that will be appearances as far as anybody can tell now, as they are matched."""
    here = select(Appearance.exact).join(Article, col(Article.id) == Appearance.article_id)
    known = set(session.exec(here.where(col(Article.canonical_url).in_(spellings(article.canonical_url)))))
    new = [statement for statement in statements if statement.exact not in known]
    names = claimant_names(session, [statement.claimant or "" for statement in new if statement.cue is not None])
    return [
        Wording(
            statement.wording,
            names.get(fold_for_search(statement.claimant or "")) if statement.cue is not None else None,
            article.language,
            denies=statement.stance is Stance.DENIES,
        )
        for statement in new
    ]


def claimant_names(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The names that claimants are stored by, or will be, by how they are found."""
    typed: dict[str, str] = {}
    for name in names:
        if folded := fold_for_search(name):
            typed.setdefault(folded, name)
    rows = session.exec(select(Claimant.folded, Claimant.name).where(col(Claimant.folded).in_(typed))).all()
    return typed | dict(rows)


def note_unchanged(session: Session, known: Article, page: Page, *, now: datetime) -> None:
    """Keep what makes asking again cheap for the article, and that it was seen; no page elsewhere vouches for that."""
    validators.keep(session, validators.of_article(key(known)), page, now=now)
    note_seen(session, known, page, now=now)


def note_seen(session: Session, row: Article, page: Page, *, now: datetime) -> None:
    """Record that the article was seen.

    What was gone is back only where a server answers at its address, and with no front page: not with a file that
    somebody saved, which has no headers, nor at another address that names this one.
    """
    is_at_home = any(same_page(row.canonical_url, address) for address in (page.url, page.final_url))
    is_back = bool(page.headers) and is_at_home and not leads_to_front_page(row.canonical_url, page.final_url)
    outcomes.note_seen(session, outcomes.of_article(session, key(row)), now=now, is_back=is_back)


def add_snapshot(session: Session, row: Article, page: Page, article: ArticleDraft, bodies: Bodies) -> Snapshot:
    """Store what was fetched and the text that was read from it."""
    body_sha256 = bodies.keep(session, page.body)
    snapshot = new_snapshot(page, article.text, article.extracted_by, body_sha256)
    snapshot.article_id, snapshot.title, snapshot.authors = key(row), article.title, list(article.authors)
    session.add(snapshot)
    session.flush()
    return snapshot


def add_appearances(
    session: Session, article: Article, snapshot: Snapshot, statements: Sequence[AppearanceDraft], *, now: datetime
) -> list[Appearance]:
    """Store the statements that the article did not carry before; one span is stored once."""
    known = set(session.exec(select(Appearance.exact).where(Appearance.article_id == article.id)))
    new = [statement for statement in statements if statement.exact not in known]
    claimants = {name: claimant_id(session, name) for name in dict.fromkeys(statement.claimant for statement in new)}
    rows = {
        (statement.start, statement.end): Appearance(
            snapshot_id=key(snapshot),
            article_id=key(article),
            claimant_id=claimants[statement.claimant],
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
        for statement in new
    }
    session.add_all(rows.values())
    session.flush()
    return list(rows.values())


def place(
    session: Session,
    matcher: Matcher,
    found: Sequence[Appearance],
    language: str,
    judged: Judgements,
    *,
    now: datetime,
) -> list[Home]:
    """Find each appearance its claim; that is one run of the matcher, unless there is nothing to place."""
    if not found:
        return []
    run = runs.begin(session, MatchRunKind.INTAKE, scorer=matcher.scorer, actor=MACHINE, now=now)
    homes = matcher.place(session, found, language, judged=judged, run=run, now=now)
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
        title=snapshot.title,
        authors=snapshot.authors,
        appearances=found,
    )
