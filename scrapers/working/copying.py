"""Looks at evidence and at stored articles again: keeps what changed, and notes what is gone or does not answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from bs4 import BeautifulSoup

from claims import db
from claims.addresses import leads_to_front_page, parse
from claims.db import Session
from claims.drafts import NOT_ARCHIVED, Archived, Page, Validators
from claims.errors import ClaimsError
from claims.intake import Stored, store
from claims.models import Article, Evidence, Recheck, Snapshot
from claims.rechecks import copies, outcomes, places, validators
from claims.rows import load
from scrapers import article
from scrapers.errors import HostResting, LeadsAway, NotAnArticle, ScrapeError
from scrapers.fetch import Content
from scrapers.network.content import HTML_TYPES, media_type_of
from scrapers.pages.markup import clean_text, markup_of
from scrapers.pipeline import Failure, Pipeline, line_for, read

UNCHANGED = "looked at again, unchanged"
NOT_THERE = "not there, which one answer does not prove; looked at once more soon"
MAX_TEXT_CHARS = 1_000_000
# Called in the transaction that stores what a job found, with the line that says what came of it.
Then = Callable[[Session, str], None]


@dataclass(frozen=True, slots=True)
class Words:
    """The text that was read from a page of any type, and by what; both may say that there is none."""

    text: str
    extracted_by: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What an evidence's address returned, None where it is what we have; and whether an archive keeps it too."""

    page: Page | None
    archived: Archived = NOT_ARCHIVED


def ask_for_evidence(pipeline: Pipeline, evidence_id: int, url: str) -> Copied:
    """Ask the network for evidence, and an archive for the copy that is cited; stores nothing.

    Raises ScrapeError as Fetcher.fetch does, and LeadsAway.
    """
    with db.reading(pipeline.engine) as session:
        has_copy = load(session, Evidence, evidence_id).snapshot_id is not None
        read_at = places.evidence_read_at(session, evidence_id)
        told = validators.known(session, validators.of_evidence(evidence_id), url) if has_copy else Validators()
    page = pipeline.fetcher.fetch_again(url, Content.EVIDENCE, told)
    refuse_front_page(page, read_at)
    if page is None or has_copy or pipeline.archive is None:
        return Copied(page)
    return Copied(page, pipeline.archive.save(pipeline.fetcher, page))


def ask_for_article(pipeline: Pipeline, article_id: int, url: str) -> Page | None:
    """Ask the network for a stored article, None where it is what we have; raises as ask_for_evidence does."""
    with db.reading(pipeline.engine) as session:
        read_at = places.article_read_at(session, article_id)
        told = validators.known(session, validators.of_article(article_id), url)
    page = pipeline.fetcher.fetch_again(url, Content.ARTICLE, told)
    refuse_front_page(page, read_at)
    return page


def refuse_front_page(page: Page | None, read_at: str | None) -> None:
    """Raise LeadsAway where we were sent on to a front page, though this is not where we read the page before."""
    if page is not None and places.leads_away(page.url, page.final_url, read_at):
        host = parse(page.final_url).host
        raise LeadsAway(page.url, f"the site sends us on to the front page of {host}; look for the page elsewhere")


def keep_evidence(pipeline: Pipeline, evidence_id: int, copied: Copied, then: Then) -> str:
    """Store what evidence returned where that is new, and what then does; the line that says what came of it."""
    page, now = copied.page, pipeline.clock()
    words = words_of(page) if page else None
    with db.transaction(pipeline.engine) as session:
        if page is None or words is None:
            outcomes.note_seen(session, outcomes.of_evidence(session, evidence_id), now=now)
            line = UNCHANGED
        else:
            is_first = load(session, Evidence, evidence_id).snapshot_id is None
            kept = copies.keep_copy(
                session,
                evidence_id,
                page,
                words.text,
                words.extracted_by,
                bodies=pipeline.bodies,
                archived=copied.archived,
                now=now,
            )
            line = line_for_copy(kept, len(page.body), is_first=is_first)
        then(session, line)
    return line


