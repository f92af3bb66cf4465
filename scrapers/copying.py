"""Looks at evidence and at stored articles again: keeps what changed, and notes what is gone or does not answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from claims import copies, db, rechecks, validators
from claims.db import Session
from claims.drafts import NOT_ARCHIVED, Page, Validators
from claims.errors import ClaimsError
from claims.intake import Stored, store
from claims.models import Article, Evidence, Recheck, Snapshot
from claims.rows import load
from claims.versions import newest_of_article
from scrapers import article
from scrapers.content import HTML_TYPES, media_type_of
from scrapers.errors import NotAnArticle, ScrapeError
from scrapers.fetch import Content
from scrapers.markup import clean_text, markup_of
from scrapers.pipeline import Failure, Pipeline, line_for, read

GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
FRONT_PAGES = frozenset(("", "/"))
UNCHANGED = "looked at again, unchanged"
MAX_TEXT_CHARS = 1_000_000
# Called in the transaction that stores what a job found, with the line that says what came of it.
Then = Callable[[Session, str], None]


@dataclass(frozen=True, slots=True)
class Words:
    """The text that was read from a page of any type, and by what; both may say that there is none."""

    text: str
    extracted_by: str


def copy_evidence(pipeline: Pipeline, evidence_id: int, url: str, then: Then) -> str:
    """Keep what the evidence's address returns where that is new, and say in one line what came of it.

    then is called in the transaction that stores it. That a page is gone which we have a copy of is an outcome like
    any other. Raises the ScrapeError of any other failure, which is noted.
    """

    def row_of(session: Session) -> Recheck:
        return rechecks.of_evidence(session, evidence_id)

    with db.reading(pipeline.engine) as session:
        has_copy = load(session, Evidence, evidence_id).snapshot_id is not None
        told = validators.known(session, url) if has_copy else Validators()
    try:
        page = pipeline.fetcher.fetch_again(url, Content.ANY, told)
    except ScrapeError as error:
        return after_failure(pipeline, error, then, row_of, was_there=has_copy)
    if page is None:
        return seen_again(pipeline, then, row_of)
    words = words_of(page)
    archived = pipeline.archive.save(pipeline.fetcher, url) if pipeline.archive else NOT_ARCHIVED
    with db.transaction(pipeline.engine) as session:
        kept = copies.keep_copy(
            session,
            evidence_id,
            page,
            words.text,
            words.extracted_by,
            bodies=pipeline.bodies,
            archived=archived,
            now=pipeline.clock(),
        )
        line = line_for_copy(kept, len(page.body), is_first=not has_copy)
        then(session, line)
    return line


def recheck_article(pipeline: Pipeline, article_id: int, url: str, then: Then) -> str:
    """Look at a stored article again and say in one line what came of it; a changed text is a new version.

    then is called in the transaction that stores it. That the article is gone is an outcome like any other. Raises
    the ScrapeError of any other failure, which is noted.
    """

    def row_of(session: Session) -> Recheck:
        return rechecks.of_article(session, stored)

    with db.reading(pipeline.engine) as session:
        stored = load(session, Article, article_id)
        told = validators.known(session, url) if newest_of_article(session, article_id) else Validators()
    try:
        page = pipeline.fetcher.fetch_again(url, Content.ARTICLE, told)
        if page is None:
            return seen_again(pipeline, then, row_of)
        reading = read(page, pipeline.models)
        if isinstance(reading, Failure):
            raise NotAnArticle(url, reading.reason.removeprefix(f"{url}: "))
    except ScrapeError as error:
        return after_failure(pipeline, error, then, row_of, was_there=True)
    draft = reading.article
    # Whatever address the page gives itself now, it is what our article's address leads to.
    if draft.canonical_url != stored.canonical_url:
        draft = replace(draft, canonical_url=stored.canonical_url)
    statements = () if leads_to_front_page(stored.canonical_url, page.final_url) else reading.statements

    def finish(session: Session, stored: Stored) -> None:
        validators.keep(session, page, now=pipeline.clock())
        then(session, line_for(stored))

    return line_for(
        store(
            pipeline.engine,
            pipeline.matcher,
            page,
            draft,
            statements,
            now=pipeline.clock(),
            bodies=pipeline.bodies,
            then=finish,
        )
    )


def seen_again(pipeline: Pipeline, then: Then, row_of: Callable[[Session], Recheck]) -> str:
    """Note that the server says that the page is still the one that we have."""
    with db.transaction(pipeline.engine) as session:
        rechecks.note_seen(session, row_of(session), now=pipeline.clock())
        then(session, UNCHANGED)
    return UNCHANGED


def after_failure(
    pipeline: Pipeline, error: ScrapeError, then: Then, row_of: Callable[[Session], Recheck], *, was_there: bool
) -> str:
    """Note that the page is gone, which ends the job, or that its address failed, which raises the error again."""
    is_gone, line = was_there and error.status in GONE, f"gone: {error.what}"
    with db.transaction(pipeline.engine) as session:
        row = row_of(session)
        if is_gone:
            rechecks.note_gone(session, row, error.what, now=pipeline.clock())
            then(session, line)
        else:
            rechecks.note_failure(session, row, error.what, now=pipeline.clock())
    if not is_gone:
        raise error
    return line


def words_of(page: Page) -> Words:
    """The text of a page of any type: its story, else all that it shows; none of what Claimline does not read."""
    media_type = media_type_of(page.content_type)
    if media_type == "text/plain":
        return Words(clean_text(page.body.decode("utf-8", "replace"))[:MAX_TEXT_CHARS], "plain")
    if media_type not in HTML_TYPES:
        return Words("", "nothing")
    try:
        draft = article.read(page.body, page.final_url)
    except (NotAnArticle, ClaimsError):
        shown = clean_text(BeautifulSoup(markup_of(page.body), "lxml").get_text("\n"))
        return Words(shown[:MAX_TEXT_CHARS], "whole page" if shown else "nothing")
    return Words(draft.text, draft.extracted_by)


def leads_to_front_page(asked: str, answered: str) -> bool:
    """Whether a story's address leads to a front page by now, which is no new version of the story to take from."""
    return urlsplit(asked).path not in FRONT_PAGES and urlsplit(answered).path in FRONT_PAGES


def line_for_copy(kept: Snapshot | None, size: int, *, is_first: bool) -> str:
    """What keeping a copy came to, in words."""
    if kept is None:
        return UNCHANGED
    what = "kept" if is_first else "changed since it was cited; kept as a new version,"
    archived = f"; archived at {kept.archived_url}" if kept.archived_url else ""
    problem = f"; not archived: {kept.archive_problem}" if kept.archive_problem else ""
    return f"{what} {size:,} bytes{archived}{problem}"