def keep_article(pipeline: Pipeline, article_id: int, page: Page | None, then: Then) -> str:
    """Store what a known article says now, and what then does; the line that says what came of it.

    NotAnArticle where the page tells no story any more: that is trouble, and no version.
    """
    now = pipeline.clock()
    with db.reading(pipeline.engine) as session:
        stored = load(session, Article, article_id)
    if page is None:
        with db.transaction(pipeline.engine) as session:
            outcomes.note_seen(session, outcomes.of_article(session, article_id), now=now)
            then(session, UNCHANGED)
        return UNCHANGED
    reading = read(page, pipeline.models, is_stored=True)
    if isinstance(reading, Failure):
        raise NotAnArticle(page.url, reading.reason.removeprefix(f"{page.url}: "))
    # Whatever address the page gives itself now, it is what our article's address leads to.
    draft = replace(reading.article, canonical_url=stored.canonical_url)
    statements = () if leads_to_front_page(stored.canonical_url, page.final_url) else reading.statements

    def finish(session: Session, done: Stored) -> None:
        then(session, line_for(done))

    return line_for(
        store(
            pipeline.engine,
            pipeline.matcher,
            page,
            draft,
            statements,
            now=now,
            bodies=pipeline.bodies,
            then=finish,
        )
    )


def note_trouble(session: Session, row: Recheck, error: ScrapeError, *, now: datetime) -> str | None:
    """Note in the caller's transaction that a look failed; a line where the outcome is that the page is not there.

    row names the article or the evidence. Evidence of which we have no copy cannot be gone: the address was wrong. A
    server that says "gone" is believed at once; one that does not find the page or sends us on to a front page, when
    it does so again. Of a host that was not asked, since it rests or others had its turns, nothing is known.
    """
    if row.evidence_id is not None:
        known = outcomes.of_evidence(session, row.evidence_id)
        was_there = load(session, Evidence, row.evidence_id).snapshot_id is not None
    else:
        known, was_there = outcomes.of_article(session, row.article_id or 0), True
    # What was never looked at is noted all the same: only then does the schedule come round to it.
    if isinstance(error, HostResting) and known.id is not None:
        return None
    if was_there and error.status == HTTPStatus.GONE:
        outcomes.note_gone(session, known, error.what, now=now)
        return f"gone: {error.what}"
    if was_there and (error.status == HTTPStatus.NOT_FOUND or isinstance(error, LeadsAway)):
        is_gone = outcomes.note_missing(session, known, error.what, now=now)
        return f"{'gone' if is_gone else NOT_THERE}: {error.what}"
    outcomes.note_failure(session, known, error.what, now=now)
    return None


def words_of(page: Page) -> Words:
    """The text of a page of any type: its story, else all that it shows; none of what Claimline does not read."""
    media_type = media_type_of(page.content_type)
    if media_type not in HTML_TYPES:
        return Words("", "nothing")
    try:
        draft = article.read_any(page.body, page.final_url)
    except (NotAnArticle, ClaimsError):
        shown = clean_text(BeautifulSoup(markup_of(page.body), "lxml").get_text("\n"))
        return Words(shown[:MAX_TEXT_CHARS], "whole page" if shown else "nothing")
    return Words(draft.text, draft.extracted_by)


def line_for_copy(kept: Snapshot | None, size: int, *, is_first: bool) -> str:
    """What keeping a copy came to, in words."""
    if kept is None:
        return UNCHANGED
    what = "kept" if is_first else "changed since it was cited; kept as a new version,"
    archived = f"; archived at {kept.archived_url}" if kept.archived_url else ""
    problem = f"; not archived: {kept.archive_problem}" if kept.archive_problem else ""
    return f"{what} {size:,} bytes{archived}{problem}"
